"""Where there is no proposal, a smallest set of what is in the way is named in sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from recruitment.rules.allocation import Infeasible, Locked, PanelNeed, PoolMember, propose
from recruitment.rules.allocation.case import LOCKED, SEATS, Case
from recruitment.rules.allocation.reasons import impossible_alone
from recruitment.rules.panel_policies import Policy
from tests.support.pools import (
    CHAIR,
    LEAD,
    TODAY,
    best_by_trying_everything,
    blocking_policy,
    person,
    setting,
    small_case,
    training,
    without_groups,
)

DAY = date(2027, 3, 16)
RULES = ("size", "chair", "chair_trained", "inclusion_lead", "inclusion_lead_trained", "training_in_date")
UNTRAINED = training("panel", "inclusion")


def sentences(pool: list[PoolMember], needs: list[PanelNeed], policy: Policy | None = None) -> list[str]:
    found = propose(pool, needs, policy or blocking_policy(*RULES), today=TODAY)
    assert isinstance(found, Infeasible)
    assert found.is_smallest
    return [each.sentence for each in found.reasons]


def test_no_trained_chair_from_outside_the_directorate_is_free_on_the_day() -> None:
    pool = [
        person("ann", directorate="Operations"),
        person("bob", training=UNTRAINED),
        person("cat", unavailable=frozenset({DAY})),
        person("dee", can_chair=False),
    ]
    need = PanelNeed("x", "Caseworker", (DAY,), 2, directorate="Operations", is_chair_from_outside=True)
    assert sentences(pool, [need]) == [
        "“Caseworker”: no trained chair from outside Operations is free on 16 March 2027."
    ]


def test_only_the_conditions_that_are_in_the_way_are_named() -> None:
    pool = [person(key, training=UNTRAINED) for key in ("ann", "bob", "cat")]
    assert sentences(pool, [PanelNeed("x", days=(DAY,))]) == ["“x”: no trained chair is in the pool."]


def test_too_few_members_are_counted() -> None:
    pool = [person(key) for key in ("ann", "bob")] + [person("cat", unavailable=frozenset({DAY}))]
    assert sentences(pool, [PanelNeed("x", days=(DAY,))]) == [
        "“x”: only 2 members are free on 16 March 2027, and 3 are wanted."
    ]


def test_members_below_the_grade_are_not_enough() -> None:
    pool = [person("ann"), person("bob"), person("cat", grade="EO"), person("dee", grade="")]
    assert sentences(pool, [PanelNeed("x", least_grade="SEO")]) == [
        "“x”: only 2 members of grade SEO or above are in the pool, and 3 are wanted."
    ]


def test_two_panels_of_one_day_that_need_the_same_chair_are_named_with_the_person() -> None:
    pool = [person("ann"), *[person(f"p{number}", can_chair=False) for number in range(6)]]
    needs = [PanelNeed(key, days=(DAY,)) for key in ("x", "y")]
    found = propose(pool, [*needs, PanelNeed("z", size=2)], blocking_policy(*RULES), today=TODAY)
    assert isinstance(found, Infeasible)
    (reason,) = found.reasons
    assert reason.sentence == (
        "A trained chair for “x” and a trained chair for “y” cannot both be had on 16 March 2027: only Ann could "
        "take these places."
    )
    assert (reason.needs, reason.members) == (("x", "y"), ("ann",))


def test_one_person_cannot_be_both_chair_and_inclusion_lead() -> None:
    pool = [person("ann"), *[person(key, can_chair=False, can_lead=False) for key in ("bob", "cat")]]
    assert sentences(pool, [PanelNeed("x")]) == [
        "A trained chair for “x” and a trained inclusion lead for “x” cannot both be had: only Ann could take "
        "these places."
    ]


def test_somebody_who_is_locked_and_cannot_sit_is_named_with_the_cause() -> None:
    pool = [person("ann", unavailable=frozenset({DAY})), *[person(key) for key in ("bob", "cat", "dee")]]
    need = PanelNeed("x", days=(DAY,), locked=(Locked("ann", LEAD),))
    assert sentences(pool, [need]) == [
        "“x”: Ann is fixed on it as inclusion lead but is not free on 16 March 2027."
    ]


def test_somebody_locked_on_two_panels_of_one_day_is_named_with_both() -> None:
    pool = [person(f"p{number}") for number in range(7)]
    needs = [PanelNeed(key, days=(DAY,), locked=(Locked("p1", CHAIR),)) for key in ("x", "y")]
    assert sentences(pool, needs) == [
        "P1 as chair of “x” and P1 as chair of “y” cannot both be had on 16 March 2027."
    ]


def test_a_directorate_that_everybody_comes_from_is_named() -> None:
    pool = [person(key, directorate="Legal") for key in ("ann", "bob", "cat")]
    policy = blocking_policy(*RULES, "not_all_from_one_directorate", "inclusion_adviser")
    assert sentences(pool, [PanelNeed("x", grade="HEO")], policy) == [
        "“x”: no inclusion adviser is in the pool.",
        "“x”: everybody who could sit is from Legal, and not all may be from one.",
    ]


def test_a_panel_that_is_wanted_too_small_says_so() -> None:
    pool = [person(key) for key in ("ann", "bob", "cat")]
    policy = Policy(settings=(setting("size", least=3),))
    assert sentences(pool, [PanelNeed("x", size=2)], policy) == [
        "“x”: 2 members are wanted, and the rules ask at least 3."
    ]


def test_a_years_limit_that_leaves_too_little_room_is_told_in_numbers() -> None:
    policy = blocking_policy("size", "load_in_a_year")
    pool = [person(key, past_load=2) for key in ("ann", "bob", "cat")]
    assert sentences(pool, [PanelNeed("x"), PanelNeed("y")], policy) == [
        "All panels together want 6 places, and with no more than 3 panels for anybody in a year the pool has "
        "room for 3."
    ]


def test_independent_causes_are_all_named() -> None:
    pool = [person("ann"), person("bob", training=UNTRAINED), person("cat", training=UNTRAINED)]
    needs = [
        PanelNeed("x", days=(DAY,), barred=frozenset({"bob"})),
        PanelNeed("y", chair_barred=frozenset({"ann"})),
    ]
    assert sentences(pool, needs) == [
        "“x”: only 2 members are without a bar, and 3 are wanted.",
        "“y”: no trained chair is without a bar to chairing it.",
    ]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10**6))
def test_what_is_called_impossible_alone_is_impossible_when_only_its_panel_is_wanted(seed: int) -> None:
    case = without_groups(small_case(seed, can_warn=False))
    held = Case(sorted(case.pool, key=lambda each: each.id), case.needs, case.policy, TODAY)
    for demand in impossible_alone(held):
        alone = replace(case, needs=(case.needs[demand.need],))
        assert best_by_trying_everything(alone) is None
        assert (
            demand.kind in (SEATS, LOCKED)
            or demand.kind == "inclusion_adviser"
            or case.policy.setting(demand.kind)
        )
