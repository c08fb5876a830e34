"""Small pools and needs for the allocation of panels, and the answers that trying everything gives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import combinations, permutations, product
from random import Random

from recruitment.rules.allocation import Locked, PanelNeed, PoolMember, Proposal, Seat, Wish, seated
from recruitment.rules.panel_members import Duty, Training
from recruitment.rules.panel_policies import Policy, RuleSetting, Severity
from recruitment.rules.panels import Verdict, check_panel

TODAY = date(2027, 2, 1)
DAYS = tuple(date(2027, 3, 15) + timedelta(number) for number in range(3))
GRADES = ("EO", "HEO", "SEO")
CHAIR, LEAD = Duty.CHAIR, Duty.INCLUSION_LEAD
SETTINGS = {
    "size": {"least": 2},
    "chair": {},
    "chair_trained": {"courses": ("chair",)},
    "chair_manages_no_majority": {},
    "inclusion_lead": {},
    "inclusion_lead_trained": {"courses": ("inclusion",)},
    "training_in_date": {"courses": ("panel",)},
    "inclusion_adviser": {"from_grade": "HEO"},
    "network_member": {},
    "not_all_from_one_directorate": {},
    "not_all_in_one_line": {},
    "independent_member": {},
    "load_in_a_year": {"least": 3},
    "chair_varies": {"least": 1},
}


def setting(rule: str, severity: Severity = Severity.BLOCKS, **more) -> RuleSetting:
    return RuleSetting(rule, severity, **(SETTINGS[rule] | more))


def blocking_policy(*rules: str) -> Policy:
    return Policy(grades=GRADES, settings=tuple(setting(rule) for rule in rules))


def training(*courses: str, expires: date | None = None) -> tuple[Training, ...]:
    return tuple(Training(course, date(2026, 1, 1), expires) for course in courses)


def person(key: str, **more) -> PoolMember:
    """Somebody who may do everything, from a directorate of their own."""
    return PoolMember(
        key,
        **(
            {
                "name": key.title(),
                "grade": "SEO",
                "directorate": f"Directorate {key}",
                "training": training("panel", "chair", "inclusion"),
            }
            | more
        ),
    )


@dataclass(frozen=True)
class Small:
    """A case small enough to try everything."""

    pool: tuple[PoolMember, ...]
    needs: tuple[PanelNeed, ...]
    policy: Policy


def small_case(seed: int, *, can_warn: bool) -> Small:
    random = Random(seed)
    ids = [f"p{number}" for number in range(random.randint(4, 7))]
    pool = tuple(_any_person(key, ids, random) for key in ids)
    needs = tuple(_any_need(f"n{number}", ids, random) for number in range(random.randint(1, 3)))
    severities = [Severity.BLOCKS, Severity.WARNS] if can_warn else [Severity.BLOCKS]
    rules = [rule for rule in SETTINGS if random.random() < 0.45 or rule in ("chair", "inclusion_lead")]
    if can_warn and "load_in_a_year" in rules:
        rules.remove("load_in_a_year")
    return Small(
        pool, needs, Policy(grades=GRADES, settings=tuple(setting(r, random.choice(severities)) for r in rules))
    )


def _any_person(key: str, ids: Sequence[str], random: Random) -> PoolMember:
    return person(
        key,
        grade=random.choice(GRADES),
        directorate=random.choice(["", "Operations", "Operations", "Legal"]),
        line_manager=random.choice([None, *[each for each in ids if each < key], "elsewhere"]),
        training=tuple(each for each in training("panel", "chair", "inclusion") if random.random() < 0.85),
        can_chair=random.random() < 0.8,
        can_lead=random.random() < 0.8,
        is_inclusion_adviser=random.random() < 0.4,
        is_network_member=random.random() < 0.4,
        is_external=random.random() < 0.15,
        unavailable=frozenset(day for day in DAYS if random.random() < 0.1),
        past_load=random.randint(0, 2),
        groups=random.choice([None, frozenset(), frozenset({"canary"})]),
    )


def _any_need(key: str, ids: Sequence[str], random: Random) -> PanelNeed:
    first = random.randrange(3)
    return PanelNeed(
        key,
        days=DAYS[first : first + random.choice([0, 1, 1, 2])],
        size=random.choice([2, 3, 3]),
        grade=random.choice(GRADES),
        least_grade=random.choice(["", "", "HEO"]),
        directorate=random.choice(["Operations", "Legal"]),
        barred=frozenset(each for each in ids if random.random() < 0.1),
        chair_barred=frozenset(each for each in ids if random.random() < 0.1),
        is_chair_from_outside=random.random() < 0.2,
        wants_adviser=random.random() < 0.1,
        locked=(Locked(random.choice(ids), random.choice([None, CHAIR])),) if random.random() < 0.2 else (),
        earlier_chairs=(random.choice(ids),),
        wishes=(Wish("canary wish", frozenset({"canary"})),),
    )


def breaks_a_limit(need: PanelNeed, seats: Sequence[Seat], case: Small) -> str:
    """Which limit that is no rule of the policy a panel breaks; empty where none."""
    people = {each.id: each for each in case.pool}
    sitting = [people[seat.member] for seat in seats]
    chair = next((people[seat.member] for seat in seats if seat.duty is CHAIR), None)
    held = {seat.member: seat.duty for seat in seats}
    high = GRADES[GRADES.index(need.least_grade) :] if need.least_grade else GRADES
    broken = {
        "size": len(held) != need.size or len(seats) != need.size,
        "free": any(each.unavailable & set(need.days) for each in sitting),
        "barred": bool(need.barred & set(held)),
        "grade": any(each.grade not in high and not each.is_external for each in sitting),
        "chair": chair is not None
        and (
            not chair.can_chair
            or chair.id in need.chair_barred
            or (
                need.is_chair_from_outside
                and not chair.is_external
                and chair.directorate in ("", need.directorate)
            )
        ),
        "lead": any(not people[key].can_lead for key, duty in held.items() if duty is LEAD),
        "locked": any(
            lock.member not in held or lock.duty not in (None, held[lock.member]) for lock in need.locked
        ),
        "adviser": need.wants_adviser and not any(each.is_inclusion_adviser for each in sitting),
    }
    return next((name for name, is_broken in broken.items() if is_broken), "")


def not_met(need: PanelNeed, seats: Sequence[Seat], case: Small, loads: dict[str, int]) -> Counter[Severity]:
    people = {each.id: each for each in case.pool}
    found = check_panel(seated(need, seats, people, loads), case.policy, today=TODAY)
    return Counter(each.severity for each in found if each.verdict is Verdict.NOT_MET)


@dataclass(frozen=True)
class Best:
    max_load: int
    warnings: int
    squares: int


def best_by_trying_everything(case: Small) -> Best | None:
    """The least highest load, then the fewest warnings, then the least sum of squares; None where nothing goes."""
    past = {each.id: each.past_load for each in case.pool}
    options = [list(_memberships(need, case)) for need in case.needs]
    year = case.policy.setting("load_in_a_year")
    best: tuple[int, int, int] | None = None
    for chosen in product(*options):
        if any(
            members & others and (set(case.needs[a].days) & set(case.needs[b].days))
            for (a, (members, _)), (b, (others, _)) in combinations(enumerate(chosen), 2)
        ):
            continue
        loads = Counter(past)
        for members, _ in chosen:
            loads.update(members)
        asked = {each for members, _ in chosen for each in members}
        if year and any(loads[each] > year.least for each in asked):
            continue
        found = (
            max((loads[each] for each in asked), default=0),
            sum(warned for _, warned in chosen),
            sum(load**2 for load in loads.values()),
        )
        best = found if best is None else min(best, found)
    return None if best is None else Best(*best)


def _memberships(need: PanelNeed, case: Small) -> Iterator[tuple[frozenset[str], int]]:
    """Every membership that one panel could have, with the fewest warnings it can be given duties with."""
    duties = [duty for duty in (CHAIR, LEAD) if case.policy.setting(str(duty))]
    optional = {duty for duty in duties if case.policy.setting(str(duty)).severity is Severity.WARNS}
    nobody = {each.id: 1 for each in case.pool}
    for members in combinations(sorted(each.id for each in case.pool), need.size):
        found = []
        for holders in permutations([*members, *[None] * len(optional)], len(duties)):
            if any(who is None and duty not in optional for who, duty in zip(holders, duties, strict=True)):
                continue
            held = {who: duty for who, duty in zip(holders, duties, strict=True) if who is not None}
            seats = [Seat(each, held.get(each)) for each in members]
            counted = not_met(need, seats, case, nobody)
            if not breaks_a_limit(need, seats, case) and not counted[Severity.BLOCKS]:
                found.append(counted[Severity.WARNS])
        if found:
            yield frozenset(members), min(found)


def without_groups(case: Small) -> Small:
    return replace(case, pool=tuple(replace(each, groups=None) for each in case.pool))


def squares(found: Proposal) -> int:
    return sum(load**2 for load in found.loads.values())
