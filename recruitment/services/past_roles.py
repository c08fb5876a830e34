"""The roles somebody has acted in, whether or not they still hold them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.permissions import Role
from recruitment.store.trail import TrailEvent

_ROLE_OF_EVENT = {
    "answer_scored": Role.SHORTLISTER,
    "moderation_proposed": Role.SHORTLISTER,
    "passage_decided": Role.CLEARER,
    "funnel_released": Role.ANALYST,
}


def used_roles(session: Session, campaign_id: UUID, person_id: UUID) -> frozenset[Role]:
    """Read from the trail, which forgets nothing."""
    events = session.scalars(
        select(TrailEvent.event)
        .where(
            TrailEvent.chain_id == campaign_id,
            TrailEvent.actor == f"staff:{person_id}",
            TrailEvent.event.in_(_ROLE_OF_EVENT),
        )
        .distinct()
    )
    return frozenset(_ROLE_OF_EVENT[event] for event in events)
