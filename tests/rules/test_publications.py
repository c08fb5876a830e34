"""Periods of the reporting year, and the shortest run of campaigns."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.errors import Invalid
from recruitment.rules.publications import (
    YEAR_ENDS,
    Counted,
    Period,
    PublicationKind,
    after_published,
    cut_off_before,
    kind_title,
    last_period,
    shortest_run,
    year_of,
    year_to_march,
)

days = st.dates(date(2001, 1, 1), date(2099, 12, 31))


@pytest.mark.parametrize(
    ("kind", "today", "first", "last"),
    [
        (PublicationKind.ANNUAL, date(2026, 11, 26), date(2025, 4, 1), date(2026, 3, 31)),
        (PublicationKind.ANNUAL, date(2026, 3, 31), date(2024, 4, 1), date(2025, 3, 31)),
        (PublicationKind.ANNUAL, date(2026, 4, 1), date(2025, 4, 1), date(2026, 3, 31)),
        (PublicationKind.SIX_MONTHLY, date(2026, 11, 26), date(2026, 4, 1), date(2026, 9, 30)),
        (PublicationKind.QUARTERLY, date(2026, 1, 15), date(2025, 10, 1), date(2025, 12, 31)),
        (PublicationKind.ROLLING, date(2028, 2, 29), date(2027, 2, 28), date(2028, 2, 28)),
    ],
)
def test_the_last_period_that_is_over(kind, today, first, last):
    assert last_period(kind, today) == Period(first, last)


@given(days, st.sampled_from([kind for kind in PublicationKind if kind is not PublicationKind.RUN]))
def test_a_period_is_over_before_today(today, kind):
    period = last_period(kind, today)
    assert period.first < period.last < today


@given(days)
def test_quarters_and_halves_end_with_the_reporting_year(today):
    year = year_to_march(today)
    assert year.holds(today)
    ends = {last_period(kind, year.last + timedelta(days=1)).last for kind in list(PublicationKind)[:3]}
    assert ends == {year.last}


def campaigns(*applications):
    return [
        Counted(UUID(int=number), date(2026, 1, number), people) for number, people in enumerate(applications, 1)
    ]


def test_the_shortest_run_reaches_back_only_as_far_as_it_must():
    assert shortest_run(campaigns(30, 25, 10, 20), UUID(int=4)) == (UUID(int=2), UUID(int=3), UUID(int=4))
    assert shortest_run(campaigns(30, 25, 10, 45), UUID(int=4)) == (UUID(int=4),)
    assert shortest_run(campaigns(30, 25, 10, 45), UUID(int=2)) == (UUID(int=1), UUID(int=2))


def test_too_few_campaigns_make_no_run():
    assert shortest_run(campaigns(12, 9), UUID(int=2)) == ()


def test_a_campaign_that_is_not_counted_has_no_run():
    with pytest.raises(Invalid, match="not counted yet"):
        shortest_run(campaigns(50), UUID(int=9))


@pytest.mark.parametrize(
    ("day", "year_end", "first", "last"),
    [
        (date(2026, 11, 26), 12, date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 1, 1), 12, date(2026, 1, 1), date(2026, 12, 31)),
        (date(2026, 7, 31), 7, date(2025, 8, 1), date(2026, 7, 31)),
        (date(2026, 8, 1), 7, date(2026, 8, 1), date(2027, 7, 31)),
        (date(2028, 2, 29), 2, date(2027, 3, 1), date(2028, 2, 29)),
        (date(2026, 11, 26), 3, date(2026, 4, 1), date(2027, 3, 31)),
    ],
)
def test_a_body_may_end_its_year_with_any_month(day, year_end, first, last):
    assert year_of(day, year_end) == Period(first, last)


@given(days, st.sampled_from(list(YEAR_ENDS)))
def test_every_day_is_in_one_year_which_follows_the_cut_off(day, year_end):
    year = year_of(day, year_end)
    assert year.holds(day)
    assert cut_off_before(day, year_end) + timedelta(days=1) == year.first
    assert year_of(year.last + timedelta(days=1), year_end).first == year.last + timedelta(days=1)
    assert last_period(PublicationKind.ANNUAL, day, year_end).last == cut_off_before(day, year_end)
    assert last_period(PublicationKind.QUARTERLY, year.last + timedelta(days=1), year_end).last == year.last


def test_where_the_end_of_the_year_moves_no_day_is_in_two_years():
    published = [Period(date(2025, 4, 1), date(2026, 3, 31)), Period(date(2026, 4, 1), date(2027, 3, 31))]
    moved = last_period(PublicationKind.ANNUAL, date(2028, 1, 5), 12)
    assert moved == Period(date(2027, 1, 1), date(2027, 12, 31))
    assert after_published(moved, published) == Period(date(2027, 4, 1), date(2027, 12, 31))
    assert after_published(moved, [Period(date(2026, 1, 1), date(2026, 12, 31)), moved]) == moved


def test_a_year_is_called_by_its_last_day():
    assert kind_title(PublicationKind.ANNUAL) == "The year to 31 March"
    assert kind_title(PublicationKind.ANNUAL, 2) == "The year to the end of February"
    assert kind_title(PublicationKind.ANNUAL, 6) == "The year to 30 June"
    assert kind_title(PublicationKind.QUARTERLY, 6) == "A quarter"
