"""A candidate's page for choosing a time, and the recruiter's for offering them, as people use them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from recruitment.rules.adjustments import Agreed, Answer
from recruitment.rules.campaigns import CampaignState
from recruitment.services.requests import AskedAdjustment
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.web.recruiter import slots as pages
from tests.support.panels import check, declare_nothing, entries, revealed
from tests.support.times import INTERVIEW, invite, offer

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def campaign(world):
    campaign_id = revealed(world)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    return campaign_id


@pytest.fixture
def recruiter(world):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    return client


def candidates_client(world, actor):
    client = world.public_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = f"candidate:{actor.id}:1", True
    return client


def test_a_candidate_chooses_from_their_own_page_and_downloads_the_entry(world, campaign):
    first, second, *_ = entries(world, campaign)
    actor, other = (
        invite(world, campaign, first, adjustments="Questions on paper"),
        invite(world, campaign, second),
    )
    nine, ten = offer(world, campaign, "9:00 10:00")
    client, rival = candidates_client(world, actor), candidates_client(world, other)
    path = f"/campaigns/{campaign}/appointments/{INTERVIEW}"
    assert path in client.get("/applications").text
    page = client.get(path)
    assert (
        "9:00" in page.text
        and "Questions on paper" in page.text
        and "Questions on paper" not in rival.get(path).text
    )
    assert client.get(f"{path}/calendar.ics").status_code == 409, "there is no booked time yet"
    answer = client.post(path, data={})
    assert answer.status_code == 400 and "Select a time" in answer.text

    answer = client.post(path, data={"slot": str(nine)}, follow_redirects=True)
    assert "You have chosen a time" in answer.text and "kept for you" in answer.text
    late = rival.post(path, data={"slot": str(nine)})
    assert late.status_code == 400 and "Somebody else has just taken that time" in late.text
    assert str(ten) in late.text and f'value="{nine}"' not in late.text

    run_due_jobs(world.staff_desk, None)
    entry = client.get(f"{path}/calendar.ics")
    assert (entry.mimetype, entry.headers["Content-Disposition"]) == (
        "text/calendar", "attachment; filename=appointment.ics"
    )  # fmt: skip
    assert "METHOD:PUBLISH" in entry.text

    unsuited = rival.post(path, data={"slot": "none", "words": ""})
    assert unsuited.status_code == 400 and "Say which times you could come" in unsuited.text
    assert "We have what you wrote" in rival.post(
        path, data={"slot": "none", "words": "Fridays"}, follow_redirects=True
    ).text  # fmt: skip
    assert "Your time is given back" in client.post(f"{path}/give-back", follow_redirects=True).text


def test_before_the_reveal_and_without_an_invitation_there_is_no_page(world, campaign):
    first, *_ = entries(world, campaign)
    actor = invite(world, campaign, first)
    client = candidates_client(world, actor)
    assert client.get(f"/campaigns/{campaign}/appointments/1").status_code == 404, "nobody comes to a sift"
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign).state = CampaignState.FROZEN
    assert client.get(f"/campaigns/{campaign}/appointments/{INTERVIEW}").status_code == 409


def test_a_recruiter_offers_invites_and_records_who_came(world, campaign, recruiter, monkeypatch):
    path = f"/campaigns/{campaign}/stages/{INTERVIEW}/slots"
    assert "Not invited" in recruiter.get(path).text
    recruiter.post(f"{path}/plan", data={"minutes": "40", "change_hours": "48", "note": "Bring a document."})
    day = world.clock.now.date() + timedelta(days=5)
    when = {"day-day": day.day, "day-month": day.month, "day-year": day.year}
    sent = {**when, "times": "9:30, 10:30", "minutes": "40", "place": "Room 4"}
    page = recruiter.post(f"{path}/offer", data=sent, follow_redirects=True)
    assert "2 times offered." in page.text and "40 minutes: 2 times free" in page.text
    again = recruiter.post(f"{path}/offer", data=sent)
    assert again.status_code == 400 and "offered already" in again.text

    first, *_ = entries(world, campaign)
    with world.staff_desk.sessions.reading() as session:
        reference = session.get_one(Application, (campaign, first)).reference
    agreed = Agreed(Answer.AGREED, "More time")
    monkeypatch.setattr(pages, "_adjustments", lambda _: {reference: AskedAdjustment(reference, (), "", agreed)})
    page = recruiter.post(f"{path}/invite", follow_redirects=True).text
    assert "invited." in page and "1 candidate asked for an adjustment. Invite each of them below." in page
    assert page.count("Not invited") == 1, "whoever asked for an adjustment is looked at first"
    form = recruiter.get(f"{path}/invite/{first}").text
    assert "More time</textarea>" in form, "what is agreed comes with its words"
    page = recruiter.post(
        f"{path}/invite/{first}", data={"minutes": "60", "adjustments": "More time"}, follow_redirects=True
    ).text
    assert "Invited (60 minutes)" in page and "More time" in page
    assert recruiter.get(f"/campaigns/{campaign}/stages/1/slots").status_code == 404
    assert "VCALENDAR" in recruiter.get(f"/campaigns/{campaign}/bookings/calendar.ics").text
