"""What candidates ask about their letter or a time, on their own pages: sealed as it arrives, never shown back.

The public site holds no key that opens it, so a candidate reads the answer in their mail.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.correspondence import LONGEST, check_text, may_ask
from recruitment.rules.errors import Invalid, TooSoon
from recruitment.rules.letters import TOLD, LetterState
from recruitment.services.applications import own_application
from recruitment.services.desk import Desk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.correspondence import CandidateQuestion, questions_of
from recruitment.store.letters import OutcomeLetter
from recruitment.vault.sealing.correspondence import QUESTION, seal_correspondence

_WENT = (*TOLD, LetterState.IN_DOUBT)


@dataclass(frozen=True)
class Asked:
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class OwnQuestions:
    """`why_not`: why nothing can be asked now; empty when it can."""

    title: str
    reference: str
    asked: tuple[Asked, ...]
    why_not: str


def _check(session: Session, application: Application) -> None:
    went = select(OutcomeLetter.id).where(
        OutcomeLetter.campaign_id == application.campaign_id,
        OutcomeLetter.application_id == application.id,
        OutcomeLetter.state.in_(_WENT),
    )
    may_ask(was_told=session.scalars(went.limit(1)).first() is not None, waiting=_waiting(session, application))


def _waiting(session: Session, application: Application) -> int:
    rows = questions_of(session, application.campaign_id, application.id)
    return sum(row.answered_at is None for row in rows)


def read_own_questions(session: Session, *, actor: Actor, campaign_id: UUID) -> OwnQuestions:
    """`NotFound` without an application there."""
    application = own_application(session, actor=actor, campaign_id=campaign_id)
    why_not = ""
    try:
        _check(session, application)
    except TooSoon as refusal:
        why_not = refusal.sentence
    return OwnQuestions(
        session.get_one(Campaign, campaign_id).title,
        application.reference,
        tuple(Asked(row.asked_at, row.answered_at) for row in questions_of(session, campaign_id, application.id)),
        why_not,
    )


def ask_about_letter(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, text: str) -> None:
    """Seal a question about the letter that the candidate got."""
    application = own_application(session, actor=actor, campaign_id=campaign_id)
    session.refresh(application, with_for_update={"key_share": True})
    _check(session, application)
    question_id = _seal(session, desk, application, text, "question")
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="letter_asked_about",
        application=application.id,
        question=question_id,
    )


def write_about_time(session: Session, *, desk: Desk, application: Application, text: str, field: str) -> UUID:
    """Seal what a candidate writes when no time suits; its key. `Invalid`, at `field`, while earlier ones wait.

    The caller records it. It may tell of an illness, so it lies in no text that the public site can open.
    """
    session.refresh(application, with_for_update={"key_share": True})
    try:
        may_ask(was_told=True, waiting=_waiting(session, application))
    except TooSoon as refusal:
        raise Invalid(refusal.sentence, field) from None
    return _seal(session, desk, application, text, field)


def seal_earlier_words(session: Session, desk: Desk, application: Application, text: str) -> UUID:
    """Seal what was written before this was sealed, however much of the candidate's waits already; its key."""
    return _seal(session, desk, application, text[:LONGEST], "words")


def _seal(session: Session, desk: Desk, application: Application, text: str, field: str) -> UUID:
    said, question_id = check_text(text, field), desk.new_id()
    keys = desk.vault.public_keys(session, application.campaign_id)
    session.add(
        CandidateQuestion(
            campaign_id=application.campaign_id,
            id=question_id,
            application_id=application.id,
            question=seal_correspondence(keys, question_id, QUESTION, said),
            asked_at=desk.now,
        )
    )
    return question_id
