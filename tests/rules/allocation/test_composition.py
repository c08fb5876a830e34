"""What people told of themselves keeps nobody off a panel, puts nobody's load up, and is never said."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.rules.allocation import Infeasible, PanelNeed, Proposal, Wish, propose
from tests.support.pools import DAYS, TODAY, blocking_policy, person, small_case, without_groups

SEEDS = st.integers(0, 10**6)
WISH = Wish("canary wish", frozenset({"canary"}))
POLICY = blocking_policy("size", "chair", "inclusion_lead")


@settings(max_examples=30, deadline=None)
@given(seed=SEEDS, can_warn=st.booleans())
def test_groups_change_neither_whether_there_is_a_proposal_nor_the_highest_load(seed: int, can_warn: bool) -> None:
    case = small_case(seed, can_warn=can_warn)
    bare = without_groups(case)
    found = propose(case.pool, case.needs, case.policy, today=TODAY)
    other = propose(bare.pool, bare.needs, bare.policy, today=TODAY)
    assert "canary" not in repr(found)
    if isinstance(other, Infeasible):
        assert found == other
        return
    assert isinstance(found, Proposal)
    assert (found.max_load, found.best_bound) == (other.max_load, other.best_bound)
    assert sum(len(each.warnings) for each in found.panels) == sum(len(each.warnings) for each in other.panels)


def test_the_few_who_told_a_group_are_not_put_on_every_panel() -> None:
    pool = [person("ann", groups=frozenset({"canary"})), *[person(f"p{number}") for number in range(8)]]
    needs = [PanelNeed(key, days=(day,), wishes=(WISH,)) for key, day in zip("xyz", DAYS, strict=True)]
    found = propose(pool, needs, POLICY, today=TODAY)
    assert isinstance(found, Proposal)
    assert found.loads["ann"] == found.max_load == 1


def test_where_the_highest_load_allows_a_wish_is_met_before_loads_are_spread() -> None:
    pool = [
        person("ann", past_load=1, groups=frozenset({"canary"})),
        person("bob", past_load=1, can_chair=False, can_lead=False),
        *[person(f"p{number}") for number in range(2)],
        person("zed", past_load=0, groups=None),
    ]
    pool[1] = replace(pool[1], past_load=1)
    need = PanelNeed("x", size=3, wishes=(WISH,), barred=frozenset({"p1"}))
    found = propose(pool, [need], POLICY, today=TODAY)
    assert isinstance(found, Proposal)
    assert found.max_load == found.best_bound == 2
    assert "ann" in found.panel("x").members


def test_a_wish_that_nobody_can_meet_leaves_the_proposal_as_it_is() -> None:
    pool = [person(f"p{number}", past_load=number) for number in range(5)]
    need = PanelNeed("x", size=3)
    wished = replace(need, wishes=(WISH,))
    assert propose(pool, [need], POLICY, today=TODAY) == propose(pool, [wished], POLICY, today=TODAY)
