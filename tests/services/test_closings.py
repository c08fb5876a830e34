"""A campaign with nobody left to appoint can be closed, and one with somebody left cannot."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, TooLate, TooSoon
from recruitment.rules.trail import event_sentence
from recruitment.services.applications import list_own_applications, withdraw_application
from recruitment.services.campaigns import change_campaign
from recruitment.services.closings import (
    close_without_appointment,
    was_closed_without_appointment,
    why_not_closable,
)
from recruitment.services.coverage import lock_scores
from recruitment.services.moderation import arrange_moderation
from recruitment.services.reveals import read_names
from recruitment.services.scores import score_answer
from recruitment.services.sift import read_answer, read_queue
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application, StageEvent, StageEventKind
from recruitment.store.campaigns import Campaign
from recruitment.store.equality import EqualityRow
from recruitment.store.interviews import ShortlistEntry
from recruitment.store.trail import TrailEvent

S = CampaignState
REASON = "Nobody is left."


def close(world, campaign, part="recruiter", reason=REASON):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        close_without_appointment(session, actor=world.actor(part), desk=desk, campaign_id=campaign, reason=reason)


def why_not(world, campaign):
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        return why_not_closable(session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign)


def state_of(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return CampaignState(session.get_one(Campaign, campaign).state)


def standing_in(world, campaign, *, on_shortlist=False):
    """(application, candidate) of whoever has not withdrawn, by application."""
    query = select(Application.id, Application.candidate_id).where(
        Application.campaign_id == campaign, Application.withdrawn_at.is_(None)
    )
    if on_shortlist:
        listed = select(ShortlistEntry.application_id).where(ShortlistEntry.campaign_id == campaign)
        query = query.where(Application.id.in_(listed))
    with world.staff_desk.sessions.reading() as session:
        return [tuple(row) for row in session.execute(query.order_by(Application.id))]


def withdraw(world, campaign, candidate_ids):
    desk = world.public_desk
    for candidate_id in candidate_ids:
        actor = Actor(ActorKind.CANDIDATE, candidate_id, world.organisation_id)
        with desk.sessions.writing() as session:
            withdraw_application(session, actor=actor, desk=desk, campaign_id=campaign)


def withdraw_all(world, campaign, **chosen):
    withdraw(world, campaign, [candidate for _, candidate in standing_in(world, campaign, **chosen)])


def equality_rows(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return session.scalar(select(func.count()).where(EqualityRow.campaign_id == campaign))


def score_all_lowest(world, campaign):
    """Lock the sift with the lowest score for everybody, below every minimum."""
    desk = world.staff_desk
    for part in ("shortlister_one", "shortlister_two", "shortlister_three"):
        actor = world.actor(part)
        with desk.sessions.writing() as session:
            for item in read_queue(session, actor=actor, campaign_id=campaign, per_page=500).items:
                answer = read_answer(session, actor=actor, desk=desk, campaign_id=campaign, handle=item.handle)
                for criterion in answer.criteria:
                    assert criterion.minimum > 1
                    score_answer(
                        session, actor=actor, desk=desk, campaign_id=campaign, handle=item.handle,
                        criterion_id=criterion.id, value=1, reason="Nothing was said.",
                    )  # fmt: skip
    recruiter = world.actor("recruiter")
    with desk.sessions.writing() as session:
        arrange_moderation(session, actor=recruiter, desk=desk, campaign_id=campaign)
        lock_scores(session, actor=recruiter, desk=desk, campaign_id=campaign)


def check_closes(world, campaign, at):
    assert state_of(world, campaign) is at
    close(world, campaign)
    assert state_of(world, campaign) is S.DECIDED
    run_due_jobs(world.staff_desk, None)
    assert (state_of(world, campaign), equality_rows(world, campaign)) == (S.TALLIED, 0)
    with world.staff_desk.sessions.reading() as session:
        assert was_closed_without_appointment(session, campaign_id=campaign, state=S.TALLIED)


def test_a_campaign_without_applications_closes_after_its_closing_time(world):
    campaign = world.campaign(until=S.OPEN, applications=0)
    with pytest.raises(TooSoon, match="Applications have not closed yet"):
        close(world, campaign)
    world.clock.advance(days=60)
    check_closes(world, campaign, S.OPEN)


@pytest.mark.parametrize("at", [S.OPEN, S.SIFTING])
def test_before_the_lock_a_campaign_closes_once_everybody_withdrew_and_not_before(world, at):
    campaign = world.campaign(until=at, applications=4)
    world.clock.advance(days=60)
    candidates = [candidate for _, candidate in standing_in(world, campaign)]
    withdraw(world, campaign, candidates[1:])
    with pytest.raises(TooSoon, match="must be sifted first"):
        close(world, campaign)
    assert state_of(world, campaign) is at
    withdraw(world, campaign, candidates[:1])
    assert equality_rows(world, campaign) > 0
    check_closes(world, campaign, at)


def test_a_scored_campaign_in_which_nobody_meets_every_minimum_closes_and_candidates_are_told(world):
    campaign = world.campaign(until=S.SIFTING, applications=4)
    score_all_lowest(world, campaign)
    rows, standing = equality_rows(world, campaign), standing_in(world, campaign)
    assert (rows > 0, len(standing)) == (True, 4)
    withdraw(world, campaign, [standing[0][1]])
    check_closes(world, campaign, S.SCORED)
    stages = []
    for _, candidate in standing:
        actor = Actor(ActorKind.CANDIDATE, candidate, world.organisation_id)
        with world.public_desk.sessions.reading() as session:
            stages += [own.stage for own in list_own_applications(session, actor=actor, desk=world.public_desk)]
    assert stages == ["withdrawn", "not_shortlisted", "not_shortlisted", "not_shortlisted"]


@pytest.mark.parametrize("at", [S.SCORED, S.LINE_SET])
def test_while_anybody_meets_every_minimum_the_campaign_does_not_close(world, at):
    campaign = world.campaign(until=at, applications=12)
    assert why_not(world, campaign) == (
        "Somebody who has not withdrawn meets every minimum, so could still be shortlisted."
    )
    with pytest.raises(TooSoon, match="meets every minimum"):
        close(world, campaign)
    assert state_of(world, campaign) is at
    withdraw_all(world, campaign)
    check_closes(world, campaign, at)


@pytest.mark.parametrize("at", [S.FROZEN, S.REVEALED])
def test_after_the_freeze_a_campaign_closes_once_the_whole_shortlist_withdrew_and_not_before(world, at):
    campaign = world.campaign(until=at, applications=12)
    listed = [candidate for _, candidate in standing_in(world, campaign, on_shortlist=True)]
    withdraw(world, campaign, listed[1:])
    with pytest.raises(TooSoon, match="could still be appointed"):
        close(world, campaign)
    withdraw(world, campaign, listed[:1])
    others = [application for application, _ in standing_in(world, campaign)]
    assert others
    check_closes(world, campaign, at)
    with world.staff_desk.sessions.reading() as session:
        told = session.scalars(
            select(StageEvent.application_id)
            .where(
                StageEvent.campaign_id == campaign,
                StageEvent.application_id.in_(others),
                StageEvent.kind == StageEventKind.NOT_SHORTLISTED,
            )
            .order_by(StageEvent.application_id)
        ).all()
    assert told == others


def test_closing_a_frozen_campaign_opens_no_names(world):
    campaign = world.campaign(until=S.FROZEN, applications=12)
    withdraw_all(world, campaign, on_shortlist=True)
    close(world, campaign)
    desk = world.staff_desk
    with desk.sessions.reading() as session, pytest.raises(TooSoon, match="The reveal needs two people"):
        read_names(session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign)


def test_a_reason_is_asked_for_and_goes_on_the_trail(world):
    campaign = world.campaign(until=S.SIFTING, applications=2)
    withdraw_all(world, campaign)
    with pytest.raises(Invalid) as refusal:
        close(world, campaign, reason=" ")
    assert refusal.value.field == "reason"
    close(world, campaign)
    with world.staff_desk.sessions.reading() as session:
        event = session.scalars(
            select(TrailEvent).where(
                TrailEvent.chain_id == campaign, TrailEvent.event == "closed_without_appointment"
            )
        ).one()
    assert event_sentence("Ann", event.event, event.detail, {}) == (
        "Ann closed the campaign without an appointment. Reason: Nobody is left."
    )


def test_only_a_recruiter_closes_and_only_between_opening_and_outcomes(world):
    campaign = world.campaign(until=S.SIFTING, applications=2)
    withdraw_all(world, campaign)
    with pytest.raises(NotAllowed):
        close(world, campaign, part="shortlister_one")
    close(world, campaign)
    with pytest.raises(TooLate):
        close(world, campaign)


def test_a_campaign_being_prepared_cannot_close(world):
    campaign = world.campaign(until=S.DRAFT)
    with pytest.raises(TooSoon):
        close(world, campaign)


def test_the_closing_date_of_an_open_campaign_is_not_among_the_details_one_person_changes(world):
    campaign = world.campaign(until=S.OPEN, applications=0)
    desk, recruiter = world.staff_desk, world.actor("recruiter")

    def change(**changes):
        with desk.sessions.writing() as session:
            change_campaign(
                session, actor=recruiter, desk=desk, campaign_id=campaign, reason="Few applied.", **changes
            )

    with desk.sessions.reading() as session:
        closing = session.get_one(Campaign, campaign).closes_at
    with pytest.raises(Invalid, match="with a second person") as refusal:
        change(closes_at=closing + timedelta(days=1))
    assert refusal.value.field == "closes_at"
    change(title="Another title", closes_at=closing)
