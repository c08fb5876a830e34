"""Dates as a file that calendar programs take: iCalendar (RFC 5545)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event


@dataclass(frozen=True)
class Entry:
    """A whole day; `key` stays the same when the day moves, so that programs move their entry."""

    key: str
    summary: str
    on: date


def to_ics(name: str, entries: Iterable[Entry], now: datetime) -> bytes:
    """A calendar of whole days, none of which makes anybody busy."""
    calendar = Calendar()
    calendar.add("prodid", "-//Anonymised recruitment//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        event = Event()
        event.add("uid", entry.key)
        event.add("dtstamp", now)
        event.add("summary", entry.summary)
        event.add("dtstart", entry.on)
        event.add("dtend", entry.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
