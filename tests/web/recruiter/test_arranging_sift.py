"""Opening the sift, moderation, locking."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.campaign_plans import read_facts
from recruitment.services.filling import fill_places
from recruitment.services.scores import Recognition, declare_recognition, score_answer
from recruitment.services.sift import read_answer, read_queue
from recruitment.services.sift_counts import count_anew
from recruitment.store.people import CampaignRole
from recruitment.store.sift import Allocation, AllocationState


def state_of(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return read_facts(session, actor=world.actor("recruiter"), campaign_id=campaign).state


def test_the_sift_opens_only_after_closing(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN)
    client = as_staff("recruiter")
    assert "Until then nobody reads any answer" in client.get(f"/campaigns/{campaign}/sift").text
    assert client.post(f"/campaigns/{campaign}/sift/open").status_code == 409
    world.clock.advance(days=20)
    assert client.post(f"/campaigns/{campaign}/sift/open").status_code == 303
    assert state_of(world, campaign) is CampaignState.SIFTING


def test_coverage_shows_shortlisters_and_agreement_and_no_application(world, as_staff):
    campaign = world.campaign(until=CampaignState.SCORED)
    page = as_staff("recruiter").get(f"/campaigns/{campaign}/sift").text
    for words in ("Dev Patel", "Marcus Bell", "Within one point", "Putting things right"):
        assert words in page
    assert "The scores are locked." in page
    ranking = as_staff("recruiter").get(f"/campaigns/{campaign}/ranking").text
    reference = ranking.partition('<th scope="row" class="govuk-table__header" role="rowheader">')[2].partition(
        "<"
    )[0]
    assert reference.count("-") == 2
    assert reference not in page


def score_all(world, campaign, parts):
    desk = world.staff_desk
    for part, value in parts.items():
        actor = world.actor(part)
        with desk.sessions.writing() as session:
            for item in read_queue(session, actor=actor, campaign_id=campaign, per_page=500).items:
                answer = read_answer(session, actor=actor, desk=desk, campaign_id=campaign, handle=item.handle)
                for criterion in answer.criteria:
                    score_answer(session, actor=actor, desk=desk, campaign_id=campaign, handle=item.handle,
                                 criterion_id=criterion.id, value=value, reason="Because.")  # fmt: skip


def test_scores_cannot_be_locked_before_they_are_all_in(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING)
    client = as_staff("recruiter")
    assert client.post(f"/campaigns/{campaign}/sift/lock").status_code == 409
    score_all(world, campaign, {"shortlister_one": 5, "shortlister_two": 5, "shortlister_three": 5})
    assert client.post(f"/campaigns/{campaign}/sift/lock").status_code == 303
    assert state_of(world, campaign) is CampaignState.SCORED


def test_differing_scores_go_to_moderation_and_hold_the_lock(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING)
    client = as_staff("recruiter")
    score_all(world, campaign, {"shortlister_one": 2, "shortlister_two": 5, "shortlister_three": 5})
    assert "Arrange moderation" in client.get(f"/campaigns/{campaign}/sift").text
    page = client.post(f"/campaigns/{campaign}/sift/moderation", follow_redirects=True).text
    assert "sent to moderation." in page
    assert client.post(f"/campaigns/{campaign}/sift/lock").status_code == 409


@pytest.fixture
def recused(world):
    """A campaign in which nobody is left for one application's answers of one shortlister."""
    campaign = world.campaign(until=CampaignState.SIFTING)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        for part in ("shortlister_one", "shortlister_two"):
            actor = world.actor(part)
            first = read_queue(session, actor=actor, campaign_id=campaign).items[0]
            declare_recognition(session, actor=actor, desk=desk, campaign_id=campaign, handle=first.handle,
                                recognition=Recognition.RECUSED)  # fmt: skip
    return campaign


def test_a_new_shortlister_takes_over_what_recusals_left(world, as_staff, recused):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        rows = session.scalars(select(Allocation).where(Allocation.campaign_id == recused)).all()
        for row in rows:
            if row.person_id == world.people["shortlister_three"]:
                row.state, row.recognition = AllocationState.RECUSED, Recognition.RECUSED
        count_anew(session, recused)
    client = as_staff("recruiter")
    assert "Hand the answers over" in client.get(f"/campaigns/{recused}/sift").text
    with desk.sessions.writing() as session:
        session.add(CampaignRole(campaign_id=recused, person_id=world.people["deputy"], role="shortlister",
                                 given_at=world.clock.now))  # fmt: skip
    page = client.post(f"/campaigns/{recused}/sift/fill", follow_redirects=True).text
    assert "handed to another shortlister." in page
    with desk.sessions.writing() as session:
        assert fill_places(session, actor=world.actor("recruiter"), desk=desk, campaign_id=recused)[0] == 0
