"""What the floor reads for a shortlister's pages, into the very values that the product's templates take."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from recruitment.commands.bench.tables import Allocation, Anchor, Answer, Campaign, Criterion, Question, Score
from recruitment.rules.campaigns import CampaignState, QuestionKind
from recruitment.rules.sift_pace import RECENT_ANSWERS, drift, time_left
from recruitment.services.redacted import shown_parts
from recruitment.services.sift import AnonymousAnswer, Guided, Queue, QueueItem
from recruitment.services.sift_pace import OwnDrift, OwnMeasure


def find_campaign(session: Session, campaign_id: UUID) -> Campaign:
    return session.get_one(Campaign, campaign_id)


def criteria_of_answer(session: Session, answer_id: UUID) -> Sequence[Criterion]:
    return session.scalars(
        select(Criterion)
        .join(Answer, Answer.question_id == Criterion.question_id)
        .where(Answer.id == answer_id)
        .order_by(Criterion.name)
    ).all()


def _is_scored() -> ColumnElement[bool]:
    score = exists().where(Score.allocation_id == Allocation.id, Score.criterion_id == Criterion.id)
    lacking = exists().where(Criterion.question_id == Answer.question_id, ~score.correlate_except(Score))
    return ~lacking.correlate_except(Criterion)


def _mine(user_id: UUID, campaign_id: UUID) -> ColumnElement[bool]:
    return and_(Allocation.campaign_id == campaign_id, Allocation.user_id == user_id)


def find_next(session: Session, user_id: UUID, campaign_id: UUID, after: int) -> UUID | None:
    """The next allocation without all its scores, behind a position first."""
    return session.scalar(
        select(Allocation.id)
        .join(Answer, Answer.id == Allocation.answer_id)
        .where(_mine(user_id, campaign_id), ~_is_scored())
        .order_by(Allocation.position <= after, Allocation.position)
        .limit(1)
    )


def _progress(session: Session, user_id: UUID, campaign_id: UUID, position: int) -> tuple[int, int, int]:
    """How many stand up to a position, how many in all, how many are scored."""
    return (
        session.execute(
            select(
                func.count().filter(Allocation.position <= position),
                func.count(),
                func.count().filter(_is_scored()),
            )
            .select_from(Allocation)
            .join(Answer, Answer.id == Allocation.answer_id)
            .where(_mine(user_id, campaign_id))
        )
        .one()
        ._tuple()
    )


def read_queue(session: Session, user_id: UUID, campaign_id: UUID, page: int, per_page: int) -> Queue:
    campaign = find_campaign(session, campaign_id)
    start = (page - 1) * per_page
    rows = session.execute(
        select(Allocation.id, Allocation.recognition, Question.position, _is_scored())
        .join(Answer, Answer.id == Allocation.answer_id)
        .join(Question, Question.id == Answer.question_id)
        .where(_mine(user_id, campaign_id))
        .order_by(Allocation.position)
        .offset(start)
        .limit(per_page)
    )
    items = tuple(
        QueueItem(handle, place, number, done, recognition)
        for place, (handle, recognition, number, done) in enumerate(rows, start + 1)
    )
    _, total, scored = _progress(session, user_id, campaign_id, 0)
    questions = session.scalars(select(Question).where(Question.campaign_id == campaign_id))
    return Queue(
        campaign.title,
        CampaignState(campaign.state),
        items,
        total,
        scored,
        find_next(session, user_id, campaign_id, 0),
        {question.position: question.text for question in questions},
    )


def _beside(session: Session, allocation: Allocation, *, forward: bool) -> UUID | None:
    position = Allocation.position
    return session.scalar(
        select(Allocation.id)
        .where(
            _mine(allocation.user_id, allocation.campaign_id),
            position > allocation.position if forward else position < allocation.position,
        )
        .order_by(position if forward else position.desc())
        .limit(1)
    )


def _guided(session: Session, allocation: Allocation) -> tuple[Guided, ...]:
    criteria = criteria_of_answer(session, allocation.answer_id)
    anchors: dict[UUID, list[tuple[int, str]]] = {}
    for anchor in session.scalars(
        select(Anchor).where(Anchor.criterion_id.in_([row.id for row in criteria])).order_by(Anchor.score)
    ):
        anchors.setdefault(anchor.criterion_id, []).append((anchor.score, anchor.text))
    scores = {
        row.criterion_id: row for row in session.scalars(select(Score).where(Score.allocation_id == allocation.id))
    }
    return tuple(
        Guided(
            row.id,
            row.name,
            row.description,
            row.minimum,
            tuple(anchors.get(row.id, ())),
            scores[row.id].value if row.id in scores else None,
            scores[row.id].reason if row.id in scores else "",
            False,
        )
        for row in criteria
    )


def read_answer(session: Session, user_id: UUID, campaign_id: UUID, handle: UUID) -> AnonymousAnswer:
    campaign = find_campaign(session, campaign_id)
    allocation, answer, question = session.execute(
        select(Allocation, Answer, Question)
        .join(Answer, Answer.id == Allocation.answer_id)
        .join(Question, Question.id == Answer.question_id)
        .where(_mine(user_id, campaign_id), Allocation.id == handle)
    ).one()
    number, total, scored = _progress(session, user_id, campaign_id, allocation.position)
    return AnonymousAnswer(
        handle=handle,
        campaign_title=campaign.title,
        question_number=question.position,
        question_text=question.text,
        question_kind=QuestionKind(question.kind),
        parts=shown_parts(tuple(answer.pieces)),
        criteria=_guided(session, allocation),
        lowest=campaign.scale_min,
        highest=campaign.scale_max,
        place=number,
        queue_length=total,
        scored=scored,
        recognition=allocation.recognition,
        label="",
        previous=_beside(session, allocation, forward=False),
        next=_beside(session, allocation, forward=True),
    )


def read_measure(
    session: Session, user_id: UUID, campaign_id: UUID, left: int, question_number: int | None = None
) -> OwnMeasure:
    """The time left at one's own pace, and drift by criterion, as the product's pages say them."""
    finished = func.max(Score.scored_at)
    recent = session.scalars(
        select(finished)
        .select_from(Allocation)
        .join(Score, Score.allocation_id == Allocation.id)
        .where(_mine(user_id, campaign_id))
        .group_by(Allocation.id)
        .order_by(finished.desc())
        .limit(2 * RECENT_ANSWERS)
    ).all()
    rows = session.execute(
        select(Question.position, Criterion.name, Score.value)
        .select_from(Allocation)
        .join(Answer, Answer.id == Allocation.answer_id)
        .join(Question, Question.id == Answer.question_id)
        .join(Score, Score.allocation_id == Allocation.id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .where(
            _mine(user_id, campaign_id),
            *([Question.position == question_number] if question_number is not None else []),
        )
        .order_by(Question.position, Criterion.name, Allocation.position)
    ).all()
    drifts = tuple(
        OwnDrift(number, name, found)
        for (number, name), scores in groupby(rows, lambda row: (row[0], row[1]))
        if (found := drift([row[2] for row in scores]))
    )
    return OwnMeasure(time_left(recent[::-1], left), drifts)
