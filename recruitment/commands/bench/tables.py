"""The floor's tables: what an application without encryption, roles or trail would keep, in plain text."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, MetaData
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from recruitment.store.base import NAMING, TYPE_MAP, LongText


class Floor(DeclarativeBase):
    """Tables of the floor's own database."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = TYPE_MAP


class User(Floor):
    __tablename__ = "users"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]


class Campaign(Floor):
    __tablename__ = "campaigns"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    state: Mapped[str]
    organisation: Mapped[str]
    closes_at: Mapped[datetime]
    vacancy_id: Mapped[UUID]
    vacancy: Mapped[str]
    scale_min: Mapped[int]
    scale_max: Mapped[int]


class Question(Floor):
    __tablename__ = "questions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    position: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(LongText)
    hint: Mapped[str] = mapped_column(LongText)
    word_limit: Mapped[int]


class Criterion(Floor):
    __tablename__ = "criteria"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id"), index=True)
    name: Mapped[str]
    description: Mapped[str] = mapped_column(LongText)
    minimum: Mapped[int]


class Anchor(Floor):
    __tablename__ = "anchors"

    criterion_id: Mapped[UUID] = mapped_column(ForeignKey("criteria.id"), primary_key=True)
    score: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(LongText)


class Draft(Floor):
    __tablename__ = "drafts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    content: Mapped[dict[str, Any]]

    __table_args__ = (Index(None, "campaign_id", "user_id", unique=True),)


class Application(Floor):
    __tablename__ = "applications"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    user_id: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))
    reference: Mapped[str]
    submitted_at: Mapped[datetime]

    __table_args__ = (
        Index(None, "campaign_id", "user_id", unique=True),
        Index(None, "campaign_id", "reference", unique=True),
    )


class Answer(Floor):
    """`pieces`: text that is shown, and numbers of hidden passages."""

    __tablename__ = "answers"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"), index=True)
    question_id: Mapped[UUID] = mapped_column(ForeignKey("questions.id"))
    pieces: Mapped[list[Any]]
    has_restorable: Mapped[bool]


class Record(Floor):
    """Identity, requests, relationships and hidden passages: the product's sealed records, open."""

    __tablename__ = "records"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]


class Preference(Floor):
    __tablename__ = "preferences"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    vacancy_id: Mapped[UUID] = mapped_column(primary_key=True)


class StageEvent(Floor):
    __tablename__ = "stage_events"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


class Message(Floor):
    __tablename__ = "messages"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    letter: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]


class Job(Floor):
    __tablename__ = "jobs"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    detail: Mapped[dict[str, Any]]
    run_after: Mapped[datetime]


class Allocation(Floor):
    __tablename__ = "allocations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    answer_id: Mapped[UUID] = mapped_column(ForeignKey("answers.id"))
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    position: Mapped[int]
    recognition: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index(None, "campaign_id", "user_id", "position"),)


class Score(Floor):
    __tablename__ = "scores"

    allocation_id: Mapped[UUID] = mapped_column(ForeignKey("allocations.id"), primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(ForeignKey("criteria.id"), primary_key=True)
    value: Mapped[int]
    reason: Mapped[str] = mapped_column(LongText)
    scored_at: Mapped[datetime]


class EqualityAnswers(Floor):
    __tablename__ = "equality_answers"

    application_id: Mapped[UUID] = mapped_column(ForeignKey("applications.id"), primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), index=True)
    answers: Mapped[dict[str, Any]]


class Tally(Floor):
    __tablename__ = "tallies"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    counts: Mapped[str] = mapped_column(LongText)
