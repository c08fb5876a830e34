"""Acts that must not overtake the one that moves the campaign on, on both databases."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import func, select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import TooLate
from recruitment.services.applications import withdraw_application
from recruitment.services.drafts import start_draft
from recruitment.store.applications import Application, Draft, StageEvent, StageEventKind
from recruitment.store.campaigns import lock_campaign


def in_threads(*acts):
    """Run acts at once; what each raised, or None."""
    raised = [None] * len(acts)

    def run(place, act):
        try:
            act()
        except Exception as problem:
            raised[place] = problem

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


@pytest.fixture
def candidate_with_application(world):
    campaign = world.campaign(until=CampaignState.REVEALED)
    candidate = world.add_candidate()
    with world.staff_desk.sessions.writing() as session:
        application = session.scalars(select(Application).where(Application.campaign_id == campaign)).first()
        application.candidate_id = candidate.id
    return campaign, candidate


def withdraw(world, campaign, candidate):
    with world.public_desk.sessions.writing() as session:
        withdraw_application(session, actor=candidate, desk=world.public_desk, campaign_id=campaign)


def test_a_withdrawal_waits_for_the_outcomes_and_then_comes_too_late(world, candidate_with_application):
    campaign, candidate = candidate_with_application
    with world.staff_desk.sessions.writing() as session:
        held = lock_campaign(session, campaign)
        raised = [None]

        def late():
            raised[0] = in_threads(lambda: withdraw(world, campaign, candidate))[0]

        waiting = threading.Thread(target=late)
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive()
        held.state = CampaignState.DECIDED
    waiting.join(60)
    assert isinstance(raised[0], TooLate)


def test_two_withdrawals_at_once_are_one(world, candidate_with_application):
    campaign, candidate = candidate_with_application
    act = lambda: withdraw(world, campaign, candidate)  # noqa: E731
    assert in_threads(act, act) == [None, None]
    with world.staff_desk.sessions.reading() as session:
        kind = StageEvent.kind == StageEventKind.WITHDRAWN
        assert session.scalar(select(func.count()).where(StageEvent.campaign_id == campaign, kind)) == 1


def test_two_clicks_on_apply_begin_one_draft(world):
    campaign, candidate = world.campaign(until=CampaignState.OPEN), world.add_candidate()

    def begin():
        with world.public_desk.sessions.writing() as session:
            start_draft(
                session, actor=candidate, desk=world.public_desk, campaign_id=campaign, email="a@b.example"
            )

    assert in_threads(begin, begin, begin) == [None] * 3
    with world.staff_desk.sessions.reading() as session:
        assert session.scalar(select(func.count()).where(Draft.campaign_id == campaign)) == 1
