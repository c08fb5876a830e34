"""Challenges: any member can challenge a decision; the chair answers before outcomes can be final."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.permissions import Permission
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.reasons import open_reason, seal_reason
from recruitment.services.trail import record_event
from recruitment.store.interviews import ShortlistEntry
from recruitment.store.panels import Challenge
from recruitment.store.people import Person

LONGEST = 2_000


def raise_challenge(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, text: str, application_id: UUID | None = None
) -> UUID:
    """Record a challenge to how a candidate is judged, or to the process as a whole."""
    campaign = require(session, actor, campaign_id, Permission.SIT_ON_PANEL, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="challenge a decision")
    if application_id is not None and session.get(ShortlistEntry, (campaign_id, application_id)) is None:
        raise NotFound
    challenge_id = desk.new_id()
    session.add(
        Challenge(
            campaign_id=campaign_id,
            id=challenge_id,
            application_id=application_id,
            raised_by=actor.id,
            raised_at=desk.now,
            text=_sealed(desk, campaign_id, f"challenge {challenge_id}", text, "Say what you challenge, and why."),
        )
    )
    session.flush()
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="challenge_raised", challenge=challenge_id
    )
    return challenge_id


def answer_challenge(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, challenge_id: UUID, answer: str
) -> None:
    """Answer as the chair; an answer stays as it was given."""
    campaign = require(session, actor, campaign_id, Permission.DECIDE_OUTCOMES, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="answer a challenge")
    row = session.get(Challenge, (campaign_id, challenge_id))
    if row is None:
        raise NotFound
    if row.answered_at is not None:
        raise TooLate("This challenge has been answered.")
    row.answer = _sealed(desk, campaign_id, f"answer {challenge_id}", answer, "Give your answer to the challenge.")
    row.answered_by, row.answered_at = actor.id, desk.now
    session.flush()
    record_event(
        session, at=desk.now, chain_id=campaign_id, actor=actor, event="challenge_answered", challenge=challenge_id
    )


def _sealed(desk: Desk, campaign_id: UUID, place: str, text: str, missing: str) -> bytes | None:
    if not text.strip():
        raise Invalid(missing, "text")
    if len(text) > LONGEST:
        raise Invalid(f"Shorten this to {LONGEST:,} characters or fewer.", "text")
    return seal_reason(desk, campaign_id, place, text)


@dataclass(frozen=True)
class ReadChallenge:
    id: UUID
    application_id: UUID | None
    raised_by: str
    raised_at: datetime
    text: str
    answer: str
    is_answered: bool


def list_challenges(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> list[ReadChallenge]:
    """Every challenge with its answer, for the whole panel."""
    require(session, actor, campaign_id, Permission.SIT_ON_PANEL)
    rows = session.execute(
        select(Challenge, Person.name)
        .join(Person, Person.id == Challenge.raised_by)
        .where(Challenge.campaign_id == campaign_id)
        .order_by(Challenge.raised_at, Challenge.id)
    )
    return [
        ReadChallenge(
            row.id,
            row.application_id,
            name,
            row.raised_at,
            open_reason(desk, campaign_id, f"challenge {row.id}", row.text),
            open_reason(desk, campaign_id, f"answer {row.id}", row.answer),
            row.answered_at is not None,
        )
        for row, name in rows
    ]


def count_open_challenges(session: Session, campaign_id: UUID) -> int:
    query = select(func.count()).where(Challenge.campaign_id == campaign_id, Challenge.answered_at.is_(None))
    return session.scalar(query) or 0


def count_challenges(session: Session, campaign_id: UUID) -> int:
    return session.scalar(select(func.count()).where(Challenge.campaign_id == campaign_id)) or 0
