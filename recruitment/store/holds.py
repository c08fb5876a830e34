"""Holds on single applications, and the papers that are kept under each hold's own key."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class Hold(Base):
    """`application_id` refers to a row that retention erases while the hold stays."""

    __tablename__ = "holds"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    application_id: Mapped[UUID]
    reference: Mapped[str]
    kind: Mapped[str]
    standing: Mapped[str]
    reason: Mapped[str] = mapped_column(LongText)
    review_on: Mapped[date]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    collected_at: Mapped[datetime | None]
    release_reason: Mapped[str] = mapped_column(LongText, default="")
    release_asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    release_asked_at: Mapped[datetime | None]
    released_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "organisation_id", "standing"), Index(None, "campaign_id"))


class HoldRecord(Base):
    """One sealed part of what is held: a compartment's record, or the papers that lay under the sift key."""

    __tablename__ = "hold_records"

    hold_id: Mapped[UUID] = mapped_column(ForeignKey("holds.id"), primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    blob: Mapped[bytes]


def list_holds(session: Session, campaign_id: UUID, *standings: str) -> Sequence[Hold]:
    return session.scalars(
        select(Hold).where(Hold.campaign_id == campaign_id, Hold.standing.in_(standings)).order_by(Hold.id)
    ).all()
