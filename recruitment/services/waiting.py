"""The first screen: what waits for somebody in their campaigns, in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select, union
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.calibration import SAMPLES
from recruitment.rules.campaigns import CampaignKind, CampaignState
from recruitment.rules.outside_scorers import ASKED_IN
from recruitment.rules.permissions import PANEL_ROLES, Permission, Role, permissions_of
from recruitment.rules.waiting import FINISHED, RUNNING, Standing
from recruitment.services.campaign_progress import NUMBERS, read_campaign_progress
from recruitment.services.eligibility import CHECKED_IN
from recruitment.services.queues import Progress, count_moderation_by_campaign, count_queue
from recruitment.services.second_looks import LOOKED_AT_IN
from recruitment.store.applications import Application, is_in_use
from recruitment.store.campaigns import Campaign, Criterion, Stage
from recruitment.store.interviews import InterviewScore, ShortlistEntry
from recruitment.store.people import CampaignRole
from recruitment.store.sample_answers import samples_written

PER_PAGE = 50
MOST_AT_ONCE = 200
"""Running campaigns looked through for what waits, those that close first: five times a recruiter's forty."""
_CLEARERS = {Role.RECRUITER, Role.CLEARER}
_MAY_AGREE = frozenset(role for role in Role if Permission.AGREE_CLOSING_TIME in permissions_of([role]))
_SECONDS = {role for role in Role if Permission.AGREE_SCORER in permissions_of({role})}


@dataclass(frozen=True)
class OwnCampaign:
    id: UUID
    title: str
    kind: CampaignKind
    standing: Standing

    @property
    def closes_at(self) -> datetime:
        return self.standing.closes_at

    @property
    def to_clear(self) -> int:
        return self.standing.to_clear


@dataclass(frozen=True)
class Key:
    """The last row of the page before: lists are in the order of closing time, then id."""

    closes_at: datetime
    id: UUID


@dataclass(frozen=True)
class Wanted:
    """Which campaigns to list. `words` must all stand in the title; `is_closed` parts those open for
    applications from those closed for them; `after` is where the page before ended."""

    words: tuple[str, ...] = ()
    state: CampaignState | None = None
    is_closed: bool = False
    role: Role | None = None
    kind: CampaignKind | None = None
    is_finished: bool = False
    after: Key | None = None

    @property
    def is_plain(self) -> bool:
        return self == Wanted()


@dataclass(frozen=True)
class FirstScreen:
    """`work`: the running campaigns that were looked through, `is_all` when that is every one; `listed`: a page
    of those wanted; `next`: where the next page begins, None on the last one."""

    work: tuple[OwnCampaign, ...]
    is_all: bool
    listed: tuple[OwnCampaign, ...]
    next: Key | None


_COLUMNS = (
    Campaign.id,
    Campaign.title,
    Campaign.kind,
    Campaign.state,
    Campaign.opens_at,
    Campaign.closes_at,
    Campaign.interviews_from,
    Campaign.interviews_until,
    Campaign.reveal_asked_by,
    Campaign.closed_at,
    Campaign.samples_left_out_at,
    samples_written(Campaign.id, Campaign).label("samples"),
)


def _own(actor: Actor, *roles: Role) -> Select[UUID]:
    """Asked campaign by campaign: a person's finished ones, which grow for ever, cost the running ones nothing."""
    return select(Campaign.id).where(_holds(actor, *roles), Campaign.organisation_id == actor.organisation_id)


def _rows(session: Session, keys: Any, is_falling: bool = False) -> Sequence[Row[Any]]:
    """The campaigns that a statement finds, in its order: only their keys were sorted."""
    return session.execute(_in_order(select(*_COLUMNS).where(Campaign.id.in_(keys)), is_falling)).all()


def _in_order(query: Any, is_falling: bool) -> Any:
    if is_falling:
        return query.order_by(Campaign.closes_at.desc(), Campaign.id.desc())
    return query.order_by(Campaign.closes_at, Campaign.id)


def _holds(actor: Actor, *roles: Role) -> ColumnElement[bool]:
    held = select(CampaignRole.role).where(
        CampaignRole.campaign_id == Campaign.id, CampaignRole.person_id == actor.id
    )
    if roles:
        held = held.where(CampaignRole.role.in_([str(role) for role in roles]))
    return held.correlate(Campaign).exists()


def _work(session: Session, actor: Actor, limit: int | None = None) -> list[Row[Any]]:
    """Running campaigns, those whose funnel waits for this analyst, and those that this recruiter has to close.

    What runs is asked for on its own, so that the index serves each: what is closed grows for ever.
    """
    running = _own(actor).where(Campaign.state.in_(RUNNING))
    to_release = _own(actor, Role.ANALYST).where(Campaign.state == CampaignState.TALLIED)
    to_close = _own(actor, Role.RECRUITER).where(Campaign.state.in_(FINISHED), Campaign.closed_at.is_(None))
    ended = select(Campaign.id).where(Campaign.id.in_(union(to_release, to_close)))
    found = [row for keys in (running, ended) for row in _rows(session, _in_order(keys, False).limit(limit))]
    return sorted(found, key=lambda row: (row.closes_at, row.id))[:limit]


def _listing(actor: Actor, wanted: Wanted, now: datetime) -> Select[UUID]:
    query = _own(actor, *([wanted.role] if wanted.role else []))
    query = query.where(Campaign.state.in_(FINISHED if wanted.is_finished else RUNNING))
    if wanted.state is not None:
        query = query.where(Campaign.state == wanted.state)
    if wanted.state is CampaignState.OPEN:
        query = query.where(Campaign.closes_at <= now if wanted.is_closed else Campaign.closes_at > now)
    if wanted.kind is not None:
        query = query.where(Campaign.kind == wanted.kind)
    for word in wanted.words:
        query = query.where(Campaign.title.icontains(word, autoescape=True))
    return query.where(_beyond(wanted.after, wanted.is_finished)) if wanted.after else query


def _beyond(key: Key, is_falling: bool) -> ColumnElement[bool]:
    at, same = Campaign.closes_at, Campaign.closes_at == key.closes_at
    if is_falling:
        return or_(at < key.closes_at, and_(same, Campaign.id < key.id))
    return or_(at > key.closes_at, and_(same, Campaign.id > key.id))


def read_first_screen(
    session: Session, *, actor: Actor, now: datetime, wanted: Wanted = Wanted(), per_page: int = PER_PAGE
) -> FirstScreen:
    work: Sequence[Row[Any]] = _work(session, actor, MOST_AT_ONCE + 1)
    # What runs is read from the most urgent on; what is finished, from the latest back.
    is_falling = wanted.is_finished
    keys = _in_order(_listing(actor, wanted, now), is_falling).limit(per_page + 1)
    listed = _rows(session, keys, is_falling)
    is_all, is_last = len(work) <= MOST_AT_ONCE, len(listed) <= per_page
    work, listed = work[:MOST_AT_ONCE], listed[:per_page]
    found = _with_counts(session, actor, [*{row.id: row for row in (*work, *listed)}.values()])
    return FirstScreen(
        tuple(found[row.id] for row in work),
        is_all,
        tuple(found[row.id] for row in listed),
        None if is_last else Key(listed[-1].closes_at, listed[-1].id),
    )


def list_work(session: Session, *, actor: Actor) -> list[OwnCampaign]:
    """Every running campaign somebody has a role in, the one that closes first at the front."""
    rows = _work(session, actor)
    found = _with_counts(session, actor, rows)
    return [found[row.id] for row in rows]


def _with_counts(session: Session, actor: Actor, rows: Sequence[Row[Any]]) -> dict[UUID, OwnCampaign]:
    roles: dict[UUID, set[Role]] = {row.id: set() for row in rows}
    for campaign_id, role in session.execute(
        select(CampaignRole.campaign_id, CampaignRole.role).where(
            CampaignRole.person_id == actor.id, CampaignRole.campaign_id.in_(list(roles))
        )
    ):
        roles[campaign_id].add(Role(role))

    def where(wanted: set[Role] | frozenset[Role], *states: CampaignState) -> list[UUID]:
        return [row.id for row in rows if row.state in states and roles[row.id] & wanted]

    sifting, revealed = CampaignState.SIFTING, CampaignState.REVEALED
    scoring = where({Role.SHORTLISTER}, sifting)
    to_interview = _interviews_left(session, actor, where(PANEL_ROLES, revealed))
    queues = count_queue(session, actor.id, scoring) if scoring else {}
    to_moderate = count_moderation_by_campaign(session, actor.id, scoring) if scoring else {}
    second = [key for key in where(_SECONDS, *ASKED_IN) if Role.SHORTLISTER not in roles[key]]
    # Whoever scores the answers of a campaign moves no closing time in it.
    closings = [key for key in where(_MAY_AGREE, *RUNNING) if Role.SHORTLISTER not in roles[key]]
    whole = read_campaign_progress(
        session,
        actor=actor,
        to_clear=where(_CLEARERS, CampaignState.OPEN),
        to_look=where(_CLEARERS, *LOOKED_AT_IN),
        to_check=where({Role.RECRUITER}, *CHECKED_IN),
        second=second,
        asked=[key for key in closings if Role.RECRUITER in roles[key]],
        closings=closings,
        sifting=where({Role.RECRUITER}, sifting),
        revealed=where({Role.RECRUITER}, revealed),
    )
    found, nothing = {}, Progress()
    for row in rows:
        own = queues.get(row.id, nothing)
        found[row.id] = OwnCampaign(
            row.id,
            row.title,
            CampaignKind(row.kind),
            Standing(
                CampaignState(row.state),
                row.opens_at,
                row.closes_at,
                row.interviews_from,
                row.interviews_until,
                frozenset(roles[row.id]),
                is_reveal_asked=row.reveal_asked_by is not None,
                asked_reveal_myself=row.reveal_asked_by == actor.id,
                has_signed_checklist=row.closed_at is not None,
                to_score=own.total - own.scored,
                samples_to_score=own.samples_left,
                samples_to_write=0 if row.samples_left_out_at else SAMPLES - row.samples,
                to_moderate=to_moderate.get(row.id, 0),
                to_interview=to_interview.get(row.id, 0),
                **{name: whole.get((row.id, name), 0) for name in NUMBERS},
            ),
        )
    return found


def _interviews_left(session: Session, actor: Actor, campaign_ids: list[UUID]) -> dict[UUID, int]:
    """Campaign → standing shortlisted applications that the actor has not scored at interview."""
    if not campaign_ids:
        return {}
    mine = (
        select(InterviewScore.application_id)
        .where(
            InterviewScore.campaign_id == ShortlistEntry.campaign_id,
            InterviewScore.application_id == ShortlistEntry.application_id,
            InterviewScore.person_id == actor.id,
        )
        .exists()
    )
    interviewed_on = (
        select(Criterion.id)
        .join(Stage, (Stage.campaign_id == Criterion.campaign_id) & (Stage.position == Criterion.stage_position))
        .where(Criterion.campaign_id == ShortlistEntry.campaign_id, Stage.kind == "interview")
        .exists()
    )
    rows = session.execute(
        select(ShortlistEntry.campaign_id, func.count())
        .join(
            Application,
            (Application.campaign_id == ShortlistEntry.campaign_id)
            & (Application.id == ShortlistEntry.application_id),
        )
        .where(
            ShortlistEntry.campaign_id.in_(campaign_ids),
            is_in_use(),
            interviewed_on,
            ~mine,
        )
        .group_by(ShortlistEntry.campaign_id)
    )
    return {campaign_id: number for campaign_id, number in rows}
