"""Who was recognised by letter or telephone, for the day on which staff act for them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base


class Recognition(Base):
    """`candidate_id` refers to a row that may be erased while this stands. Erased after a day, as entries are."""

    __tablename__ = "recognitions"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    candidate_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    format: Mapped[str]
    recognised_at: Mapped[datetime]

    __table_args__ = (Index(None, "person_id"),)
