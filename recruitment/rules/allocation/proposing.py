"""The order in which a proposal is made good: rules, the highest load, warnings and wishes, spread, repeats."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import pstdev

from recruitment.rules.allocation.bounds import counted_bound
from recruitment.rules.allocation.building import Built
from recruitment.rules.allocation.case import PANEL_RULES, PLACE_RULES, SIZE, Case
from recruitment.rules.allocation.evening import evened
from recruitment.rules.allocation.exchanges import Table
from recruitment.rules.allocation.lines import solve_apart
from recruitment.rules.allocation.needs import (
    Infeasible,
    PanelNeed,
    PoolMember,
    Proposal,
    ProposedPanel,
    Reason,
    Seat,
    count_loads,
    gini,
    seated,
)
from recruitment.rules.allocation.places import DUTY_RULE, PLACES
from recruitment.rules.allocation.programme import Answer, Outcome
from recruitment.rules.allocation.reasons import explain, impossible_alone
from recruitment.rules.allocation.trios import count_repeats, fewer_repeats
from recruitment.rules.errors import Invalid
from recruitment.rules.panel_members import Panel
from recruitment.rules.panel_policies import Policy, check_policy
from recruitment.rules.panels import RULES, Verdict, check_panel

SEATING_RULES = frozenset({SIZE, *DUTY_RULE.values(), *PANEL_RULES, *PLACE_RULES, "load_in_a_year"})
"""The rules that a proposal answers for; the others are about interviews, declarations and questions."""


OUT_OF_TIME = Infeasible(
    (Reason("No proposal was found in the time given: give more time, or ask for fewer panels at once."),), False
)
_SHARE, _LAST_SHARE = 0.6, 0.9
"""How much of the time left one question to the solver may take, and the last one."""

_LOW_TRIES = 2
"""Loads tried from the bound upwards before it is asked whether there is any proposal at all."""


@dataclass(frozen=True)
class _Clock:
    ends: float
    now: Callable[[], float]

    def left(self, share: float = 1.0) -> float:
        return max(self.ends - self.now(), 0.0) * share


def propose(
    pool: Sequence[PoolMember],
    needs: Sequence[PanelNeed],
    policy: Policy,
    *,
    today: date,
    seconds: float = 20.0,
    earlier: Iterable[frozenset[str]] = (),
    now: Callable[[], float] = time.monotonic,
) -> Proposal | Infeasible:
    """Panels for all needs that keep every blocking rule, or why there are none.

    First the highest load of anybody asked is made as low as can be; then as many warning rules as can be are met,
    and after them wishes; then loads are spread as evenly as can be (the least sum of squares); then trios that
    meet again are swapped apart, which is a bounded search and not proved to find the fewest. The order in which
    people and needs come makes no difference. `seconds`: how long it may take; where that runs out the best found
    is proposed, and what was proved is said (`best_bound`). `earlier`: memberships of panels of the past year,
    whose trios have met.
    """
    _check(pool, needs, policy)
    case = Case(sorted(pool, key=lambda each: each.id), sorted(needs, key=lambda each: each.id), policy, today)
    clock = _Clock(now() + seconds, now)
    if impossible_alone(case):
        return explain(case, clock.left)
    first = _lowest_maximum(case, clock)
    if isinstance(first, Infeasible):
        return first
    bound, table = first
    if table:
        table = _met_and_spread(case, highest_asked(case, table), table, clock)
        table = fewer_repeats(case, table, tuple(earlier), lambda: clock.left() > 0)
    return _proposal(case, table, bound, tuple(earlier))


def _check(pool: Sequence[PoolMember], needs: Sequence[PanelNeed], policy: Policy) -> None:
    known = set()
    for at, member in enumerate(pool):
        if member.id in known:
            raise Invalid(f"“{member.id}” is in the pool twice.", f"members[{at}].id")
        known.add(member.id)
    seen = set()
    for at, need in enumerate(needs):
        if need.id in seen:
            raise Invalid(f"The panel “{need.id}” is wanted twice.", f"panels[{at}].id")
        seen.add(need.id)
        if need.size < 1:
            raise Invalid("A panel has at least one member.", f"panels[{at}].size")
        if need.least_grade and need.least_grade not in policy.grades:
            raise Invalid(f"“{need.least_grade}” is not one of the grades.", f"panels[{at}].least_grade")
        for number, lock in enumerate(need.locked):
            if lock.member not in known:
                raise Invalid(f"“{lock.member}” is not in the pool.", f"panels[{at}].locked[{number}].member")
    check_policy(policy, {name: rule.is_composition for name, rule in RULES.items()})


def _lowest_maximum(case: Case, clock: _Clock) -> tuple[int, Table] | Infeasible:
    """The bound that is proved, and panels whose highest load is as near to it as was found.

    A load that the solver shows to be impossible raises the bound; between it and the best found, the middle is
    tried next. Before anything is found: the bound, one more, then no limit at all.
    """
    if not case.needs:
        return 0, ()
    top = max((person.past_load for person in case.people), default=0) + len(case.needs)
    bound = min(counted_bound(case), top)
    best: Table = ()
    highest, tries, is_in_time = top + 1, 0, True
    while bound < highest and (is_in_time or not best):
        cap = (bound + highest - 1) // 2 if best else bound if tries < _LOW_TRIES else top
        answer, table = _possible(case, cap, clock.left(_SHARE))
        tries += 1
        if answer.is_found:
            best, highest = table, highest_asked(case, table)
        elif answer.outcome is Outcome.IMPOSSIBLE:
            bound = cap + 1
        else:
            is_in_time = False
        if not best and cap >= top:
            return OUT_OF_TIME if answer.outcome is Outcome.OUT_OF_TIME else explain(case, clock.left)
        if not is_in_time and not best:
            tries = max(tries, _LOW_TRIES)
    return bound, best


def _possible(case: Case, cap: int, seconds: float) -> tuple[Answer, Table]:
    built = Built(case, range(len(case.needs)), cap)
    built.ask(case.demands)
    answer = solve_apart(built, seconds)
    return answer, read_table(built, answer) if answer.is_found else ()


def _met_and_spread(case: Case, cap: int, table: Table, clock: _Clock) -> Table:
    """The same highest load, with the most warnings and wishes met and then the least spread."""
    warned = len(case.wishes) + 1.0

    def asked() -> tuple[Built, dict[int, float]]:
        built = Built(case, range(len(case.needs)), cap)
        built.ask(case.demands)
        built.ask(case.preferences, lambda _: warned)
        built.ask(case.wishes, lambda _: 1.0)
        costs = {column: built.programme.costs[column] for column in built.slacks.values()}
        return built, costs | dict(built.over_the_year(warned))

    built, costs = asked()
    most = None
    if costs:
        answer = solve_apart(built, clock.left(_SHARE))
        if not answer.is_found:
            return evened(case, table)
        table, most = read_table(built, answer), round(answer.cost)
    built, costs = asked()
    if most is not None:
        built.programme.row(costs.items(), most=most + 0.5)
        for column in costs:
            built.programme.costs[column] = 0.0
    built.spread()
    answer = solve_apart(built, clock.left(_LAST_SHARE))
    if answer.is_found:
        table = read_table(built, answer)
    return table if answer.outcome is Outcome.BEST else evened(case, table)


def read_table(built: Built, answer: Answer) -> Table:
    case = built.case
    return tuple(
        tuple(
            Seat(case.people[who].id, duty)
            for duty in PLACES
            for who, column in sorted(built.columns.get((at, duty), {}).items())
            if answer.values[column] > 0.5
        )
        for at in range(len(case.needs))
    )


def highest_asked(case: Case, table: Table) -> int:
    loads = count_loads(case.people, table)
    return max((loads[seat.member] for seats in table for seat in seats), default=0)


def _proposal(case: Case, table: Table, bound: int, earlier: Sequence[frozenset[str]]) -> Proposal:
    loads = count_loads(case.people, table)
    people = {person.id: person for person in case.people}
    return Proposal(
        panels=tuple(
            ProposedPanel(need.id, seats, _warnings(seated(need, seats, people, loads), case))
            for need, seats in zip(case.needs, table, strict=True)
        ),
        loads=loads,
        max_load=highest_asked(case, table),
        best_bound=bound,
        spread=pstdev(loads.values()) if loads else 0.0,
        gini=gini(loads.values()),
        repeats=count_repeats([[seat.member for seat in seats] for seats in table], earlier),
    )


def _warnings(panel: Panel, case: Case) -> tuple[str, ...]:
    found = check_panel(panel, case.policy, today=case.today)
    return tuple(each.sentence for each in found if each.rule in SEATING_RULES and each.verdict is Verdict.NOT_MET)
