"""The sift: who scores which answer, what they scored, whom they recognised, and what was agreed."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base


class AllocationState(StrEnum):
    OPEN = "open"
    RECUSED = "recused"
    SET_ASIDE = "set_aside"


_SCORED: dict[str, Any] = dict.fromkeys(("sqlite_where", "postgresql_where"), text("scored_at IS NOT NULL"))


class Allocation(Base):
    """One answer for one shortlister; `id` is the only handle that shortlister ever sees.

    Kept here so that a long queue is read by its keys: `question_id`, the answer's; `is_complete`, there is a
    score for each criterion of its question; `scored_at`, the latest of its scores. `is_locked`: the first sift
    was closed on its scores, which no longer change.
    """

    __tablename__ = "allocations"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    answer_id: Mapped[UUID]
    # Always there: it came to a table with rows, and SQLite adds no column that must be filled.
    question_id: Mapped[UUID] = mapped_column(nullable=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    position: Mapped[int]
    state: Mapped[str] = mapped_column(default=AllocationState.OPEN)
    is_complete: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_locked: Mapped[bool] = mapped_column(default=False, server_default=false())
    scored_at: Mapped[datetime | None]
    recognition: Mapped[str] = mapped_column(default="")
    recognised_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "answer_id"], ["answers.campaign_id", "answers.id"]),
        UniqueConstraint("campaign_id", "answer_id", "person_id"),
        # Named, as the names of so many columns are longer than PostgreSQL takes.
        Index("ix_allocations_queue", "campaign_id", "person_id", "state", "position"),
        Index("ix_allocations_progress", "campaign_id", "person_id", "state", "is_complete", "position"),
        Index("ix_allocations_pace", "campaign_id", "person_id", "state", "scored_at", **_SCORED),
        Index("ix_allocations_measure", "campaign_id", "person_id", "state", "question_id", "position", **_SCORED),
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


class SiftCount(Base):
    """One count of a sift (`rules/sift_counts.py`), of a shortlister, a criterion or the campaign itself.

    Changed in the transaction that changes what is counted, under the campaign's lock.
    """

    __tablename__ = "sift_counts"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    of_id: Mapped[UUID] = mapped_column(primary_key=True)
    counted: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]


class BlindTotal(Base):
    """An application's place in the ranking: worked out once when the scores lock, gone at the freeze.

    The exact total is `total` / `parts`, and `parts` is one for the whole campaign, so that totals compare as
    whole numbers. `position`: best first, equal totals by reference.
    """

    __tablename__ = "blind_totals"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    total: Mapped[int] = mapped_column(BigInteger)
    parts: Mapped[int] = mapped_column(BigInteger)
    meets_minimum: Mapped[bool]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "application_id"], ["applications.campaign_id", "applications.id"]),
        UniqueConstraint("campaign_id", "position"),
        Index("ix_blind_totals_line", "campaign_id", "total", "meets_minimum"),
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
