"""The checklist after a campaign on its page, from what is open to the signature."""

from __future__ import annotations

import html
import re

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.quality_checklist import ITEMS
from recruitment.services import adverts
from tests.support.quality import adopt_periods, tell_everybody


@pytest.fixture
def campaign_id(world):
    return world.campaign(until=CampaignState.RELEASED, applications=12)


@pytest.fixture
def client(world):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    return client


def test_a_clean_campaign_is_settled_and_signed_on_one_page(world, campaign_id, client):
    adopt_periods(world)
    tell_everybody(world, campaign_id)
    path = f"/campaigns/{campaign_id}/quality"
    page = html.unescape(client.get(path).text)
    assert "Nobody checked the advert" in page
    assert "Sign and close the campaign" not in page
    answers = {item.key: "done" for item in ITEMS if item.evidence is None}
    answers |= {"advert": "exception", "note_advert": "It was checked on paper."}
    answers |= {"adjustments": "exception", "note_adjustments": "They were seen to by telephone."}

    assert client.post(path, data=answers).status_code == 303
    assert "Sign and close the campaign" in client.get(path).text
    assert client.post(f"{path}/sign").status_code == 303

    page = html.unescape(client.get(path).text)
    assert "Signed by Helen Marsh" in page
    assert "It was checked on paper." in page
    assert "Closed, checklist signed" in client.get(f"/campaigns/{campaign_id}").text


def test_what_is_open_leads_to_where_it_is_mended_and_to_an_action(world, campaign_id, client):
    path = f"/campaigns/{campaign_id}/quality"
    page = html.unescape(client.get(path).text)
    assert f"/campaigns/{campaign_id}/adjustments" in page
    (way,) = set(re.findall(r'href="(/actions/new\?[^"]*Adjustments[^"]*)"', page))
    assert "make your first plan" in client.get(way).text.lower()
    for title in ("Race action plan", "Disability action plan"):
        client.post("/plans", data={"title": title})
    chosen = re.findall(r'href="(/plans/[^"]+/actions/new[^"]*)"', html.unescape(client.get(way).text))
    assert len(chosen) == 2
    form = client.get(chosen[0]).text
    assert "Adjustments that were asked for were agreed and made." in html.unescape(form)
    sent = {"what": "Agree them earlier", "lead": "Head of recruitment", "status": "Not started"}
    sent |= {"due-day": "1", "due-month": "3", "due-year": "2027"}
    assert client.post(chosen[0], data=sent).location.endswith(path)
    assert "Agree them earlier" in client.get(path).text


def test_an_exception_without_its_reason_is_refused_at_its_item_and_keeps_the_choice(world, campaign_id, client):
    refused = client.post(f"/campaigns/{campaign_id}/quality", data={"advert": "exception", "lessons": "done"})
    assert refused.status_code == 400
    assert "Give the reason." in refused.text
    assert 'href="#note_advert"' in refused.text
    assert refused.text.count(" checked") >= 2


def test_what_is_open_cannot_be_signed_by_hand(world, campaign_id, client):
    refused = client.post(f"/campaigns/{campaign_id}/quality/sign")
    assert refused.status_code == 409
    assert "Still open" in refused.text


def test_the_campaigns_page_leads_to_the_checklist_which_waits_for_the_outcomes(world, client):
    early = world.campaign(until=CampaignState.REVEALED, applications=6)
    assert f"/campaigns/{early}/quality" in client.get(f"/campaigns/{early}").text
    assert "once the outcomes are final" in client.get(f"/campaigns/{early}/quality").text


def test_a_checked_advert_answers_its_item(world, campaign_id, client):
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        standing = adverts.record_look(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    page = client.get(f"/campaigns/{campaign_id}/quality").text
    assert ("Advert and questions were checked" in page) is (standing.open == 0)
    assert "Nobody checked the advert" not in page
