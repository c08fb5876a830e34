"""Where candidates of a campaign heard of it: a list with a counter each, and nothing of a person."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base


class CampaignSource(Base):
    """One source; `told` is how many candidates chose it. No row says when, or who."""

    __tablename__ = "campaign_sources"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    told: Mapped[int] = mapped_column(default=0)


def list_sources(session: Session, campaign_id: UUID) -> Sequence[CampaignSource]:
    """In the order of the campaign's list."""
    return session.scalars(
        select(CampaignSource).where(CampaignSource.campaign_id == campaign_id).order_by(CampaignSource.position)
    ).all()
