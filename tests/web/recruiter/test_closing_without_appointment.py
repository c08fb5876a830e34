"""The page on which a campaign with nobody left is closed."""

from __future__ import annotations

from sqlalchemy import update

from recruitment.rules.campaigns import CampaignState
from recruitment.services.campaign_plans import read_facts
from recruitment.store.applications import Application

LINK = "Close without an appointment, when nobody is left to appoint"


def test_a_recruiter_closes_a_campaign_once_nobody_is_left(world, as_staff):
    campaign = world.campaign(until=CampaignState.FROZEN, applications=12)
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/close"
    assert LINK in client.get(f"/campaigns/{campaign}").text
    page = client.get(path)
    assert (page.status_code, "Somebody on the shortlist has not withdrawn" in page.text) == (200, True)
    page = client.post(path, data={"reason": "I typed this."})
    assert (page.status_code, "I typed this." in page.text) == (409, True)
    with world.staff_desk.sessions.writing() as session:
        session.execute(
            update(Application).where(Application.campaign_id == campaign).values(withdrawn_at=world.clock.now)
        )
    assert "You cannot undo this." in client.get(path).text
    page = client.post(path, data={"reason": " "})
    assert page.status_code == 400
    assert 'href="#reason">Say why the campaign closes without an appointment' in page.text
    assert client.post(path, data={"reason": "All withdrew."}).status_code == 303
    with world.staff_desk.sessions.reading() as session:
        facts = read_facts(session, actor=world.actor("recruiter"), campaign_id=campaign)
    assert facts.state is CampaignState.DECIDED
    page = client.get(f"/campaigns/{campaign}").text
    assert ("This campaign was closed without an appointment." in page, LINK in page) == (True, False)
    for part, way in (("recruiter", "shortlist"), ("shortlister_one", "interviews")):
        page = as_staff(part).get(f"/campaigns/{campaign}/{way}")
        assert (page.status_code, "closed without an appointment" in page.text) == (409, True)


def test_the_link_is_absent_while_applications_are_open(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=0)
    assert LINK not in as_staff("recruiter").get(f"/campaigns/{campaign}").text
    world.clock.advance(days=60)
    assert LINK in as_staff("recruiter").get(f"/campaigns/{campaign}").text
