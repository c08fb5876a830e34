"""Campaigns with their stages, vacancies, questions, criteria and scoring guides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class Campaign(Base):
    __tablename__ = "campaigns"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    title: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    summary: Mapped[str] = mapped_column(LongText, default="")
    opens_at: Mapped[datetime]
    closes_at: Mapped[datetime]
    scale_min: Mapped[int] = mapped_column(default=1)
    scale_max: Mapped[int] = mapped_column(default=7)
    shortlisters_per_answer: Mapped[int] = mapped_column(default=2)
    is_unlinked: Mapped[bool] = mapped_column(default=True)
    second_look_size: Mapped[int | None]
    inclusion_question: Mapped[str] = mapped_column(LongText, default="")
    # Columns that came to a table with rows: the database fills those.
    inclusion_guide: Mapped[str] = mapped_column(LongText, default="", server_default=text("''"))
    inclusion_question_id: Mapped[UUID | None]
    directorate: Mapped[str] = mapped_column(default="", server_default=text("''"))
    profession: Mapped[str] = mapped_column(default="", server_default=text("''"))
    # Applications begun and never submitted, counted once when the sift opens: drafts do not outlast their key.
    unfinished: Mapped[int | None]
    panel_policy_version: Mapped[int | None]
    # Of the equality questions; None: those that are shipped.
    question_set_version: Mapped[int | None]
    panel_grade: Mapped[str] = mapped_column(default="", server_default=text("''"))
    interviews_from: Mapped[date | None]
    interviews_until: Mapped[date | None]
    # Step of the calendar → ISO date, where one was set by hand.
    planned_dates: Mapped[dict[str, Any] | None]
    volume_cap: Mapped[int | None]
    volume_reason: Mapped[str] = mapped_column(LongText, default="")
    volume_recorded_at: Mapped[datetime | None]
    samples_left_out_at: Mapped[datetime | None]  # shortlisters go without calibration
    interview_line: Mapped[str | None]
    interview_line_reason: Mapped[str] = mapped_column(LongText, default="")
    shortlist_digest: Mapped[bytes | None]
    frozen_at: Mapped[datetime | None]
    reveal_asked_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    reveal_asked_at: Mapped[datetime | None]
    reveal_agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    reveal_agreed_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]  # by its signed checklist; `closes_at` is about applications
    # Text of the mapping by which another system's exports come in; read where it is asked for only.
    import_mapping: Mapped[str] = mapped_column(LongText, default="", server_default=text("''"), deferred=True)
    created_at: Mapped[datetime]

    __table_args__ = (Index(None, "organisation_id", "state", "closed_at"),)


class Stage(Base):
    """One step of the campaign's own ordered list."""

    __tablename__ = "stages"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]


class Vacancy(Base):
    __tablename__ = "vacancies"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    title: Mapped[str]
    location: Mapped[str] = mapped_column(default="")
    grade: Mapped[str] = mapped_column(default="")
    pay: Mapped[str] = mapped_column(default="")
    working_pattern: Mapped[str] = mapped_column(default="")
    posts: Mapped[int] = mapped_column(default=1)


class Question(Base):
    """What candidates answer: a question, one statement, or a CV."""

    __tablename__ = "questions"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    kind: Mapped[str]
    text: Mapped[str] = mapped_column(LongText)
    hint: Mapped[str] = mapped_column(LongText, default="")
    word_limit: Mapped[int] = mapped_column(default=250)


class Criterion(Base):
    """What answers (or interviews) are scored against, with its minimum fixed before the first score."""

    __tablename__ = "criteria"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    stage_position: Mapped[int]
    name: Mapped[str]
    description: Mapped[str] = mapped_column(LongText, default="")
    weight: Mapped[int] = mapped_column(default=1)
    minimum: Mapped[int] = mapped_column(default=4)
    scores_spelling: Mapped[bool] = mapped_column(default=False, server_default=text("false"))


class QuestionCriterion(Base):
    """Which criteria an answer to a question is scored against."""

    __tablename__ = "question_criteria"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    question_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(primary_key=True)

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "question_id"], ["questions.campaign_id", "questions.id"]),
        ForeignKeyConstraint(["campaign_id", "criterion_id"], ["criteria.campaign_id", "criteria.id"]),
    )


class Anchor(Base):
    """One line of a criterion's scoring guide."""

    __tablename__ = "anchors"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(primary_key=True)
    score: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(LongText)

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "criterion_id"], ["criteria.campaign_id", "criteria.id"]),
    )


def lock_campaign(session: Session, campaign_id: UUID, *, is_shared: bool = False) -> Campaign:
    """The campaign as it stands now, held for this transaction against those who move it on.

    `is_shared` lets others hold it so too: candidates who submit wait for no one but the opening of the sift.
    """
    return session.scalars(
        select(Campaign)
        .where(Campaign.id == campaign_id)
        .with_for_update(read=is_shared, key_share=is_shared)
        .execution_options(populate_existing=True)
    ).one()


def list_questions(session: Session, campaign_id: UUID) -> Sequence[Question]:
    return session.scalars(
        select(Question).where(Question.campaign_id == campaign_id).order_by(Question.position)
    ).all()


def list_questions_with_spelling(session: Session, campaign_id: UUID) -> list[tuple[Question, bool]]:
    """Each question in order, with whether spelling counts on a criterion that its answers are scored against."""
    counts = (
        select(Criterion.id)
        .join(
            QuestionCriterion,
            (QuestionCriterion.campaign_id == Criterion.campaign_id)
            & (QuestionCriterion.criterion_id == Criterion.id),
        )
        .where(
            QuestionCriterion.campaign_id == Question.campaign_id,
            QuestionCriterion.question_id == Question.id,
            Criterion.scores_spelling,
        )
        .correlate(Question)
        .exists()
    )
    rows = session.execute(
        select(Question, counts).where(Question.campaign_id == campaign_id).order_by(Question.position)
    )
    return [(row, bool(spelling)) for row, spelling in rows]


def list_criteria(session: Session, campaign_id: UUID, stage_position: int | None = None) -> Sequence[Criterion]:
    query = select(Criterion).where(Criterion.campaign_id == campaign_id).order_by(Criterion.position)
    if stage_position is not None:
        query = query.where(Criterion.stage_position == stage_position)
    return session.scalars(query).all()


def list_stages(session: Session, campaign_id: UUID) -> Sequence[Stage]:
    return session.scalars(select(Stage).where(Stage.campaign_id == campaign_id).order_by(Stage.position)).all()


def list_vacancies(session: Session, campaign_id: UUID) -> Sequence[Vacancy]:
    return session.scalars(
        select(Vacancy).where(Vacancy.campaign_id == campaign_id).order_by(Vacancy.position)
    ).all()


def list_anchors(session: Session, campaign_id: UUID) -> Sequence[Anchor]:
    return session.scalars(select(Anchor).where(Anchor.campaign_id == campaign_id).order_by(Anchor.score)).all()


def criteria_by_question(session: Session, campaign_id: UUID) -> dict[UUID, list[UUID]]:
    """Question id → ids of the criteria its answers are scored against, in the criteria's order."""
    rows = session.execute(
        select(QuestionCriterion.question_id, QuestionCriterion.criterion_id)
        .join(
            Criterion,
            (Criterion.campaign_id == QuestionCriterion.campaign_id)
            & (Criterion.id == QuestionCriterion.criterion_id),
        )
        .where(QuestionCriterion.campaign_id == campaign_id)
        .order_by(Criterion.position)
    )
    found: dict[UUID, list[UUID]] = {}
    for question_id, criterion_id in rows:
        found.setdefault(question_id, []).append(criterion_id)
    return found
