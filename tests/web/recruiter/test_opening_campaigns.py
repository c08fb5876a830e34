"""Opening a campaign."""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.campaigns import CampaignState
from recruitment.services.campaign_plans import read_facts
from tests.web.recruiter.test_making_campaigns import TYPED


def state_of(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return read_facts(session, actor=world.actor("recruiter"), campaign_id=campaign).state


def test_an_unprepared_campaign_says_what_it_lacks(world, as_staff):
    client = as_staff("recruiter")
    campaign = UUID(client.post("/campaigns/new", data=TYPED).location.rpartition("/")[2])
    page = client.post(f"/campaigns/{campaign}/open")
    assert page.status_code == 400
    for sentence in ("Add a vacancy.", "Add a question, a statement or a CV.", "Name at least 3 shortlisters."):
        assert f"<li>{sentence}</li>" in page.text
    assert state_of(world, campaign) is CampaignState.DRAFT


def test_a_prepared_campaign_opens(world, as_staff):
    campaign = world.campaign(until=CampaignState.DRAFT)
    client = as_staff("recruiter")
    assert "Everything is there." in client.get(f"/campaigns/{campaign}/open").text
    assert client.post(f"/campaigns/{campaign}/open").status_code == 303
    assert state_of(world, campaign) is CampaignState.OPEN
