"""Jinja filters: dates and counts as GOV.UK writes them, and typed text as paragraphs."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup, escape

_UK = ZoneInfo("Europe/London")
_NOTHING = ""


def _in_the_uk(moment: dt.datetime) -> dt.datetime:
    # The store keeps UTC, and SQLite gives it back without a zone.
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(_UK)


def in_words(day: dt.date | dt.datetime | None) -> str:
    """Return "22 November 2026"; a moment is first turned into UK time."""
    if day is None:
        return _NOTHING
    if isinstance(day, dt.datetime):
        day = _in_the_uk(day).date()
    return f"{day.day} {day:%B %Y}"


def clock_time(moment: dt.datetime) -> str:
    """Return "5pm", "5:30pm", "midday" or "midnight", in UK time."""
    uk = _in_the_uk(moment)
    if uk.minute == 0 and uk.hour in (0, 12):
        return "midnight" if uk.hour == 0 else "midday"
    minutes = f":{uk:%M}" if uk.minute else ""
    return f"{uk.hour % 12 or 12}{minutes}{'am' if uk.hour < 12 else 'pm'}"


def moment_in_words(moment: dt.datetime | None) -> str:
    """Return "5pm on 22 November 2026", in UK time."""
    return _NOTHING if moment is None else f"{clock_time(moment)} on {in_words(moment)}"


def counted(number: int, singular: str, plural: str | None = None) -> str:
    """Return "1 answer" or "2 answers"."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def time_left(deadline: dt.datetime | None, now: dt.datetime) -> str:
    """Return "3 days left", "5 hours left", "20 minutes left" or "closed", rounded down."""
    if deadline is None:
        return _NOTHING
    seconds = int((_in_the_uk(deadline) - _in_the_uk(now)).total_seconds())
    if seconds <= 0:
        return "closed"
    for size, unit in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size:
            return f"{counted(seconds // size, unit)} left"
    return "less than a minute left"


def paragraphs(typed: str | None) -> Markup:
    """Return typed text as escaped paragraphs: a blank line parts them, a line end becomes a break."""
    text = (typed or "").replace("\r\n", "\n").strip()
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text) if part.strip()]
    lines = (Markup("<br>").join(escape(line) for line in part.split("\n")) for part in parts)
    return Markup("\n").join(Markup('<p class="govuk-body">{}</p>').format(line) for line in lines)


def capitalize_first(words: str) -> str:
    """The first letter large, the rest as it is."""
    return words[:1].upper() + words[1:]


def init_filters(app: Flask) -> None:
    app.jinja_env.filters.update(
        date=in_words,
        datetime=moment_in_words,
        count=counted,
        time_left=time_left,
        paragraphs=paragraphs,
        capitalize_first=capitalize_first,
    )
