"""What a campaign is, the states it passes through, and what may be done in each."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum

from recruitment.rules.errors import Invalid, TooLate, TooSoon


class CampaignKind(StrEnum):
    EXTERNAL = "external"
    INTERNAL = "internal"
    ACTING_UP = "acting_up"
    SECONDMENT = "secondment"


class StageKind(StrEnum):
    FIRST_SIFT = "first_sift"
    SIFT = "sift"
    TEST = "test"
    ASSESSMENT = "assessment"
    INTERVIEW = "interview"


class QuestionKind(StrEnum):
    ANSWER = "answer"
    STATEMENT = "statement"
    CV = "cv"


class CampaignState(StrEnum):
    """In order. Whether an open campaign still takes applications is a matter of the clock, not of a state."""

    DRAFT = "draft"
    OPEN = "open"
    SIFTING = "sifting"
    SCORED = "scored"
    LINE_SET = "line_set"
    FROZEN = "frozen"
    REVEALED = "revealed"
    DECIDED = "decided"
    TALLIED = "tallied"
    RELEASED = "released"


STATE_TITLES = {
    CampaignState.DRAFT: "Being prepared",
    CampaignState.OPEN: "Open for applications",
    CampaignState.SIFTING: "Sift under way",
    CampaignState.SCORED: "Sift scores locked",
    CampaignState.LINE_SET: "Interview line set",
    CampaignState.FROZEN: "Shortlist frozen",
    CampaignState.REVEALED: "Names revealed, interviews",
    CampaignState.DECIDED: "Outcomes final",
    CampaignState.TALLIED: "Equality answers tallied",
    CampaignState.RELEASED: "Funnel released",
}

_ORDER = list(CampaignState)


def has_reached(state: CampaignState, wanted: CampaignState) -> bool:
    return _ORDER.index(state) >= _ORDER.index(wanted)


def is_accepting(state: CampaignState, opens_at: datetime, closes_at: datetime, now: datetime) -> bool:
    """Whether an application may be submitted: open, and `opens_at <= now < closes_at`."""
    return state is CampaignState.OPEN and opens_at <= now < closes_at


def require_state(state: CampaignState, *allowed: CampaignState, act: str) -> None:
    """Raise `TooSoon` or `TooLate` unless the campaign stands in one of the allowed states.

    `act` completes the sentence "You cannot … now".
    """
    if state in allowed:
        return
    first = min(allowed, key=_ORDER.index)
    sentence = f"You cannot {act} now: the campaign is at “{STATE_TITLES[state]}”."
    if _ORDER.index(state) < _ORDER.index(first):
        raise TooSoon(f"{sentence} It comes at “{STATE_TITLES[first]}”.")
    raise TooLate(f"{sentence} It came at “{STATE_TITLES[first]}”.")


DRAFTS_KEPT = timedelta(days=28)  # after the closing time; then the drafts key is destroyed (design, "The vault")
MIN_SHORTLISTERS = 2  # at least two independent scorers for each answer (design, "How an application travels")


FIRST_YEAR, LAST_YEAR = 2000, 2199


def check_year(day: date, field: str) -> None:
    """Raise `Invalid` for a year that nobody means, before sums with it leave the calendar."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise Invalid(f"The year must be between {FIRST_YEAR} and {LAST_YEAR}.", field)


def check_dates(opens_at: datetime, closes_at: datetime) -> None:
    check_year(opens_at, "opens_at")
    check_year(closes_at, "closes_at")
    if closes_at <= opens_at:
        raise Invalid("The closing date must be after the opening date.", "closes_at")
