"""A campaign's calendar: when each step is planned, counted in working days from the closing date.

The numbers of days are what recruiters of public bodies plan with for one post: two working weeks to sift, a
working week's notice of an interview. Each date can be set by hand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from recruitment.rules.calendar_files import Entry
from recruitment.rules.campaigns import CampaignState, check_year, has_reached
from recruitment.rules.errors import Invalid
from recruitment.rules.working_days import is_working_day, working_days_after

_UK = ZoneInfo("Europe/London")


class CalendarStep(StrEnum):
    """In order."""

    CLOSING = "closing"
    SIFT_OPENS = "sift_opens"
    SIFT_ENDS = "sift_ends"
    FREEZE = "freeze"
    INTERVIEWS = "interviews"
    DECISION = "decision"
    LETTERS = "letters"


STEP_TITLES: Mapping[CalendarStep, str] = {
    CalendarStep.CLOSING: "Applications close",
    CalendarStep.SIFT_OPENS: "The sift opens",
    CalendarStep.SIFT_ENDS: "All scores are in",
    CalendarStep.FREEZE: "The shortlist is frozen",
    CalendarStep.INTERVIEWS: "Interviews begin",
    CalendarStep.DECISION: "Outcomes are decided",
    CalendarStep.LETTERS: "Everybody has their letter",
}
# Working days after the closing date.
WORKING_DAYS: Mapping[CalendarStep, int] = {
    CalendarStep.SIFT_OPENS: 1,
    CalendarStep.SIFT_ENDS: 11,
    CalendarStep.FREEZE: 13,
    CalendarStep.INTERVIEWS: 19,
    CalendarStep.DECISION: 22,
    CalendarStep.LETTERS: 24,
}
CHANGEABLE = tuple(WORKING_DAYS)
_DONE_IN: Mapping[CalendarStep, CampaignState] = {
    CalendarStep.SIFT_OPENS: CampaignState.SIFTING,
    CalendarStep.SIFT_ENDS: CampaignState.SCORED,
    CalendarStep.FREEZE: CampaignState.FROZEN,
    CalendarStep.INTERVIEWS: CampaignState.DECIDED,
    CalendarStep.DECISION: CampaignState.DECIDED,
    # Nothing tells when the last letter was read; the count comes after the outcomes were told.
    CalendarStep.LETTERS: CampaignState.TALLIED,
}


@dataclass(frozen=True)
class PlannedDate:
    """`is_own`: set by hand; `is_working_day`: of England and Wales."""

    step: CalendarStep
    on: date
    is_own: bool
    is_done: bool
    is_overdue: bool

    @property
    def title(self) -> str:
        return STEP_TITLES[self.step]

    @property
    def is_working_day(self) -> bool:
        return is_working_day(self.on)


def closing_day(closes_at: datetime) -> date:
    """The day in the UK on which applications close; one that closes at midnight belongs to the day before."""
    return (closes_at.astimezone(_UK) - timedelta(microseconds=1)).date()


def plan_from(closes_on: date) -> dict[CalendarStep, date]:
    """The usual date of each step but the closing; `Invalid` for a year outside the calendar."""
    check_year(closes_on, "closes_on")
    return {step: working_days_after(closes_on, days) for step, days in WORKING_DAYS.items()}


def read_calendar(
    closes_at: datetime, own: Mapping[str, str], state: CampaignState, now: datetime
) -> tuple[PlannedDate, ...]:
    """Every step in order; `own`: step → ISO date set by hand. What is not done by its day's end is overdue."""
    closes_on, today = closing_day(closes_at), now.astimezone(_UK).date()
    planned = plan_from(closes_on) | {step: date.fromisoformat(own[step]) for step in CHANGEABLE if own.get(step)}
    rest = []
    for step in CHANGEABLE:
        is_done = has_reached(state, _DONE_IN[step])
        is_late = state is not CampaignState.DRAFT and not is_done and planned[step] < today
        rest.append(PlannedDate(step, planned[step], bool(own.get(step)), is_done, is_late))
    closed = state is not CampaignState.DRAFT and now >= closes_at
    return (PlannedDate(CalendarStep.CLOSING, closes_on, False, closed, False), *rest)


def next_date(calendar: tuple[PlannedDate, ...]) -> PlannedDate | None:
    """The first step that is not done."""
    return next((one for one in calendar if not one.is_done), None)


def change_plan(closes_at: datetime, wanted: Mapping[CalendarStep, date | None]) -> dict[str, str]:
    """What is kept of dates typed in: those that differ from the usual ones. None: the usual one.

    `Invalid` names the step whose year nobody means, or that comes before the one above it.
    """
    closes_on = closing_day(closes_at)
    usual, before = plan_from(closes_on), closes_on
    kept, before_title = {}, STEP_TITLES[CalendarStep.CLOSING]
    for step in CHANGEABLE:
        day = wanted.get(step) or usual[step]
        check_year(day, step)
        if day < before:
            raise Invalid(f"“{STEP_TITLES[step]}” must not come before “{before_title}”.", step)
        if day != usual[step]:
            kept[step.value] = day.isoformat()
        before, before_title = day, STEP_TITLES[step]
    return kept


def calendar_entries(campaign_key: str, title: str, calendar: tuple[PlannedDate, ...]) -> list[Entry]:
    """All-day entries for a recruiter's own calendar: step and campaign, no person."""
    return [Entry(f"{campaign_key}-{one.step}", f"{one.title}: {title}", one.on) for one in calendar]
