"""Working days in England and Wales: Monday to Friday without the bank holidays.

Source: Banking and Financial Dealings Act 1971, schedule 1, with New Year's Day and the first Monday in May as
proclaimed each year; a holiday at a weekend moves to the next working day. Single days that are proclaimed once,
such as for a coronation, are not known here. Easter: Meeus, "Astronomical Algorithms" (1991), chapter 8.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

_DAY = timedelta(days=1)


def easter_sunday(year: int) -> date:
    """Of the Gregorian calendar."""
    golden, century, rest = year % 19, year // 100, year % 100
    moved = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - moved + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _monday(year: int, month: int, *, is_last: bool) -> date:
    day = date(year, month, 31 if is_last else 1)
    while day.weekday():
        day += -_DAY if is_last else _DAY
    return day


@cache
def bank_holidays(year: int) -> frozenset[date]:
    """Of England and Wales, with those that move from a weekend on the day they move to."""
    easter = easter_sunday(year)
    found = {
        easter - 2 * _DAY,
        easter + _DAY,
        _monday(year, 5, is_last=False),
        _monday(year, 5, is_last=True),
        _monday(year, 8, is_last=True),
    }
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() > 4 or day in found:
            day += _DAY
        found.add(day)
    return frozenset(found)


def is_working_day(day: date) -> bool:
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def working_days_after(day: date, number: int) -> date:
    """The day that is so many working days later; for 0 the day itself, or the next working day."""
    while number or not is_working_day(day):
        day += _DAY
        number -= bool(number) and is_working_day(day)
    return day


def last_working_day(year: int, month: int) -> date:
    day = date(year + month // 12, month % 12 + 1, 1) - _DAY
    while not is_working_day(day):
        day -= _DAY
    return day
