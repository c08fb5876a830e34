"""Times offered for the stages after the reveal, and each candidate's own appointment."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class SlotPlan(Base):
    """What holds for every time of a stage: until how long before it may be changed, and what to know."""

    __tablename__ = "slot_plans"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    stage_position: Mapped[int] = mapped_column(primary_key=True)
    minutes: Mapped[int]
    change_hours: Mapped[int]
    note: Mapped[str] = mapped_column(LongText, default="")
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "stage_position"], ["stages.campaign_id", "stages.position"]),
    )


class Slot(Base):
    """One time that was offered; `places` candidates may choose it."""

    __tablename__ = "slots"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    stage_position: Mapped[int]
    day: Mapped[date]
    begins: Mapped[str]
    minutes: Mapped[int]
    place: Mapped[str] = mapped_column(default="")
    places: Mapped[int] = mapped_column(default=1)
    offered_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    offered_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "stage_position"], ["stages.campaign_id", "stages.position"]),
        Index("ix_slots_stage", "campaign_id", "stage_position"),
    )


class Appointment(Base):
    """A candidate's way to one stage: invited, and the time chosen or booked; what was typed under the sift key.

    `calendar_key` and `sequence` are those of its calendar entry, and outlast a cancelled time. `words`: set
    where the candidate said that no time suits, which is all it tells; what they wrote is a `CandidateQuestion`.
    `reason`: why it was changed, for the candidate.
    """

    __tablename__ = "appointments"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    stage_position: Mapped[int] = mapped_column(primary_key=True)
    standing: Mapped[str]
    minutes: Mapped[int] = mapped_column(default=0)
    adjustments: Mapped[bytes | None]
    slot_id: Mapped[UUID | None]
    day: Mapped[date | None]
    begins: Mapped[str] = mapped_column(default="")
    place: Mapped[str] = mapped_column(default="")
    words: Mapped[bytes | None]
    reason: Mapped[bytes | None]
    calendar_key: Mapped[UUID]
    sequence: Mapped[int] = mapped_column(default=0)
    came: Mapped[bool | None]
    came_recorded_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    came_recorded_at: Mapped[datetime | None]
    invited_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    invited_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "application_id"],
            ["shortlist_entries.campaign_id", "shortlist_entries.application_id"],
        ),
        ForeignKeyConstraint(["campaign_id", "stage_position"], ["stages.campaign_id", "stages.position"]),
        ForeignKeyConstraint(["campaign_id", "slot_id"], ["slots.campaign_id", "slots.id"]),
        Index("ix_appointments_slot", "campaign_id", "slot_id"),
    )
