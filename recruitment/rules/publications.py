"""What a body publishes over several campaigns, of which periods, and which campaigns come together in a run.

Sources: Workforce Race and Workforce Disability Equality Standards (years from 1 April to 31 March); Public
Sector Equality Duty, specific duties (yearly publication); reports to boards in July and to groups each quarter
or half year are the practice of ombudsmen and NHS trusts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from recruitment.rules.errors import Invalid

FEWEST_IN_RUN = 40
"""Applications that a run of campaigns must reach: five answers of eight people each is the least of a table in
which anything can stand."""


class PublicationKind(StrEnum):
    ANNUAL = "annual"
    SIX_MONTHLY = "six_monthly"
    QUARTERLY = "quarterly"
    ROLLING = "rolling"
    RUN = "run"


KIND_TITLES = {
    PublicationKind.ANNUAL: "The year",
    PublicationKind.SIX_MONTHLY: "Half a year",
    PublicationKind.QUARTERLY: "A quarter",
    PublicationKind.ROLLING: "The last twelve months",
    PublicationKind.RUN: "The last campaigns together",
}


MARCH = 3
"""The month with whose last day a reporting year ends unless a body sets another."""
_MONTHS = ("January February March April May June July August September October November December").split()
YEAR_ENDS = {
    at: "the end of February" if at == 2 else f"{date(2001, at % 12 + 1, 1) - timedelta(days=1):%-d} {name}"
    for at, name in enumerate(_MONTHS, 1)
}


def kind_title(kind: PublicationKind, year_end: int = MARCH) -> str:
    """As it is published; `year_end`: the month, 1 to 12, with whose last day the body's year ends."""
    said = KIND_TITLES[kind]
    return f"{said} to {YEAR_ENDS[year_end]}" if kind is PublicationKind.ANNUAL else said


CROSSED_KINDS = (PublicationKind.ANNUAL, PublicationKind.ROLLING)
"""Publications of a year at least: only so many people are told of by two characteristics at once."""


class Part(StrEnum):
    """By what of a campaign a publication may be narrowed: never by anything of a person."""

    EVERYTHING = ""
    KIND = "kind"
    GRADE = "grade"
    PROFESSION = "profession"
    DIRECTORATE = "directorate"


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both of them in it."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        return self.first <= day <= self.last


def year_of(day: date, year_end: int = MARCH) -> Period:
    """The reporting year in which a day lies, of a body whose years end with the last day of a month, 1 to 12."""
    months = day.year * 12 + day.month - 1
    first = (months - year_end) // 12 * 12 + year_end
    return Period(_first_of(first), _first_of(first + 12) - timedelta(days=1))


def year_to_march(day: date) -> Period:
    """The reporting year of the equality standards in which a day lies."""
    return year_of(day)


def cut_off_before(today: date, year_end: int = MARCH) -> date:
    """The last day of the latest reporting year that is over."""
    return year_of(today, year_end).first - timedelta(days=1)


def after_published(period: Period, published: Iterable[Period]) -> Period:
    """A year without the days of years published before, which overlap it where a body's year end has moved."""
    ended = [each.last for each in published if each.first < period.first <= each.last < period.last]
    return Period(max(ended) + timedelta(days=1), period.last) if ended else period


def last_period(kind: PublicationKind, today: date, year_end: int = MARCH) -> Period:
    """The latest period of this kind that is over; the twelve months up to yesterday for a rolling one.

    ValueError for a run, which has no period of its own.
    """
    if kind is PublicationKind.ROLLING:
        last = today - timedelta(days=1)
        return Period(_year_before(today), last)
    if kind is PublicationKind.RUN:
        raise ValueError("A run of campaigns has no period of its own.")
    months = {PublicationKind.ANNUAL: 12, PublicationKind.SIX_MONTHLY: 6, PublicationKind.QUARTERLY: 3}[kind]
    # Counted in months since a year began, so that all periods begin and end with the reporting year.
    passed = (today.year * 12 + today.month - 1 - year_end) // months * months + year_end
    return Period(_first_of(passed - months), _first_of(passed) - timedelta(days=1))


def _first_of(month: int) -> date:
    return date(month // 12, month % 12 + 1, 1)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


@dataclass(frozen=True)
class Counted:
    """A tallied campaign: when its outcomes were final, and how many applied."""

    campaign_id: UUID
    day: date
    applications: int


def shortest_run(campaigns: Sequence[Counted], latest: UUID, *, fewest: int = FEWEST_IN_RUN) -> tuple[UUID, ...]:
    """The campaign with the fewest earlier ones that together reach `fewest` applications, oldest first.

    Empty where all of them together do not. `Invalid` where `latest` is not among them.
    """
    ordered = sorted(campaigns, key=lambda one: (one.day, one.campaign_id))
    place = next((at for at, one in enumerate(ordered) if one.campaign_id == latest), None)
    if place is None:
        raise Invalid("This campaign is not counted yet.", "campaign")
    found, people = [], 0
    for one in reversed(ordered[: place + 1]):
        found.append(one.campaign_id)
        people += one.applications
        if people >= fewest:
            return tuple(reversed(found))
    return ()
