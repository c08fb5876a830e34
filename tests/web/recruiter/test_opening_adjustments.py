"""Adjustments by reference: opened on the button, agreed, and said to be made."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import func, select, text

from recruitment.rules.campaigns import CampaignState
from recruitment.store.trail import TrailEvent


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.OPEN, applications=12)


def events(world, campaign, event="compartment_opened"):
    with world.staff_desk.sessions.reading() as session:
        of_campaign = (TrailEvent.chain_id == campaign, TrailEvent.event == event)
        return session.scalar(select(func.count()).where(*of_campaign))


def seen(page):
    return re.search(r'name="seen"[^>]*value="([^"]*)"', page.text)[1]


def test_adjustments_open_only_on_the_button_and_with_a_record(world, as_staff, campaign):
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/adjustments"
    before = events(world, campaign)
    page = client.get(path).text
    assert "Opening the adjustments is recorded" in page
    assert events(world, campaign) == before
    assert "site-typed" not in page
    assert "What is agreed?" in client.post(path).text
    assert events(world, campaign) > before


def test_what_is_agreed_is_kept_sealed_and_shown_again(world, as_staff, campaign):
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/adjustments"
    sent = {
        "seen": seen(client.post(path)),
        "answer1": "otherwise",
        "words1": "A quiet room in Wakefield",
        "made1": "made",
    }
    assert client.post(f"{path}/agreed", data=sent).status_code == 303
    assert events(world, campaign, "adjustments_agreed") == 1
    page = html.unescape(client.post(path).text)
    assert "A quiet room in Wakefield" in page
    assert re.search(r'name="answer1"[^>]*value="otherwise"[^>]*checked', page)
    assert re.search(r'name="made1"[^>]*value="made"[^>]*checked', page)
    with world.staff_desk.sessions.reading() as session:
        (blob,) = session.execute(text("SELECT blob FROM agreed_adjustments")).one()
    assert b"Wakefield" not in bytes(blob)
    assert len(bytes(blob)) > 16_384


def test_another_answer_than_asked_needs_its_words_and_keeps_what_was_typed(world, as_staff, campaign):
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/adjustments"
    mark = seen(client.post(path))
    refused = client.post(f"{path}/agreed", data={"seen": mark, "answer1": "refused", "words1": " "})
    assert refused.status_code == 400
    assert "Say why not." in refused.text
    assert 'href="#words1"' in refused.text
    assert re.search(r'name="answer1"[^>]*value="refused"[^>]*checked', refused.text)
    first = client.post(f"{path}/agreed", data={"seen": mark, "made1": "made"})
    assert "Say first what is agreed." in first.text


def test_an_older_page_does_not_write_over_what_a_colleague_saved(world, as_staff, campaign):
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/adjustments"
    old = seen(client.post(path))
    world.clock.advance(minutes=1)
    assert client.post(f"{path}/agreed", data={"seen": old, "answer1": "agreed"}).status_code == 303
    late = client.post(f"{path}/agreed", data={"seen": old, "answer1": "refused", "words1": "Too dear."})
    assert late.status_code == 400
    assert "A colleague changed what is agreed" in late.text
    assert "Too dear." in late.text
    assert client.post(f"{path}/agreed", data={"seen": seen(late), "answer1": "agreed"}).status_code == 303


def test_two_recruiters_do_not_write_over_each_other(world, as_staff, campaign):
    """Whoever wrote with an older opening is told; nothing is lost silently."""
    from recruitment.rules.adjustments import Agreed, Answer
    from recruitment.rules.errors import Stale
    from recruitment.services.requests import agree_adjustments, read_adjustments

    desk, recruiter = world.staff_desk, world.actor("recruiter")
    asked = {"actor": recruiter, "desk": desk, "campaign_id": campaign}
    with desk.sessions.reading() as session:
        mine = read_adjustments(session, **asked)
        theirs = read_adjustments(session, **asked)
    agreed = {mine.asked[0].reference: Agreed(Answer.AGREED)}
    with desk.sessions.writing() as session:
        agree_adjustments(session, **asked, found=theirs, changes=agreed)
    with desk.sessions.writing() as session, pytest.raises(Stale):
        agree_adjustments(session, **asked, found=mine, changes=agreed)
