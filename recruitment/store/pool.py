"""The panel pool: who joined, what they learned, when they are away; and what a body asks of its panels."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class PoolMembership(Base):
    """Somebody who joined by their own choice.

    `answers`: their own characteristics and consents, sealed and of one length, whether or not they gave any.
    """

    __tablename__ = "pool_memberships"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    grade: Mapped[str] = mapped_column(default="")
    directorate: Mapped[str] = mapped_column(default="")
    manager_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    can_chair: Mapped[bool] = mapped_column(default=False)
    can_lead: Mapped[bool] = mapped_column(default=False)
    is_inclusion_adviser: Mapped[bool] = mapped_column(default=False)
    is_external: Mapped[bool] = mapped_column(default=False)
    network: Mapped[str] = mapped_column(default="")
    answers: Mapped[bytes]
    joined_at: Mapped[datetime]

    __table_args__ = (Index(None, "organisation_id"),)


class PoolTraining(Base):
    """A course that somebody completed; it counts once somebody else confirmed its evidence."""

    __tablename__ = "pool_training"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("pool_memberships.person_id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    course: Mapped[str]
    completed: Mapped[date]
    expires: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(default="")
    confirmed_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    confirmed_at: Mapped[datetime | None]


class PoolAbsence(Base):
    """Days on which somebody cannot sit, both included."""

    __tablename__ = "pool_absences"

    person_id: Mapped[UUID] = mapped_column(ForeignKey("pool_memberships.person_id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    first_day: Mapped[date]
    last_day: Mapped[date]


class PanelPolicy(Base):
    """One version of an organisation's rules for panels; a campaign keeps the version it started with."""

    __tablename__ = "panel_policies"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    policy: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(LongText, default="")
    made_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


class InclusionQuestion(Base):
    """A question of the library: drafted by a group, approved by senior leadership, never changed afterwards."""

    __tablename__ = "inclusion_questions"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    version: Mapped[int]
    text: Mapped[str] = mapped_column(LongText)
    guide: Mapped[str] = mapped_column(LongText)
    drafted_by: Mapped[str]
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]
    approved_by: Mapped[str] = mapped_column(default="")
    approval_entered_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]
    retired_at: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("organisation_id", "number", "version"),)


class CompositionAnswer(Base):
    """A verdict on a composition that somebody has seen: what later ones must not be set against.

    `rule` is the rule as it was set, `characteristic` what it read; `members` are ids of people, in order. The
    same membership is shown the same verdict again: a new one would tell who joined or changed what they said.
    """

    __tablename__ = "composition_answers"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    rule: Mapped[str]
    characteristic: Mapped[str]
    members: Mapped[list[Any]]
    verdict: Mapped[str]
    sentence: Mapped[str] = mapped_column(LongText)
    at: Mapped[datetime]

    __table_args__ = (Index("ix_composition_answers_characteristic", "organisation_id", "characteristic"),)


def latest_policy(session: Session, organisation_id: UUID) -> PanelPolicy | None:
    return session.scalars(
        select(PanelPolicy)
        .where(PanelPolicy.organisation_id == organisation_id)
        .order_by(PanelPolicy.version.desc())
        .limit(1)
    ).one_or_none()


def trainings_of(session: Session, person_ids: Sequence[UUID]) -> Sequence[PoolTraining]:
    return session.scalars(
        select(PoolTraining)
        .where(PoolTraining.person_id.in_(person_ids))
        .order_by(PoolTraining.course, PoolTraining.completed, PoolTraining.id)
    ).all()


def absences_of(session: Session, person_ids: Sequence[UUID], *, since: date) -> Sequence[PoolAbsence]:
    """Absences that end on this day or later."""
    return session.scalars(
        select(PoolAbsence)
        .where(PoolAbsence.person_id.in_(person_ids), PoolAbsence.last_day >= since)
        .order_by(PoolAbsence.first_day, PoolAbsence.id)
    ).all()


def pool_size(session: Session, organisation_id: UUID) -> int:
    query = select(func.count()).where(PoolMembership.organisation_id == organisation_id)
    return session.scalar(query) or 0
