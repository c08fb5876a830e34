"""A day's times at once: which they are, on which days, and what stands against each."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from recruitment.rules.errors import Invalid
from recruitment.rules.slot_days import Clash, check_day_plan, days_of, fingerprint, propose, times_of
from recruitment.rules.slots import OfferedSlot, Span

TUESDAY = date(2027, 3, 23)
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ROOM = "Room 4"


def plan(**changed):
    entries = {
        "first": TUESDAY, "last": None, "begins": "9:00", "ends": "16:00", "minutes": 45, "gap": 15,
        "pause_begins": "12:30", "pause_ends": "13:30",
    } | changed  # fmt: skip
    return check_day_plan(**entries)


def proposed(day_plan, offered=(), busy=(), now=NOW, *, has_panel=True):
    return propose(day_plan, ROOM, offered, busy, now, has_panel=has_panel)


def test_times_keep_their_gap_stay_out_of_the_break_and_end_in_time():
    assert times_of(plan()) == ["09:00", "10:00", "11:00", "13:30", "14:30"]
    assert times_of(plan(pause_begins="", pause_ends="", gap=0, ends="11:15")) == ["09:00", "09:45", "10:30"]
    assert times_of(plan(pause_begins="9:00", pause_ends="9:30", ends="10:15")) == ["09:30"]
    assert times_of(plan(pause_begins="11:45", pause_ends="12:00"))[2:4] == ["11:00", "12:00"]


def test_days_between_are_working_days_alone():
    works, left_out = days_of(plan(last=date(2027, 3, 31)))  # with Easter between
    assert [day.day for day in works] == [23, 24, 25, 30, 31]
    assert [day.day for day in left_out] == [26, 27, 28, 29]


def test_nine_stays_nine_when_the_clocks_change_between_two_days():
    for first, last, hours in ((date(2027, 3, 25), date(2027, 3, 30), {9, 8}), (date(2026, 10, 23),) * 2 + ({8},)):
        times = proposed(plan(first=first, last=last, ends="9:45", pause_begins="", pause_ends=""))
        assert {one.span.begins for one in times} == {"09:00"} and {one.span.ends for one in times} == {"09:45"}
        assert {one.span.begins_at.hour for one in times} == hours
    after = proposed(plan(first=date(2026, 10, 26), ends="9:45", pause_begins="", pause_ends=""))
    assert after[0].span.begins_at == datetime(2026, 10, 26, 9, tzinfo=UTC)


def test_what_stands_against_a_time_is_told_and_what_cannot_be_chosen_is_left_out():
    held = [
        OfferedSlot(UUID(int=1), Span(TUESDAY, "09:00", 45), ROOM),
        OfferedSlot(UUID(int=2), Span(TUESDAY, "11:30", 60), ROOM),
    ]
    busy = [Span(TUESDAY, "13:00", 45)]
    now = datetime(2027, 3, 23, 14, 30, tzinfo=UTC)
    times = proposed(plan(), held, busy)
    clashes = [Clash.THERE, None, Clash.OVERLAPS, Clash.BUSY, None]
    assert [one.clash for one in times] == clashes
    assert [one.is_added for one in times] == [False, True, True, False, True]
    assert {one.clash for one in proposed(plan(), held, busy, now)} == {Clash.PAST}
    assert [one.clash for one in proposed(plan(), held, has_panel=False)] == [Clash.THERE, *[None] * 4]
    assert fingerprint(times, ROOM, 1) != fingerprint(proposed(plan(), held), ROOM, 1)
    assert fingerprint(times, ROOM, 1) != fingerprint(times, "Room 5", 1)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"first": date(2027, 3, 27)}, "day"),
        ({"first": date(2027, 12, 27)}, "day"),
        ({"last": date(2027, 3, 22)}, "last_day"),
        ({"last": date(2027, 4, 23)}, "last_day"),
        ({"begins": "nine"}, "begins"),
        ({"ends": "24:00"}, "ends"),
        ({"ends": "9:30"}, "ends"),
        ({"minutes": 0}, "minutes"),
        ({"minutes": 5, "gap": 0}, "minutes"),
        ({"gap": -1}, "gap"),
        ({"gap": None}, "gap"),
        ({"pause_begins": "12:30", "pause_ends": ""}, "pause_ends"),
        ({"pause_begins": "13:30", "pause_ends": "12:30"}, "pause_ends"),
        ({"pause_begins": "8:00", "pause_ends": "16:00"}, "pause_ends"),
    ],
)
def test_what_makes_no_day_is_refused_beside_its_field(changed, field):
    with pytest.raises(Invalid) as refused:
        plan(**changed)
    assert refused.value.field == field
