"""A trend shows published figures alone, marks what is not comparable, and joins no line across it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.disclosure import WITHHELD, Figure, ReleaseRow, ReleaseTable
from recruitment.rules.publications import Period
from recruitment.rules.trend_pictures import ratio_plot, share_plot
from recruitment.rules.trends import Yearly, breaks_of, ratio_series, runs, share_tables
from tests.support.yearly_figures import year

STAGES = ("submitted", "shortlisted", "appointed")


def figures(*numbers: int | None) -> tuple[Figure, ...]:
    return tuple(WITHHELD if number is None else Figure(number) for number in numbers)


def ethnic(
    white: tuple[int | None, ...], answered: tuple[int | None, ...], stages=STAGES, codes=("white", "asian")
):
    rows = tuple(ReleaseRow(code.capitalize(), code, figures(*white)) for code in codes)
    return ReleaseTable("ethnic_group", "Ethnic group", stages, rows, figures(*answered), figures(*answered))


def disability(disabled: tuple[int | None, ...], other: tuple[int | None, ...]) -> ReleaseTable:
    rows = (ReleaseRow("Disabled", "disabled", figures(*disabled)),
            ReleaseRow("Not disabled", "not_disabled", figures(*other)))  # fmt: skip
    whole = tuple((a or 0) + (b or 0) for a, b in zip(disabled, other, strict=True))
    return ReleaseTable("disability", "Disability", STAGES, rows, figures(*whole), figures(*whole))


def yearly(first: int, white=(400, 200, 100), answered=(600, 280, 120), **changes) -> Yearly:
    made = Yearly(year(first), (ethnic(white, answered), disability((100, 40, 10), (500, 240, 110))), "1")
    return replace(made, **changes)


def ratio_of(years, step=("shortlisted", "appointed"), characteristic="ethnic_group"):
    return next(one for one in ratio_series(years) if (one.characteristic, one.step) == (characteristic, step))


def test_a_ratio_stands_with_its_counts_interval_direction_grouping_and_wording():
    """The published example of the standard: White 155 of 780, others 27 of 210, ratio 1.55."""
    table = ethnic((800, 780, 155), (1100, 990, 182))
    series = ratio_of([Yearly(year(2025), (table,), "1")])
    (point,) = series.points
    assert (point.group, point.comparator) == ((27, 210), (155, 780))
    assert point.text.startswith("1.55 (")
    assert point.low < point.ratio < point.high
    assert series.direction.startswith("White divided by All other ethnic groups combined; above 1")
    assert series.grouping == "wres_bme"
    assert "Relative likelihood of white applicants" in series.wording


def test_disability_divides_as_the_current_wording_does():
    """Not disabled 80 of 400, disabled 15 of 100: 1.33, with the interval from 0.80 to 2.21 by Katz nearby."""
    table = disability((150, 100, 15), (600, 400, 80))
    series = ratio_of([Yearly(year(2025), (table,), "1")], characteristic="disability")
    assert series.points[0].text.startswith("1.33 (")
    assert "Current wording" in series.wording


def test_years_that_are_counted_alike_are_joined_and_others_never():
    alike = [yearly(2022), yearly(2023), yearly(2024)]
    plot = ratio_plot(ratio_of(alike))
    assert plot.breaks == ()
    assert [len(line) for line in plot.panels[0].lines] == [3]
    changed = [alike[0], alike[1], yearly(2024, question_set="2")]
    plot = ratio_plot(ratio_of(changed))
    assert [len(line) for line in plot.panels[0].lines] == [2]
    assert [number for _, number in plot.breaks] == [1]
    assert "break 1, 2024/25" in plot.panels[0].told


@pytest.mark.parametrize(
    ("later", "reason"),
    [
        (yearly(2023, question_set="2"), "The questions changed: set 1, then set 2."),
        (yearly(2024), "Nothing was published between 2022/23 and 2024/25."),
        (
            yearly(2023, period=Period(date(2023, 4, 1), date(2023, 12, 31))),
            "The reporting year ends on another day.",
        ),
        (yearly(2023, wording="old"), "The measure is worded otherwise: current, then old."),
        (
            yearly(2023, tables=(ethnic((400, 200, 100), (600, 280, 120), codes=("white", "asian", "mixed")),)),
            "The answers are grouped otherwise.",
        ),
        (
            yearly(2023, tables=(ethnic((400, 200), (600, 280), stages=("submitted", "appointed")),)),
            "The stages changed: submitted, shortlisted, appointed; then submitted, appointed.",
        ),
        (yearly(2023, tables=()), "This was not asked in one of the two years."),
    ],
)
def test_each_change_of_definition_is_a_break_with_its_reason(later, reason):
    (found,) = breaks_of([yearly(2022), later], "ethnic_group")
    assert (found.before_index, found.reasons) == (1, (reason,))
    assert breaks_of([yearly(2022), yearly(2023)], "ethnic_group") == ()


def test_what_is_withheld_is_said_and_never_worked_out():
    years = [yearly(2022), yearly(2023, white=(400, None, 100)), yearly(2024, answered=(600, 280, None))]
    series = ratio_of(years)
    assert [point.text for point in series.points][1:] == ["not published", "not published"]
    assert (series.points[1].group, series.points[1].ratio) == (None, None)
    assert ratio_plot(series).panels[0].lines == ()


def test_a_ratio_of_few_people_is_not_told_but_their_published_counts_are():
    few = yearly(2022, white=(400, 200, 100), answered=(420, 215, 105))
    (point,) = ratio_of([few]).points
    assert (point.group, point.ratio, point.text) == ((5, 15), None, "too few to publish a ratio")
    assert ratio_plot(ratio_of([few])) is None


def test_shares_stand_by_stage_with_an_asterisk_where_none_is_published():
    years = [yearly(2022), yearly(2023, white=(300, None, 60))]
    submitted, shortlisted, appointed = share_tables(years, "ethnic_group")
    assert submitted.labels == ("2022/23", "2023/24")
    assert submitted.rows[0].shares == (67, 50)
    assert shortlisted.rows[0].shares == (71, None)
    assert appointed.answered == (120, 120)
    plot = share_plot(shortlisted)
    assert plot.panels[0].lines == ()
    assert "2023/24 not published" in plot.panels[0].told


def test_no_share_is_told_of_fewer_than_23_people():
    small = yearly(2022, white=(10, 10, 10), answered=(22, 22, 22))
    for table in share_tables([small], "ethnic_group"):
        assert {share for row in table.rows for share in row.shares} == {None}
        assert share_plot(table) is None


def test_an_answer_that_was_dropped_stays_in_the_table_under_its_latest_name():
    old = yearly(2022, tables=(ethnic((400, 200, 100), (600, 280, 120), codes=("white", "asian", "arab")),))
    first, *_ = share_tables([old, yearly(2023)], "ethnic_group")
    assert [row.label for row in first.rows] == ["White", "Asian", "Arab"]
    assert first.rows[2].shares == (67, None)


@given(st.lists(st.booleans(), max_size=12), st.sets(st.integers(1, 11)))
def test_no_stretch_crosses_a_break_or_a_year_without_a_figure(is_there, breaks):
    found = runs(is_there, breaks)
    assert sorted(at for stretch in found for at in stretch) == [at for at, there in enumerate(is_there) if there]
    for stretch in found:
        assert all(later == earlier + 1 and later not in breaks for earlier, later in pairwise(stretch))
    for earlier, later in pairwise(found):
        assert later[0] > earlier[-1] + 1 or later[0] in breaks


def test_a_year_is_named_by_its_days():
    assert yearly(2025).label == "2025/26"
    assert yearly(2025, period=Period(date(2025, 1, 1), date(2025, 12, 31))).label == "2025"
    assert yearly(2025, period=Period(date(2025, 4, 1), date(2025, 12, 31))).label == "2025-04-01 to 2025-12-31"
