"""Who may take which place on a panel, and the conditions for it in words.

Only what blocks keeps somebody from a place: days, bars, grade, training and duties. Nothing here reads groups.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from recruitment.rules.allocation.needs import PanelNeed, PoolMember
from recruitment.rules.panel_members import Duty
from recruitment.rules.panel_policies import Policy, RuleSetting, Severity

DUTY_WORDS = {None: "member", Duty.CHAIR: "chair", Duty.INCLUSION_LEAD: "inclusion lead"}
TRAINED_RULE = {
    None: "training_in_date",
    Duty.CHAIR: "chair_trained",
    Duty.INCLUSION_LEAD: "inclusion_lead_trained",
}
DUTY_RULE = {Duty.CHAIR: "chair", Duty.INCLUSION_LEAD: "inclusion_lead"}
PLACES: tuple[Duty | None, ...] = (Duty.CHAIR, Duty.INCLUSION_LEAD, None)


def setting_for(policy: Policy, need: PanelNeed, rule: str) -> RuleSetting | None:
    """The policy's setting of a rule, where it applies to the post."""
    held = policy.setting(rule)
    return held if held is not None and policy.reaches(need.grade, held.from_grade) else None


def blocking_setting(policy: Policy, need: PanelNeed, rule: str) -> RuleSetting | None:
    held = setting_for(policy, need, rule)
    return held if held is not None and held.severity is Severity.BLOCKS else None


def is_trained(member: PoolMember, courses: Iterable[str], days: Sequence[date]) -> bool:
    return all(
        any(each.course == course and each.is_in_date(day) for each in member.training)
        for course in courses
        for day in days
    )


def chaired_the_last(member: PoolMember, need: PanelNeed, last: int) -> bool:
    """Whether they chaired each of the directorate's last so many panels."""
    chairs = need.earlier_chairs[:last]
    return bool(last) and len(chairs) == last and set(chairs) == {member.id}


def is_from_outside(member: PoolMember, directorate: str) -> bool:
    return member.is_external or (bool(member.directorate) and member.directorate != directorate)


@dataclass(frozen=True)
class Condition:
    """One thing asked of whoever takes a place; `words` stand behind the noun, `against` behind a name."""

    key: str
    words: str
    against: str
    holds: Callable[[PoolMember], bool]


CONDITION_ORDER = (
    "duty",
    "duty_trained",
    "outside",
    "grade",
    "trained",
    "varies",
    "load",
    "free",
    "barred",
    "chair_barred",
)


def on_days(days: Iterable[date]) -> str:
    """One day as "16 March 2027", several with "and"."""
    words = [f"{day.day} {day:%B %Y}" for day in sorted(days)]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def conditions(need: PanelNeed, duty: Duty | None, policy: Policy, today: date) -> tuple[Condition, ...]:
    """All that is asked, as a hard limit, of whoever takes this place on this panel."""
    found = [*_to_sit(need, policy, today), *_of_duty(need, duty, policy, today)]
    return tuple(sorted(found, key=lambda each: CONDITION_ORDER.index(each.key)))


def _to_sit(need: PanelNeed, policy: Policy, today: date) -> Iterator[Condition]:
    if need.days:
        days = frozenset(need.days)
        words = f"free on {on_days(days)}"
        yield Condition("free", words, f"is not {words}", lambda who: not who.unavailable & days)
    if need.barred:
        yield Condition("barred", "without a bar", "is barred from it", lambda who: who.id not in need.barred)
    if need.least_grade:
        high = frozenset(policy.grades[policy.grades.index(need.least_grade) :])
        words = f"of grade {need.least_grade} or above"
        yield Condition("grade", words, f"is not {words}", lambda who: who.is_external or who.grade in high)
    if trained := blocking_setting(policy, need, "training_in_date"):
        titles, days_ = _titles(policy, trained), need.days or (today,)
        yield Condition(
            "trained",
            f"with {titles} in date",
            f"does not have {titles} in date",
            lambda who: is_trained(who, trained.courses, days_),
        )
    if load := blocking_setting(policy, need, "load_in_a_year"):
        words = f"with fewer than {load.least} panels in the past year"
        against = f"has {load.least} panels in the past year already"
        yield Condition("load", words, against, lambda who: who.past_load + 1 <= load.least)


def _of_duty(need: PanelNeed, duty: Duty | None, policy: Policy, today: date) -> Iterator[Condition]:
    if duty is None:
        return
    if duty is Duty.CHAIR:
        yield Condition("duty", "", "may not chair", lambda who: who.can_chair)
        if need.chair_barred:
            yield Condition(
                "chair_barred",
                "without a bar to chairing it",
                "is barred from chairing it",
                lambda who: who.id not in need.chair_barred,
            )
        if need.is_chair_from_outside:
            words = f"from outside {need.directorate or 'the directorate'}"
            yield Condition(
                "outside", words, f"is not {words}", lambda who: is_from_outside(who, need.directorate)
            )
        if varies := blocking_setting(policy, need, "chair_varies"):
            words = f"chair the last {varies.least} panels"
            yield Condition(
                "varies",
                f"who did not {words}",
                f"did {words}",
                lambda who: not chaired_the_last(who, need, varies.least),
            )
    else:
        yield Condition("duty", "", "may not be inclusion lead", lambda who: who.can_lead)
    if trained := blocking_setting(policy, need, TRAINED_RULE[duty]):
        titles, days = _titles(policy, trained), need.days or (today,)
        yield Condition(
            "duty_trained",
            "trained",
            f"does not have {titles} in date",
            lambda who: is_trained(who, trained.courses, days),
        )


def _titles(policy: Policy, setting: RuleSetting) -> str:
    return " and ".join(policy.courses.get(course, course) for course in setting.courses)


def smallest_cause(
    asked: Sequence[Condition], people: Sequence[PoolMember], least: int
) -> tuple[tuple[Condition, ...], int]:
    """The fewest conditions that already leave fewer than `least` people, and how many they leave.

    People who meet all of the conditions must be fewer than `least`.
    """
    meets = [[condition.holds(person) for condition in asked] for person in people]
    for number in range(len(asked) + 1):
        for chosen in combinations(range(len(asked)), number):
            left = sum(1 for row in meets if all(row[at] for at in chosen))
            if left < least:
                return tuple(asked[at] for at in chosen), left
    raise ValueError("enough people meet all of these conditions")
