"""Proposed panels keep every hard limit and share the load as trying everything would; the order of what is given
makes no difference."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.rules.allocation import Infeasible, Locked, PanelNeed, Proposal, propose, with_lock
from recruitment.rules.errors import Invalid
from recruitment.rules.panel_policies import Severity
from tests.support.pools import (
    CHAIR,
    DAYS,
    LEAD,
    TODAY,
    Small,
    best_by_trying_everything,
    blocking_policy,
    breaks_a_limit,
    not_met,
    person,
    setting,
    small_case,
    squares,
    training,
    without_groups,
)

SEEDS = st.integers(0, 10**6)


def proposed(case: Small) -> Proposal | Infeasible:
    return propose(case.pool, case.needs, case.policy, today=TODAY)


@settings(max_examples=60, deadline=None)
@given(seed=SEEDS, can_warn=st.booleans())
def test_a_proposal_keeps_every_limit_and_is_as_fair_as_trying_everything_finds(seed: int, can_warn: bool) -> None:
    case = without_groups(small_case(seed, can_warn=can_warn))
    found, best = proposed(case), best_by_trying_everything(case)
    if best is None:
        assert isinstance(found, Infeasible) and found.reasons and found.is_smallest
        return
    assert isinstance(found, Proposal)
    warnings = 0
    for need, panel in zip(case.needs, found.panels, strict=True):
        counted = not_met(need, panel.seats, case, dict(found.loads))
        warnings += counted[Severity.WARNS]
        assert (need.id, breaks_a_limit(need, panel.seats, case)) == (panel.need, "")
        assert not counted[Severity.BLOCKS]
        assert len(panel.warnings) == counted[Severity.WARNS]
    for (a, one), (b, other) in combinations(enumerate(found.panels), 2):
        if set(case.needs[a].days) & set(case.needs[b].days):
            assert not one.members & other.members
    assert found.max_load == found.best_bound == best.max_load
    assert warnings == best.warnings
    assert squares(found) == best.squares


@settings(max_examples=15, deadline=None)
@given(seed=SEEDS)
def test_the_order_of_members_and_needs_makes_no_difference(seed: int) -> None:
    case, random = small_case(seed, can_warn=True), Random(seed)
    other = replace(
        case, pool=random.sample(case.pool, len(case.pool)), needs=random.sample(case.needs, len(case.needs))
    )
    assert proposed(case) == proposed(other)


RULES = ("size", "chair", "chair_trained", "inclusion_lead", "inclusion_lead_trained", "training_in_date")


def test_the_past_year_counts_so_that_who_sat_least_is_asked_first() -> None:
    pool = [person("ann", past_load=3), *[person(key, past_load=1) for key in ("bob", "cat", "dee", "eve")]]
    found = propose(pool, [PanelNeed("x", size=4)], blocking_policy(*RULES), today=TODAY)
    assert isinstance(found, Proposal)
    assert found.panel("x").members == {"bob", "cat", "dee", "eve"}
    assert (found.max_load, found.best_bound, found.loads["ann"]) == (2, 2, 3)


def test_nobody_sits_twice_on_one_day() -> None:
    pool = [person(key) for key in ("ann", "bob", "cat", "dee")]
    needs = [PanelNeed(key, size=2, days=(DAYS[0],)) for key in ("x", "y")]
    found = propose(pool, needs, blocking_policy(*RULES), today=TODAY)
    assert isinstance(found, Proposal)
    assert not found.panel("x").members & found.panel("y").members


def test_a_locked_member_stays_in_their_duty_when_it_is_solved_again() -> None:
    pool = [person(key, past_load=number) for number, key in enumerate(("ann", "bob", "cat", "dee", "eve"))]
    needs = [PanelNeed("x", days=(DAYS[0],)), PanelNeed("y", days=(DAYS[1],))]
    first = propose(pool, needs, blocking_policy(*RULES), today=TODAY)
    assert isinstance(first, Proposal) and "eve" not in first.panel("x").members
    needs = list(with_lock(needs, "x", "eve", LEAD))
    again = propose(pool, needs, blocking_policy(*RULES), today=TODAY)
    assert isinstance(again, Proposal)
    assert again.panel("x").with_duty(LEAD) == "eve"
    assert again.max_load == again.best_bound == 5
    unlocked = with_lock(needs, "x", "eve", CHAIR)
    assert unlocked[0].locked == (Locked("eve", CHAIR),)


def test_a_long_line_of_management_is_kept_off_one_panel() -> None:
    """Ann manages Bob, who manages Cat, who manages Dee: no two have the same manager."""
    line = [
        person("ann"),
        person("bob", line_manager="ann"),
        person("cat", line_manager="bob"),
        person("dee", line_manager="cat"),
    ]
    pool = [*line, person("eve", past_load=5)]
    policy = blocking_policy(*RULES, "not_all_in_one_line")
    found = propose(pool, [PanelNeed("x", size=3, barred=frozenset({"ann"}))], policy, today=TODAY)
    assert isinstance(found, Proposal)
    assert "eve" in found.panel("x").members


def test_a_manager_who_could_chair_does_not_keep_those_they_manage_from_sitting_together() -> None:
    pool = [person("ann"), person("bob", line_manager="ann"), person("cat", line_manager="ann")]
    need = PanelNeed("x", size=2, locked=(Locked("bob"), Locked("cat")))
    policy = blocking_policy(*RULES, "chair_manages_no_majority")
    assert isinstance(propose(pool, [need], policy, today=TODAY), Proposal)
    locked = replace(need, locked=(Locked("ann", CHAIR), Locked("cat")))
    assert isinstance(propose(pool, [locked], policy, today=TODAY), Infeasible)


def test_training_that_ends_on_the_day_counts_and_on_the_eve_does_not() -> None:
    courses = ("panel", "chair", "inclusion")
    pool = [
        person("ann", training=training(*courses, expires=DAYS[1])),
        person("bob", training=training(*courses, expires=DAYS[0])),
        person("cat", past_load=4),
    ]
    found = propose(pool, [PanelNeed("x", size=2, days=(DAYS[1],))], blocking_policy(*RULES), today=TODAY)
    assert isinstance(found, Proposal)
    assert found.panel("x").members == {"ann", "cat"}


def test_a_year_s_limit_that_blocks_counts_every_panel_proposed() -> None:
    policy = replace(
        blocking_policy(*RULES), settings=(*blocking_policy(*RULES).settings, setting("load_in_a_year", least=2))
    )
    pool = [person("ann"), person("bob"), person("cat", past_load=1), person("dee", past_load=2)]
    needs = [PanelNeed(key, size=2, days=(day,)) for key, day in zip("xy", DAYS, strict=False)]
    found = propose(pool, needs, policy, today=TODAY)
    assert isinstance(found, Proposal)
    assert max(found.loads.values()) == 2 and found.loads["dee"] == 2


def test_trios_that_met_are_swapped_apart_and_nobodys_load_changes() -> None:
    pool = [person(f"p{number}") for number in range(9)]
    needs = [PanelNeed(key, days=(day,)) for key, day in zip("xyz", DAYS, strict=True)]
    policy = blocking_policy(*RULES)
    first = propose(pool, needs, policy, today=TODAY)
    assert isinstance(first, Proposal) and first.repeats == 0
    again = propose(pool, needs, policy, today=TODAY, earlier=[panel.members for panel in first.panels])
    assert isinstance(again, Proposal)
    assert again.repeats == 0
    assert again.loads == first.loads


def test_no_panels_are_proposed_where_none_are_wanted() -> None:
    found = propose([person("ann", past_load=2)], [], blocking_policy(*RULES), today=TODAY)
    assert isinstance(found, Proposal)
    assert (found.panels, found.max_load, found.loads) == ((), 0, {"ann": 2})


def test_without_time_it_says_that_nothing_was_found_and_claims_nothing() -> None:
    pool = [person(key) for key in ("ann", "bob")]
    found = propose(pool, [PanelNeed("x", size=2)], blocking_policy(*RULES), today=TODAY, seconds=0)
    assert isinstance(found, Infeasible)
    assert not found.is_smallest
    assert "in the time given" in found.reasons[0].sentence


@pytest.mark.parametrize(
    ("needs", "field"),
    [
        ([PanelNeed("x"), PanelNeed("x")], "panels[1].id"),
        ([PanelNeed("x", size=0)], "panels[0].size"),
        ([PanelNeed("x", least_grade="G7")], "panels[0].least_grade"),
        ([PanelNeed("x", locked=(Locked("zoe"),))], "panels[0].locked[0].member"),
    ],
)
def test_a_need_that_cannot_be_understood_is_refused_by_its_entry(needs: list[PanelNeed], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        propose([person("ann")], needs, blocking_policy(*RULES), today=TODAY)
    assert refused.value.field == field


def test_somebody_who_is_in_the_pool_twice_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        propose([person("ann"), person("ann")], [], blocking_policy(*RULES), today=TODAY)
    assert refused.value.field == "members[1].id"
