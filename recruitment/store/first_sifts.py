"""A first sift on a lead criterion: what was named and decided, and who went past it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, ForeignKeyConstraint, and_, func, or_, select, true
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column

from recruitment.store.applications import Answer, Application
from recruitment.store.base import Base, LongText
from recruitment.store.campaigns import QuestionCriterion
from recruitment.store.eligibility import is_running


class FirstSift(Base):
    """`was_held` is None until it is decided."""

    __tablename__ = "first_sifts"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    criterion_id: Mapped[UUID]
    named_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    named_at: Mapped[datetime]
    was_held: Mapped[bool | None]
    reason: Mapped[str] = mapped_column(LongText, default="")
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "criterion_id"], ["criteria.campaign_id", "criteria.id"]),
    )


class FirstSiftResult(Base):
    """Whether one application goes on to the full sift; without a row it is still in the first sift."""

    __tablename__ = "first_sift_results"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    is_past: Mapped[bool]
    at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "application_id"], ["applications.campaign_id", "applications.id"]),
    )


def find_first_sift(session: Session, campaign_id: UUID) -> FirstSift | None:
    return session.get(FirstSift, campaign_id)


def lead_questions(session: Session, campaign_id: UUID, criterion_id: UUID) -> Sequence[UUID]:
    return session.scalars(
        select(QuestionCriterion.question_id).where(
            QuestionCriterion.campaign_id == campaign_id, QuestionCriterion.criterion_id == criterion_id
        )
    ).all()


def _held() -> ColumnElement[bool]:
    """Whether a first sift is held in the campaign of an answer."""
    return (
        select(FirstSift.campaign_id)
        .where(FirstSift.campaign_id == Answer.campaign_id, FirstSift.was_held.is_(True))
        .correlate(Answer)
        .exists()
    )


def is_lead() -> ColumnElement[bool]:
    """Whether an answer is scored on the lead criterion of its campaign."""
    return (
        select(FirstSift.campaign_id)
        .join(
            QuestionCriterion,
            (QuestionCriterion.campaign_id == FirstSift.campaign_id)
            & (QuestionCriterion.criterion_id == FirstSift.criterion_id),
        )
        .where(
            FirstSift.campaign_id == Answer.campaign_id,
            QuestionCriterion.question_id == Answer.question_id,
        )
        .correlate(Answer)
        .exists()
    )


def is_to_be_scored() -> ColumnElement[bool]:
    """Whether an answer is to be scored by now: any at all, or where a first sift is held, one on its lead
    criterion or of an application that went past it."""
    past = (
        select(FirstSiftResult.application_id)
        .where(
            FirstSiftResult.campaign_id == Answer.campaign_id,
            FirstSiftResult.application_id == Answer.application_id,
            FirstSiftResult.is_past,
        )
        .correlate(Answer)
        .exists()
    )
    return or_(~_held(), is_lead(), past)


def is_cut() -> ColumnElement[bool]:
    """Whether an application did not go past the first sift."""
    # Under a name of its own: a query that counts results may hold the table already.
    result = aliased(FirstSiftResult)
    return (
        select(result.application_id)
        .where(
            result.campaign_id == Application.campaign_id,
            result.application_id == Application.id,
            result.is_past.is_not(true()),
        )
        .correlate(Application)
        .exists()
    )


def is_in_first_sift() -> ColumnElement[bool]:
    """Whether an application is running and its campaign's first sift, which is held, has not settled it."""
    settled = (
        select(FirstSiftResult.application_id)
        .where(
            FirstSiftResult.campaign_id == Application.campaign_id,
            FirstSiftResult.application_id == Application.id,
        )
        .correlate(Application)
        .exists()
    )
    held = (
        select(FirstSift.campaign_id)
        .where(FirstSift.campaign_id == Application.campaign_id, FirstSift.was_held.is_(True))
        .correlate(Application)
        .exists()
    )
    return and_(is_running(), held, ~settled)


def is_first_sift_alone(session: Session, campaign_id: UUID) -> bool:
    """Whether a first sift is held and nobody is past it yet. Not whether an application is in it: that would tell
    shortlisters of a late one."""
    settled = select(FirstSiftResult.application_id).where(FirstSiftResult.campaign_id == campaign_id).exists()
    held = select(FirstSift.campaign_id).where(
        FirstSift.campaign_id == campaign_id, FirstSift.was_held.is_(True), ~settled
    )
    return session.scalar(held) is not None


def count_in_first_sift(session: Session, campaign_id: UUID) -> int:
    counted = select(func.count()).select_from(Application)
    return session.scalar(counted.where(Application.campaign_id == campaign_id, is_in_first_sift())) or 0
