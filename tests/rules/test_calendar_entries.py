"""A calendar entry that every calendar takes, and that tells a calendar's server nothing of a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from icalendar import Calendar

from recruitment.rules.calendar_entries import CalendarEntry, write_calendar
from recruitment.rules.slots import Span

ENTRY = CalendarEntry(
    UUID(int=5), 1, "Interview: Policy, Adviser", Span(date(2026, 7, 1), "09:30", 45), "Room 4; second floor",
    "https://jobs.example/campaigns/1/appointments/2",
)  # fmt: skip
MADE = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


def written(*entries, audience="candidate"):
    text = write_calendar(entries or [ENTRY], audience=audience, site="https://jobs.example:8443", made_at=MADE)
    return text, Calendar.from_ical(text)


def event(*entries, **more):
    return written(*entries, **more)[1].walk("VEVENT")[0]


def test_an_entry_is_published_with_everything_that_rfc_5546_asks_of_it():
    text, calendar = written()
    one = calendar.walk("VEVENT")[0]
    assert calendar["METHOD"] == "PUBLISH" and calendar["VERSION"] == "2.0" and calendar["PRODID"]
    assert one.decoded("dtstart") == datetime(2026, 7, 1, 8, 30, tzinfo=UTC), "British Summer Time"
    assert one.decoded("dtend") == datetime(2026, 7, 1, 9, 15, tzinfo=UTC)
    assert one.decoded("dtstamp") == MADE and one["ORGANIZER"] == "mailto:no-reply@jobs.example"
    assert one["SUMMARY"] == "Interview: Policy, Adviser" and one["LOCATION"] == "Room 4; second floor"
    assert "\r\n" in text and "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_no_entry_names_anybody():
    text, _ = written()
    assert "ATTENDEE" not in text and "CN=" not in text


def test_a_change_keeps_the_uid_and_raises_the_sequence_and_a_cancellation_says_so():
    moved = replace(ENTRY, sequence=2, span=Span(date(2026, 7, 2), "14:00", 45))
    gone = replace(moved, sequence=3, is_cancelled=True)
    events = [event(one) for one in (ENTRY, moved, gone)]
    assert len({one["UID"] for one in events}) == 1
    assert [one["SEQUENCE"] for one in events] == [1, 2, 3]
    assert [one["STATUS"] for one in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert written(gone)[1]["METHOD"] == "CANCEL"


def test_the_candidates_calendar_and_that_of_the_panel_cannot_be_matched():
    assert event(audience="staff")["UID"] != event()["UID"]
    assert str(ENTRY.key) not in written()[0]
