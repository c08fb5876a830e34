"""Who was asked for as an outside scorer, by whom, and what a second person decided."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class OutsideScorer(Base):
    """`person_id`: the account that was made; `people.only_campaign_id` keeps it to this campaign."""

    __tablename__ = "outside_scorers"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    reason: Mapped[str] = mapped_column(LongText)
    standing: Mapped[str]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    decision_reason: Mapped[str] = mapped_column(LongText, default="")
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))


def list_outside_scorers(session: Session, campaign_id: UUID) -> Sequence[OutsideScorer]:
    """The latest first."""
    return session.scalars(
        select(OutsideScorer)
        .where(OutsideScorer.campaign_id == campaign_id)
        .order_by(OutsideScorer.asked_at.desc(), OutsideScorer.id)
    ).all()
