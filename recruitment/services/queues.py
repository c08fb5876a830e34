"""Queues: how far a shortlister has come, and where in their own order an answer stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Permission, Role
from recruitment.rules.sift_counts import Counted
from recruitment.services.permissions import campaigns_of, require
from recruitment.store.campaigns import Criterion, QuestionCriterion
from recruitment.store.sample_answers import samples_left
from recruitment.store.sift import Allocation, AllocationState, Score, SiftCount


@dataclass(frozen=True)
class OwnSift:
    """One campaign on a shortlister's home page; the numbers are nought unless its sift is under way."""

    campaign_id: UUID
    title: str
    state: CampaignState
    total: int
    scored: int
    samples_left: int
    moderation_waiting: int


@dataclass(frozen=True)
class Progress:
    """Answers in somebody's queue, those fully scored, and sample answers that they have still to score."""

    total: int = 0
    scored: int = 0
    samples_left: int = 0


@dataclass(frozen=True)
class Place:
    """Where one answer stands in its reader's own queue; `number` counts from 1."""

    number: int
    total: int
    scored: int
    previous: UUID | None
    next: UUID | None


@dataclass(frozen=True)
class SavedScore:
    """The reader's own score, to say that it is saved; `place` is that of its answer."""

    handle: UUID
    criterion_id: UUID
    criterion: str
    value: int
    place: int


def is_open_for(person_id: UUID) -> ColumnElement[bool]:
    return and_(Allocation.person_id == person_id, Allocation.state == AllocationState.OPEN)


def is_scored() -> ColumnElement[bool]:
    """True for an allocation that has a score for each criterion of its question."""
    return Allocation.is_complete.is_(True)


def has_every_score() -> ColumnElement[bool]:
    """Looks whether an allocation has a score for each criterion of its question."""
    # Said outright: left alone, the inner query would look through everybody's allocations.
    score_of_it = (
        exists()
        .where(
            Score.campaign_id == Allocation.campaign_id,
            Score.allocation_id == Allocation.id,
            Score.criterion_id == QuestionCriterion.criterion_id,
        )
        .correlate(Allocation, QuestionCriterion)
    )
    return ~exists().where(
        QuestionCriterion.campaign_id == Allocation.campaign_id,
        QuestionCriterion.question_id == Allocation.question_id,
        ~score_of_it,
    ).correlate(Allocation)


def count_queue(session: Session, person_id: UUID, campaign_ids: list[UUID]) -> dict[UUID, Progress]:
    """Campaign → how far the person has come, in one statement."""
    answers = _own_count(person_id, Counted.ANSWERS)
    rows = session.execute(
        select(
            SiftCount.campaign_id,
            SiftCount.number,
            kept_count(SiftCount.campaign_id, person_id, Counted.ANSWERS_SCORED),
            samples_left(SiftCount.campaign_id, SiftCount, person_id),
        ).where(SiftCount.campaign_id.in_(campaign_ids), answers, SiftCount.number > 0)
    )
    return {campaign_id: Progress(*counts) for campaign_id, *counts in rows}


def _own_count(of_id: UUID, counted: Counted) -> ColumnElement[bool]:
    return and_(SiftCount.of_id == of_id, SiftCount.counted == counted)


def kept_count(campaign_id: Any, of_id: UUID, counted: Counted) -> ColumnElement[int]:
    """One count of a campaign, whose id may be a column of the query that this is a column of."""
    kept = aliased(SiftCount)
    number = select(kept.number).where(
        kept.campaign_id == campaign_id, kept.of_id == of_id, kept.counted == counted
    )
    return func.coalesce(number.correlate_except(kept).scalar_subquery(), 0)


def count_moderation_by_campaign(session: Session, person_id: UUID, campaign_ids: list[UUID]) -> dict[UUID, int]:
    """Campaign → cases in which the person has scored and has not yet said what they would agree to."""
    rows = session.execute(
        select(SiftCount.campaign_id, SiftCount.number).where(
            SiftCount.campaign_id.in_(campaign_ids), _own_count(person_id, Counted.TO_AGREE), SiftCount.number > 0
        )
    )
    return {campaign_id: number for campaign_id, number in rows}


def list_own_sifts(session: Session, *, actor: Actor) -> list[OwnSift]:
    """The campaigns in which the actor is a shortlister, sifts under way first, in three statements."""
    mine = [campaign for campaign, roles in campaigns_of(session, actor) if Role.SHORTLISTER in roles]
    sifting = [campaign.id for campaign in mine if campaign.state == CampaignState.SIFTING]
    counts = count_queue(session, actor.id, sifting)
    waiting = count_moderation_by_campaign(session, actor.id, sifting)
    none = Progress()
    found = [
        OwnSift(
            campaign.id,
            campaign.title,
            CampaignState(campaign.state),
            (own := counts.get(campaign.id, none)).total,
            own.scored,
            own.samples_left,
            waiting.get(campaign.id, 0),
        )
        for campaign in mine
    ]
    return sorted(found, key=lambda sift: sift.state is not CampaignState.SIFTING)


def count_own_moderation(session: Session, *, actor: Actor, campaign_id: UUID) -> int:
    """How many cases of this campaign wait for the actor."""
    return count_moderation_by_campaign(session, actor.id, [campaign_id]).get(campaign_id, 0)


def read_sift_state(session: Session, *, actor: Actor, campaign_id: UUID) -> tuple[str, CampaignState]:
    """Title and state, for the page that says that a sift is closed or not yet open."""
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS)
    return campaign.title, CampaignState(campaign.state)


def find_place(session: Session, allocation: Allocation) -> Place:
    """Count and look to both sides of one answer in its reader's queue, in one statement."""
    beside = aliased(Allocation)
    others = select(beside.id).where(
        beside.campaign_id == allocation.campaign_id,
        beside.person_id == allocation.person_id,
        beside.state == AllocationState.OPEN,
    )
    before = others.where(beside.position < allocation.position).order_by(beside.position.desc()).limit(1)
    after = others.where(beside.position > allocation.position).order_by(beside.position).limit(1)
    number = select(func.count()).where(
        Allocation.campaign_id == allocation.campaign_id,
        is_open_for(allocation.person_id),
        Allocation.position <= allocation.position,
    )
    whose = (allocation.campaign_id, allocation.person_id)
    found = session.execute(
        select(
            number.scalar_subquery(),
            kept_count(*whose, Counted.ANSWERS),
            kept_count(*whose, Counted.ANSWERS_SCORED),
            before.scalar_subquery(),
            after.scalar_subquery(),
        )
    ).one()
    return Place(*found)


def find_next(
    session: Session, *, actor: Actor, campaign_id: UUID, after: UUID | None = None, or_itself: bool = False
) -> UUID | None:
    """The actor's next answer without all its scores: the first behind `after`, else the first of all.

    None when everything is scored. `after` may be an answer that is no longer the actor's; `or_itself`: it
    comes first if it still lacks a score.
    """
    here = select(Allocation.position).where(
        Allocation.campaign_id == campaign_id, Allocation.id == after, Allocation.person_id == actor.id
    )
    left = (
        select(Allocation.id)
        .where(Allocation.campaign_id == campaign_id, is_open_for(actor.id), Allocation.is_complete.is_(False))
        .order_by(Allocation.position)
        .limit(1)
    )
    position = session.scalar(here) if after is not None else None
    if position is not None:
        behind = session.scalar(left.where(Allocation.position > position - or_itself))
        if behind is not None:
            return behind
    return session.scalar(left)


def is_answer_scored(session: Session, *, actor: Actor, campaign_id: UUID, handle: UUID) -> bool:
    """Whether the actor's own answer has all its scores; `NotFound` for another's."""
    found = session.scalar(
        select(is_scored())
        .select_from(Allocation)
        .where(Allocation.campaign_id == campaign_id, Allocation.id == handle, is_open_for(actor.id))
    )
    if found is None:
        raise NotFound
    return found


def find_saved_score(
    session: Session, *, actor: Actor, campaign_id: UUID, handle: UUID, criterion_id: UUID
) -> SavedScore | None:
    """The actor's own score of one criterion, or None: another's looks like none."""
    earlier = aliased(Allocation)
    place = (
        select(func.count())
        .select_from(earlier)
        .where(
            earlier.campaign_id == campaign_id,
            earlier.person_id == actor.id,
            earlier.state == AllocationState.OPEN,
            or_(earlier.position < Allocation.position, earlier.id == Allocation.id),
        )
        .scalar_subquery()
    )
    row = session.execute(
        select(Criterion.name, Score.value, place)
        .select_from(Allocation)
        .join(
            Score,
            and_(Score.campaign_id == Allocation.campaign_id, Score.allocation_id == Allocation.id),
        )
        .join(
            Criterion,
            and_(Criterion.campaign_id == Score.campaign_id, Criterion.id == Score.criterion_id),
        )
        .where(
            Allocation.campaign_id == campaign_id,
            Allocation.id == handle,
            Score.criterion_id == criterion_id,
            is_open_for(actor.id),
        )
    ).one_or_none()
    return SavedScore(handle, criterion_id, *row) if row else None
