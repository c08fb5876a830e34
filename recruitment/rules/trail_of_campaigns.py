"""What the trail says of how a campaign is run beside its steps: closing times, its calendar, its templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from recruitment.rules.campaign_calendar import STEP_TITLES, CalendarStep
from recruitment.rules.closing_times import KIND_TITLES, ClosingKind

Detail = Mapping[str, Any]
Names = Mapping[str, str]

_UK = ZoneInfo("Europe/London")


def _moment(written: Any) -> str:
    at = datetime.fromisoformat(str(written)).astimezone(_UK)
    return f"{at:%H:%M} on {at.day} {at:%B %Y}"


def _closing(verb: str) -> Callable[[Detail, Names], str]:
    def say(detail: Detail, names: Names) -> str:
        kind = str(detail.get("kind"))
        title = KIND_TITLES[ClosingKind(kind)].lower() if kind in set(ClosingKind) else kind
        until = detail.get("until")
        return f"{verb} to {title}" + (f", until {_moment(until)}" if until else "")

    return say


SAID_OF_CAMPAIGNS: Mapping[str, Callable[[Detail, Names], str]] = {
    "recruiter_named": lambda d, n: (
        f"named {n.get(str(d.get('person')), 'somebody')} as recruiter, because none could sign in any more"
    ),
    "more_time_asked": lambda d, n: "asked for more time to apply",
    "closing_proposed": _closing("proposed"),
    "closing_agreed": _closing("agreed"),
    "closing_refused": _closing("refused"),
    "calendar_changed": lambda d, n: (
        "changed the calendar: "
        + ", ".join(STEP_TITLES[CalendarStep(step)].lower() for step in d.get("changed") or ())
    ),
    "campaign_from_template": lambda d, n: f"began from the template “{d.get('title')}”",
    "template_kept": lambda d, n: f"kept a template of campaigns: “{d.get('title')}”",
    "template_dropped": lambda d, n: f"removed a template of campaigns: “{d.get('title')}”",
    "sources_set": lambda d, n: (
        f"listed {d.get('sources')} places where candidates may have heard of the campaign"
    ),
    "first_sift_named": lambda d, n: (
        f"planned a first sift on one criterion, with its minimum of {d.get('minimum')}"
    ),
    "first_sift_dropped": lambda d, n: "took the first sift out of the plan",
    "first_sift_decided": lambda d, n: (
        f"{'held the first sift' if d.get('is_held') else 'held no first sift'}: “{d.get('reason')}”"
    ),
    "first_sift_closed": lambda d, n: (
        f"closed the first sift at its minimum of {d.get('minimum')}: {d.get('past')} went on, "
        f"{d.get('below')} did not"
    ),
    "late_answers_handed_out": lambda d, n: (
        f"sent an application while the sift was open: {d.get('answers')} answers, "
        f"handed out {d.get('places')} times"
    ),
}
