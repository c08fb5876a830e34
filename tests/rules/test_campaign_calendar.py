"""Planned dates: counted in working days, changed in order, overdue when past, and taken away as a file."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar

from recruitment.rules.calendar_files import to_ics
from recruitment.rules.campaign_calendar import (
    CalendarStep,
    calendar_entries,
    change_plan,
    closing_day,
    next_date,
    plan_from,
    read_calendar,
)
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid

CLOSES = datetime(2026, 3, 20, 23, 59, tzinfo=UTC)  # a Friday; Good Friday is 3 April


def test_steps_are_counted_in_working_days_and_step_over_easter():
    planned = plan_from(date(2026, 3, 20))
    assert planned[CalendarStep.SIFT_OPENS] == date(2026, 3, 23)
    assert planned[CalendarStep.SIFT_ENDS] == date(2026, 4, 8)
    assert planned[CalendarStep.LETTERS] == date(2026, 4, 27)


def test_a_campaign_that_closes_at_midnight_closes_on_the_day_before():
    assert closing_day(datetime(2026, 6, 30, 23, 0, tzinfo=UTC)) == date(2026, 6, 30)
    assert closing_day(datetime(2026, 6, 30, 23, 30, tzinfo=UTC)) == date(2026, 7, 1)


def test_what_is_not_done_when_its_day_is_over_is_overdue_and_nothing_else():
    now = datetime(2026, 4, 9, 9, 0, tzinfo=UTC)
    calendar = {one.step: one for one in read_calendar(CLOSES, {}, CampaignState.SIFTING, now)}
    assert calendar[CalendarStep.CLOSING].is_done and calendar[CalendarStep.SIFT_OPENS].is_done
    assert calendar[CalendarStep.SIFT_ENDS].is_overdue
    assert not calendar[CalendarStep.FREEZE].is_overdue
    assert next_date(tuple(calendar.values())).step is CalendarStep.SIFT_ENDS
    on_the_day = read_calendar(CLOSES, {}, CampaignState.SIFTING, datetime(2026, 4, 8, 20, 0, tzinfo=UTC))
    assert not any(one.is_overdue for one in on_the_day)
    assert not any(one.is_overdue for one in read_calendar(CLOSES, {}, CampaignState.DRAFT, now))


def test_only_dates_that_differ_are_kept_so_the_others_move_with_the_closing_date():
    usual = plan_from(date(2026, 3, 20))
    kept = change_plan(CLOSES, usual | {CalendarStep.LETTERS: date(2026, 5, 1), CalendarStep.FREEZE: None})
    assert kept == {"letters": "2026-05-01"}
    (letters,) = [one for one in read_calendar(CLOSES, kept, CampaignState.OPEN, CLOSES) if one.is_own]
    assert letters.on == date(2026, 5, 1)


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(1, 1, 1), date(2026, 3, 19)])
def test_a_date_out_of_order_or_of_a_year_nobody_means_is_refused_at_its_step(day):
    with pytest.raises(Invalid) as refusal:
        change_plan(CLOSES, {CalendarStep.SIFT_ENDS: day})
    assert refusal.value.field == "sift_ends"


def test_a_closing_date_at_the_end_of_all_calendars_is_refused_in_words():
    with pytest.raises(Invalid, match="between 2000 and 2199"):
        plan_from(date(9999, 12, 31))


def test_the_file_has_a_whole_day_for_each_step_under_a_lasting_key():
    calendar = read_calendar(CLOSES, {}, CampaignState.OPEN, CLOSES)
    entries = calendar_entries("abc", "Casework officer", calendar)
    found = Calendar.from_ical(to_ics("Casework officer", entries, CLOSES))
    events = found.walk("VEVENT")
    assert len(events) == 7
    assert str(events[1]["SUMMARY"]) == "The sift opens: Casework officer"
    assert events[1]["UID"] == "abc-sift_opens"
    assert events[1].decoded("DTSTART") == date(2026, 3, 23)
    assert not {"ATTENDEE", "ORGANIZER"} & {key for event in events for key in event}
