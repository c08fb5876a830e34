"""Letters of a campaign: wordings approved, letters queued, and what stands of each."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import select

from recruitment.rules.correspondence import Correspondence
from recruitment.rules.letters import LetterKind
from recruitment.services.letter_wordings import approve_wording, read_letter_wording
from recruitment.services.letters import queue_letters, read_letters
from recruitment.store.applications import Application
from recruitment.store.candidates import Candidate
from recruitment.store.correspondence import CandidateQuestion
from recruitment.store.letters import OutcomeLetter
from recruitment.vault.sealing.contact import seal_address
from recruitment.vault.sealing.correspondence import QUESTION, seal_correspondence

ASK = "https://jobs.example/ask"


def approve_all(world, part="recruiter"):
    """The shipped wordings, approved by one person."""
    actor = world.actor(part)
    with world.staff_desk.sessions.writing() as session:
        for kind in LetterKind:
            waiting = read_letter_wording(session, actor=actor, kind=kind).waiting
            if waiting is not None:
                approve_wording(session, actor=actor, desk=world.staff_desk, kind=kind, seen=waiting.version)


def queue_all(world, campaign_id):
    """Every letter that is due; how many."""
    actor = world.actor("recruiter")
    with world.staff_desk.sessions.writing() as session:
        due = read_letters(session, actor=actor, campaign_id=campaign_id).due
        return queue_letters(
            session,
            actor=actor,
            desk=world.staff_desk,
            campaign_id=campaign_id,
            kinds=[one.kind for one in due],
            ask_address=ASK,
        )


def ask(session, desk, campaign_id, application_id, text="Why was my score low?"):
    """A sealed question of an application, as the public site stores it; its id."""
    question_id = desk.new_id()
    keys = desk.vault.public_keys(session, campaign_id)
    session.add(
        CandidateQuestion(
            campaign_id=campaign_id,
            id=question_id,
            application_id=application_id,
            question=seal_correspondence(keys, question_id, QUESTION, Correspondence(text)),
            asked_at=desk.now,
        )
    )
    session.flush()
    return question_id


def letter_rows(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        found = select(OutcomeLetter).where(OutcomeLetter.campaign_id == campaign_id).order_by(OutcomeLetter.id)
        return session.scalars(found).all()


def states_of(world, campaign_id):
    return Counter(row.state for row in letter_rows(world, campaign_id))


def let_read_welsh(world, campaign_id, application_id, language="cy"):
    """The account of an application has its letters in Welsh from now on, at the address that is returned."""
    desk, address = world.staff_desk, f"{application_id.hex}@example.org"
    with desk.sessions.writing() as session:
        application = session.get_one(Application, (campaign_id, application_id))
        account = session.get_one(Candidate, application.candidate_id)
        keys = desk.vault.public_keys(session, account.organisation_id)
        account.address_sealed = seal_address(keys, account.id, address, language)
    return address
