"""What the first screen says of closing times: those who may decide are told, whoever scores answers is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services import closing_times
from recruitment.services.more_time import ask_for_time
from recruitment.services.waiting import list_work
from recruitment.store.closing_times import ClosingRequest


@pytest.fixture
def campaign_id(world):
    return world.campaign(until=CampaignState.OPEN, applications=2)


def told(world, part):
    with world.staff_desk.sessions.reading() as session:
        (own,) = list_work(session, actor=world.actor(part))
    at = own.standing
    return at.more_time_asked, at.closings_to_agree


def test_a_request_waits_for_the_recruiter_and_the_proposal_for_a_second_person_who_scores_nothing(
    world, campaign_id
):
    candidate = world.add_candidate("late@example.org")
    with world.public_desk.sessions.writing() as session:
        ask_for_time(session, actor=candidate, desk=world.public_desk, campaign_id=campaign_id)
    assert told(world, "recruiter") == (1, 0)
    assert {told(world, part) for part in ("shortlister_one", "member", "deputy", "analyst")} == {(0, 0)}
    asked = {"actor": world.actor("recruiter"), "desk": world.staff_desk, "campaign_id": campaign_id}
    with world.staff_desk.sessions.writing() as session:
        request = session.query(ClosingRequest).one()
        closing_times.propose_for_one(
            session, **asked, closing_id=request.id, until=world.clock.now + timedelta(days=30), ground="other",
            page_url="https://staff.example",
        )  # fmt: skip
    assert told(world, "recruiter") == (0, 0), "who proposed it cannot agree to it"
    assert told(world, "member") == told(world, "deputy") == (0, 1)
    assert told(world, "shortlister_one") == (0, 0), "the panel chair scores the answers here"
