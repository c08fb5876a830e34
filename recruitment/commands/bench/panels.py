"""Panels proposed for a whole period, beside handing places out greedily and by lot; and what cannot be had."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from recruitment.commands.bench.table import Note, Sizes
from recruitment.rules.allocation import (
    Infeasible,
    PanelNeed,
    PoolMember,
    Proposal,
    Seat,
    Wish,
    count_loads,
    gini,
    propose,
    seated,
)
from recruitment.rules.allocation.places import PLACES, conditions
from recruitment.rules.allocation.proposing import SEATING_RULES
from recruitment.rules.panel_members import Training
from recruitment.rules.panel_policies import (
    CHAIR_TRAINING,
    DEFAULT_POLICY,
    INCLUSION_TRAINING,
    PANEL_TRAINING,
    Severity,
)
from recruitment.rules.panels import Verdict, check_panel

AIM_SECONDS, AIM_EXPLAINED, AIM_ABOVE_BOUND = 20.0, 10.0, 1
PATIENCE = 90.0
"""Seconds by the clock: what is measured is the processor's time, and the machine may be busy."""
TODAY, FIRST_DAY = date(2027, 2, 1), date(2027, 3, 1)
GRADES = ("EO", "HEO", "SEO", "Grade 7")
DIRECTORATES = ("Operations", "Finance", "Digital", "Legal", "People", "Estates", "Policy", "Audit")
POLICY = replace(DEFAULT_POLICY, grades=GRADES)
WEEKS, CHAIRS, LEADS, TRAINED, ADVISERS, AWAY, TOLD = 9, 0.12, 0.18, 0.9, 0.05, 0.3, 0.6
"""Weeks of the period; shares of the pool who may chair and lead with training, have the members' training, are
advisers; of days on which somebody is away; of who told what wishes look for."""
PAST_LOADS = (0, 0, 1, 1, 2, 3, 4, 6)


@dataclass(frozen=True)
class Shared:
    """How one way of handing places out shares the load, and what it leaves undone."""

    max_load: int
    gini: float
    unfilled: int = 0
    blocking: int = 0
    warnings: int = 0

    def __str__(self) -> str:
        return (
            f"highest load {self.max_load}, Gini {self.gini:.3f}; {self.unfilled} places unfilled, "
            f"{self.blocking} blocking rules and {self.warnings} warnings unmet"
        )


def measure_panels(sizes: Sizes) -> Iterator[Note]:
    """The pool and the panels are invented from one seed, so that every run asks the same."""
    pool = _pool(sizes.pool, Random(11))  # noqa: S311 - invented people, not keys
    needs = _needs(sizes.panels, pool, Random(12))  # noqa: S311
    took, found = _timed(lambda: propose(pool, needs, POLICY, today=TODAY, seconds=PATIENCE))
    if isinstance(found, Infeasible):
        said = found.reasons[0].sentence
        yield Note("panels", f"No panels were proposed: {said}", f"panels: no proposal. {said}")
    else:
        yield _note(found, took, pool, needs)
    for name, choose in (("greedily", _least_loaded), ("by lot", _by_lot)):
        shared = _handed_out(pool, needs, choose, Random(13))  # noqa: S311
        yield Note(f"panels {name}", f"The same, {name}, place by place: {shared}.")
    took, found = _timed(lambda: propose(pool, _in_the_way(pool, needs), POLICY, today=TODAY, seconds=PATIENCE))
    explained = isinstance(found, Infeasible) and found.is_smallest
    said = " ".join(each.sentence for each in found.reasons) if isinstance(found, Infeasible) else "Nothing."
    missed = "" if explained and took.processor <= AIM_EXPLAINED else "panels: no explanation within the aim."
    yield Note("panels explained", f"What cannot be had is explained in {took}: {said}", missed)


def _note(found: Proposal, took: Took, pool: Sequence[PoolMember], needs: Sequence[PanelNeed]) -> Note:
    missed = []
    if took.processor > AIM_SECONDS:
        missed.append(f"panels: {took}; the aim of {AIM_SECONDS:g} s is missed.")
    if found.max_load > found.best_bound + AIM_ABOVE_BOUND:
        missed.append(f"panels: a highest load of {found.max_load}, {found.best_bound} is the bound.")
    shared = _shared([each.seats for each in found.panels], pool, needs)
    return Note(
        "panels",
        f"{len(needs)} panels from a pool of {len(pool)} are proposed in {took}: {shared}; proved bound of the "
        f"highest load {found.best_bound}, {found.repeats} trios meet again.",
        " ".join(missed),
    )


@dataclass(frozen=True)
class Took:
    """Seconds of all processors together, as one core would take, and by the clock of a shared machine."""

    processor: float
    clock: float

    def __str__(self) -> str:
        return f"{self.processor:.1f} s of one core ({self.clock:.1f} s by the clock)"


def _timed(ask: Callable[[], Proposal | Infeasible]) -> tuple[Took, Proposal | Infeasible]:
    clock, processor = time.perf_counter(), time.process_time()
    found = ask()
    return Took(time.process_time() - processor, time.perf_counter() - clock), found


def _days() -> list[date]:
    return [FIRST_DAY + timedelta(7 * week + day) for week in range(WEEKS) for day in range(5)]


def _pool(number: int, random: Random) -> list[PoolMember]:
    return [_person(at, random) for at in range(number)]


def _person(at: int, random: Random) -> PoolMember:
    def completed(course: str) -> Training:
        return Training(course, date(2026, 1, 12), FIRST_DAY + timedelta(random.randrange(30, 500)))

    may_chair, may_lead = random.random() < CHAIRS, random.random() < LEADS
    courses = [PANEL_TRAINING] if random.random() < TRAINED else []
    courses += [CHAIR_TRAINING] if may_chair else []
    courses += [INCLUSION_TRAINING] if may_lead else []
    return PoolMember(
        f"{at:03}",
        f"Member {at}",
        random.choice(GRADES),
        random.choice(DIRECTORATES),
        None if at < 9 else f"{at // 8:03}",
        tuple(completed(course) for course in courses),
        can_chair=may_chair,
        can_lead=may_lead,
        is_inclusion_adviser=random.random() < ADVISERS,
        is_external=random.random() < 0.03,
        unavailable=frozenset(day for day in _days() if random.random() < AWAY),
        past_load=random.choice(PAST_LOADS),
        groups=frozenset({random.choice("ab")}) if random.random() < TOLD else None,
    )


def _needs(number: int, pool: Sequence[PoolMember], random: Random) -> list[PanelNeed]:
    days, wishes = _days(), tuple(Wish(group, frozenset({group})) for group in "ab")
    needs = []
    for at in range(number):
        first = random.randrange(len(days))
        needs.append(
            PanelNeed(
                f"{at:02}",
                f"Post {at}",
                tuple(days[first : first + random.choice((1, 1, 2))]),
                random.choice((3, 4, 5)),
                random.choice(GRADES),
                random.choice(GRADES[:2]),
                random.choice(DIRECTORATES),
                frozenset(each.id for each in random.sample(pool, min(12, len(pool)))),
                wishes=wishes,
            )
        )
    return needs


def _may_take(pool: Sequence[PoolMember], need: PanelNeed) -> list[tuple[Seat, list[PoolMember]]]:
    """The places of a panel, each with who may take it."""
    duties = [duty for duty in PLACES if duty is not None] + [None] * (need.size - 2)
    found = []
    for duty in duties:
        asked = conditions(need, duty, POLICY, TODAY)
        found.append((Seat("", duty), [each for each in pool if all(one.holds(each) for one in asked)]))
    return found


_Choose = Callable[[Sequence[PoolMember], dict[str, int], Random], PoolMember]


def _least_loaded(free: Sequence[PoolMember], loads: dict[str, int], random: Random) -> PoolMember:
    return min(free, key=lambda each: (loads[each.id], each.id))


def _by_lot(free: Sequence[PoolMember], loads: dict[str, int], random: Random) -> PoolMember:
    return random.choice(free)


def _handed_out(pool: Sequence[PoolMember], needs: Sequence[PanelNeed], choose: _Choose, random: Random) -> Shared:
    """Places filled one after another with whoever is chosen of those who may take it and are free that day."""
    loads = {each.id: each.past_load for each in pool}
    busy: dict[date, set[str]] = {}
    panels = {}
    for need in sorted(needs, key=lambda each: each.days):
        here: dict[str, Seat] = {}
        for seat, people in _may_take(pool, need):
            taken = set(here).union(*(busy.get(day, set()) for day in need.days))
            free = [each for each in people if each.id not in taken]
            if free:
                chosen = choose(free, loads, random).id
                here[chosen] = replace(seat, member=chosen)
        for each in here:
            loads[each] += 1
        for day in need.days:
            busy.setdefault(day, set()).update(here)
        panels[need.id] = tuple(here.values())
    return _shared([panels[need.id] for need in needs], pool, needs)


def _shared(panels: Sequence[Sequence[Seat]], pool: Sequence[PoolMember], needs: Sequence[PanelNeed]) -> Shared:
    people, loads = {each.id: each for each in pool}, count_loads(pool, panels)
    unmet = Counter(
        finding.severity
        for need, seats in zip(needs, panels, strict=True)
        for finding in check_panel(seated(need, seats, people, loads), POLICY, today=TODAY)
        if finding.verdict is Verdict.NOT_MET and finding.rule in SEATING_RULES
    )
    return Shared(
        max(loads[seat.member] for seats in panels for seat in seats),
        gini(loads.values()),
        sum(need.size for need in needs) - sum(len(seats) for seats in panels),
        unmet[Severity.BLOCKS],
        unmet[Severity.WARNS],
    )


def _in_the_way(pool: Sequence[PoolMember], needs: Sequence[PanelNeed]) -> list[PanelNeed]:
    """The needs with two moved to one day on which only one and the same person may chair either."""
    day = needs[0].days[0]
    moved = [replace(each, days=(day,), barred=frozenset(), least_grade="") for each in needs[:2]]
    chair = next(
        each for each in pool if all(one.holds(each) for one in conditions(moved[0], PLACES[0], POLICY, TODAY))
    )
    others = frozenset(each.id for each in pool if each.id != chair.id)
    return [*(replace(each, chair_barred=others) for each in moved), *needs[2:]]
