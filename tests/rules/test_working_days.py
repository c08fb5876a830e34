"""Working days of England and Wales, against the bank holidays that GOV.UK lists."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from recruitment.rules.working_days import (
    bank_holidays,
    easter_sunday,
    is_working_day,
    last_working_day,
    working_days_after,
)


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [(2019, 4, 21), (2024, 3, 31), (2025, 4, 20), (2026, 4, 5), (2027, 3, 28), (2038, 4, 25), (1954, 4, 18)],
)
def test_easter_falls_on_the_sunday_that_the_calendar_has(year, month, day):
    assert easter_sunday(year) == date(year, month, day)


def test_the_holidays_of_2026_and_2027_are_those_of_the_official_list():
    assert sorted(bank_holidays(2026)) == [
        date(2026, 1, 1), date(2026, 4, 3), date(2026, 4, 6), date(2026, 5, 4), date(2026, 5, 25),
        date(2026, 8, 31), date(2026, 12, 25), date(2026, 12, 28),
    ]  # fmt: skip
    assert sorted(bank_holidays(2027)) == [
        date(2027, 1, 1), date(2027, 3, 26), date(2027, 3, 29), date(2027, 5, 3), date(2027, 5, 31),
        date(2027, 8, 30), date(2027, 12, 27), date(2027, 12, 28),
    ]  # fmt: skip


def test_new_year_on_a_saturday_moves_to_monday():
    assert date(2022, 1, 3) in bank_holidays(2022)
    assert date(2022, 1, 1) not in bank_holidays(2022)


def test_working_days_step_over_weekends_and_holidays():
    # Maundy Thursday 2026: the next working day is the Tuesday after Easter.
    assert working_days_after(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert working_days_after(date(2026, 4, 3), 0) == date(2026, 4, 7)
    assert working_days_after(date(2026, 9, 30), 20) == date(2026, 10, 28)


def test_counting_working_days_one_by_one_gives_the_same():
    for start in (date(2026, 12, 20) + timedelta(days=n) for n in range(20)):
        for number in (1, 3, 10):
            end = working_days_after(start, number)
            passed = [start + timedelta(days=n) for n in range(1, (end - start).days + 1)]
            assert sum(map(is_working_day, passed)) == number
            assert is_working_day(end)


def test_the_last_working_day_of_a_month_is_one():
    assert last_working_day(2026, 7) == date(2026, 7, 31)
    assert last_working_day(2027, 7) == date(2027, 7, 30)
    assert last_working_day(2026, 5) == date(2026, 5, 29)
    assert last_working_day(2027, 12) == date(2027, 12, 31)
