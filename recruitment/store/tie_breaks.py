"""Records of tie-breaks: what was weighed is sealed, that there is a record is not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class TieBreak(Base):
    """Begun, then complete once `sealed`, or dropped with a reason that names nobody."""

    __tablename__ = "tie_breaks"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes | None]
    begun_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    begun_at: Mapped[datetime]
    completed_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    completed_at: Mapped[datetime | None]
    dropped_at: Mapped[datetime | None]
    drop_reason: Mapped[str] = mapped_column(LongText, default="")
