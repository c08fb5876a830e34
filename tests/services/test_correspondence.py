"""Candidates ask about their letter, sealed; a recruiter answers by reference, and the post brings the answer."""

from __future__ import annotations

import pytest
from sqlalchemy import delete, select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.services import correspondence, correspondence_answers
from recruitment.services.application_papers import own_papers
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application
from recruitment.store.correspondence import CandidateQuestion
from recruitment.store.keys import CompartmentKey
from recruitment.store.letters import OutcomeLetter
from recruitment.store.trail import TrailEvent
from tests.support.canaries import found_in, raw_bytes
from tests.support.letters import ASK, approve_all, letter_rows, queue_all
from tests.support.mailboxes import posting

TEXT = "I am Quenbylacanary. Why was my answer on communicating scored four?"


@pytest.fixture
def post():
    with posting() as found:
        yield found


@pytest.fixture
def told(world, post):
    """A decided campaign in which everybody has their letter; one candidate of it."""
    campaign_id = world.campaign(until=CampaignState.DECIDED, applications=12)
    approve_all(world)
    queue_all(world, campaign_id)
    run_due_jobs(world.staff_desk, post.server)
    with world.staff_desk.sessions.reading() as session:
        row = session.scalars(select(Application).order_by(Application.reference)).first()
    return campaign_id, row.reference, Actor(ActorKind.CANDIDATE, row.candidate_id, world.organisation_id)


def ask(world, campaign_id, actor, text=TEXT):
    """On the public site, whose vault is locked."""
    desk = world.public_desk
    with desk.sessions.writing() as session:
        correspondence.ask_about_letter(session, actor=actor, desk=desk, campaign_id=campaign_id, text=text)


def listed(world, campaign_id, part="recruiter"):
    with world.staff_desk.sessions.reading() as session:
        return correspondence_answers.list_questions_asked(
            session, actor=world.actor(part), campaign_id=campaign_id
        )


def opened(world, campaign_id, question_id):
    with world.staff_desk.sessions.reading() as session:
        return correspondence_answers.open_question(
            session,
            actor=world.actor("recruiter"),
            desk=world.staff_desk,
            campaign_id=campaign_id,
            question_id=question_id,
        )


def answer(world, campaign_id, question_id, text="It left out how you knew. The guide asks for it."):
    with world.staff_desk.sessions.writing() as session:
        correspondence_answers.answer_question(
            session,
            actor=world.actor("recruiter"),
            desk=world.staff_desk,
            campaign_id=campaign_id,
            question_id=question_id,
            text=text,
            ask_address=ASK,
        )


def test_a_question_is_sealed_opened_by_reference_with_a_record_and_answered_by_mail(world, told, post):
    campaign_id, reference, candidate = told
    ask(world, campaign_id, candidate)
    (line,) = listed(world, campaign_id)
    assert (line.reference, line.answered_at) == (reference, None)
    found = opened(world, campaign_id, line.id)
    assert (found.question, found.answer) == (TEXT, "")
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent).where(TrailEvent.chain_id == campaign_id)).all()
    assert [one.detail["records"] for one in events if one.detail.get("compartment") == "correspondence"] == [
        [line.id.hex]
    ]
    before = len(post.outcome_letters)
    answer(world, campaign_id, line.id)
    run_due_jobs(world.staff_desk, post.server)
    (letter,) = post.outcome_letters[before:]
    assert "It left out how you knew." in letter.get_content() and reference in letter.get_content()
    with pytest.raises(TooLate):
        answer(world, campaign_id, line.id)
    again = opened(world, campaign_id, line.id)
    assert again.answered_at and again.answer.startswith("It left out")
    assert [row.state for row in letter_rows(world, campaign_id) if row.kind == "answer"] == ["taken"]


def test_neither_the_question_nor_its_length_stands_in_the_database(world, told):
    campaign_id, _, candidate = told
    ask(world, campaign_id, candidate)
    ask(world, campaign_id, candidate, "Why?")
    ask(world, campaign_id, candidate, "🙂" * 2_000)
    assert found_in(raw_bytes(world), ("Quenbylacanary",)) == []
    with world.staff_desk.sessions.reading() as session:
        lengths = {len(row.question) for row in session.scalars(select(CandidateQuestion))}
    assert len(lengths) == 1


def test_nothing_can_be_asked_before_a_letter_went_nor_without_an_end(world, post):
    campaign_id = world.campaign(until=CampaignState.DECIDED, applications=12)
    with world.staff_desk.sessions.reading() as session:
        row = session.scalars(select(Application)).first()
    candidate = Actor(ActorKind.CANDIDATE, row.candidate_id, world.organisation_id)
    with pytest.raises(TooSoon, match="once we have sent it"):
        ask(world, campaign_id, candidate)
    approve_all(world)
    queue_all(world, campaign_id)
    run_due_jobs(world.staff_desk, post.server)
    with pytest.raises(Invalid):
        ask(world, campaign_id, candidate, "  ")
    with pytest.raises(Invalid):
        ask(world, campaign_id, candidate, "x" * 2_001)
    for _ in range(3):
        ask(world, campaign_id, candidate)
    with pytest.raises(TooSoon, match="not answered yet"):
        ask(world, campaign_id, candidate)


def test_a_candidate_sees_that_they_asked_and_nobody_elses_questions(world, told):
    campaign_id, _, candidate = told
    ask(world, campaign_id, candidate)
    other = world.add_candidate("other@example.org")
    with world.public_desk.sessions.reading() as session:
        own = correspondence.read_own_questions(session, actor=candidate, campaign_id=campaign_id)
        with pytest.raises(NotFound):
            correspondence.read_own_questions(session, actor=other, campaign_id=campaign_id)
    assert [one.answered_at for one in own.asked] == [None] and "canary" not in repr(own)


@pytest.mark.parametrize("part", ["shortlister_one", "shortlister_three", "analyst", "auditor", "member"])
def test_questions_reach_no_shortlister_and_nobody_but_recruiters(world, told, part):
    campaign_id, _, candidate = told
    ask(world, campaign_id, candidate)
    assert len(listed(world, campaign_id)) == 1
    with pytest.raises(NotAllowed):
        listed(world, campaign_id, part)


def test_a_campaign_begun_before_there_was_this_compartment_gets_its_key_with_the_letters(world, post):
    campaign_id = world.campaign(until=CampaignState.DECIDED, applications=12)
    with world.staff_desk.sessions.writing() as session:
        session.delete(session.get_one(CompartmentKey, (campaign_id, "correspondence")))
    with world.staff_desk.vault.key_store.writing() as store:
        from recruitment.store.keys import WrappedPrivateKey

        store.delete(store.get_one(WrappedPrivateKey, (campaign_id, "correspondence")))
    approve_all(world)
    queue_all(world, campaign_id)
    run_due_jobs(world.staff_desk, post.server)
    with world.staff_desk.sessions.reading() as session:
        row = session.scalars(select(Application)).first()
    ask(world, campaign_id, Actor(ActorKind.CANDIDATE, row.candidate_id, world.organisation_id))
    assert opened(world, campaign_id, listed(world, campaign_id)[0].id).question == TEXT


def test_what_was_asked_is_not_among_the_papers_that_a_scorer_or_the_sift_key_opens(world, told):
    campaign_id, _, candidate = told
    ask(world, campaign_id, candidate)
    with world.staff_desk.sessions.reading() as session:
        row = session.scalars(select(Application).order_by(Application.reference)).first()
        papers = own_papers(session, world.public_desk, campaign_id, row.id, are_outcomes_final=True)
    assert papers and "canary" not in repr(papers)


def test_the_page_of_a_question_leads_to_the_letter_where_there_is_one(world, told):
    campaign_id, _, candidate = told
    ask(world, campaign_id, candidate)
    (line,) = listed(world, campaign_id)
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    path = f"/campaigns/{campaign_id}/questions-asked/{line.id}"
    assert "Read their letter" in client.get(path).text
    with world.staff_desk.sessions.writing() as session:
        session.execute(delete(OutcomeLetter))
    page = client.get(path).text
    assert "Read their letter" not in page and "No letter was written to them yet." in page
