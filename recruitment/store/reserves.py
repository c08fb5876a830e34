"""People called up from the reserve list after the outcomes were final."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class ReserveCall(Base):
    """Asked by one person, agreed by another; `passed_over`: why those placed higher were not called."""

    __tablename__ = "reserve_calls"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    vacancy_id: Mapped[UUID]
    reason: Mapped[str] = mapped_column(LongText)
    passed_over: Mapped[str] = mapped_column(LongText, default="")
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "application_id"], ["outcomes.campaign_id", "outcomes.application_id"]
        ),
    )


def find_open_call(session: Session, campaign_id: UUID) -> ReserveCall | None:
    """The one that waits for a second person."""
    found = select(ReserveCall).where(ReserveCall.campaign_id == campaign_id, ReserveCall.agreed_at.is_(None))
    return session.scalars(found).one_or_none()
