"""Everybody gets one letter, with their own scores, in a wording that a second person approved."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, Stale, TooLate, TooSoon
from recruitment.rules.letter_wordings import Wording
from recruitment.rules.letters import LetterKind, LetterState, Settling
from recruitment.services import letter_previews, letter_wordings, letters
from recruitment.services.erasures import erase_application
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application, StageEvent
from recruitment.store.campaigns import Campaign
from recruitment.store.interviews import Outcome
from recruitment.store.jobs import Job
from recruitment.store.letters import OutcomeLetter
from recruitment.store.people import Person
from recruitment.store.sift import Score
from recruitment.store.trail import TrailEvent
from tests.support.letters import ASK, approve_all, letter_rows, queue_all, states_of
from tests.support.mailboxes import posting

OTHER = Wording("Your application", "Dear {reference},\n\n{scores}\n\n{how_to_ask}")


@pytest.fixture
def post():
    with posting() as found:
        yield found


@pytest.fixture
def decided(world):
    return world.campaign(until=CampaignState.DECIDED, applications=12)


def act(world, what, part="recruiter", **asked):
    with world.staff_desk.sessions.writing() as session:
        return what(session, actor=world.actor(part), desk=world.staff_desk, **asked)


def read(world, campaign_id, part="recruiter"):
    with world.staff_desk.sessions.reading() as session:
        return letters.read_letters(session, actor=world.actor(part), campaign_id=campaign_id)


def test_a_wording_is_approved_by_somebody_who_did_not_write_it(world):
    world.campaign(until=CampaignState.DRAFT)
    kind = LetterKind.NOT_SHORTLISTED
    assert act(world, letter_wordings.write_wording, kind=kind, wording=OTHER, seen=0) == 1
    with pytest.raises(TooLate, match="You wrote this wording"):
        act(world, letter_wordings.approve_wording, kind=kind, seen=1)
    with pytest.raises(NotAllowed):
        act(world, letter_wordings.approve_wording, "analyst", kind=kind, seen=1)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, world.people["member"]).is_administrator = True
    with pytest.raises(Stale):
        act(world, letter_wordings.approve_wording, "member", kind=kind, seen=0)
    act(world, letter_wordings.approve_wording, "member", kind=kind, seen=1)
    with pytest.raises(TooLate):
        act(world, letter_wordings.approve_wording, "member", kind=kind, seen=1)
    with pytest.raises(Invalid, match="Nothing is changed"):
        act(world, letter_wordings.write_wording, kind=kind, wording=OTHER, seen=1)
    with world.staff_desk.sessions.reading() as session:
        found = letter_wordings.read_letter_wording(session, actor=world.actor("recruiter"), kind=kind)
        assert (found.waiting, found.in_force.version, found.in_force.wording) == (None, 1, OTHER)


def test_the_shipped_wording_is_approved_by_one_person_and_not_used_before(world, decided):
    assert read(world, decided).due and not any(one.is_worded for one in read(world, decided).due)
    with pytest.raises(Invalid, match="not approved yet"):
        queue_all(world, decided)
    approve_all(world)
    assert all(one.is_worded for one in read(world, decided).due)


def test_nobody_is_told_anything_before_the_reveal(world):
    campaign_id = world.campaign(until=CampaignState.FROZEN, applications=12)
    with pytest.raises(TooSoon, match="once names are revealed"):
        read(world, campaign_id)


def test_after_the_reveal_those_not_shortlisted_are_written_to_and_the_others_once_outcomes_are_final(world):
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=12)
    found = read(world, campaign_id)
    assert [one.kind for one in found.due] == [LetterKind.NOT_SHORTLISTED]
    assert found.due[0].number + found.still == 12 and found.still


def test_everybody_gets_exactly_one_letter_whatever_is_pressed_twice(world, decided, post):
    approve_all(world)
    assert queue_all(world, decided) == 12
    with pytest.raises(Invalid, match="still to be sent"):
        queue_all(world, decided)
    run_due_jobs(world.staff_desk, post.server)
    run_due_jobs(world.staff_desk, post.server)
    told = [letter["To"] for letter in post.outcome_letters]
    assert len(told) == len(set(told)) == 12
    assert len({letter["Message-ID"] for letter in post.outcome_letters}) == 12
    assert states_of(world, decided) == {LetterState.TAKEN: 12}
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(Job).where(Job.kind == "send_letters")).all() == []
        events = session.scalars(select(TrailEvent.event).where(TrailEvent.chain_id == decided)).all()
    assert events.count("letter_taken") == 12 and events.count("letters_queued") == 1


def test_a_letter_has_the_own_scores_and_reasons_and_nothing_of_others(world, decided, post):
    """What could leak is there: other references, names of scorers, the line, the order of merit."""
    approve_all(world)
    queue_all(world, decided)
    run_due_jobs(world.staff_desk, post.server)
    with world.staff_desk.sessions.reading() as session:
        references = set(session.scalars(select(Application.reference)))
        people = [name for name in session.scalars(select(Person.name))]
        campaign = session.get_one(Campaign, decided)
        reasons = session.scalars(select(Outcome.reason).where(Outcome.campaign_id == decided)).all()
        assert session.scalars(select(Score.reason).where(Score.reason.is_not(None))).first() is not None
    assert len(references) == 12 and people and campaign.interview_line_reason and any(reasons)
    seen = set()
    for letter in post.outcome_letters:
        text = letter.get_content()
        (own,) = {one for one in references if one in text}
        seen.add(own)
        assert [name for name in people if name in text] == []
        assert campaign.interview_line_reason not in text
        assert not [reason for reason in reasons if reason and reason in text]
        assert re.search(r"Question 1, .+: \d", text), text
        assert "The scoring guide says of a" in text
        assert ASK in text
        assert not re.search(r"\b(rank|place|total|line)\b", text)
    assert seen == references
    assert any("Reason: " in letter.get_content() for letter in post.outcome_letters)
    assert any("Your scores at the interview" in letter.get_content() for letter in post.outcome_letters)


def test_a_preview_is_the_letter_that_goes(world, decided, post):
    approve_all(world)
    example = read(world, decided).due[0]
    with world.staff_desk.sessions.reading() as session:
        asked = {"actor": world.actor("recruiter"), "desk": world.staff_desk, "campaign_id": decided}
        shown = letter_previews.preview_letter(
            session, **asked, reference=example.example.lower(), ask_address=ASK
        )
        with pytest.raises(NotFound):
            letter_previews.preview_letter(session, **asked, reference="NONE", ask_address=ASK)
    queue_all(world, decided)
    run_due_jobs(world.staff_desk, post.server)
    (sent,) = (one for one in post.outcome_letters if example.example in one.get_content())
    assert sent.get_content().replace("\r\n", "\n") == shown.letter.body
    assert (sent["Subject"], shown.kind) == (shown.letter.subject, example.kind)


def test_no_recruiter_opens_an_address_and_the_post_room_records_each_opening(world, decided, post):
    approve_all(world)
    queue_all(world, decided)
    run_due_jobs(world.staff_desk, post.server)
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(
            select(TrailEvent).where(
                TrailEvent.chain_id == world.organisation_id, TrailEvent.event == "compartment_opened"
            )
        ).all()
    opened = [one for one in events if one.detail["ground"] == "to send a letter on the outcome"]
    assert sum(len(one.detail["records"]) for one in opened) == 12
    assert {one.actor.split(":")[0] for one in opened} == {"system"}


def test_somebody_without_an_address_waits_for_a_person_who_tells_them_another_way(world, decided, post):
    approve_all(world)
    with world.staff_desk.sessions.writing() as session:
        application = session.scalars(select(Application)).first()
        application.candidate_id = None
    queue_all(world, decided)
    run_due_jobs(world.staff_desk, post.server)
    assert states_of(world, decided) == {LetterState.TAKEN: 11, LetterState.NO_ADDRESS: 1}
    found = read(world, decided)
    assert [one.reference for one in found.troubled] == [application.reference]
    asked = {"campaign_id": decided, "letter_id": found.troubled[0].id, "ask_address": ASK}
    with pytest.raises(Invalid):
        act(world, letters.settle_letter, **asked, settling=Settling.ARRIVED)
    act(world, letters.settle_letter, **asked, settling=Settling.OTHERWISE)
    assert read(world, decided).troubled == ()


def test_a_letter_that_the_server_refuses_waits_for_a_person_and_one_put_off_comes_again(world, decided, post):
    approve_all(world)
    queue_all(world, decided)
    post.mailbox.answer = "451 Later"
    run_due_jobs(world.staff_desk, post.server)
    assert states_of(world, decided) == {LetterState.QUEUED: 12}
    post.mailbox.answer = "554 Not here"
    world.clock.advance(minutes=5)
    run_due_jobs(world.staff_desk, post.server)
    assert states_of(world, decided) == {LetterState.REFUSED: 12}
    assert {one.failure for one in read(world, decided).troubled} == {"554"}
    post.mailbox.answer = None
    letter_id = read(world, decided).troubled[0].id
    asked = {"campaign_id": decided, "letter_id": letter_id, "ask_address": ASK}
    act(world, letters.settle_letter, **asked, settling=Settling.AGAIN)
    run_due_jobs(world.staff_desk, post.server)
    assert states_of(world, decided) == {LetterState.REFUSED: 11, LetterState.TAKEN: 1}


def test_a_hand_over_that_was_broken_off_is_in_doubt_and_is_not_sent_again_by_itself(world, decided, post):
    approve_all(world)
    queue_all(world, decided)
    with world.staff_desk.sessions.writing() as session:
        letter = session.scalars(select(OutcomeLetter)).first()
        letter.state, letter.attempts, letter.handing_at = LetterState.HANDING_OVER, 1, world.clock.now
    world.clock.advance(seconds=5)
    run_due_jobs(world.staff_desk, post.server)
    assert states_of(world, decided) == {LetterState.TAKEN: 11, LetterState.HANDING_OVER: 1}
    world.clock.advance(minutes=5)
    run_due_jobs(world.staff_desk, post.server)
    assert states_of(world, decided) == {LetterState.TAKEN: 11, LetterState.IN_DOUBT: 1}
    world.clock.advance(days=1)
    run_due_jobs(world.staff_desk, post.server)
    assert len(post.outcome_letters) == 11
    asked = {"campaign_id": decided, "letter_id": letter.id, "ask_address": ASK}
    act(world, letters.settle_letter, **asked, settling=Settling.AGAIN)
    run_due_jobs(world.staff_desk, post.server)
    assert len(post.outcome_letters) == 12 and states_of(world, decided) == {LetterState.TAKEN: 12}


def test_a_server_that_cannot_be_reached_loses_nothing(world, decided, post):
    approve_all(world)
    queue_all(world, decided)
    gone = type(post.server)("127.0.0.1", 1, post.server.sender, use_tls=False)
    run_due_jobs(world.staff_desk, gone)
    assert states_of(world, decided) == {LetterState.QUEUED: 12}
    world.clock.advance(minutes=5)
    run_due_jobs(world.staff_desk, post.server)
    assert len(post.outcome_letters) == 12


def test_a_reserve_who_is_appointed_later_is_due_another_letter(world, decided, post):
    approve_all(world)
    queue_all(world, decided)
    run_due_jobs(world.staff_desk, post.server)
    with world.staff_desk.sessions.writing() as session:
        row = session.scalars(select(StageEvent).where(StageEvent.kind.in_(("reserve", "not_appointed")))).first()
        assert row is not None
        session.add(
            StageEvent(
                campaign_id=decided, application_id=row.application_id, kind="appointed", at=world.clock.now
            )
        )
    assert [(one.kind, one.number) for one in read(world, decided).due] == [(LetterKind.OFFERED, 1)]


def test_a_sign_in_link_does_not_stand_in_line_behind_a_thousand_letters(world, decided):
    from recruitment.services.jobs import UNHURRIED, enqueue
    from recruitment.store.jobs import take_job

    approve_all(world)
    queue_all(world, decided)
    world.clock.advance(seconds=1)
    with world.staff_desk.sessions.writing() as session:
        enqueue(session, desk=world.staff_desk, kind="send_letter", message_id=world.organisation_id)
    kinds = []
    with world.staff_desk.sessions.writing() as session:
        while job := take_job(session, world.clock.now, UNHURRIED):
            kinds.append(job.kind)
            session.delete(job)
            session.flush()
    assert kinds.index("send_letter") < kinds.index("send_letters") and kinds[-1] == "send_letters"


def test_without_a_mail_server_a_development_installation_keeps_letters_in_its_outbox(world, decided):
    from recruitment.services.outgoing import read_outbox

    approve_all(world)
    queue_all(world, decided)
    run_due_jobs(world.staff_desk, None)
    assert states_of(world, decided) == {LetterState.TAKEN: 12}
    with world.staff_desk.sessions.reading() as session:
        kept = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"), limit=200)
    assert sum("Dear candidate" in one.letter.body for one in kept) == 12


def test_each_letter_keeps_the_version_of_its_wording(world, decided):
    approve_all(world)
    queue_all(world, decided)
    assert {row.version for row in letter_rows(world, decided)} == {1}
    assert all(row.queued_at - world.clock.now == timedelta() for row in letter_rows(world, decided))


def test_nobody_writes_to_somebody_whose_application_was_erased(world, decided):
    assert sum(one.number for one in read(world, decided).due) == 12
    with world.staff_desk.sessions.writing() as session:
        application = session.scalars(select(Application)).first()
        erase_application(session, actor=world.actor("recruiter"), desk=world.staff_desk, application=application)
    assert sum(one.number for one in read(world, decided).due) == 11
