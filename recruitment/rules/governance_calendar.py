"""Who in a body is told what of recruitment, and when: groups, what each gets, and the days it is due.

Sources: the Parliamentary and Health Service Ombudsman reports twice a year to its steering group, the Prisons and
Probation Ombudsman watches each quarter through a sub-group, West Midlands Ambulance Service publishes each July;
the NHS Workforce Race and Disability Equality Standards count years to 31 March. All periods begin and end with
the body's own reporting year.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from recruitment.rules.errors import Invalid
from recruitment.rules.publications import MARCH, Period, PublicationKind
from recruitment.rules.working_days import last_working_day, working_days_after

MOST_WORKING_DAYS = 120
LOOKS_AHEAD = 365
"""Days for which coming reports are listed."""


class GroupKind(StrEnum):
    BOARD = "board"
    STEERING_GROUP = "steering_group"
    SUB_GROUP = "sub_group"
    STAFF_NETWORK = "staff_network"


GROUP_KINDS = {
    GroupKind.BOARD: "Board",
    GroupKind.STEERING_GROUP: "Steering group",
    GroupKind.SUB_GROUP: "Sub-group",
    GroupKind.STAFF_NETWORK: "Staff network",
}


class Rhythm(StrEnum):
    QUARTERLY = "quarterly"
    SIX_MONTHLY = "six_monthly"
    YEARLY = "yearly"


RHYTHMS = {
    Rhythm.QUARTERLY: "Each quarter",
    Rhythm.SIX_MONTHLY: "Each half year",
    Rhythm.YEARLY: "Once a year, for the reporting year",
}
_MONTHS = {Rhythm.QUARTERLY: 3, Rhythm.SIX_MONTHLY: 6, Rhythm.YEARLY: 12}
_FIGURES = {
    Rhythm.QUARTERLY: PublicationKind.QUARTERLY,
    Rhythm.SIX_MONTHLY: PublicationKind.SIX_MONTHLY,
    Rhythm.YEARLY: PublicationKind.ANNUAL,
}
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


@dataclass(frozen=True)
class Timing:
    """When something is due: on the last working day of a `month` (1 to 12) for what comes once a year, otherwise
    so many `working_days` after the period's end.
    """

    rhythm: Rhythm
    month: int = 0
    working_days: int = 0

    @property
    def figures(self) -> PublicationKind:
        """The kind of publication that covers one of its periods."""
        return _FIGURES[self.rhythm]


def check_timing(timing: Timing) -> None:
    """`Invalid` for what names no day."""
    if timing.rhythm is Rhythm.YEARLY and not 1 <= timing.month <= 12:
        raise Invalid("Choose the month in which it is due.", "month")
    if timing.rhythm is not Rhythm.YEARLY and not 0 <= timing.working_days <= MOST_WORKING_DAYS:
        raise Invalid(f"Enter from 0 to {MOST_WORKING_DAYS} working days.", "working_days")


def period_ending(rhythm: Rhythm, last: date, year_end: int = MARCH) -> Period | None:
    """The quarter, half or whole of the reporting year that ends on a day; None where none does.

    `year_end`: the month, 1 to 12, with whose last day the body's year ends.
    """
    after = last + timedelta(days=1)
    months = _MONTHS[rhythm]
    if after.day != 1 or (after.month - 1 - year_end) % months:
        return None
    begun = after.year * 12 + after.month - 1 - months
    return Period(date(begun // 12, begun % 12 + 1, 1), last)


def due_day(timing: Timing, period: Period) -> date:
    """The day by which the group has it."""
    if timing.rhythm is Rhythm.YEARLY:
        year = period.last.year + (timing.month <= period.last.month)
        return last_working_day(year, timing.month)
    return working_days_after(period.last, timing.working_days)


def due_between(timing: Timing, first: date, last: date, year_end: int = MARCH) -> list[tuple[Period, date]]:
    """The periods whose report is due from the first day to the last, with the day, the earliest first."""
    found = []
    # A report can be due more than a year after its period's end, never more than two.
    month = (first.year - 2) * 12
    while month <= last.year * 12 + last.month:
        end = date(month // 12, month % 12 + 1, 1) - timedelta(days=1)
        period = period_ending(timing.rhythm, end, year_end)
        if period is not None and first <= (due := due_day(timing, period)) <= last:
            found.append((period, due))
        month += 1
    return found


class Standing(StrEnum):
    OVERDUE = "overdue"
    DUE = "due"
    COMING = "coming"
    GIVEN = "given"
    LEFT_OUT = "left_out"


def standing(period: Period, due: date, today: date, *, is_given: bool, is_left_out: bool) -> Standing:
    """What has been given or left out stays so; the rest is due once its period is over, then overdue."""
    if is_given:
        return Standing.GIVEN
    if is_left_out:
        return Standing.LEFT_OUT
    if due < today:
        return Standing.OVERDUE
    return Standing.DUE if period.last < today else Standing.COMING


def still_to_settle(
    timing: Timing, begins: date, today: date, settled: Collection[date], year_end: int = MARCH
) -> list[tuple[Period, date, Standing]]:
    """What was not yet given nor left out, from the day the entry began to a year ahead, the earliest first.

    `settled`: the last days of the periods that were.
    """
    return [
        (period, due, standing(period, due, today, is_given=False, is_left_out=False))
        for period, due in due_between(timing, begins, today + timedelta(days=LOOKS_AHEAD), year_end)
        if period.last not in settled
    ]


@dataclass(frozen=True)
class OfferedEntry:
    """`figures`, `actions`: whether published figures and the plans' actions are in it."""

    title: str
    timing: Timing
    figures: bool = True
    actions: bool = True
    source: str = ""


@dataclass(frozen=True)
class OfferedGroup:
    kind: GroupKind
    name: str
    entries: tuple[OfferedEntry, ...]


_JULY = Timing(Rhythm.YEARLY, month=7)
_MAY = Timing(Rhythm.YEARLY, month=5)
USUAL_GROUPS: tuple[OfferedGroup, ...] = (
    OfferedGroup(
        GroupKind.BOARD,
        "Board",
        (OfferedEntry("Yearly report on recruitment", _JULY, source="Public Sector Equality Duty"),),
    ),
    OfferedGroup(
        GroupKind.STEERING_GROUP,
        "Equality steering group",
        (OfferedEntry("Half-yearly report on recruitment", Timing(Rhythm.SIX_MONTHLY, working_days=20)),),
    ),
    OfferedGroup(
        GroupKind.SUB_GROUP,
        "Recruitment sub-group",
        (OfferedEntry("Quarterly report on recruitment", Timing(Rhythm.QUARTERLY, working_days=15)),),
    ),
    OfferedGroup(
        GroupKind.STAFF_NETWORK,
        "Staff networks",
        (
            OfferedEntry(
                "What is being done on recruitment", Timing(Rhythm.SIX_MONTHLY, working_days=30), figures=False
            ),
        ),
    ),
)
"""What most public bodies have; each body changes it to what it has."""
STANDARDS: tuple[OfferedEntry, ...] = (
    OfferedEntry("Workforce Race Equality Standard", _MAY, source="NHS Standard Contract"),
    OfferedEntry("Workforce Disability Equality Standard", _MAY, source="NHS Standard Contract"),
)
"""What an NHS body's board gets besides. The day of the returns is set anew each year, so the month is the body's
to change."""
