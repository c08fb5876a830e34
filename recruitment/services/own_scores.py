"""A shortlister's own scores of one answer, without the answer: what is needed to go on after a score."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import NotFound
from recruitment.services.desk import Desk
from recruitment.services.reasons import open_reason, score_place
from recruitment.store.campaigns import Criterion, QuestionCriterion
from recruitment.store.sift import Allocation, AllocationState, Score


@dataclass(frozen=True)
class OwnCriterion:
    """`reason`: as it is kept, empty where there is none."""

    id: UUID
    is_scored: bool
    reason: str


# Put together once: this is asked after every score.
_CRITERIA = (
    select(Criterion.id, Score)
    .select_from(Allocation)
    .join(
        QuestionCriterion,
        and_(
            QuestionCriterion.campaign_id == Allocation.campaign_id,
            QuestionCriterion.question_id == Allocation.question_id,
        ),
    )
    .join(
        Criterion,
        and_(
            Criterion.campaign_id == QuestionCriterion.campaign_id, Criterion.id == QuestionCriterion.criterion_id
        ),
    )
    .outerjoin(
        Score,
        and_(
            Score.campaign_id == Allocation.campaign_id,
            Score.allocation_id == Allocation.id,
            Score.criterion_id == Criterion.id,
        ),
    )
    .where(
        Allocation.campaign_id == bindparam("campaign_id"),
        Allocation.id == bindparam("handle"),
        Allocation.person_id == bindparam("person_id"),
        Allocation.state == AllocationState.OPEN,
    )
    .order_by(Criterion.position)
)


def read_own_scores(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, handle: UUID
) -> tuple[OwnCriterion, ...]:
    """The criteria of the actor's own answer in their order; `NotFound` for another's."""
    rows = session.execute(_CRITERIA, {"campaign_id": campaign_id, "handle": handle, "person_id": actor.id}).all()
    if not rows:
        raise NotFound
    return tuple(
        OwnCriterion(
            criterion_id,
            score is not None,
            open_reason(desk, campaign_id, score_place(handle, criterion_id), score.reason) if score else "",
        )
        for criterion_id, score in rows
    )
