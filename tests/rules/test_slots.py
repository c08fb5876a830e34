"""Which times somebody may choose, and until when they may change their mind."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from recruitment.rules.campaigns import StageKind
from recruitment.rules.errors import Invalid
from recruitment.rules.slots import (
    OfferedSlot,
    Span,
    change_until,
    check_places,
    clock_times,
    open_slots,
)

DAY = date(2026, 10, 24)  # the clocks go back in the night after it
NOW = datetime(2026, 10, 20, 9, 0, tzinfo=UTC)


def slot(number: int, begins: str, minutes: int = 45, **more) -> OfferedSlot:
    return OfferedSlot(UUID(int=number), Span(DAY, begins, minutes), "Room 4", **more)


def found(slots, **more) -> list[int]:
    return [one.id.int for one in open_slots(slots, **({"minutes": 45, "busy": (), "now": NOW} | more))]


def test_everybody_chooses_among_times_of_their_own_length_in_the_order_of_the_clock():
    slots = [slot(1, "14:00"), slot(2, "09:30"), slot(3, "09:30", 60)]
    assert found(slots) == [2, 1]
    assert found(slots, minutes=60) == [3]
    assert found(slots, minutes=30) == []


def test_a_time_goes_from_the_list_when_it_is_taken_past_or_overlaps_where_the_panel_is():
    slots = [slot(1, "09:30"), slot(2, "10:15"), slot(3, "10:00"), slot(4, "11:00", places=2, taken=2)]
    assert found(slots) == [1, 3, 2]
    assert found(slots, busy=[Span(DAY, "09:30", 45)]) == [2], "10:15 begins as the other ends"
    assert found(slots, busy=[Span(DAY, "10:20", 0)]) == [1], "a time without a length takes its first minute"
    assert found(slots, now=Span(DAY, "10:00", 1).begins_at) == [2]


def test_the_clock_is_that_of_the_united_kingdom_on_both_sides_of_the_change():
    assert Span(DAY, "09:30", 45).begins_at == datetime(2026, 10, 24, 8, 30, tzinfo=UTC)
    assert Span(DAY + timedelta(days=1), "09:30", 45).begins_at == datetime(2026, 10, 25, 9, 30, tzinfo=UTC)
    assert Span(DAY, "09:30", 45).ends == "10:15"
    assert change_until(Span(DAY, "09:30", 45), 24) == datetime(2026, 10, 23, 8, 30, tzinfo=UTC)


def test_times_are_typed_as_people_type_them():
    assert clock_times(" 14:00, 9.30;9:30\n10:00 ") == ["09:30", "10:00", "14:00"]
    for typed in ("", "  ", "9", "half past nine", "٣:٣٠"):
        with pytest.raises(Invalid) as refusal:
            clock_times(typed)
        assert refusal.value.field == "times"


def test_a_panel_sees_one_candidate_at_a_time_and_an_assessment_day_many():
    assert check_places(20, StageKind.INTERVIEW) == 1
    assert check_places(20, StageKind.ASSESSMENT) == 20
    with pytest.raises(Invalid):
        check_places(0, StageKind.TEST)
