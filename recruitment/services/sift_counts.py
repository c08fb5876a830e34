"""Counts of a sift, kept with what they count: whatever changes an answer's scores changes them too.

A sift of 10,000 applications has some 100,000 scores; its pages read a few dozen counts instead. Whoever changes
one answer does it within `counting`; whoever changes many counts all of them anew (`count_anew`). Both hold the
campaign's row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, delete, func, insert, select, text
from sqlalchemy.orm import Session

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.sift_counts import AnswerStanding, Counted, Counts, InModeration, Reading, count_answer
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Campaign, Criterion, QuestionCriterion
from recruitment.store.sift import Allocation, AllocationState, Moderation, ModerationProposal, Score, SiftCount

_Minimums = dict[UUID, dict[UUID, int]]  # question → criterion → minimum
_OF_CAMPAIGN = bindparam("campaign_id", type_=Uuid())
_OF = bindparam("of_id", type_=Uuid())
# The same words on both databases.
_ADD = text(
    "INSERT INTO sift_counts (campaign_id, of_id, counted, number) "
    "VALUES (:campaign_id, :of_id, :counted, :number) "
    "ON CONFLICT (campaign_id, of_id, counted) DO UPDATE SET number = sift_counts.number + excluded.number"
).bindparams(_OF_CAMPAIGN, _OF)


@contextmanager
def counting(session: Session, campaign_id: UUID, answer_ids: Sequence[UUID]) -> Iterator[None]:
    """What is done to these answers within changes the counts by as much; the caller holds the campaign's row."""
    session.flush()
    asked = _minimums(session, campaign_id)
    before = _count(session, campaign_id, asked, answer_ids)
    yield
    session.flush()
    after = _count(session, campaign_id, asked, answer_ids)
    after.subtract(before)
    if changed := {key: number for key, number in after.items() if number}:
        session.execute(_ADD, _rows(campaign_id, changed))


def count_anew(session: Session, campaign_id: UUID) -> None:
    """Count a whole sift; the caller holds the campaign's row."""
    session.flush()
    found = _count(session, campaign_id, _minimums(session, campaign_id))
    session.execute(delete(SiftCount).where(SiftCount.campaign_id == campaign_id))
    if rows := _rows(campaign_id, found):
        session.execute(insert(SiftCount), rows)


def _rows(campaign_id: UUID, counts: Mapping[tuple[Counted, UUID], int]) -> list[dict[str, Any]]:
    """In one order, so that two that meet in the database wait for each other and never crosswise."""
    return [
        {"campaign_id": campaign_id, "of_id": of_id, "counted": counted.value, "number": number}
        for (counted, of_id), number in sorted(counts.items(), key=lambda item: (item[0][1], item[0][0]))
    ]


def read_counts(session: Session, campaign_id: UUID) -> Counts:
    rows = session.execute(
        select(SiftCount.counted, SiftCount.of_id, SiftCount.number).where(SiftCount.campaign_id == campaign_id)
    )
    return Counts({(Counted(counted), of_id): number for counted, of_id, number in rows})


def read_sums(session: Session, campaign_ids: Sequence[UUID]) -> Counter[tuple[UUID, Counted]]:
    """(campaign, count) → its sum over shortlisters, or over criteria."""
    rows = session.execute(
        select(SiftCount.campaign_id, SiftCount.counted, func.sum(SiftCount.number))
        .where(SiftCount.campaign_id.in_(campaign_ids))
        .group_by(SiftCount.campaign_id, SiftCount.counted)
    )
    return Counter({(campaign_id, Counted(counted)): int(number) for campaign_id, counted, number in rows})


def find_miscounted(session: Session) -> list[str]:
    """Titles of sifts under way whose counts are not those of their scores."""
    found = []
    for campaign in session.scalars(select(Campaign).where(Campaign.state == CampaignState.SIFTING)):
        counted = _count(session, campaign.id, _minimums(session, campaign.id))
        kept = read_counts(session, campaign.id)
        if any(counted[key] != kept[key] for key in counted.keys() | kept.keys()):
            found.append(campaign.title)
    return sorted(found)


def _count(
    session: Session, campaign_id: UUID, asked: _Minimums, answer_ids: Sequence[UUID] | None = None
) -> Counts:
    campaign = session.get_one(Campaign, campaign_id)
    found: Counts = Counts()
    for answer in _standings(session, campaign_id, asked, answer_ids):
        found.update(count_answer(answer, campaign=campaign_id, wanted=campaign.shortlisters_per_answer))
    return found


def _standings(
    session: Session, campaign_id: UUID, asked: _Minimums, answer_ids: Sequence[UUID] | None
) -> Iterable[AnswerStanding]:
    """Answers that were ever handed out, in two statements."""
    questions: dict[UUID, UUID] = {}
    held: dict[UUID, dict[UUID, tuple[UUID, str, dict[UUID, int]]]] = defaultdict(dict)
    for allocation_id, answer_id, question_id, person_id, state, criterion_id, value in session.execute(
        _only(_given(campaign_id), Allocation.answer_id, answer_ids)
    ):
        questions[answer_id] = question_id
        reading = held[answer_id].setdefault(allocation_id, (person_id, state, {}))
        if criterion_id is not None:
            reading[2][criterion_id] = value
    arranged: dict[UUID, dict[UUID, tuple[bool, set[UUID]]]] = defaultdict(dict)
    for answer_id, criterion_id, agreed, person_id in session.execute(
        _only(_arranged(campaign_id), Moderation.answer_id, answer_ids)
    ):
        case = arranged[answer_id].setdefault(criterion_id, (agreed is not None, set()))
        if person_id is not None:
            case[1].add(person_id)
    for answer_id, question_id in questions.items():
        yield AnswerStanding(
            asked.get(question_id, {}),
            [
                Reading(person, state == AllocationState.OPEN, state == AllocationState.RECUSED, scores)
                for person, state, scores in held[answer_id].values()
            ],
            [InModeration(criterion, *case) for criterion, case in arranged[answer_id].items()],
        )


def _only(query: Any, column: Any, answer_ids: Sequence[UUID] | None) -> Any:
    return query if answer_ids is None else query.where(column.in_(answer_ids))


def _minimums(session: Session, campaign_id: UUID) -> _Minimums:
    found: _Minimums = {}
    rows = session.execute(
        select(QuestionCriterion.question_id, Criterion.id, Criterion.minimum)
        .join(
            Criterion,
            (Criterion.campaign_id == QuestionCriterion.campaign_id)
            & (Criterion.id == QuestionCriterion.criterion_id),
        )
        .where(QuestionCriterion.campaign_id == campaign_id)
    )
    for question_id, criterion_id, minimum in rows:
        found.setdefault(question_id, {})[criterion_id] = minimum
    return found


def _given(campaign_id: UUID) -> Select[UUID, UUID, UUID, UUID, str, UUID, int]:
    return (
        select(
            Allocation.id,
            Allocation.answer_id,
            Allocation.question_id,
            Allocation.person_id,
            Allocation.state,
            Score.criterion_id,
            Score.value,
        )
        .outerjoin(Score, (Score.campaign_id == Allocation.campaign_id) & (Score.allocation_id == Allocation.id))
        .where(Allocation.campaign_id == campaign_id)
    )


def _arranged(campaign_id: UUID) -> Select[UUID, UUID, int | None, UUID]:
    of_it = (
        (ModerationProposal.campaign_id == Moderation.campaign_id)
        & (ModerationProposal.answer_id == Moderation.answer_id)
        & (ModerationProposal.criterion_id == Moderation.criterion_id)
    )
    return (
        select(
            Moderation.answer_id, Moderation.criterion_id, Moderation.agreed_value, ModerationProposal.person_id
        )
        .outerjoin(ModerationProposal, of_it)
        .where(Moderation.campaign_id == campaign_id)
    )


def answers_of(session: Session, campaign_id: UUID, application_id: UUID) -> Sequence[UUID]:
    """The ids of an application's answers."""
    return session.scalars(
        select(Answer.id)
        .where(Answer.campaign_id == campaign_id, Answer.application_id == application_id)
        .order_by(Answer.id)
    ).all()
