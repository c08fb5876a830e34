"""Restriction and objection: asked with sealed words, decided by a person in a month; what stops, what goes on."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, TooLate
from recruitment.rules.rights import Ground, Right, RightStanding, answered_by
from recruitment.services.outgoing import read_outbox
from recruitment.services.rankings import blind_results
from recruitment.services.restrictions import (
    ask_objection,
    ask_restriction,
    end_own_restriction,
    list_restricted,
)
from recruitment.services.rights import list_own_requests
from recruitment.services.rights_decisions import decide_request, list_waiting, plan_end, read_words
from recruitment.services.sift_counts import find_miscounted
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Answer, Application
from recruitment.store.people import CampaignRole
from recruitment.store.rights import RightsRequest
from recruitment.store.sift import Allocation, AllocationState, BlindTotal
from recruitment.store.trail import TrailEvent
from tests.support.copies import copy_blobs, opened_today
from tests.support.world import World

ADDRESS, WORDS = "own@canary-mail.example", "My illness canaryword is known to the panel."


@pytest.fixture
def candidate(world: World) -> Actor:
    return world.add_candidate(ADDRESS)


def sifting(world: World, candidate: Actor, state: CampaignState = CampaignState.SIFTING) -> tuple[UUID, UUID]:
    """A campaign, and an application of the candidate's in it."""
    key = world.campaign(until=state, applications=6)
    with world.staff_desk.sessions.writing() as session:
        one = session.scalars(select(Application).where(Application.campaign_id == key)).first()
        assert one is not None
        one.candidate_id = candidate.id
        return key, one.id


def restrict(world: World, candidate: Actor, campaign_id: UUID, words: str = WORDS) -> UUID:
    """Ask for a restriction and agree to it; the request."""
    desk = world.public_desk
    with desk.sessions.writing() as session:
        ask_restriction(
            session, actor=candidate, desk=desk, campaign_id=campaign_id, ground=Ground.ACCURACY, words=words
        )
    return decide(world, is_agreed=True)


def decide(world: World, *, is_agreed: bool, reason: str = "We look at it.", part: str = "recruiter") -> UUID:
    desk, actor = world.staff_desk, world.actor(part)
    with desk.sessions.writing() as session:
        request_id = session.scalars(
            select(RightsRequest.id).where(RightsRequest.standing == RightStanding.WAITING)
        ).one()
        decide_request(session, actor=actor, desk=desk, request_id=request_id, is_agreed=is_agreed, reason=reason)
    run_due_jobs(desk, None)
    return request_id


def states(world: World, application_id: UUID) -> set[str]:
    with world.staff_desk.sessions.reading() as session:
        return set(
            session.scalars(
                select(Allocation.state)
                .join(Answer, Answer.id == Allocation.answer_id)
                .where(Answer.application_id == application_id)
            )
        )


def letters(world: World) -> list[tuple[str, str, str]]:
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        found = read_outbox(session, desk=desk, actor=world.actor("recruiter"))
        return [(one.letter.to, one.letter.subject, one.letter.body) for one in found]


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2026, 3, 15), date(2026, 4, 15)),
        (date(2026, 12, 1), date(2027, 1, 1)),
    ],
)
def test_an_answer_is_due_on_the_same_day_of_the_next_month_or_its_last(asked: date, due: date) -> None:
    assert answered_by(asked) == due


def test_a_restricted_application_leaves_every_queue_and_comes_back_with_its_scores(
    world: World, candidate: Actor
) -> None:
    campaign_id, application_id = sifting(world, candidate)
    assert states(world, application_id) == {AllocationState.OPEN}
    request_id = restrict(world, candidate, campaign_id)
    assert states(world, application_id) == {AllocationState.SET_ASIDE}
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        assert find_miscounted(session) == []
        assert list_restricted(session, actor=candidate) == {campaign_id}
        row = session.get_one(RightsRequest, request_id)
        assert (row.standing, row.sealed, row.ground) == (RightStanding.DONE, None, Ground.ACCURACY)
    with world.public_desk.sessions.writing() as session:
        end_own_restriction(session, actor=candidate, desk=world.public_desk, campaign_id=campaign_id)
    assert states(world, application_id) == {AllocationState.OPEN}
    with desk.sessions.reading() as session:
        assert find_miscounted(session) == [] and not list_restricted(session, actor=candidate)
    with world.public_desk.sessions.writing() as session, pytest.raises(TooLate):
        end_own_restriction(session, actor=candidate, desk=world.public_desk, campaign_id=campaign_id)


def test_what_is_restricted_once_scores_are_locked_is_in_no_ranking(world: World, candidate: Actor) -> None:
    campaign_id, application_id = sifting(world, candidate, CampaignState.SCORED)
    with world.staff_desk.sessions.reading() as session:
        assert application_id in blind_results(session, campaign_id)
    restrict(world, candidate, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        assert application_id not in blind_results(session, campaign_id)
        assert session.get(BlindTotal, (campaign_id, application_id)) is None


def test_words_are_sealed_and_opened_by_whoever_decides_alone(world: World, candidate: Actor) -> None:
    campaign_id, _ = sifting(world, candidate)
    desk, administrator = world.public_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        ask_objection(session, actor=candidate, desk=desk, campaign_id=campaign_id, words=WORDS)
    with desk.sessions.reading() as session:
        (waiting,) = list_waiting(session, actor=administrator)
        assert (waiting.kind, waiting.due_on) == (Right.OBJECTION, answered_by(desk.now.date()))
        asked = {"desk": world.staff_desk, "request_id": waiting.id}
        assert read_words(session, actor=administrator, **asked) == WORDS
        for part in ("analyst", "member"):
            with pytest.raises(NotAllowed):
                read_words(session, actor=world.actor(part), **asked)
    with desk.sessions.writing() as session:
        session.add(
            CampaignRole(
                campaign_id=campaign_id, person_id=administrator.id, role="shortlister", given_at=desk.now
            )
        )
    with desk.sessions.reading() as session, pytest.raises(NotAllowed):
        read_words(session, actor=administrator, **asked)
    with pytest.raises(NotAllowed):
        decide(world, is_agreed=True)


def test_a_refused_objection_says_why_by_letter_and_leaves_the_application_in_use(
    world: World, candidate: Actor
) -> None:
    campaign_id, application_id = sifting(world, candidate)
    desk = world.public_desk
    with desk.sessions.writing() as session:
        ask_objection(session, actor=candidate, desk=desk, campaign_id=campaign_id, words=WORDS)
        with pytest.raises(TooLate):
            ask_objection(session, actor=candidate, desk=desk, campaign_id=campaign_id, words=WORDS)
    with pytest.raises(Invalid):
        decide(world, is_agreed=False, reason=" ")
    decide(world, is_agreed=False, reason="Posts are filled on merit\n\nby law.")
    assert states(world, application_id) == {AllocationState.OPEN}
    ((to, _, body),) = [one for one in letters(world) if "our answer" in one[1]]
    assert to == ADDRESS and "We go on using it." in body and "by law." in body and "Commissioner" in body
    with desk.sessions.reading() as session:
        (told,) = list_own_requests(session, actor=candidate)
        assert (told.standing, told.reason) == (RightStanding.REFUSED, "Posts are filled on merit\n\nby law.")
        assert b"canaryword" not in opened_today(world, copy_blobs(world))
        events = {event.event for event in session.scalars(select(TrailEvent))}
        assert {"right_asked", "objection_refused"} <= events


def test_a_restriction_is_ended_three_days_after_the_candidate_was_told(world: World, candidate: Actor) -> None:
    campaign_id, application_id = sifting(world, candidate)
    request_id = restrict(world, candidate, campaign_id)
    desk, administrator = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        plan_end(session, actor=administrator, desk=desk, request_id=request_id, reason="It was right.")
    with desk.sessions.writing() as session, pytest.raises(TooLate):
        plan_end(session, actor=administrator, desk=desk, request_id=request_id, reason="Again.")
    run_due_jobs(desk, None)
    (told,) = [one for one in letters(world) if "use your application again" in one[1]]
    assert told[0] == ADDRESS and "It was right." in told[2]
    assert states(world, application_id) == {AllocationState.SET_ASIDE}
    world.clock.now += timedelta(days=3, minutes=1)
    run_due_jobs(desk, None)
    assert states(world, application_id) == {AllocationState.OPEN}
    assert len([one for one in letters(world) if "use your application again" in one[1]]) == 1


def test_what_is_asked_without_a_reason_is_refused(world: World, candidate: Actor) -> None:
    campaign_id, _ = sifting(world, candidate)
    desk = world.public_desk
    with desk.sessions.writing() as session:
        for ground, words in ((None, WORDS), (Ground.CLAIM, " "), (Ground.CLAIM, "x" * 2001)):
            with pytest.raises(Invalid):
                ask_restriction(
                    session, actor=candidate, desk=desk, campaign_id=campaign_id, ground=ground, words=words
                )
