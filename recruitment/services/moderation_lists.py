"""A shortlister's cases in moderation: page by page under three headings, and one beside another."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, literal, or_, select, union_all
from sqlalchemy.orm import Session, aliased

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Permission
from recruitment.rules.sift_counts import Counted
from recruitment.services.permissions import require
from recruitment.services.queues import is_open_for, kept_count
from recruitment.store.campaigns import Campaign, Criterion, Question
from recruitment.store.sift import Allocation, AllocationState, Moderation, ModerationProposal, Score, SiftCount

PER_PAGE = 50

Place = tuple[int, int]  # of the answer in its reader's queue, of the criterion in the campaign


class Heading(StrEnum):
    """What a case waits for; the word stands in addresses."""

    WAITING = "waiting"
    OTHERS = "others"
    AGREED = "agreed"


@dataclass(frozen=True)
class CaseKey:
    """A case as its reader knows it; in the order of their queue it tells where a page begins or ends."""

    handle: UUID
    criterion_id: UUID


@dataclass(frozen=True)
class ModerationItem(CaseKey):
    criterion: str
    question_number: int
    is_agreed: bool
    waits_for_me: bool


@dataclass(frozen=True)
class ModerationPage:
    """Some of the cases under a heading; `first` is the place of the first of them, from 1."""

    heading: Heading
    total: int
    first: int
    items: tuple[ModerationItem, ...]

    @property
    def last(self) -> int:
        return self.first + len(self.items) - 1


@dataclass(frozen=True)
class ModerationPages:
    campaign_title: str
    pages: tuple[ModerationPage, ...]


@dataclass(frozen=True)
class PageAsked:
    """The page of one heading behind a case, or before it; without one, the first."""

    heading: Heading
    key: CaseKey | None = None
    is_before: bool = False


@dataclass(frozen=True)
class Agenda:
    """Where a case stands among those still to agree, in the reader's own order; 0 when it is agreed already.

    `answer`: the number of its answer in the reader's queue.
    """

    campaign_title: str
    answer: int
    number: int
    total: int
    previous: ModerationItem | None
    next: ModerationItem | None


_COUNTED = {
    Heading.WAITING: Counted.TO_AGREE,
    Heading.OTHERS: Counted.PROPOSED,
    Heading.AGREED: Counted.AGREED,
}
_IS_OPEN = Moderation.agreed_value.is_(None)
_STANDS_UNDER = {
    Heading.WAITING: and_(_IS_OPEN, ModerationProposal.value.is_(None)),
    Heading.OTHERS: and_(_IS_OPEN, ModerationProposal.value.is_not(None)),
    Heading.AGREED: Moderation.agreed_value.is_not(None),
}
_QUESTION = (
    select(Question.position)
    .where(Question.campaign_id == Allocation.campaign_id, Question.id == Allocation.question_id)
    .correlate(Allocation)
    .scalar_subquery()
)


def _of_criterion(column: Any) -> Any:
    return (
        select(column)
        .where(Criterion.campaign_id == Moderation.campaign_id, Criterion.id == Moderation.criterion_id)
        .correlate(Moderation)
        .scalar_subquery()
    )


_criterion_position = _of_criterion(Criterion.position)
_ORDER = (Allocation.position, _criterion_position)
_BACKWARDS = tuple(column.desc() for column in _ORDER)


def own_score_of_case() -> ColumnElement[bool]:
    """Joins the reader's own score: a case is theirs only once they have scored alone."""
    return and_(
        Score.campaign_id == Allocation.campaign_id,
        Score.allocation_id == Allocation.id,
        Score.criterion_id == Moderation.criterion_id,
    )


def _own_cases(person_id: UUID, campaign_id: UUID, *columns: Any) -> Select[Any]:
    """Cases of the reader, so said that a database goes along their queue and stops where a page is full.

    Left free, it would begin with everybody's cases, or everybody's scores, and sort them: hence the answer's id
    in words that hide it from an index of allocations, and subqueries instead of joins.
    """
    return (
        select(*columns)
        .select_from(Allocation)
        .join(
            Moderation,
            (Moderation.campaign_id == Allocation.campaign_id)
            & (Moderation.answer_id == func.coalesce(Allocation.answer_id, Allocation.answer_id)),
        )
        .outerjoin(
            ModerationProposal,
            (ModerationProposal.campaign_id == Moderation.campaign_id)
            & (ModerationProposal.answer_id == Moderation.answer_id)
            & (ModerationProposal.criterion_id == Moderation.criterion_id)
            & (ModerationProposal.person_id == person_id),
        )
        .where(
            Allocation.campaign_id == campaign_id,
            is_open_for(person_id),
            exists().where(own_score_of_case()).correlate(Allocation, Moderation),
        )
    )


def _items(person_id: UUID, campaign_id: UUID) -> Select[Any]:
    return _own_cases(
        person_id,
        campaign_id,
        Allocation.id,
        Moderation.criterion_id,
        _of_criterion(Criterion.name).label("criterion"),
        _QUESTION.label("question"),
        Moderation.agreed_value,
        ModerationProposal.value.label("proposed"),
    )


def _item(row: Any) -> ModerationItem:
    handle, criterion_id, name, number, agreed, proposed = row
    return ModerationItem(handle, criterion_id, name, number, agreed is not None, proposed is None)


def _is_behind(place: Place) -> ColumnElement[bool]:
    answer, criterion = place
    # The first half alone bounds how far the queue is read.
    return and_(Allocation.position >= answer, or_(Allocation.position > answer, _criterion_position > criterion))


def _is_until(place: Place) -> ColumnElement[bool]:
    answer, criterion = place
    return and_(Allocation.position <= answer, or_(Allocation.position < answer, _criterion_position <= criterion))


def _is_before(place: Place) -> ColumnElement[bool]:
    answer, criterion = place
    return and_(Allocation.position <= answer, or_(Allocation.position < answer, _criterion_position < criterion))


def _require(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    campaign = require(session, actor, campaign_id, Permission.SCORE_ANSWERS)
    require_state(CampaignState(campaign.state), CampaignState.SIFTING, act="read moderation")
    return campaign


def list_moderation(session: Session, *, actor: Actor, campaign_id: UUID) -> list[ModerationItem]:
    """All of the reader's own cases, in the order of their queue; `read_moderation` reads them by pages."""
    _require(session, actor, campaign_id)
    return [_item(row) for row in session.execute(_items(actor.id, campaign_id).order_by(*_ORDER))]


def _place_of(session: Session, person_id: UUID, campaign_id: UUID, key: CaseKey) -> Place | None:
    """None for what is not the reader's own; an answer that they gave back still has its place."""
    found = session.execute(
        select(Allocation.position, Criterion.position)
        .select_from(Allocation)
        .join(Criterion, Criterion.campaign_id == Allocation.campaign_id)
        .where(
            Allocation.campaign_id == campaign_id,
            Allocation.id == key.handle,
            Allocation.person_id == person_id,
            Criterion.id == key.criterion_id,
        )
    ).one_or_none()
    return (found[0], found[1]) if found else None


def read_moderation(
    session: Session, *, actor: Actor, campaign_id: UUID, asked: PageAsked | None = None
) -> ModerationPages:
    """The beginning of each heading that has cases; or, where asked for, a page of one of them.

    A key that is not the reader's own, or past which nothing stands any more, gives the beginning.
    """
    campaign = _require(session, actor, campaign_id)
    totals = _count(session, actor.id, campaign_id)
    pages = []
    for heading in [asked.heading] if asked else Heading:
        if total := totals[heading]:
            page = _page_beside(session, actor.id, campaign_id, asked, total) if asked and asked.key else None
            pages.append(page or _first_page(session, actor.id, campaign_id, heading, total))
    return ModerationPages(campaign.title, tuple(pages))


def _first_page(
    session: Session, person_id: UUID, campaign_id: UUID, heading: Heading, total: int
) -> ModerationPage:
    rows = _items(person_id, campaign_id).where(_STANDS_UNDER[heading]).order_by(*_ORDER)
    # No more than there are: having the last, it need not go on to the end of the queue.
    found = session.execute(rows.limit(min(PER_PAGE, total)))
    return ModerationPage(heading, total, 1, tuple(map(_item, found)))


def _page_beside(
    session: Session, person_id: UUID, campaign_id: UUID, asked: PageAsked, total: int
) -> ModerationPage | None:
    place = _place_of(session, person_id, campaign_id, asked.key) if asked.key else None
    if place is None:
        return None
    stands = _STANDS_UNDER[asked.heading]
    ahead = _is_before(place) if asked.is_before else _is_until(place)
    # Counted from the beginning, as people mostly come from there.
    passed = session.scalars(_own_cases(person_id, campaign_id, func.count()).where(stands, ahead)).one()
    rows = _items(person_id, campaign_id).where(stands)
    if asked.is_before and passed:
        number = min(PER_PAGE, passed)
        found = session.execute(rows.where(ahead).order_by(*_BACKWARDS).limit(number)).all()[::-1]
        return ModerationPage(asked.heading, total, passed - number + 1, tuple(map(_item, found)))
    if not asked.is_before and passed < total:
        found = session.execute(
            rows.where(_is_behind(place)).order_by(*_ORDER).limit(min(PER_PAGE, total - passed))
        ).all()
        return ModerationPage(asked.heading, total, passed + 1, tuple(map(_item, found)))
    return None


def _count(session: Session, person_id: UUID, campaign_id: UUID) -> dict[Heading, int]:
    rows = session.execute(
        select(SiftCount.counted, SiftCount.number).where(
            SiftCount.campaign_id == campaign_id, SiftCount.of_id == person_id
        )
    )
    kept = {counted: number for counted, number in rows}
    return {heading: kept.get(counted, 0) for heading, counted in _COUNTED.items()}


def read_agenda(session: Session, *, actor: Actor, campaign_id: UUID, handle: UUID, criterion_id: UUID) -> Agenda:
    """Where the reader's own case stands, in three statements besides the permission."""
    campaign = _require(session, actor, campaign_id)
    place = _place_of(session, actor.id, campaign_id, CaseKey(handle, criterion_id))
    if place is None:
        raise NotFound
    until = _own_cases(
        actor.id,
        campaign_id,
        func.count(),
        func.count().filter(_is_before(place)),
        kept_count(campaign_id, actor.id, Counted.TO_AGREE) + kept_count(campaign_id, actor.id, Counted.PROPOSED),
        _number_in_queue(actor.id, campaign_id, place[0]),
    ).where(_IS_OPEN, _is_until(place))
    number, before, total, answer_number = session.execute(until).one()
    open_items = _items(actor.id, campaign_id).where(_IS_OPEN).limit(1)
    sides = [
        open_items.where(_is_before(place)).order_by(*_BACKWARDS),
        open_items.where(_is_behind(place)).order_by(*_ORDER),
        # Round again: what was passed over comes once the rest is agreed.
        open_items.where(_is_before(place)).order_by(*_ORDER),
    ]
    beside: dict[int, ModerationItem] = {}
    for which, *row in session.execute(
        union_all(*(select(literal(which), *each.subquery().columns) for which, each in enumerate(sides)))
    ):
        beside[which] = _item(row)
    return Agenda(
        campaign.title,
        answer_number,
        number if number > before else 0,
        total,
        beside.get(0),
        beside.get(1) or beside.get(2),
    )


def _number_in_queue(person_id: UUID, campaign_id: UUID, position: int) -> Any:
    """How many of the reader's answers stand there or before."""
    ahead = aliased(Allocation)
    return (
        select(func.count())
        .select_from(ahead)
        .where(
            ahead.campaign_id == campaign_id,
            ahead.person_id == person_id,
            ahead.state == AllocationState.OPEN,
            ahead.position <= position,
        )
        .scalar_subquery()
    )
