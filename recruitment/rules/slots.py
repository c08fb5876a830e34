"""Times offered to candidates: which of them somebody may choose, and until when a choice may be changed.

An adjustment may need a longer time: everybody chooses among times of their own length, so that nobody who sees
the list learns that somebody else has a longer one. Source: Equality Act 2010, sections 20 and 39(5).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from uuid import UUID
from zoneinfo import ZoneInfo

from recruitment.rules.campaigns import StageKind
from recruitment.rules.errors import Invalid

LONDON = ZoneInfo("Europe/London")
LONGEST_MINUTES = 600
LONGEST_PLACE = 200
LONGEST_WORDS = 1_000
MOST_AT_ONCE = 40
MOST_PLACES = 500
USUAL_CHANGE_HOURS = 24
LONGEST_CHANGE_HOURS = 24 * 14
CHOSEN_STAGES = frozenset({StageKind.TEST, StageKind.ASSESSMENT, StageKind.INTERVIEW})
"""The stages after the reveal, to which somebody comes at a time of their own."""

_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.]([0-5][0-9])")


class AppointmentStanding(StrEnum):
    """`CHOSEN`: the candidate has taken a time, and the panel's rules are still to be asked."""

    INVITED = "invited"
    CHOSEN = "chosen"
    BOOKED = "booked"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Span:
    """A time on the clock of the United Kingdom; `minutes`: 0 where nobody said how long."""

    day: date
    begins: str
    minutes: int

    @property
    def begins_at(self) -> datetime:
        hour, minute = self.begins.split(":")
        return datetime.combine(self.day, time(int(hour), int(minute)), LONDON).astimezone(UTC)

    @property
    def ends_at(self) -> datetime:
        return self.begins_at + timedelta(minutes=self.minutes)

    @property
    def ends(self) -> str:
        return self.ends_at.astimezone(LONDON).strftime("%H:%M")

    def overlaps(self, other: Span) -> bool:
        """Whether both need the same panel at one moment; a time without a length is taken as its first minute."""
        least = timedelta(minutes=1)
        return self.begins_at < max(other.ends_at, other.begins_at + least) and other.begins_at < max(
            self.ends_at, self.begins_at + least
        )


@dataclass(frozen=True)
class OfferedSlot:
    """`taken`: how many have chosen it, of `places`."""

    id: UUID
    span: Span
    place: str
    places: int = 1
    taken: int = 0


def open_slots(
    slots: Iterable[OfferedSlot], *, minutes: int, busy: Iterable[Span], now: datetime
) -> list[OfferedSlot]:
    """Those that somebody with a time of `minutes` may choose now, in the order of the clock.

    `busy`: times at which the panel is with another candidate; empty where there is no panel.
    """
    engaged = list(busy)
    found = [
        slot
        for slot in slots
        if slot.span.minutes == minutes
        and slot.taken < slot.places
        and slot.span.begins_at > now
        and not any(slot.span.overlaps(other) for other in engaged)
    ]
    return sorted(found, key=lambda slot: (slot.span.begins_at, slot.place, slot.id))


def change_until(span: Span, hours: int) -> datetime:
    """The last moment at which the candidate may change or give back a time."""
    return span.begins_at - timedelta(hours=hours)


def clock_time(typed: str, field: str = "begins") -> str:
    """A time of day as HH:MM; `Invalid` names the field."""
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        raise Invalid("Enter a time such as 9:30 or 14:00.", field)
    return f"{int(found[1]):02d}:{found[2]}"


def clock_times(typed: str) -> list[str]:
    """Several times, apart by commas, spaces or lines; in order, each once."""
    parts = [part for part in re.split(r"[,;\s]+", typed.strip()) if part]
    if not parts:
        raise Invalid("Enter at least one time, such as 9:30.", "times")
    if len(parts) > MOST_AT_ONCE:
        raise Invalid(f"Enter {MOST_AT_ONCE} times or fewer at once.", "times")
    return sorted({clock_time(part, "times") for part in parts})


def check_length(minutes: int | None, field: str = "minutes") -> int:
    if minutes is None or not 1 <= minutes <= LONGEST_MINUTES:
        raise Invalid(f"Enter a length from 1 to {LONGEST_MINUTES} minutes.", field)
    return minutes


def check_places(places: int | None, kind: StageKind) -> int:
    """How many may choose the same time: one where a panel interviews."""
    if kind is StageKind.INTERVIEW:
        return 1
    if places is None or not 1 <= places <= MOST_PLACES:
        raise Invalid(f"Enter how many may come, from 1 to {MOST_PLACES}.", "places")
    return places


def check_place(place: str) -> str:
    if len(place) > LONGEST_PLACE:
        raise Invalid(f"Shorten the place to {LONGEST_PLACE} characters or fewer.", "place")
    return place.strip()


def check_change_hours(hours: int | None) -> int:
    if hours is None or not 0 <= hours <= LONGEST_CHANGE_HOURS:
        raise Invalid(f"Enter a number of hours from 0 to {LONGEST_CHANGE_HOURS}.", "change_hours")
    return hours


def check_words(words: str, field: str) -> str:
    if len(words) > LONGEST_WORDS:
        raise Invalid(f"Shorten this to {LONGEST_WORDS:,} characters or fewer.", field)
    return words.strip()
