"""Equality impact assessments of processes and policies, in versions."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base


class EqualityAssessment(Base):
    """What is assessed: a change of a process or policy; `policy_version` where it is one of the panel rules."""

    __tablename__ = "equality_assessments"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    change: Mapped[str]
    kind: Mapped[str]
    policy_version: Mapped[int | None]
    begun_at: Mapped[datetime]


class EqualityAssessmentVersion(Base):
    """One version, never changed afterwards; published once it has a time."""

    __tablename__ = "equality_assessment_versions"

    organisation_id: Mapped[UUID] = mapped_column(primary_key=True)
    assessment_id: Mapped[UUID] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    decision: Mapped[str]
    review_on: Mapped[date | None]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    published_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    published_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(
            ["organisation_id", "assessment_id"],
            ["equality_assessments.organisation_id", "equality_assessments.id"],
            # The convention's name is longer than PostgreSQL takes.
            name="fk_equality_assessment_versions_assessment",
        ),
    )


def latest_version(session: Session, organisation_id: UUID, assessment_id: UUID) -> int:
    """0 where there is none."""
    held = EqualityAssessmentVersion
    return (
        session.scalar(
            select(func.max(held.version)).where(
                held.organisation_id == organisation_id, held.assessment_id == assessment_id
            )
        )
        or 0
    )
