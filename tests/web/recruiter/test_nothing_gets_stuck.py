"""A campaign's page shows what it could get stuck on, in every state; the ways on lead to pages that are there."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Role
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole, Person

BEFORE_DECIDED = tuple(CampaignState)[: tuple(CampaignState).index(CampaignState.DECIDED)]
HEADING = "What could hold this campaign up, and what to do"


@pytest.fixture
def alone(world):
    """A campaign with one recruiter and nobody else who can act, and its page as it is in a state."""
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=4)
    with world.staff_desk.sessions.writing() as session:
        session.execute(
            delete(CampaignRole).where(
                CampaignRole.campaign_id == campaign_id,
                CampaignRole.role.in_([Role.PANEL_CHAIR, Role.DEPUTY, Role.SHORTLISTER]),
            )
        )
    client = world.staff_client()
    world.sign_in(client, "recruiter")

    def page(state: CampaignState) -> str:
        with world.staff_desk.sessions.writing() as session:
            session.execute(update(Campaign).where(Campaign.id == campaign_id).values(state=state))
        return client.get(f"/campaigns/{campaign_id}").text

    page.campaign_id, page.client = campaign_id, client
    return page


def test_every_state_shows_a_way_on_and_the_way_is_there(world, alone):
    world.clock.advance(days=30)
    for state in BEFORE_DECIDED:
        page = alone(state)
        assert HEADING in page, state
        assert "no second person" in page or "no panel chair" in page, state
        told = page.split(HEADING)[1].split("</details>")[0]
        ways = re.findall(r'<a class="govuk-link" href="([^"]+)"', told)
        assert ways, state
        for way in set(ways):
            assert alone.client.get(way).status_code == 200, (state, way)
    assert HEADING not in alone(CampaignState.RELEASED)


def test_where_all_withdrew_the_page_leads_to_a_new_time_or_to_the_end(world, alone):
    world.clock.advance(days=30)
    with world.staff_desk.sessions.writing() as session:
        session.execute(update(Application).values(withdrawn_at=world.clock.now))
    page = alone(CampaignState.OPEN)
    assert "Nobody is in the running" in page
    assert f"/campaigns/{alone.campaign_id}/closing-times" in page
    assert f"/campaigns/{alone.campaign_id}/close" in page


def test_somebody_who_can_no_longer_sign_in_does_not_count(world):
    campaign_id = world.campaign(until=CampaignState.SIFTING)
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    assert "shortlisters, and" not in client.get(f"/campaigns/{campaign_id}").text
    with world.staff_desk.sessions.writing() as session:
        for part in ("shortlister_one", "shortlister_two"):
            session.get_one(Person, world.people[part]).is_active = False
    assert "Each answer needs 2 shortlisters, and 1 can score." in client.get(f"/campaigns/{campaign_id}").text


def test_a_campaign_that_is_late_says_why_and_where_to_go_and_only_to_its_recruiters(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=2)
    pages = {}
    for part in ("recruiter", "member"):
        pages[part] = world.staff_client()
        world.sign_in(pages[part], part)
    past = (world.clock.now - timedelta(days=1)).date()
    days = "/panel-arrangements/details"
    late = {
        CampaignState.DRAFT: ({}, "the opening date has passed", "/open"),
        CampaignState.SCORED: ({"interviews_from": past}, "interviews should have begun", days),
        CampaignState.REVEALED: ({"interviews_until": past}, "interviews should be over", days),
    }  # fmt: skip
    for state, (facts, why, way) in late.items():
        with world.staff_desk.sessions.writing() as session:
            session.execute(update(Campaign).where(Campaign.id == campaign_id).values(state=state, **facts))
        page = pages["recruiter"].get(f"/campaigns/{campaign_id}").text
        told = page.split("In trouble:")[1].split("</div>")[0]
        assert why in told and f'href="/campaigns/{campaign_id}{way}"' in told, state
        assert pages["recruiter"].get(f"/campaigns/{campaign_id}{way}").status_code == 200, state
        assert "In trouble" not in pages["member"].get(f"/campaigns/{campaign_id}").text
