import re

import pytest
from sqlalchemy import delete, update

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Role
from recruitment.services.reveals import ask_reveal
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole


def _ask(world, campaign_id):
    with world.staff_desk.sessions.writing() as session:
        ask_reveal(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id)


def _state(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return session.get_one(Campaign, campaign_id).state


@pytest.fixture
def asked(world):
    campaign_id = world.campaign(until=CampaignState.FROZEN, applications=6)
    _ask(world, campaign_id)
    return campaign_id


def _client(world, part):
    client = world.staff_client()
    world.sign_in(client, part)
    return client


def _digest(page):
    return re.search(r'name="digest"[^>]*value="([0-9a-f]{64})"', page.text)[1]


@pytest.mark.parametrize("part", ["shortlister_one", "deputy"])
def test_the_chair_or_the_deputy_agrees_to_the_very_list_they_were_shown(world, asked, part):
    client = _client(world, part)
    page = client.get(f"/campaigns/{asked}/interviews/reveal")
    digest = _digest(page)
    assert "Helen Marsh" in page.text
    assert f"{digest[:4]} {digest[4:8]}" in page.text

    answer = client.post(f"/campaigns/{asked}/interviews/reveal", data={"digest": digest})

    assert (answer.status_code, answer.location) == (303, f"/campaigns/{asked}/interviews/reveal/agreed")
    assert _state(world, asked) == CampaignState.REVEALED
    assert "You agreed to the reveal" in client.get(answer.location).text


def test_another_digest_is_refused_and_the_request_is_shown_again(world, asked):
    answer = _client(world, "deputy").post(f"/campaigns/{asked}/interviews/reveal", data={"digest": "0" * 64})

    assert answer.status_code == 409
    assert "The shortlist is not the one you were shown" in answer.text
    assert "Helen Marsh" in answer.text
    assert _state(world, asked) == CampaignState.FROZEN


@pytest.mark.parametrize(
    "part", ["recruiter", "member", "shortlister_two", "shortlister_three", "analyst", "auditor"]
)
def test_nobody_else_can_see_the_request_or_agree(world, asked, part):
    digest = _digest(_client(world, "deputy").get(f"/campaigns/{asked}/interviews/reveal"))
    client = _client(world, part)

    assert client.get(f"/campaigns/{asked}/interviews/reveal").status_code == 404
    assert client.post(f"/campaigns/{asked}/interviews/reveal", data={"digest": digest}).status_code == 404
    assert _state(world, asked) == CampaignState.FROZEN


def test_the_second_person_is_not_the_asker(world, asked):
    """Even when the asker has since shed the recruiter's role and become the deputy."""
    with world.staff_desk.sessions.writing() as session:
        asker = world.people["deputy"]
        session.execute(update(Campaign).where(Campaign.id == asked).values(reveal_asked_by=asker))
    client = _client(world, "deputy")
    digest = _digest(client.get(f"/campaigns/{asked}/interviews/reveal"))

    assert client.post(f"/campaigns/{asked}/interviews/reveal", data={"digest": digest}).status_code == 404
    assert _state(world, asked) == CampaignState.FROZEN


def test_a_recruiter_who_is_also_chair_by_a_wrong_row_cannot_agree(world, asked):
    with world.staff_desk.sessions.writing() as session:
        session.execute(
            delete(CampaignRole).where(
                CampaignRole.campaign_id == asked, CampaignRole.person_id == world.people["deputy"]
            )
        )
        for role in (Role.DEPUTY, Role.RECRUITER):
            session.add(
                CampaignRole(
                    campaign_id=asked, person_id=world.people["deputy"], role=role, given_at=world.clock.now
                )
            )
    client = _client(world, "deputy")
    digest = _digest(client.get(f"/campaigns/{asked}/interviews/reveal"))

    assert client.post(f"/campaigns/{asked}/interviews/reveal", data={"digest": digest}).status_code == 404
    assert _state(world, asked) == CampaignState.FROZEN


def test_before_anybody_asks_the_panel_page_says_who_does_what_next(world):
    campaign_id = world.campaign(until=CampaignState.FROZEN, applications=6)

    page = _client(world, "shortlister_one").get(f"/campaigns/{campaign_id}/interviews")

    assert "A recruiter of the campaign asks for the reveal next." in page.text
    assert "Look at the request" not in page.text
