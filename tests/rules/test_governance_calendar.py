"""When a group's report is due: quarters and halves of the financial year, July, years to 31 March."""

from __future__ import annotations

from datetime import date

import pytest

from recruitment.rules.errors import Invalid
from recruitment.rules.governance_calendar import (
    STANDARDS,
    USUAL_GROUPS,
    Rhythm,
    Standing,
    Timing,
    check_timing,
    due_between,
    due_day,
    period_ending,
    standing,
    still_to_settle,
)
from recruitment.rules.publications import Period, PublicationKind, last_period
from recruitment.rules.working_days import is_working_day

YEAR = Period(date(2026, 4, 1), date(2027, 3, 31))
QUARTER = Timing(Rhythm.QUARTERLY, working_days=15)
JULY = Timing(Rhythm.YEARLY, month=7)


@pytest.mark.parametrize(
    ("rhythm", "last", "first"),
    [
        (Rhythm.QUARTERLY, date(2026, 6, 30), date(2026, 4, 1)),
        (Rhythm.QUARTERLY, date(2026, 12, 31), date(2026, 10, 1)),
        (Rhythm.SIX_MONTHLY, date(2026, 9, 30), date(2026, 4, 1)),
        (Rhythm.SIX_MONTHLY, date(2027, 3, 31), date(2026, 10, 1)),
        (Rhythm.YEARLY, date(2027, 3, 31), date(2026, 4, 1)),
    ],
)
def test_periods_are_those_of_the_financial_year(rhythm, last, first):
    assert period_ending(rhythm, last) == Period(first, last)


@pytest.mark.parametrize(
    ("rhythm", "last"),
    [
        (Rhythm.QUARTERLY, date(2026, 5, 31)),
        (Rhythm.SIX_MONTHLY, date(2026, 6, 30)),
        (Rhythm.YEARLY, date(2026, 9, 30)),
        (Rhythm.YEARLY, date(2027, 3, 30)),
    ],
)
def test_no_period_ends_on_another_day(rhythm, last):
    assert period_ending(rhythm, last) is None


def test_the_year_is_due_to_the_board_on_the_last_working_day_of_july():
    assert due_day(JULY, YEAR) == date(2027, 7, 30)


def test_a_month_up_to_march_is_of_the_next_year():
    assert due_day(Timing(Rhythm.YEARLY, month=2), YEAR) == date(2028, 2, 29)
    assert due_day(Timing(Rhythm.YEARLY, month=4), YEAR) == date(2027, 4, 30)


def test_a_body_whose_year_ends_in_december_has_its_own_periods():
    assert period_ending(Rhythm.YEARLY, date(2026, 12, 31), 12) == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert period_ending(Rhythm.SIX_MONTHLY, date(2026, 9, 30), 12) is None
    assert period_ending(Rhythm.YEARLY, date(2027, 3, 31), 12) is None
    for month in range(1, 13):
        for timing in (QUARTER, Timing(Rhythm.SIX_MONTHLY), JULY):
            period = last_period(timing.figures, date(2026, 11, 27), month)
            assert period_ending(timing.rhythm, period.last, month) == period
    found = due_between(JULY, date(2026, 1, 1), date(2027, 12, 31), 12)
    assert [(period.last, due) for period, due in found] == [
        (date(2025, 12, 31), date(2026, 7, 31)), (date(2026, 12, 31), date(2027, 7, 30)),
    ]  # fmt: skip


def test_a_quarter_is_due_so_many_working_days_after_its_end():
    assert due_day(QUARTER, Period(date(2026, 10, 1), date(2026, 12, 31))) == date(2027, 1, 22)


def test_every_due_day_is_a_working_day_and_each_period_comes_once():
    for offered in (*(entry for group in USUAL_GROUPS for entry in group.entries), *STANDARDS):
        check_timing(offered.timing)
        found = due_between(offered.timing, date(2020, 1, 1), date(2030, 12, 31))
        assert all(is_working_day(due) for _, due in found)
        assert len({period for period, _ in found}) == len(found)
        per_year = {Rhythm.QUARTERLY: 4, Rhythm.SIX_MONTHLY: 2, Rhythm.YEARLY: 1}[offered.timing.rhythm]
        assert len(found) == 11 * per_year
        assert [due for _, due in found] == sorted(due for _, due in found)


def test_the_periods_are_those_that_figures_are_published_of():
    for timing in (QUARTER, Timing(Rhythm.SIX_MONTHLY), JULY):
        period = last_period(timing.figures, date(2026, 11, 27))
        assert period_ending(timing.rhythm, period.last) == period
    assert JULY.figures is PublicationKind.ANNUAL


def test_a_report_is_coming_then_due_then_overdue_and_given_or_left_out_for_good():
    due = due_day(JULY, YEAR)
    held = {"is_given": False, "is_left_out": False}
    assert standing(YEAR, due, date(2027, 3, 31), **held) is Standing.COMING
    assert standing(YEAR, due, date(2027, 4, 1), **held) is Standing.DUE
    assert standing(YEAR, due, due, **held) is Standing.DUE
    assert standing(YEAR, due, date(2027, 7, 31), **held) is Standing.OVERDUE
    assert standing(YEAR, due, date(2030, 1, 1), is_given=True, is_left_out=False) is Standing.GIVEN
    assert standing(YEAR, due, date(2030, 1, 1), is_given=False, is_left_out=True) is Standing.LEFT_OUT


def test_what_was_due_before_the_entry_began_is_not_asked_for():
    found = still_to_settle(QUARTER, date(2026, 11, 1), date(2026, 11, 27), set())
    assert [period.last for period, _, _ in found] == [
        date(2026, 12, 31), date(2027, 3, 31), date(2027, 6, 30), date(2027, 9, 30),
    ]  # fmt: skip
    assert still_to_settle(QUARTER, date(2026, 11, 1), date(2026, 11, 27), {date(2026, 12, 31)}) == found[1:]


def test_what_nobody_gave_stays_overdue_however_long_ago():
    found = still_to_settle(JULY, date(2020, 1, 1), date(2026, 11, 27), set())
    assert [how for _, _, how in found] == [Standing.OVERDUE] * 7 + [Standing.COMING]


@pytest.mark.parametrize(
    "timing",
    [Timing(Rhythm.YEARLY), Timing(Rhythm.YEARLY, month=13), Timing(Rhythm.QUARTERLY, working_days=121)],
)
def test_a_timing_that_names_no_day_is_refused(timing):
    with pytest.raises(Invalid):
        check_timing(timing)
