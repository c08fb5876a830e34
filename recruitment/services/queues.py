"""Queues: how far a shortlister has come, and where in their own order an answer stands."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Permission, Role
from recruitment.services.permissions import campaigns_of, require
from recruitment.store.applications import Answer
from recruitment.store.campaigns import Criterion, QuestionCriterion
from recruitment.store.sample_answers import samples_left
from recruitment.store.sift import Allocation, AllocationState, Moderation, ModerationProposal, Score


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


def of_answer() -> ColumnElement[bool]:
    """Joins an allocation to its answer."""
    return and_(Answer.campaign_id == Allocation.campaign_id, Answer.id == Allocation.answer_id)


def is_scored() -> ColumnElement[bool]:
    """True for an allocation that has a score for each criterion of its question."""
    return Allocation.is_complete.is_(True)


def has_every_score() -> ColumnElement[bool]:
    """Looks whether an allocation (joined to its answer) has a score for each criterion of its question."""
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
        QuestionCriterion.question_id == Answer.question_id,
        ~score_of_it,
    ).correlate(Allocation, Answer)


def count_queue(session: Session, person_id: UUID, campaign_ids: list[UUID]) -> dict[UUID, Progress]:
    """Campaign → how far the person has come, in one statement."""
    rows = session.execute(
        select(
            Allocation.campaign_id,
            func.count(),
            func.count().filter(is_scored()),
            samples_left(Allocation.campaign_id, Allocation, person_id),
        )
        .where(Allocation.campaign_id.in_(campaign_ids), is_open_for(person_id))
        .group_by(Allocation.campaign_id)
    )
    return {campaign_id: Progress(*counts) for campaign_id, *counts in rows}


def count_moderation_by_campaign(session: Session, person_id: UUID, campaign_ids: list[UUID]) -> dict[UUID, int]:
    """Campaign → cases in which the person has scored and has not yet said what they would agree to."""
    rows = session.execute(
        select(Moderation.campaign_id, func.count())
        .join(
            Allocation,
            and_(Allocation.campaign_id == Moderation.campaign_id, Allocation.answer_id == Moderation.answer_id),
        )
        .join(
            Score,
            and_(
                Score.campaign_id == Allocation.campaign_id,
                Score.allocation_id == Allocation.id,
                Score.criterion_id == Moderation.criterion_id,
            ),
        )
        .where(
            Moderation.campaign_id.in_(campaign_ids),
            Moderation.agreed_value.is_(None),
            is_open_for(person_id),
            ~exists().where(
                ModerationProposal.campaign_id == Moderation.campaign_id,
                ModerationProposal.answer_id == Moderation.answer_id,
                ModerationProposal.criterion_id == Moderation.criterion_id,
                ModerationProposal.person_id == person_id,
            ),
        )
        .group_by(Moderation.campaign_id)
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
    number, total, scored, previous, following = session.execute(
        select(
            func.count().filter(Allocation.position <= allocation.position),
            func.count(),
            func.count().filter(is_scored()),
            before.scalar_subquery(),
            after.scalar_subquery(),
        )
        .select_from(Allocation)
        .where(Allocation.campaign_id == allocation.campaign_id, is_open_for(allocation.person_id))
    ).one()
    return Place(number, total, scored, previous, following)


def read_place(session: Session, *, actor: Actor, campaign_id: UUID, handle: UUID) -> tuple[str, int]:
    """The campaign's title, and the number of one of the reader's own answers in their queue."""
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS)
    allocation = session.scalar(
        select(Allocation).where(
            Allocation.campaign_id == campaign_id, Allocation.id == handle, is_open_for(actor.id)
        )
    )
    if allocation is None:
        raise NotFound
    return campaign.title, find_place(session, allocation).number


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
    position = session.scalar(here) or 0
    return session.scalar(
        select(Allocation.id)
        .where(Allocation.campaign_id == campaign_id, is_open_for(actor.id), Allocation.is_complete.is_(False))
        .order_by(Allocation.position <= position - or_itself, Allocation.position)
        .limit(1)
    )


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
