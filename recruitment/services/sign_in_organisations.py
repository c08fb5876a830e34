"""Which organisation a candidate's sign-in is for: told by a campaign, or chosen."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.campaigns import CampaignState
from recruitment.store.campaigns import Campaign
from recruitment.store.organisations import Organisation


@dataclass(frozen=True)
class OrganisationChoice:
    id: UUID
    name: str


def list_organisations(session: Session) -> list[OrganisationChoice]:
    rows = session.execute(select(Organisation.id, Organisation.name).order_by(Organisation.name, Organisation.id))
    return [OrganisationChoice(organisation_id, name) for organisation_id, name in rows]


def organisation_of_campaign(session: Session, campaign_id: UUID) -> UUID | None:
    """The organisation of an advertised campaign; None for one that is not there or still being prepared."""
    return session.scalar(
        select(Campaign.organisation_id).where(Campaign.id == campaign_id, Campaign.state != CampaignState.DRAFT)
    )
