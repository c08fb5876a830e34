"""Times of day as people type them, and moments in the UK."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from zoneinfo import ZoneInfo

from wtforms import Field
from wtforms.validators import StopValidation

from recruitment.web.forms import text

_UK = ZoneInfo("Europe/London")
_WORDS = {"midday": dt.time(12), "noon": dt.time(12), "midnight": dt.time(0)}
_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?")


def read_time(typed: str) -> dt.time | None:
    """Read "5pm", "5:30pm", "17:30", "midday" or "midnight"; None for anything else."""
    plain = typed.strip().lower()
    if plain in _WORDS:
        return _WORDS[plain]
    found = _CLOCK.fullmatch(plain)
    if found is None or not (found[2] or found[3]):
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if found[3]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None


def _is_time(form: Any, field: Field) -> None:
    if field.data and read_time(field.data) is None:
        raise StopValidation(f"{field.label.text} must be a time, like 9am or 5:30pm")


def time_of_day(label: str, *, required: str, hint: str = "") -> Any:
    """Return a field for a time of day, typed in words or on a 24-hour clock."""
    return text(
        label, hint=hint, required=required, max_length=10, width=5, spellcheck=False, validators=[_is_time]
    )


def moment(day: dt.date, typed: str) -> dt.datetime:
    """The moment of a day and a time of day in the UK, in UTC."""
    time = read_time(typed)
    if time is None:
        raise ValueError("not a time of day")
    return dt.datetime.combine(day, time, _UK).astimezone(dt.UTC)


def in_the_uk(at: dt.datetime) -> dt.datetime:
    return at.astimezone(_UK)
