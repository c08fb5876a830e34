"""What a campaign requires of candidates, and who does not go on because of it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.eligibility import AskedRequirement
from recruitment.services.desk import Desk
from recruitment.store.applications import Application, StageEvent, StageEventKind
from recruitment.store.eligibility import is_refused, requirements_of

# While the sift is open only what came late, in a closing time of its own, is still checked.
CHECKED_IN = (CampaignState.OPEN, CampaignState.SIFTING)


def list_requirements(session: Session, *, campaign_id: UUID) -> tuple[AskedRequirement, ...]:
    """What the advertisement says that candidates must meet: anybody may read it."""
    return requirements_of(session, campaign_id)


def settle_refused(session: Session, *, desk: Desk, campaign_id: UUID) -> int:
    """Write into the stage history who does not go on, once nothing can be put right any more; how many."""
    told = select(StageEvent.application_id).where(
        StageEvent.campaign_id == campaign_id, StageEvent.kind == StageEventKind.NOT_ELIGIBLE
    )
    refused = session.scalars(
        select(Application.id)
        .where(
            Application.campaign_id == campaign_id,
            Application.withdrawn_at.is_(None),
            is_refused(),
            Application.id.not_in(told),
        )
        .order_by(Application.id)
    ).all()
    session.add_all(
        StageEvent(campaign_id=campaign_id, application_id=key, kind=StageEventKind.NOT_ELIGIBLE, at=desk.now)
        for key in refused
    )
    session.flush()
    return len(refused)
