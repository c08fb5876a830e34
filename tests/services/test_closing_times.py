"""Closing times move by two people; a candidate's own reaches no shortlister; late ones are read like any."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from sqlalchemy import func, select

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.closing_times import ClosingStanding
from recruitment.rules.errors import Invalid, NotAllowed, Stale, TooLate, TooSoon
from recruitment.rules.permissions import Role
from recruitment.services import coverage, sift
from recruitment.services.applications import list_own_applications
from recruitment.services.closing_times import (
    ClosingTimes,
    agree_closing,
    propose_for_everybody,
    propose_for_one,
    read_closing_times,
    refuse_closing,
)
from recruitment.services.drafts import start_draft
from recruitment.services.filling import fill_places
from recruitment.services.more_time import ask_for_time, read_more_time
from recruitment.services.outgoing import read_outbox
from recruitment.services.submissions import prepare_submission, submit_application
from recruitment.services.vacancies import read_advert
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole
from recruitment.store.sift import Allocation
from tests.support.drafting import complete_draft
from tests.support.world import World

DAY = timedelta(days=1)
URL = "https://staff.example/closing-times"


def closes(world: World, campaign_id: UUID) -> datetime:
    with world.staff_desk.sessions.reading() as session:
        return session.get_one(Campaign, campaign_id).closes_at


def act(world: World, name, part: str, campaign_id: UUID, **more):
    with world.staff_desk.sessions.writing() as session:
        return name(session, actor=world.actor(part), desk=world.staff_desk, campaign_id=campaign_id, **more)


def read(world: World, campaign_id: UUID, part: str = "recruiter") -> ClosingTimes:
    with world.staff_desk.sessions.reading() as session:
        return read_closing_times(session, actor=world.actor(part), desk=world.staff_desk, campaign_id=campaign_id)


def move(world: World, campaign_id: UUID, until: datetime) -> UUID:
    return act(
        world, propose_for_everybody, "recruiter", campaign_id, until=until, reason="Few applied.", page_url=URL
    )


def ask(world: World, campaign_id: UUID, candidate: Actor) -> UUID:
    with world.public_desk.sessions.writing() as session:
        ask_for_time(session, actor=candidate, desk=world.public_desk, campaign_id=campaign_id)
    return read(world, campaign_id).requests[-1].id


def grant(world: World, campaign_id: UUID, closing_id: UUID, until: datetime) -> None:
    act(
        world, propose_for_one, "recruiter", campaign_id, closing_id=closing_id, until=until,
        ground="need_or_trouble", page_url=URL,
    )  # fmt: skip
    act(world, agree_closing, "member", campaign_id, closing_id=closing_id, until=until, ground="need_or_trouble")


def submit(world: World, campaign_id: UUID, candidate: Actor) -> str:
    asked = {"actor": candidate, "desk": world.public_desk}
    with world.public_desk.sessions.reading() as session:
        ready = prepare_submission(session, **asked, campaign_id=campaign_id, copy_text="A copy.")
    with world.public_desk.sessions.writing() as session:
        return submit_application(session, **asked, submission=ready)


def letters(world: World) -> list[tuple[str, str]]:
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        found = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"), limit=200)
    return [(one.letter.to, one.letter.subject) for one in found]


def test_the_closing_time_moves_once_a_second_person_agrees_and_writers_are_told(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=1)
    before = closes(world, campaign_id)
    writer = world.add_candidate("writing@example.org")
    complete_draft(world, campaign_id, writer)
    closing_id = move(world, campaign_id, before + DAY)
    assert closes(world, campaign_id) == before
    with pytest.raises(Invalid, match="somebody else must agree"):
        act(world, agree_closing, "recruiter", campaign_id, closing_id=closing_id, until=before + DAY)
    with pytest.raises(Stale):
        act(world, agree_closing, "member", campaign_id, closing_id=closing_id, until=before + 2 * DAY)
    act(world, agree_closing, "member", campaign_id, closing_id=closing_id, until=before + DAY)
    assert closes(world, campaign_id) == before + DAY
    told = letters(world)
    assert ("writing@example.org", "The closing time of a vacancy has changed") in told
    assert any(subject == "A closing time waits for your agreement" for _, subject in told)
    assert letters(world) == told, "each is told once"
    world.clock.now = before + timedelta(hours=1)
    submit(world, campaign_id, writer)


def test_a_closed_campaign_opens_again_for_everybody_until_the_sift_opens(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=1)
    world.clock.now = closes(world, campaign_id) + DAY
    until = world.clock.now + DAY
    newcomer = world.add_candidate("new@example.org")
    with pytest.raises(TooLate):
        complete_draft(world, campaign_id, newcomer)
    act(world, agree_closing, "member", campaign_id, closing_id=move(world, campaign_id, until), until=until)
    complete_draft(world, campaign_id, newcomer)
    world.clock.now = until
    act(world, sift.open_sift, "recruiter", campaign_id)
    with pytest.raises(TooLate, match="One late application can still be accepted"):
        move(world, campaign_id, until + DAY)


def test_what_would_do_something_else_by_now_is_not_agreed_to_and_is_proposed_again(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=1)
    before = closes(world, campaign_id)
    until = before + 2 * DAY
    extended = move(world, campaign_id, until)
    candidate = world.add_candidate("one@example.org")
    closing_id = ask(world, campaign_id, candidate)
    for_one = {"closing_id": closing_id, "until": until}
    act(world, propose_for_one, "recruiter", campaign_id, **for_one, ground="need_or_trouble", page_url=URL)
    world.clock.now = before + timedelta(minutes=1)
    for asked in ({"closing_id": extended, "until": until}, {**for_one, "ground": "need_or_trouble"}):
        with pytest.raises(Stale, match="propose it again"):
            act(world, agree_closing, "member", campaign_id, **asked)
    assert closes(world, campaign_id) == before, "nobody read that applications would open again"
    act(world, agree_closing, "member", campaign_id, closing_id=move(world, campaign_id, until), until=until)
    assert closes(world, campaign_id) == until


def test_a_ground_that_was_changed_under_the_same_time_is_read_before_it_is_agreed_to(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=1)
    until = closes(world, campaign_id) + DAY
    asked = {"closing_id": ask(world, campaign_id, world.add_candidate("one@example.org")), "until": until}
    for ground in ("need_or_trouble", "other"):
        act(world, propose_for_one, "recruiter", campaign_id, **asked, ground=ground, page_url=URL)
    for read_then in ("need_or_trouble", ""):
        with pytest.raises(Stale, match="another reason"):
            act(world, agree_closing, "member", campaign_id, **asked, ground=read_then)
    act(world, agree_closing, "member", campaign_id, **asked, ground="other")


def test_whoever_scores_the_answers_neither_reads_nor_agrees_whatever_else_they_are(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=1)
    with world.staff_desk.sessions.writing() as session:
        session.add(
            CampaignRole(
                campaign_id=campaign_id, person_id=world.people["shortlister_two"], role=Role.DEPUTY,
                given_at=world.clock.now,
            )
        )  # fmt: skip
    closing_id = move(world, campaign_id, closes(world, campaign_id) + DAY)
    for part in ("shortlister_one", "shortlister_two"):
        with pytest.raises(NotAllowed):
            read(world, campaign_id, part)
        with pytest.raises(NotAllowed):
            act(world, refuse_closing, part, campaign_id, closing_id=closing_id)
    addressed = {to for to, subject in letters(world) if subject == "A closing time waits for your agreement"}
    assert addressed and not any(to.startswith("shortlister") for to in addressed)
    assert read(world, campaign_id, "member").requests[0].may_agree


def test_one_candidate_has_a_closing_time_of_their_own_by_a_code_and_without_a_name(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=1)
    end = closes(world, campaign_id)
    candidate, other = world.add_candidate("one@example.org"), world.add_candidate("two@example.org")
    complete_draft(world, campaign_id, candidate)
    complete_draft(world, campaign_id, other)
    closing_id = ask(world, campaign_id, candidate)
    assert ask(world, campaign_id, candidate) == closing_id, "a second click asks nothing more"
    (asked,) = read(world, campaign_id).requests
    assert asked.code and "one@example.org" not in repr(asked) and candidate.id.hex not in repr(asked)
    grant(world, campaign_id, closing_id, end + 2 * DAY)
    assert ("one@example.org", "You have more time to apply") in letters(world)
    assert not any(to == "two@example.org" for to, _ in letters(world))
    world.clock.now = end + DAY
    with world.public_desk.sessions.reading() as session:
        desk = world.public_desk
        assert not read_advert(session, desk=desk, campaign_id=campaign_id).is_open
        own = read_advert(session, desk=desk, campaign_id=campaign_id, candidate_id=candidate.id)
        assert (own.is_open, own.closes_at) == (True, end + 2 * DAY)
        (listed,) = list_own_applications(session, actor=candidate, desk=desk)
        assert (listed.stage, listed.closes_at) == ("draft", end + 2 * DAY)
        found = read_more_time(session, actor=candidate, desk=desk, campaign_id=campaign_id)
        assert (found.standing, found.until, found.can_write) == (ClosingStanding.AGREED, end + 2 * DAY, True)
    with pytest.raises(TooLate):
        submit(world, campaign_id, other)
    submit(world, campaign_id, candidate)


def test_a_refused_request_is_told_and_gives_no_time(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=1)
    candidate = world.add_candidate("one@example.org")
    closing_id = ask(world, campaign_id, candidate)
    act(world, refuse_closing, "recruiter", campaign_id, closing_id=closing_id)
    assert ("one@example.org", "Your request for more time") in letters(world)
    world.clock.now = closes(world, campaign_id)
    with pytest.raises(TooLate), world.public_desk.sessions.writing() as session:
        start_draft(
            session, actor=candidate, desk=world.public_desk, campaign_id=campaign_id, email="one@example.org"
        )


@pytest.fixture
def late(world: World) -> tuple[UUID, Actor]:
    """A sift under way, and a candidate who may still send an application."""
    campaign_id = world.campaign(until=CampaignState.SIFTING, applications=6)
    candidate = world.add_candidate("late@example.org")
    grant(world, campaign_id, ask(world, campaign_id, candidate), world.clock.now + DAY)
    return campaign_id, candidate


def unfinished(world: World, campaign_id: UUID) -> int | None:
    with world.staff_desk.sessions.reading() as session:
        return session.get_one(Campaign, campaign_id).unfinished


def test_a_late_application_is_handed_to_as_many_shortlisters_among_what_they_have_to_score(
    world: World, late: tuple[UUID, Actor]
) -> None:
    campaign_id, candidate = late
    before = unfinished(world, campaign_id)
    application_id = complete_draft(world, campaign_id, candidate)
    assert unfinished(world, campaign_id) == before + 1
    submit(world, campaign_id, candidate)
    assert unfinished(world, campaign_id) == before
    with world.staff_desk.sessions.reading() as session:
        per_answer = session.get_one(Campaign, campaign_id).shortlisters_per_answer
        held = session.execute(
            select(Answer.id, func.count())
            .join(Allocation, (Allocation.campaign_id == Answer.campaign_id) & (Allocation.answer_id == Answer.id))
            .where(Answer.campaign_id == campaign_id, Answer.application_id == application_id)
            .group_by(Answer.id)
        ).all()
        assert held and {number for _, number in held} == {per_answer}
        places = session.execute(
            select(Allocation.person_id, Allocation.position).where(Allocation.campaign_id == campaign_id)
        ).all()
        assert len({(person, position) for person, position in places}) == len(places)
        questions = {
            person: [
                question
                for (question,) in session.execute(
                    select(Answer.question_id)
                    .join(Allocation, Allocation.answer_id == Answer.id)
                    .where(Allocation.campaign_id == campaign_id, Allocation.person_id == person)
                    .order_by(Allocation.position)
                )
            ]
            for person, _ in places
        }
    for asked in questions.values():
        assert sum(one != other for one, other in pairwise(asked)) < len(set(asked))
    assert act(world, fill_places, "recruiter", campaign_id) == (0, 0)


def test_scores_are_locked_only_once_no_candidate_may_send_any_more(
    world: World, late: tuple[UUID, Actor]
) -> None:
    campaign_id, _ = late
    with pytest.raises(TooSoon, match="may still apply"):
        act(world, coverage.lock_scores, "recruiter", campaign_id)
    world.clock.advance(days=2)
    with pytest.raises(TooSoon, match="not scored by all"):
        act(world, coverage.lock_scores, "recruiter", campaign_id)


def test_nothing_that_a_shortlister_opens_tells_of_a_candidates_own_time(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.SIFTING, applications=3)
    client = world.public_client()
    world.sign_in(client, "shortlister_one")
    paths = ("/sift", f"/sift/{campaign_id}", f"/campaigns/{campaign_id}", "/")

    def heard() -> list[bytes]:
        return [re.sub(rb'nonce="[^"]*"|value="[^"]*"', b"", client.get(path).data) for path in paths]

    before = heard()
    candidate = world.add_candidate("late@example.org")
    grant(world, campaign_id, ask(world, campaign_id, candidate), world.clock.now + DAY)
    assert heard() == before
