"""A day's times at once: from one time to another, of one length, with a gap between and a break, on working days.

Times are those of the clock on the wall of the United Kingdom, so that 9:00 stays 9:00 when the clocks change
between two days. They change on Sundays alone (Summer Time Act 1972, section 1), no working days, so that
no planned day has an hour twice or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from hashlib import sha256

from recruitment.rules.errors import Invalid
from recruitment.rules.slots import MOST_AT_ONCE, OfferedSlot, Span, check_length, clock_time
from recruitment.rules.working_days import is_working_day

LONGEST_GAP = 240
MOST_DAYS = 31
_DAY = timedelta(days=1)


class Clash(StrEnum):
    """Why a time is left out, or what is to be known of it."""

    PAST = "past"
    THERE = "there"
    BUSY = "busy"
    OVERLAPS = "overlaps"


CLASH_WORDS = {
    Clash.PAST: "Left out: it does not lie ahead",
    Clash.THERE: "Left out: it is offered already",
    Clash.BUSY: "Left out: the panel is with another candidate",
    Clash.OVERLAPS: "Overlaps a time that is offered already. When one is chosen, the other goes from the list",
}


@dataclass(frozen=True)
class DayPlan:
    """`first` to `last` are days; the rest is in minutes since midnight, `gap` and `minutes` in minutes.

    `pause` is the break, from and until; None for none.
    """

    first: date
    last: date
    begins: int
    ends: int
    minutes: int
    gap: int
    pause: tuple[int, int] | None = None


@dataclass(frozen=True)
class ProposedTime:
    span: Span
    clash: Clash | None = None

    @property
    def is_added(self) -> bool:
        return self.clash in (None, Clash.OVERLAPS)


def check_day_plan(
    *,
    first: date,
    last: date | None,
    begins: str,
    ends: str,
    minutes: int | None,
    gap: int | None,
    pause_begins: str,
    pause_ends: str,
) -> DayPlan:
    """A plan from what was typed; `Invalid` names the field. A single day must be a working day."""
    if last is not None and last < first:
        raise Invalid("The last day must not be before the first.", "last_day")
    if last is not None and last - first >= MOST_DAYS * _DAY:
        raise Invalid(f"The last day must be within {MOST_DAYS} days of the first.", "last_day")
    if last in (None, first) and not is_working_day(first):
        raise Invalid(
            "This is a weekend or a bank holiday in England and Wales. Choose a working day, or offer single "
            "times on it.",
            "day",
        )
    start, end = _minute(begins, "begins"), _minute(ends, "ends")
    length = check_length(minutes)
    if start + length > end:
        raise Invalid("There is no room for one time between these two.", "ends")
    if gap is None or not 0 <= gap <= LONGEST_GAP:
        raise Invalid(f"Enter 0 to {LONGEST_GAP} minutes.", "gap")
    plan = DayPlan(first, last or first, start, end, length, gap, _pause(pause_begins, pause_ends))
    if not times_of(plan):
        raise Invalid("The break leaves no room for one time.", "pause_ends")
    if len(times_of(plan)) > MOST_AT_ONCE:
        raise Invalid(f"These are more than {MOST_AT_ONCE} times on one day. Enter a longer length.", "minutes")
    return plan


def _minute(typed: str, field: str) -> int:
    hour, minute = clock_time(typed, field).split(":")
    return int(hour) * 60 + int(minute)


def _pause(begins: str, ends: str) -> tuple[int, int] | None:
    if not begins.strip() and not ends.strip():
        return None
    pause = (_minute(begins, "pause_begins"), _minute(ends, "pause_ends"))
    if pause[0] >= pause[1]:
        raise Invalid("The break must end after it begins.", "pause_ends")
    return pause


def times_of(plan: DayPlan) -> list[str]:
    """The times of one day, as HH:MM. One that would run into the break begins after it instead."""
    found, at = [], plan.begins
    while at + plan.minutes <= plan.ends:
        if plan.pause and at < plan.pause[1] and plan.pause[0] < at + plan.minutes:
            at = plan.pause[1]
            continue
        found.append(f"{at // 60:02d}:{at % 60:02d}")
        at += plan.minutes + plan.gap
    return found


def days_of(plan: DayPlan) -> tuple[list[date], list[date]]:
    """The working days of a plan, and the other days between, which are left out."""
    days = [plan.first + number * _DAY for number in range((plan.last - plan.first).days + 1)]
    return [day for day in days if is_working_day(day)], [day for day in days if not is_working_day(day)]


def propose(
    plan: DayPlan,
    place: str,
    offered: Sequence[OfferedSlot],
    busy: Iterable[Span],
    now: datetime,
    *,
    has_panel: bool,
) -> tuple[ProposedTime, ...]:
    """Every time of the plan with what stands against it. `busy`: when the panel is with a candidate.

    `has_panel`: one panel sees everybody, so times that overlap cannot both be taken.
    """
    engaged, there = list(busy), {(slot.span, slot.place) for slot in offered}

    def clash(span: Span) -> Clash | None:
        if span.begins_at <= now:
            return Clash.PAST
        if (span, place) in there:
            return Clash.THERE
        if any(span.overlaps(other) for other in engaged):
            return Clash.BUSY
        if has_panel and any(span.overlaps(slot.span) for slot in offered):
            return Clash.OVERLAPS
        return None

    spans = [Span(day, begins, plan.minutes) for day in days_of(plan)[0] for begins in times_of(plan)]
    return tuple(ProposedTime(span, clash(span)) for span in spans)


def fingerprint(proposed: Sequence[ProposedTime], place: str, places: int) -> str:
    """Of what a page showed, so that nothing else is added than what was read there."""
    lines = [f"{one.span.day} {one.span.begins} {one.span.minutes} {one.clash or ''}" for one in proposed]
    return sha256("\n".join([place, str(places), *lines]).encode()).hexdigest()
