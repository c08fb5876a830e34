"""Erases what is held of one application before its campaign's period ends: its owner asked for it.

What stays: that there was an application, which stages it reached and what outcome it had, without owner or
content; without them published figures could not be compared with what they were made of. Of an imported one the
keyed hash of its number elsewhere stays too, until the campaign's keys go: else the next import brought it back.
"""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.holds import IN_FORCE, HoldStanding
from recruitment.services.desk import Desk
from recruitment.services.redacted import seal_pieces
from recruitment.services.sift_counts import counting
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer, Application, SealedRecord
from recruitment.store.base import Base
from recruitment.store.closing_times import ClosingRequest
from recruitment.store.holds import Hold
from recruitment.store.interviews import InterviewScore, Outcome
from recruitment.store.panels import AgreedScore
from recruitment.store.sift import Allocation, ModerationProposal, Score

# By application, those that refer to others first.
_OF_APPLICATION = (
    "conflict_voices", "substitutions", "declarations", "relationship_matches", "bookings", "appointments",
    "challenges", "reserve_calls", "eligibility_checks", "candidate_questions", "stage_marks",
    "first_sift_results",
)  # fmt: skip


def is_held(session: Session, application: Application) -> bool:
    """Whether a hold for a claim keeps these papers, or is asked for (UK GDPR Article 17(3)(e))."""
    held = select(Hold.id).where(
        Hold.campaign_id == application.campaign_id,
        Hold.application_id == application.id,
        Hold.standing.in_((HoldStanding.ASKED, *IN_FORCE)),
    )
    return session.scalars(held.limit(1)).first() is not None


def erase_application(session: Session, *, actor: Actor, desk: Desk, application: Application) -> None:
    """Everything sealed, every text, score, note and reason; and the link to the account."""
    campaign_id, application_id = application.campaign_id, application.id
    answers = session.scalars(
        select(Answer).where(Answer.campaign_id == campaign_id, Answer.application_id == application_id)
    ).all()
    ids = [answer.id for answer in answers]
    held = (Allocation.campaign_id == campaign_id, Allocation.answer_id.in_(ids))
    of_them = Score.allocation_id.in_(select(Allocation.id).where(*held))
    proposed = (ModerationProposal.campaign_id == campaign_id, ModerationProposal.answer_id.in_(ids))
    with counting(session, campaign_id, ids):
        session.execute(delete(Score).where(Score.campaign_id == campaign_id, of_them))
        session.execute(delete(ModerationProposal).where(*proposed))
        session.execute(update(Allocation).where(*held).values(is_complete=False, scored_at=None))
    for answer in answers:
        answer.redacted = seal_pieces(desk, campaign_id, answer.id, ())
        answer.has_restorable = False
    for name in _OF_APPLICATION:
        table = Base.metadata.tables[name]
        session.execute(
            delete(table).where(table.c.campaign_id == campaign_id, table.c.application_id == application_id)
        )
    for scored in (InterviewScore, AgreedScore):
        session.execute(
            delete(scored).where(scored.campaign_id == campaign_id, scored.application_id == application_id)
        )
    session.execute(
        update(Outcome)
        .where(Outcome.campaign_id == campaign_id, Outcome.application_id == application_id)
        .values(reason="")
    )
    session.execute(
        delete(SealedRecord).where(
            SealedRecord.campaign_id == campaign_id, SealedRecord.application_id == application_id
        )
    )
    owners = (application.candidate_id, application.earlier_candidate_id)
    session.execute(
        update(ClosingRequest)
        .where(ClosingRequest.campaign_id == campaign_id, ClosingRequest.candidate_id.in_(owners))
        .values(candidate_id=None)
    )
    application.candidate_id = application.earlier_candidate_id = None
    application.import_fingerprints = None
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="application_erased",
        application=application_id,
    )
