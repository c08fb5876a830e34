"""The shortlist, the interview scores of a panel, and the outcomes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class ShortlistEntry(Base):
    """Somebody on the frozen shortlist. It keeps no score, rank or route of entry."""

    __tablename__ = "shortlist_entries"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "application_id"], ["applications.campaign_id", "applications.id"]),
    )


class InterviewScore(Base):
    """One member's score on one criterion of the interview; `notes` under the sift key."""

    __tablename__ = "interview_scores"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(primary_key=True)
    value: Mapped[int]
    notes: Mapped[bytes | None]
    scored_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "application_id"],
            ["shortlist_entries.campaign_id", "shortlist_entries.application_id"],
        ),
        ForeignKeyConstraint(["campaign_id", "criterion_id"], ["criteria.campaign_id", "criteria.id"]),
    )


class Outcome(Base):
    """What the panel decided of one shortlisted application, in order of merit."""

    __tablename__ = "outcomes"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    vacancy_id: Mapped[UUID | None]
    result: Mapped[str]
    merit: Mapped[int | None]
    reason: Mapped[str] = mapped_column(LongText, default="")
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "application_id"],
            ["shortlist_entries.campaign_id", "shortlist_entries.application_id"],
        ),
    )
