"""What the check of adverts and questions found, and what a person made of it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class AdvertLook(Base):
    """That somebody looked through the check of these very texts, by their digest."""

    __tablename__ = "advert_looks"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    digest: Mapped[bytes]
    looked_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    looked_at: Mapped[datetime]


class AdvertHit(Base):
    """A hit that somebody has seen; kept once it has a reason. One no longer found was changed."""

    __tablename__ = "advert_hits"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    rule: Mapped[str]
    words: Mapped[str] = mapped_column(LongText)
    reason: Mapped[str] = mapped_column(LongText, default="")
    confirmed_by: Mapped[str] = mapped_column(default="")
    kept_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    kept_at: Mapped[datetime | None]
    found_at: Mapped[datetime]
