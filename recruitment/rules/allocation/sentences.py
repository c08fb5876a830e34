"""What stands in the way of a proposal, in words. Nothing here knows of groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from recruitment.rules.allocation.case import LOCKED, SEATS, SIZE, Case, Demand
from recruitment.rules.allocation.needs import PanelNeed, Reason
from recruitment.rules.allocation.places import (
    DUTY_RULE,
    DUTY_WORDS,
    Condition,
    blocking_setting,
    conditions,
    on_days,
    smallest_cause,
)
from recruitment.rules.panel_members import Duty

FEW = 4
"""People who are named: of more only the number is said."""
_OF_DUTY = {"duty", "duty_trained", "outside", "varies", "chair_barred"}
_PREDICATES = ("free", "barred", "chair_barred")
_PLACES = {
    SEATS: "places",
    "chair": "places of a chair",
    "inclusion_lead": "places of an inclusion lead",
    "inclusion_adviser": "places of an inclusion adviser",
    "network_member": "places of a member of a staff network",
}
_KINDS = {"inclusion_adviser": "inclusion adviser", "network_member": "member of a staff network"}


def joined(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def say_alone(case: Case, demand: Demand) -> Reason:
    """Why a demand could not be met were its panel the only one."""
    need = case.needs[demand.need]
    said, members = _alone(case, demand, need)
    return Reason(f"“{need.called}”: {said}", (need.id,), demand.kind, members)


def _alone(case: Case, demand: Demand, need: PanelNeed) -> tuple[str, tuple[str, ...]]:
    could = [case.people[who] for who in case.may_take[demand.need, None]]
    if demand.kind == SIZE:
        held = blocking_setting(case.policy, need, SIZE)
        return f"{need.size} members are wanted, and the rules ask at least {held.least if held else 0}.", ()
    if demand.kind == LOCKED:
        return _locked(case, demand, need)
    if demand.kind == "not_all_from_one_directorate":
        return f"everybody who could sit is from {could[0].directorate}, and not all may be from one.", ()
    if demand.kind == "independent_member":
        return (
            f"nobody from outside {need.directorate or 'the directorate'} could sit as an independent member.",
            (),
        )
    return _too_few(case, demand, need), ()


def _too_few(case: Case, demand: Demand, need: PanelNeed) -> str:
    duty = Duty(demand.kind) if demand.kind in DUTY_RULE.values() else None
    people = list(case.people)
    if demand.kind == "inclusion_adviser":
        people = [each for each in people if each.is_inclusion_adviser]
    if demand.kind == "network_member":
        people = [each for each in people if each.is_network_member]
    wanted = need.size if demand.kind == SEATS else 1
    cause, left = smallest_cause(conditions(need, duty, case.policy, case.today), people, wanted)
    noun = _KINDS.get(demand.kind) or DUTY_WORDS[duty if any(each.key in _OF_DUTY for each in cause) else None]
    return _count_sentence(noun, cause, left, wanted)


def _count_sentence(noun: str, cause: Sequence[Condition], left: int, wanted: int) -> str:
    words = {each.key: each.words for each in cause}
    trained = "trained " if "duty_trained" in words else ""
    behind = [words[each] for each in words if words[each] and each not in _PREDICATES and each != "duty_trained"]
    told = [words[each] for each in _PREDICATES if each in words] or ["in the pool"]
    who = " ".join([f"{trained}{noun if left in (0, 1) else noun + 's'}", *behind])
    if left == 0:
        return f"no {who} is {' and '.join(told)}."
    is_ = "is" if left == 1 else "are"
    return f"only {left} {who} {is_} {' and '.join(told)}, and {wanted} are wanted."


def _locked(case: Case, demand: Demand, need: PanelNeed) -> tuple[str, tuple[str, ...]]:
    lock = need.locked[demand.at]
    person = case.people[case.number[lock.member]]
    fails = [each for each in conditions(need, lock.duty, case.policy, case.today) if not each.holds(person)]
    as_ = "" if lock.duty is None else f" as {DUTY_WORDS[lock.duty]}"
    return f"{person.called} is fixed on it{as_} but {joined([each.against for each in fails])}.", (lock.member,)


def say_too_few(case: Case, demand: Demand) -> Reason | None:
    """That the year's load leaves too little room for all panels together, where it does; otherwise nothing."""
    held = case.policy.setting("load_in_a_year")
    if held is None or demand.kind not in _PLACES:
        return None
    asking = [each for each in case.demands if each.kind == demand.kind]
    wanted = sum(case.needs[each.need].size if demand.kind == SEATS else 1 for each in asking)
    could = Counter(who for each in asking for who in could_meet(case, each))
    caps = {who: case.year_cap(who) for who in could}
    room = sum(number if (cap := caps[who]) is None else min(cap, number) for who, number in could.items())
    if room >= wanted:
        return None
    sentence = (
        f"All panels together want {wanted} {_PLACES[demand.kind]}, and with no more than {held.least} panels for "
        f"anybody in a year the pool has room for {room}."
    )
    return Reason(sentence, tuple(case.needs[each.need].id for each in asking), "load_in_a_year")


def say_not_with_the_rest(case: Case, demands: Sequence[Demand]) -> Reason:
    """Of demands of one kind: that they cannot be had beside the others, of which no short list was found."""
    things = joined([_thing(case, each) for each in demands])
    needs = tuple(case.needs[each.need].id for each in demands)
    sentence = f"{things} cannot be had beside all else that is asked."
    return Reason(sentence[0].upper() + sentence[1:], needs, demands[0].kind)


def say_together(case: Case, demand: Demand, core: Sequence[Demand]) -> Reason:
    """That demands cannot all be met together, on which days, and who is in it where they are few."""
    everything = sorted({demand, *core})
    things = list(dict.fromkeys(_thing(case, each) for each in everything))
    needs = sorted({each.need for each in everything})
    days = {case.needs[at].days for at in needs}
    shared = set.intersection(*(set(case.needs[at].days) for at in needs))
    when = f" on {on_days(shared)}" if shared and len(days) == 1 else ""
    both = {1: "be had", 2: "both be had"}.get(len(things), "all be had")
    found = sorted({who for each in everything for who in could_meet(case, each)})
    who = found if len(found) <= FEW else []
    is_about_places = any(each.kind != LOCKED for each in everything)
    named = joined([case.people[each].called for each in who]) if who else ""
    said = f": only {named} could take these places" if who and is_about_places else ""
    sentence = f"{joined(things)} cannot {both}{when}{said}."
    return Reason(
        sentence[0].upper() + sentence[1:],
        tuple(case.needs[at].id for at in needs),
        demand.kind,
        tuple(case.people[each].id for each in who),
    )


def could_meet(case: Case, demand: Demand) -> list[int]:
    """Everybody who could take the place, or one of the places, that a demand is for."""
    need, sit = case.needs[demand.need], case.may_take[demand.need, None]
    if demand.kind in DUTY_RULE.values():
        return list(case.may_take[demand.need, Duty(demand.kind)])
    if demand.kind == LOCKED:
        return [case.number[need.locked[demand.at].member]]
    if demand.kind == "inclusion_adviser":
        return [who for who in sit if case.people[who].is_inclusion_adviser]
    if demand.kind == "network_member":
        return [who for who in sit if case.people[who].is_network_member]
    return list(sit)


def _thing(case: Case, demand: Demand) -> str:
    need = case.needs[demand.need]
    name = f"“{need.called}”"
    if demand.kind == SEATS:
        return f"{need.size} members for {name}"
    if demand.kind == LOCKED:
        lock = need.locked[demand.at]
        as_ = "on" if lock.duty is None else f"as {DUTY_WORDS[lock.duty]} of"
        return f"{case.people[case.number[lock.member]].called} {as_} {name}"
    trained = {
        kind: "trained " if blocking_setting(case.policy, need, f"{kind}_trained") else ""
        for kind in DUTY_RULE.values()
    }
    return {
        "chair": f"a {trained['chair']}chair for {{}}",
        "inclusion_lead": f"{'a trained' if trained['inclusion_lead'] else 'an'} inclusion lead for {{}}",
        "inclusion_adviser": "an inclusion adviser for {}",
        "network_member": "a member of a staff network for {}",
        "not_all_from_one_directorate": "more than one directorate on {}",
        "not_all_in_one_line": "more than one line of management on {}",
        "independent_member": "an independent member for {}",
        "chair_manages_no_majority": "a chair who does not manage most of the others on {}",
    }[demand.kind].format(name)
