"""A body's checklist in versions, what people settled in a campaign, and who signed it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class ChecklistTemplate(Base):
    """`left_out`: keys of shipped items; `own`: further items, [{"key", "phase", "text", "source"}]."""

    __tablename__ = "checklist_templates"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    left_out: Mapped[list[Any]]
    own: Mapped[list[Any]]
    reason: Mapped[str] = mapped_column(LongText, default="")
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


class QualityEntry(Base):
    """How a person settled one item of a campaign's checklist."""

    __tablename__ = "quality_entries"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    settled: Mapped[str]
    note: Mapped[str] = mapped_column(LongText, default="")
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]


class QualitySignature(Base):
    """Who signed a campaign's checklist, in which version, and the lines as they stood."""

    __tablename__ = "quality_signatures"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    template_version: Mapped[int]
    lines: Mapped[list[Any]]
    signed_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    signed_at: Mapped[datetime]


class AgreedAdjustments(Base):
    """What was agreed of a campaign's adjustments, sealed into `requests`, and how far it is.

    It is always there and padded. The columns beside it never tell who asked; while one is False, somebody did.
    """

    __tablename__ = "agreed_adjustments"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    blob: Mapped[bytes]
    applications: Mapped[int]
    is_answered: Mapped[bool]
    is_made: Mapped[bool]
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]
