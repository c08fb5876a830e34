"""What a campaign requires of candidates, and which applications were found to meet it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, ForeignKeyConstraint, Select, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.rules.eligibility import AskedRequirement, EligibilityStanding, Requirement
from recruitment.store.applications import Application, is_in_use
from recruitment.store.base import Base, LongText


class EligibilityRequirement(Base):
    __tablename__ = "eligibility_requirements"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    requirement: Mapped[str] = mapped_column(primary_key=True)
    words: Mapped[str] = mapped_column(LongText)


class EligibilityCheck(Base):
    """What a recruiter found of an application. The reason lies sealed beside the candidate's own answers."""

    __tablename__ = "eligibility_checks"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    standing: Mapped[str]
    checked_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime]
    told_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "application_id"], ["applications.campaign_id", "applications.id"]),
    )


def requirements_of(session: Session, campaign_id: UUID) -> tuple[AskedRequirement, ...]:
    """In their fixed order."""
    words = {
        Requirement(row.requirement): row.words
        for row in session.scalars(
            select(EligibilityRequirement).where(EligibilityRequirement.campaign_id == campaign_id)
        )
    }
    return tuple(AskedRequirement(one, words[one]) for one in Requirement if one in words)


def is_refused() -> ColumnElement[bool]:
    """Whether an application was found not to meet the requirements."""
    return (
        select(EligibilityCheck.application_id)
        .where(
            EligibilityCheck.campaign_id == Application.campaign_id,
            EligibilityCheck.application_id == Application.id,
            EligibilityCheck.standing == EligibilityStanding.REFUSED,
        )
        .correlate(Application)
        .exists()
    )


def is_standing() -> ColumnElement[bool]:
    """Whether an application is neither withdrawn nor refused."""
    return Application.withdrawn_at.is_(None) & ~is_refused()


def is_running() -> ColumnElement[bool]:
    """Whether an application stands and is not restricted: what is sifted, and may be shortlisted."""
    return is_in_use() & ~is_refused()


def waiting_for_check(campaign_ids: Iterable[UUID]) -> Select[Application]:
    """Applications that stand, of campaigns with requirements, and have no check yet."""
    checked = (
        select(EligibilityCheck.application_id)
        .where(
            EligibilityCheck.campaign_id == Application.campaign_id,
            EligibilityCheck.application_id == Application.id,
        )
        .correlate(Application)
        .exists()
    )
    asked = (
        select(EligibilityRequirement.requirement)
        .where(EligibilityRequirement.campaign_id == Application.campaign_id)
        .correlate(Application)
        .exists()
    )
    return select(Application).where(Application.campaign_id.in_(list(campaign_ids)), is_in_use(), asked, ~checked)


def waiting_count(campaign_id: UUID) -> Select[int]:
    return select(func.count()).select_from(waiting_for_check([campaign_id]).subquery())


def checks_of(session: Session, campaign_id: UUID, application_ids: Iterable[UUID]) -> Sequence[EligibilityCheck]:
    return session.scalars(
        select(EligibilityCheck).where(
            EligibilityCheck.campaign_id == campaign_id, EligibilityCheck.application_id.in_(list(application_ids))
        )
    ).all()
