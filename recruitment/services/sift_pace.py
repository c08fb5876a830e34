"""A shortlister's own pace and measure while they score: nothing of others, nothing of candidates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.sift_pace import COMPARED_SCORES, RECENT_ANSWERS, Drift, TimeLeft, drift, time_left
from recruitment.services.queues import find_next, is_open_for, of_answer
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Criterion, Question
from recruitment.store.sift import Allocation, Score

_READ_BACK = 2 * RECENT_ANSWERS  # breaks are left out afterwards


@dataclass(frozen=True)
class OwnDrift:
    question_number: int
    criterion: str
    drift: Drift


@dataclass(frozen=True)
class OwnMeasure:
    time_left: TimeLeft | None
    drifts: tuple[OwnDrift, ...]


def _of_allocation() -> ColumnElement[bool]:
    return and_(Score.campaign_id == Allocation.campaign_id, Score.allocation_id == Allocation.id)


def read_own_measure(
    session: Session, *, actor: Actor, campaign_id: UUID, left: int, question_number: int | None = None
) -> OwnMeasure:
    """How long `left` answers take, and drift for each criterion of each question or of the one.

    From the actor's own answers alone, so it asks for no other permission; a few rows however many they scored.
    """
    finished: ColumnElement[datetime] = func.max(Score.scored_at)
    recent = session.scalars(
        select(finished)
        .select_from(Allocation)
        .join(Score, _of_allocation())
        .where(Allocation.campaign_id == campaign_id, is_open_for(actor.id))
        .group_by(Allocation.id)
        .order_by(finished.desc())
        .limit(_READ_BACK)
    ).all()
    return OwnMeasure(time_left(recent[::-1], left), _own_drift(session, actor, campaign_id, question_number))


def _own_drift(
    session: Session, actor: Actor, campaign_id: UUID, question_number: int | None
) -> tuple[OwnDrift, ...]:
    of_criterion = (Question.position, Criterion.position)
    scores = (
        select(
            Question.position.label("question"),
            Criterion.position.label("criterion"),
            Criterion.name,
            Score.value,
            func.row_number().over(partition_by=of_criterion, order_by=Allocation.position).label("from_first"),
            func.row_number()
            .over(partition_by=of_criterion, order_by=Allocation.position.desc())
            .label("from_last"),
        )
        .select_from(Allocation)
        .join(Answer, of_answer())
        .join(
            Question,
            and_(Question.campaign_id == Answer.campaign_id, Question.id == Answer.question_id),
        )
        .join(Score, _of_allocation())
        .join(
            Criterion,
            and_(Criterion.campaign_id == Score.campaign_id, Criterion.id == Score.criterion_id),
        )
        .where(
            Allocation.campaign_id == campaign_id,
            is_open_for(actor.id),
            *([Question.position == question_number] if question_number is not None else []),
        )
        .subquery()
    ).c
    # Both ends of each row of scores: with fewer than twice as many, fewer come, and nothing is said.
    ends = session.execute(
        select(scores.question, scores.criterion, scores.name, scores.value)
        .where(or_(scores.from_first <= COMPARED_SCORES, scores.from_last <= COMPARED_SCORES))
        .order_by(scores.question, scores.criterion, scores.from_first)
    ).all()
    return tuple(
        OwnDrift(number, name, found)
        for (number, _, name), rows in groupby(ends, lambda row: (row[0], row[1], row[2]))
        if (found := drift([row[3] for row in rows]))
    )


def find_where_stopped(session: Session, *, actor: Actor, campaign_id: UUID) -> UUID | None:
    """The actor's next answer to score behind the one they scored last, else the first left; None at the end."""
    last = session.scalar(
        select(Allocation.id)
        .join(Score, _of_allocation())
        .where(Allocation.campaign_id == campaign_id, is_open_for(actor.id))
        .order_by(Score.scored_at.desc(), Allocation.position.desc())
        .limit(1)
    )
    return find_next(session, actor=actor, campaign_id=campaign_id, after=last, or_itself=True)
