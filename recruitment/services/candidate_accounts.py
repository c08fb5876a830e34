"""What a candidate's account may begin and end: one application in a campaign, and every session."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import NotFound, TooLate
from recruitment.services.applications import own_application
from recruitment.services.desk import Desk
from recruitment.services.drafts import start_draft
from recruitment.store.candidates import Candidate


def sign_out_candidate(session: Session, *, candidate_id: UUID) -> None:
    """Make every session cookie of a candidate worthless, copies included."""
    session.get_one(Candidate, candidate_id).session_version += 1


def has_applied(session: Session, *, actor: Actor, campaign_id: UUID) -> bool:
    try:
        own_application(session, actor=actor, campaign_id=campaign_id)
    except NotFound:
        return False
    return True


def has_standing_application(session: Session, *, actor: Actor, campaign_id: UUID) -> bool:
    """Whether the candidate has applied and not withdrawn."""
    try:
        return own_application(session, actor=actor, campaign_id=campaign_id).withdrawn_at is None
    except NotFound:
        return False


def begin_application(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, email: str = ""
) -> UUID | None:
    """The actor's draft, made when there is none; None for somebody who has applied already.

    Whoever withdrew may begin another until the closing time.

    Raise `TooLate` for a new draft outside the opening times.
    """
    if has_standing_application(session, actor=actor, campaign_id=campaign_id):
        return None
    try:
        return start_draft(session, actor=actor, desk=desk, campaign_id=campaign_id, email=email)
    except TooLate:
        if has_applied(session, actor=actor, campaign_id=campaign_id):
            return None
        raise
