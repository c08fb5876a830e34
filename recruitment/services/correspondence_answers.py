"""Candidates' questions as recruiters answer them: by reference, each opening recorded, the answer by post."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.correspondence import check_text
from recruitment.rules.errors import NotFound, TooLate
from recruitment.rules.letters import ANSWER as ANSWER_LETTER
from recruitment.rules.letters import LetterKind, LetterState
from recruitment.rules.permissions import Permission
from recruitment.services.jobs import SEND_LETTERS, enqueue
from recruitment.services.openings import record_opening
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.correspondence import CandidateQuestion
from recruitment.store.keys import CompartmentKey
from recruitment.store.letters import OutcomeLetter
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.correspondence import open_correspondence
from recruitment.vault.sealing.correspondence import ANSWER, QUESTION, seal_correspondence


@dataclass(frozen=True)
class QuestionLine:
    id: UUID
    reference: str
    asked_at: datetime
    answered_at: datetime | None


@dataclass(frozen=True)
class OpenedQuestion:
    """`answer` is empty while nobody has answered."""

    id: UUID
    reference: str
    asked_at: datetime
    question: str
    answer: str
    answered_at: datetime | None


def make_way_for_questions(session: Session, desk: StaffDesk, campaign_id: UUID) -> None:
    """The compartment's key, for a campaign that was begun before there was one."""
    if session.get(CompartmentKey, (campaign_id, Compartment.CORRESPONDENCE.value)) is None:
        desk.vault.make_compartments(session, campaign_id, (Compartment.CORRESPONDENCE,), desk.now)


def list_questions_asked(session: Session, *, actor: Actor, campaign_id: UUID) -> list[QuestionLine]:
    """Those that wait first, each part the oldest first; nothing is opened."""
    require(session, actor, campaign_id, Permission.WRITE_TO_CANDIDATES)
    rows = session.execute(
        select(CandidateQuestion, Application.reference)
        .join(
            Application,
            (Application.campaign_id == CandidateQuestion.campaign_id)
            & (Application.id == CandidateQuestion.application_id),
        )
        .where(CandidateQuestion.campaign_id == campaign_id)
        .order_by(CandidateQuestion.answered_at.is_not(None), CandidateQuestion.asked_at, CandidateQuestion.id)
    )
    return [QuestionLine(row.id, reference, row.asked_at, row.answered_at) for row, reference in rows]


def read_question(
    session: Session, *, actor: Actor, campaign_id: UUID, question_id: UUID
) -> tuple[CandidateQuestion, str]:
    """The sealed row with its reference; `NotFound` where it is another campaign's."""
    require(session, actor, campaign_id, Permission.WRITE_TO_CANDIDATES)
    row = session.get(CandidateQuestion, (campaign_id, question_id))
    if row is None:
        raise NotFound
    return row, session.get_one(Application, (campaign_id, row.application_id)).reference


def has_letter(session: Session, *, actor: Actor, campaign_id: UUID, question_id: UUID) -> bool:
    """Whether a letter was written to whoever asks: one who asks about a time may have none yet."""
    row, _ = read_question(session, actor=actor, campaign_id=campaign_id, question_id=question_id)
    written = select(OutcomeLetter.id).where(
        OutcomeLetter.campaign_id == campaign_id,
        OutcomeLetter.application_id == row.application_id,
        OutcomeLetter.kind.in_([str(kind) for kind in LetterKind]),
    )
    return session.scalars(written.limit(1)).first() is not None


def open_question(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, question_id: UUID
) -> OpenedQuestion:
    """What was asked, and what was answered; recorded. A read session."""
    row, reference = read_question(session, actor=actor, campaign_id=campaign_id, question_id=question_id)
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CORRESPONDENCE,
        scope_id=campaign_id,
        records=[question_id],
        ground="to answer a candidate’s question about their letter or a time",
    )
    blobs = [(row.id, QUESTION, row.question), *([(row.id, ANSWER, row.answer)] if row.answer else [])]
    found = open_correspondence(desk.vault, receipt, blobs)
    answer = found.get((row.id, ANSWER))
    return OpenedQuestion(
        row.id,
        reference,
        row.asked_at,
        found[row.id, QUESTION].text,
        answer.text if answer else "",
        row.answered_at,
    )


def answer_question(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    question_id: UUID,
    text: str,
    ask_address: str,
) -> None:
    """Seal the answer, and queue the letter that brings it. `TooLate` where a colleague has answered."""
    require(session, actor, campaign_id, Permission.WRITE_TO_CANDIDATES)
    row = session.get(CandidateQuestion, (campaign_id, question_id), with_for_update=True)
    if row is None:
        raise NotFound
    if row.answered_at is not None:
        raise TooLate("A colleague has answered this question already.")
    said = check_text(text, "answer")
    keys = desk.vault.public_keys(session, campaign_id)
    row.answer = seal_correspondence(keys, question_id, ANSWER, said)
    row.answered_by, row.answered_at = actor.id, desk.now
    batch = desk.new_id()
    session.add(
        OutcomeLetter(
            campaign_id=campaign_id,
            id=desk.new_id(),
            application_id=row.application_id,
            kind=ANSWER_LETTER,
            part=question_id.hex,
            version=0,
            batch=batch,
            state=LetterState.QUEUED,
            queued_by=actor.id,
            queued_at=desk.now,
        )
    )
    session.flush()
    enqueue(session, desk=desk, kind=SEND_LETTERS, campaign_id=campaign_id, batch=batch, ask_address=ask_address)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="question_answered",
        application=row.application_id,
        question=question_id,
    )


def answers_to_post(
    desk: StaffDesk, actor: Actor, campaign_id: UUID, question_ids: Collection[UUID]
) -> dict[UUID, str]:
    """For the post: question → its answer, recorded before it is opened."""
    if not question_ids:
        return {}
    with desk.sessions.reading() as session:
        rows = session.execute(
            select(CandidateQuestion.id, CandidateQuestion.answer).where(
                CandidateQuestion.campaign_id == campaign_id,
                CandidateQuestion.id.in_(question_ids),
                CandidateQuestion.answer.is_not(None),
            )
        ).all()
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CORRESPONDENCE,
        scope_id=campaign_id,
        records=[key for key, _ in rows],
        ground="to send the answer to a candidate’s question",
    )
    found = open_correspondence(desk.vault, receipt, [(key, ANSWER, blob or b"") for key, blob in rows])
    return {key: said.text for (key, _), said in found.items()}
