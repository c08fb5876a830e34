"""Where the solver has no time for the least spread, seats are passed on to people with fewer panels."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.rules.allocation import Proposal, Seat, count_loads, propose
from recruitment.rules.allocation.case import Case
from recruitment.rules.allocation.evening import evened
from recruitment.rules.allocation.needs import PanelNeed
from recruitment.rules.panel_policies import Severity
from tests.support.pools import (
    CHAIR,
    DAYS,
    LEAD,
    TODAY,
    blocking_policy,
    breaks_a_limit,
    not_met,
    person,
    small_case,
    squares,
)


def test_a_seat_passes_to_somebody_with_fewer_panels_and_a_locked_one_stays() -> None:
    people = [person(key) for key in ("ann", "bob", "cat", "dee")]
    needs = [PanelNeed(key, size=2, days=(day,)) for key, day in zip("xy", DAYS, strict=False)]
    case = Case(people, needs, blocking_policy("chair", "inclusion_lead"), TODAY)
    table = ((Seat("ann", CHAIR), Seat("bob", LEAD)),) * 2
    found = evened(case, table)
    assert set(count_loads(people, found).values()) == {1}
    assert [[seat.duty for seat in seats] for seats in found] == [[CHAIR, LEAD], [CHAIR, LEAD]]


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_it_keeps_every_limit_and_never_makes_the_spread_wider(seed: int) -> None:
    case = small_case(seed, can_warn=True)
    found = propose(case.pool, case.needs, case.policy, today=TODAY)
    if not isinstance(found, Proposal):
        return
    held = Case(sorted(case.pool, key=lambda each: each.id), case.needs, case.policy, TODAY)
    table = evened(held, tuple(panel.seats for panel in found.panels))
    loads = count_loads(case.pool, table)
    assert sum(load**2 for load in loads.values()) == squares(found)  # It was the least already.
    for need, seats in zip(case.needs, table, strict=True):
        assert not breaks_a_limit(need, seats, case)
        assert not not_met(need, seats, case, loads)[Severity.BLOCKS]
