"""Invented answers that shortlisters score to calibrate, and their scores, which count for nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, ScalarSelect, exists, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText
from recruitment.store.campaigns import QuestionCriterion


class SampleAnswer(Base):
    """Written by a recruiter, of no candidate, to one of the campaign's questions."""

    __tablename__ = "sample_answers"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    question_id: Mapped[UUID]
    text: Mapped[str] = mapped_column(LongText)
    written_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "question_id"], ["questions.campaign_id", "questions.id"]),
    )


class SampleScore(Base):
    """One shortlister's score of a sample; all criteria of its question are given at once, and stay."""

    __tablename__ = "sample_scores"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    sample_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(primary_key=True)
    value: Mapped[int]
    reason: Mapped[bytes | None]
    scored_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "sample_id"], ["sample_answers.campaign_id", "sample_answers.id"]),
        ForeignKeyConstraint(["campaign_id", "criterion_id"], ["criteria.campaign_id", "criteria.id"]),
    )


def list_samples(session: Session, campaign_id: UUID) -> Sequence[SampleAnswer]:
    return session.scalars(
        select(SampleAnswer).where(SampleAnswer.campaign_id == campaign_id).order_by(SampleAnswer.position)
    ).all()


def samples_written(campaign_id: Any, table: Any) -> ScalarSelect[int]:
    """How many samples the campaign of each row of `table` has, as a column of another query."""
    return (
        select(func.count(SampleAnswer.id))
        .where(SampleAnswer.campaign_id == campaign_id)
        .correlate(table)
        .scalar_subquery()
    )


def samples_left(campaign_id: Any, table: Any, person_id: UUID) -> ScalarSelect[int]:
    """How many samples somebody has still to score, as a column of another query."""
    scored = exists().where(
        SampleScore.campaign_id == SampleAnswer.campaign_id,
        SampleScore.sample_id == SampleAnswer.id,
        SampleScore.person_id == person_id,
    )
    has_criteria = exists().where(
        QuestionCriterion.campaign_id == SampleAnswer.campaign_id,
        QuestionCriterion.question_id == SampleAnswer.question_id,
    )
    return (
        select(func.count(SampleAnswer.id))
        .where(
            SampleAnswer.campaign_id == campaign_id,
            has_criteria.correlate(SampleAnswer),
            ~scored.correlate(SampleAnswer),
        )
        .correlate(table)
        .scalar_subquery()
    )
