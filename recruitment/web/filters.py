"""Jinja filters: dates and counts as GOV.UK writes them, and typed text as paragraphs, in a page's language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from markupsafe import Markup, escape

from recruitment.rules.decision_help import DECISIONS
from recruitment.rules.messages import Catalogue
from recruitment.services.catalogues import day_in_words

_UK = ZoneInfo("Europe/London")
_NOTHING = ""
_ENGLISH = Catalogue()


def _in_the_uk(moment: dt.datetime) -> dt.datetime:
    # The store keeps UTC, and SQLite gives it back without a zone.
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).astimezone(_UK)


def in_words(day: dt.date | dt.datetime | None, said: Catalogue = _ENGLISH) -> str:
    """Return "22 November 2026"; a moment is first turned into UK time."""
    if day is None:
        return _NOTHING
    if isinstance(day, dt.datetime):
        day = _in_the_uk(day).date()
    return day_in_words(day, said)


def with_weekday(day: dt.date | None, said: Catalogue = _ENGLISH) -> str:
    """Return "Sunday 22 November 2026"."""
    return _NOTHING if day is None else day_in_words(day, said, has_weekday=True)


def clock_time(moment: dt.datetime, said: Catalogue = _ENGLISH) -> str:
    """Return "5pm", "5:30pm", "midday" or "midnight", in UK time."""
    uk = _in_the_uk(moment)
    if uk.minute == 0 and uk.hour in (0, 12):
        return said.say("midnight") if uk.hour == 0 else said.say("midday")
    minutes = f":{uk:%M}" if uk.minute else ""
    return f"{uk.hour % 12 or 12}{minutes}{'am' if uk.hour < 12 else 'pm'}"


def moment_in_words(moment: dt.datetime | None, said: Catalogue = _ENGLISH) -> str:
    """Return "5pm on 22 November 2026", in UK time."""
    if moment is None:
        return _NOTHING
    return said.say("{time} on {day}", time=clock_time(moment, said), day=in_words(moment, said))


def counted(number: int, singular: str, plural: str | None = None, said: Catalogue = _ENGLISH) -> str:
    """Return "1 answer" or "2 answers"."""
    return said.say_count(number, f"{{count}} {singular}", f"{{count}} {plural or singular + 's'}")


_LEFT = (
    (86_400, "{count} day left", "{count} days left"),
    (3_600, "{count} hour left", "{count} hours left"),
    (60, "{count} minute left", "{count} minutes left"),
)


def time_left(deadline: dt.datetime | None, now: dt.datetime, said: Catalogue = _ENGLISH) -> str:
    """Return "3 days left", "5 hours left", "20 minutes left" or "closed", rounded down."""
    if deadline is None:
        return _NOTHING
    seconds = int((_in_the_uk(deadline) - _in_the_uk(now)).total_seconds())
    if seconds <= 0:
        return said.say("closed")
    for size, singular, plural in _LEFT:
        if seconds >= size:
            return said.say_count(seconds // size, singular, plural)
    return said.say("less than a minute left")


def paragraphs(typed: str | None) -> Markup:
    """Return typed text as escaped paragraphs: a blank line parts them, a line end becomes a break."""
    text = (typed or "").replace("\r\n", "\n").strip()
    parts = [part.strip("\n") for part in re.split(r"\n[ \t]*(?:\n[ \t]*)+", text) if part.strip()]
    lines = (Markup("<br>").join(escape(line) for line in part.split("\n")) for part in parts)
    return Markup("\n").join(Markup('<p class="govuk-body">{}</p>').format(line) for line in lines)


def capitalize_first(words: str) -> str:
    """The first letter large, the rest as it is."""
    return words[:1].upper() + words[1:]


def filters_in(said: Catalogue) -> dict[str, Callable[..., Any]]:
    """The filters that say something, in the language of a catalogue.

    `say` says a text that Python gives; `say_each` the texts of the links of an error summary.
    """
    return {
        "date": lambda day: in_words(day, said),
        "weekday": lambda day: with_weekday(day, said),
        "datetime": lambda moment: moment_in_words(moment, said),
        "count": lambda number, singular, plural=None: counted(number, singular, plural, said),
        "time_left": lambda deadline, now: time_left(deadline, now, said),
        "say": lambda text: said.say_made(text) if isinstance(text, str) else text,
        "say_each": lambda links: [{**link, "text": said.say_made(link["text"])} for link in links],
    }


def init_filters(app: Flask) -> None:
    app.jinja_env.filters.update(filters_in(_ENGLISH), paragraphs=paragraphs, capitalize_first=capitalize_first)
    app.jinja_env.globals["decision_help"] = DECISIONS
