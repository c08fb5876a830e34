"""Marks of tests and assessment days, with the rule that was fixed before the first of them."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class StageMarking(Base):
    """How a stage is marked; `was_held` is None until it is closed, and False where it did not take place."""

    __tablename__ = "stage_markings"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    stage_position: Mapped[int] = mapped_column(primary_key=True)
    full: Mapped[int]
    minimum: Mapped[int]
    fixed_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    fixed_at: Mapped[datetime]
    was_held: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(LongText, default="")
    closed_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    closed_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "stage_position"], ["stages.campaign_id", "stages.position"]),
    )


class StageMark(Base):
    """One candidate's mark; None for somebody who was absent."""

    __tablename__ = "stage_marks"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    stage_position: Mapped[int] = mapped_column(primary_key=True)
    mark: Mapped[int | None]
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "application_id"],
            ["shortlist_entries.campaign_id", "shortlist_entries.application_id"],
        ),
        ForeignKeyConstraint(
            ["campaign_id", "stage_position"],
            ["stage_markings.campaign_id", "stage_markings.stage_position"],
            name="fk_stage_marks_stage_markings",
        ),
    )
