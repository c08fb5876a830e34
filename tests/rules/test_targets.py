"""Targets: where the published funnel falls below one, and by how many people."""

from __future__ import annotations

from dataclasses import fields
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.disclosure import WITHHELD, Figure, ReleaseRow, ReleaseTable
from recruitment.rules.disparity.rates import Rate, wilson
from recruitment.rules.errors import Invalid
from recruitment.rules.targets import StageStanding, Standing, Target, shortfall, stand

THIRTY = Fraction(30, 100)


def table(*rows: tuple[str, list[int | None]], whole: list[int | None]) -> ReleaseTable:
    def figures(numbers: list[int | None]) -> tuple[Figure, ...]:
        return tuple(WITHHELD if number is None else Figure(number) for number in numbers)

    stages = ("submitted", "shortlisted", "appointed")[: len(whole)]
    held = tuple(ReleaseRow(code.title(), code, figures(numbers)) for code, numbers in rows)
    return ReleaseTable("ethnic_group", "Ethnic group", stages, held, figures(whole), figures(whole))


def target(*groups: str, share: Fraction = THIRTY, stage: str | None = None) -> Target:
    return Target("ethnic_group", groups or ("asian",), share, stage)


def test_thirty_per_cent_at_every_stage_is_read_stage_by_stage() -> None:
    found = stand(target(), table(("asian", [300, 100, 10]), whole=[1000, 400, 85]))
    assert [each.standing for each in found] == [Standing.MET, Standing.BELOW, Standing.BELOW]
    assert [each.short for each in found] == [0, 20, 16]  # 0.3 × 85 = 25.5, less 10, rounded up
    assert "by 20 people" in found[1].sentence


def test_the_interval_is_wilsons_and_a_target_within_it_is_said_to_be() -> None:
    (found,) = stand(target(), table(("asian", [10]), whole=[40]))
    assert found.interval == wilson(Rate(10, 40))
    assert found.sentence.endswith("The target lies within the interval.")


def test_several_groups_are_added_up() -> None:
    (found,) = stand(target("asian", "black"), table(("asian", [100]), ("black", [200]), whole=[1000]))
    assert (found.people, found.standing) == (300, Standing.MET)


@pytest.mark.parametrize(
    ("rows", "whole"),
    [
        ([("asian", [None])], [100]),
        ([("asian", [20])], [None]),
        ([("asian", [10])], [20]),
        ([("asian", [0])], [0]),
    ],
)
def test_what_is_withheld_or_of_too_few_stays_not_published(
    rows: list[tuple[str, list[int | None]]], whole: list[int | None]
) -> None:
    (found,) = stand(target(), table(*rows, whole=whole))
    assert found.standing is Standing.NOT_PUBLISHED
    assert "not published" in found.sentence
    assert (found.people, found.of, found.short, found.interval) == (None,) * 4


def test_one_withheld_group_withholds_the_sum() -> None:
    (found,) = stand(target("asian", "black"), table(("asian", [100]), ("black", [None]), whole=[1000]))
    assert found.standing is Standing.NOT_PUBLISHED
    assert "100" not in found.sentence


def test_rounded_parts_above_the_rounded_whole_are_all_of_it() -> None:
    (found,) = stand(target("asian", "black"), table(("asian", [15]), ("black", [15]), whole=[25]))
    assert (found.people, found.of, found.standing) == (25, 25, Standing.MET)


def test_a_target_of_one_stage_is_held_against_that_stage_alone() -> None:
    found = stand(target(stage="appointed"), table(("asian", [300, 100, 10]), whole=[1000, 400, 85]))
    assert [each.stage for each in found] == ["appointed"]


@given(st.integers(0, 5000), st.integers(0, 5000), st.fractions(Fraction(1, 100), Fraction(99, 100)))
def test_the_shortfall_is_the_fewest_people_that_reach_the_target(part: int, more: int, share: Fraction) -> None:
    of = part + more
    short = shortfall(part, of, share)
    assert part + short >= share * of
    assert short == 0 or part + short - 1 < share * of


@pytest.mark.parametrize("share", [Fraction(0), Fraction(1), Fraction(-1, 2), Fraction(3, 2)])
def test_a_target_of_nobody_or_everybody_is_refused(share: Fraction) -> None:
    with pytest.raises(Invalid):
        target(share=share)


@pytest.mark.parametrize(
    "wrong",
    [target("black"), target(stage="hired"), Target("sex", ("female",), THIRTY)],
)
def test_a_target_of_what_is_not_in_the_table_is_refused(wrong: Target) -> None:
    with pytest.raises(Invalid):
        stand(wrong, table(("asian", [300]), whole=[1000]))


@pytest.mark.parametrize("groups", [(), ("asian", "asian")])
def test_a_target_counts_each_group_once(groups: tuple[str, ...]) -> None:
    with pytest.raises(Invalid):
        Target("ethnic_group", groups, THIRTY)


def test_nothing_that_a_target_says_is_of_a_person() -> None:
    assert {field.name for field in fields(StageStanding)} == {
        "stage",
        "standing",
        "sentence",
        "people",
        "of",
        "short",
        "interval",
    }
