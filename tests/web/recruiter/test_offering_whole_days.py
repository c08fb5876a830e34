"""A recruiter says from when to when, sees what would be offered, and offers exactly that."""

from __future__ import annotations

import html
import re
from datetime import date

import pytest
from sqlalchemy import select

from recruitment.rules.working_days import working_days_after
from recruitment.store.slots import Slot
from recruitment.store.trail import TrailEvent
from tests.support.panels import check, declare_nothing, revealed
from tests.support.times import INTERVIEW, offer


@pytest.fixture
def campaign(world):
    campaign_id = revealed(world)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    return campaign_id


def boxes(name: str, day: date) -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def form(world, **changed):
    day = working_days_after(world.clock.now.date(), 5)
    return {
        **boxes("day", day), "begins": "9:00", "ends": "16:00", "minutes": "45", "gap": "15",
        "pause_begins": "12:30", "pause_ends": "13:30", "place": "Room 4",
    } | changed  # fmt: skip


def slots_of(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        found = select(Slot).where(Slot.campaign_id == campaign_id).order_by(Slot.day, Slot.begins)
        return [(row.day, row.begins, row.minutes, row.place) for row in session.scalars(found)]


def preview(client, at, data):
    """The page that shows the times, and what its button sends."""
    page = client.post(at, data=data)
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page.text)
    return page, {name: html.unescape(value) for name, value in hidden if name != "csrf_token"}


def test_a_days_times_are_seen_first_and_then_offered_as_they_were_seen(world, campaign, as_staff):
    client, at = as_staff("recruiter"), f"/campaigns/{campaign}/stages/{INTERVIEW}/slots/days"
    assert "Offer whole days" in client.get(f"/campaigns/{campaign}/stages/{INTERVIEW}/slots").text
    page, sent = preview(client, at, form(world))
    assert page.status_code == 200 and "5 times would be offered" in page.text and "09:00 to 09:45" in page.text
    assert slots_of(world, campaign) == [], "nothing is offered by looking"
    assert client.post(at, data=sent).status_code == 303
    day = working_days_after(world.clock.now.date(), 5)
    begins = ["09:00", "10:00", "11:00", "13:30", "14:30"]
    assert slots_of(world, campaign) == [(day, one, 45, "Room 4") for one in begins]
    with world.staff_desk.sessions.reading() as session:
        told = [e.detail for e in session.scalars(select(TrailEvent).where(TrailEvent.event == "slots_offered"))]
    assert [(one["times"], one["day"]) for one in told] == [(5, day.isoformat())]
    again, sent = preview(client, at, form(world))
    assert again.text.count("Left out: it is offered already") == 5 and "seen" not in sent


def test_several_days_are_working_days_and_what_changed_meanwhile_is_shown_anew(world, campaign, as_staff):
    client, at = as_staff("recruiter"), f"/campaigns/{campaign}/stages/{INTERVIEW}/slots/days"
    first = working_days_after(world.clock.now.date(), 3)
    last = working_days_after(first, 5)
    asked = form(world, **boxes("day", first), **boxes("last_day", last))
    page, sent = preview(client, at, asked)
    assert "30 times would be offered" in page.text and "No times on weekends" in page.text
    offer(world, campaign, "9:00", days=(first - world.clock.now.date()).days)
    stale, anew = preview(client, at, sent)
    assert stale.status_code == 409 and "29 times would be offered" in stale.text
    assert len(slots_of(world, campaign)) == 1
    assert client.post(at, data=anew).status_code == 303
    assert len(slots_of(world, campaign)) == 30 and {row[0].weekday() for row in slots_of(world, campaign)} <= {
        *range(5)
    }


def test_what_was_typed_stays_beside_what_is_wrong_with_it(world, campaign, as_staff):
    client, at = as_staff("recruiter"), f"/campaigns/{campaign}/stages/{INTERVIEW}/slots/days"
    page = client.post(at, data=form(world, ends="9:10"))
    assert page.status_code == 400 and "There is no room for one time" in page.text and 'value="9:10"' in page.text
    assert client.post(at, data=form(world, pause_ends="soon")).status_code == 400
    assert as_staff("analyst").get(at).status_code == 404
