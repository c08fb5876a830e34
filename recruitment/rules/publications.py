"""What a body publishes over several campaigns, of which periods, and which campaigns come together in a run.

Sources: Workforce Race and Workforce Disability Equality Standards (years from 1 April to 31 March); Public
Sector Equality Duty, specific duties (yearly publication); reports to boards in July and to groups each quarter
or half year are the practice of ombudsmen and NHS trusts.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    PublicationKind.ANNUAL: "The year to 31 March",
    PublicationKind.SIX_MONTHLY: "Half a year",
    PublicationKind.QUARTERLY: "A quarter",
    PublicationKind.ROLLING: "The last twelve months",
    PublicationKind.RUN: "The last campaigns together",
}


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


def year_to_march(day: date) -> Period:
    """The reporting year of the equality standards in which a day lies."""
    start = day.year if (day.month, day.day) >= (4, 1) else day.year - 1
    return Period(date(start, 4, 1), date(start + 1, 3, 31))


def last_period(kind: PublicationKind, today: date) -> Period:
    """The latest period of this kind that is over; the twelve months up to yesterday for a rolling one.

    ValueError for a run, which has no period of its own.
    """
    if kind is PublicationKind.ROLLING:
        last = today - timedelta(days=1)
        return Period(_year_before(today), last)
    if kind is PublicationKind.RUN:
        raise ValueError("A run of campaigns has no period of its own.")
    months = {PublicationKind.ANNUAL: 12, PublicationKind.SIX_MONTHLY: 6, PublicationKind.QUARTERLY: 3}[kind]
    # Counted in months since a first of April, so that all periods begin and end with the reporting year.
    passed = (today.year * 12 + today.month - 1 - 3) // months * months + 3
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
