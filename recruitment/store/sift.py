"""The sift: who scores which answer, what they scored, whom they recognised, and what was agreed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base


class AllocationState(StrEnum):
    OPEN = "open"
    RECUSED = "recused"
    SET_ASIDE = "set_aside"


class Allocation(Base):
    """One answer for one shortlister; `id` is the only handle that shortlister ever sees.

    `is_complete`: there is a score for each criterion of its question, kept here so that queues count themselves.
    `is_locked`: the first sift was closed on its scores, which no longer change.
    """

    __tablename__ = "allocations"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    answer_id: Mapped[UUID]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    position: Mapped[int]
    state: Mapped[str] = mapped_column(default=AllocationState.OPEN)
    is_complete: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_locked: Mapped[bool] = mapped_column(default=False, server_default=false())
    recognition: Mapped[str] = mapped_column(default="")
    recognised_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "answer_id"], ["answers.campaign_id", "answers.id"]),
        UniqueConstraint("campaign_id", "answer_id", "person_id"),
        Index(None, "campaign_id", "person_id", "position"),
        # Named, as the names of five columns are longer than PostgreSQL takes.
        Index("ix_allocations_progress", "campaign_id", "person_id", "state", "is_complete", "position"),
    )


class Score(Base):
    """One shortlister's own score; what it replaced is kept so that the change can be undone."""

    __tablename__ = "scores"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    allocation_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(primary_key=True)
    value: Mapped[int]
    reason: Mapped[bytes | None]
    scored_at: Mapped[datetime]
    replaced_value: Mapped[int | None]
    replaced_reason: Mapped[bytes | None]
    replaced_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "allocation_id"], ["allocations.campaign_id", "allocations.id"]),
        ForeignKeyConstraint(["campaign_id", "criterion_id"], ["criteria.campaign_id", "criteria.id"]),
    )


class Moderation(Base):
    """An answer and criterion whose shortlisters must agree one score; their originals stay in `scores`."""

    __tablename__ = "moderations"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    answer_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(primary_key=True)
    arranged_at: Mapped[datetime]
    agreed_value: Mapped[int | None]
    agreed_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "answer_id"], ["answers.campaign_id", "answers.id"]),
        ForeignKeyConstraint(["campaign_id", "criterion_id"], ["criteria.campaign_id", "criteria.id"]),
    )


class ModerationProposal(Base):
    """The score one shortlister would agree to, with the reason, under the sift key."""

    __tablename__ = "moderation_proposals"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    answer_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    value: Mapped[int]
    reason: Mapped[bytes]
    at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "answer_id", "criterion_id"],
            ["moderations.campaign_id", "moderations.answer_id", "moderations.criterion_id"],
        ),
    )


class ClearanceDecision(Base):
    """What a person outside the sift decided on one hidden passage."""

    __tablename__ = "clearance_decisions"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    answer_id: Mapped[UUID] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True)
    restored: Mapped[bool]
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime]

    __table_args__ = (ForeignKeyConstraint(["campaign_id", "answer_id"], ["answers.campaign_id", "answers.id"]),)
