"""Calendar entries (.ics) for an appointment, with nothing in them that says whose it is.

Sources: RFC 5545 (iCalendar), RFC 5546 sections 3.2.1 and 3.2.5 (PUBLISH and CANCEL), RFC 7986 section 5.3 (a UID
that tells nothing). PUBLISH and not REQUEST: a request names its attendees, and so would tell a calendar's server
who is interviewed. The entry keeps its UID, and SEQUENCE grows with each change.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vCalAddress

from recruitment.rules.slots import Span

USUAL_LENGTH = timedelta(minutes=60)
"""Where nobody said how long: a calendar shows no entry without an end."""


@dataclass(frozen=True)
class CalendarEntry:
    """`key` is drawn by lot for the appointment; `what` is a title without a person, such as the campaign's."""

    key: UUID
    sequence: int
    what: str
    span: Span
    place: str = ""
    link: str = ""
    is_cancelled: bool = False


def entry_uid(key: UUID, audience: str) -> str:
    """One for the candidate and another for staff: a server that holds both calendars cannot match them."""
    return str(uuid5(key, audience))


def write_calendar(entries: Iterable[CalendarEntry], *, audience: str, site: str, made_at: datetime) -> str:
    """An iCalendar object as text with CRLF line ends. `site`: the address of the site, for the organiser.

    All entries are cancelled, or none is: one object has one method.
    """
    wanted = list(entries)
    calendar = Calendar()
    calendar.add("prodid", "-//Anonymised recruitment//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if wanted and all(entry.is_cancelled for entry in wanted) else "PUBLISH")
    for entry in wanted:
        calendar.add_component(_event(entry, audience, site, made_at))
    written: bytes = calendar.to_ical()
    return written.decode("utf-8")


def _event(entry: CalendarEntry, audience: str, site: str, made_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry_uid(entry.key, audience))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", made_at)
    event.add("dtstart", entry.span.begins_at)
    event.add("dtend", entry.span.ends_at if entry.span.minutes else entry.span.begins_at + USUAL_LENGTH)
    event.add("summary", entry.what)
    event.add("organizer", vCalAddress(f"mailto:no-reply@{urlsplit(site).hostname or 'localhost'}"))
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("class", "PRIVATE")
    if entry.place:
        event.add("location", entry.place)
    if entry.link:
        event.add("description", entry.link)
    return event
