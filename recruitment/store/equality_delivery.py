"""Sheets of the Equality Delivery System: scores with grounds and evidence, frozen once given."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base


class EdsSheetRow(Base):
    """`scored`: as `rules/equality_delivery.py` keeps it, written no more once given; `digest`: of it, then."""

    __tablename__ = "eds_sheets"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    version: Mapped[str]
    period_from: Mapped[date]
    period_until: Mapped[date]
    scored: Mapped[dict[str, Any]]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    given_to: Mapped[str] = mapped_column(default="")
    given_on: Mapped[date | None]
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime | None]
    digest: Mapped[bytes | None]

    __table_args__ = (Index(None, "organisation_id"),)
