"""A shortlister's own pace and measure while they score: nothing of others, nothing of candidates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, and_, literal_column, select, union_all
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.sift_pace import COMPARED_SCORES, RECENT_ANSWERS, Drift, TimeLeft, drift, time_left
from recruitment.services.queues import find_next, is_open_for
from recruitment.store.campaigns import Criterion, Question, QuestionCriterion
from recruitment.store.sift import Allocation, Score

_READ_BACK = 2 * RECENT_ANSWERS  # breaks are left out afterwards


@dataclass(frozen=True)
class OwnDrift:
    question_number: int
    criterion: str
    drift: Drift


@dataclass(frozen=True)
class OneQuestion:
    """The question that a page is of, with the names of its criteria."""

    number: int
    criteria: Mapping[UUID, str]


# Question, by its id or where to find it; criterion; the question's number; the criterion's name.
_Asked = tuple["UUID | ScalarSelect[UUID]", UUID, int, str]


@dataclass(frozen=True)
class OwnMeasure:
    time_left: TimeLeft | None
    drifts: tuple[OwnDrift, ...]


def read_own_measure(
    session: Session, *, actor: Actor, campaign_id: UUID, left: int, of: OneQuestion | None = None
) -> OwnMeasure:
    """How long `left` answers take, and drift for each criterion of each question or of the one.

    From the actor's own answers alone, so it asks for no other permission; a few rows however many they scored.
    """
    recent = session.scalars(
        select(Allocation.scored_at)
        .where(*_scored(actor, campaign_id))
        .order_by(Allocation.scored_at.desc())
        .limit(_READ_BACK)
    ).all()
    finished = [at for at in reversed(recent) if at is not None]
    asked = _asked_in(campaign_id, of) if of else _asked(session, campaign_id)
    return OwnMeasure(time_left(finished, left), _own_drift(session, actor, campaign_id, asked))


def _scored(actor: Actor, campaign_id: UUID) -> tuple[ColumnElement[bool], ...]:
    """The actor's answers with a score or more, in the words of the indexes that serve them."""
    return Allocation.campaign_id == campaign_id, is_open_for(actor.id), Allocation.scored_at.is_not(None)


def _own_drift(session: Session, actor: Actor, campaign_id: UUID, asked: Sequence[_Asked]) -> tuple[OwnDrift, ...]:
    found = []
    ends = _ends(session, actor, campaign_id, asked)
    for place, (_, _, number, name) in enumerate(asked):
        # With fewer than twice as many the ends overlap, and nothing is said.
        first, last = ends.get((place, False), []), ends.get((place, True), [])
        scores = {position: value for position, value in (*first, *last)}
        if measured := drift([scores[position] for position in sorted(scores)]):
            found.append(OwnDrift(number, name, measured))
    return tuple(found)


def _asked_in(campaign_id: UUID, of: OneQuestion) -> list[_Asked]:
    """What is known of the question is not asked for again: its id is looked up with its scores."""
    question = select(Question.id).where(Question.campaign_id == campaign_id, Question.position == of.number)
    return [(question.scalar_subquery(), key, of.number, name) for key, name in of.criteria.items()]


def _asked(session: Session, campaign_id: UUID) -> list[_Asked]:
    """Every criterion of every question, in the order of the questions."""
    query = (
        select(Question.id, Criterion.id, Question.position, Criterion.name)
        .join(
            QuestionCriterion,
            and_(
                QuestionCriterion.campaign_id == Question.campaign_id,
                QuestionCriterion.question_id == Question.id,
            ),
        )
        .join(
            Criterion,
            and_(
                Criterion.campaign_id == QuestionCriterion.campaign_id,
                Criterion.id == QuestionCriterion.criterion_id,
            ),
        )
        .where(Question.campaign_id == campaign_id)
        .order_by(Question.position, Criterion.position)
    )
    return [(question_id, key, number, name) for question_id, key, number, name in session.execute(query)]


def _ends(
    session: Session, actor: Actor, campaign_id: UUID, asked: Sequence[_Asked]
) -> dict[tuple[int, bool], list[tuple[int, int]]]:
    """Both ends of the actor's scores of each criterion, each end as (position, score), in one statement."""
    parts = [
        select(
            literal_column(str(place)).label("place"),
            literal_column(str(int(is_last))).label("is_last"),
            Allocation.position,
            Score.value,
        )
        .join(Score, and_(Score.campaign_id == Allocation.campaign_id, Score.allocation_id == Allocation.id))
        .where(
            *_scored(actor, campaign_id), Allocation.question_id == question_id, Score.criterion_id == criterion_id
        )
        .order_by(Allocation.position.desc() if is_last else Allocation.position)
        .limit(COMPARED_SCORES)
        .subquery()
        for place, (question_id, criterion_id, *_) in enumerate(asked)
        for is_last in (False, True)
    ]
    found: dict[tuple[int, bool], list[tuple[int, int]]] = {}
    if parts:
        for place, is_last, position, value in session.execute(union_all(*(select(part) for part in parts))):
            found.setdefault((place, bool(is_last)), []).append((position, value))
    return found


def find_where_stopped(session: Session, *, actor: Actor, campaign_id: UUID) -> UUID | None:
    """The actor's next answer to score behind the one they scored last, else the first left; None at the end."""
    last = session.scalar(
        select(Allocation.id)
        .where(*_scored(actor, campaign_id))
        .order_by(Allocation.scored_at.desc(), Allocation.position.desc())
        .limit(1)
    )
    return find_next(session, actor=actor, campaign_id=campaign_id, after=last, or_itself=True)
