"""Releases: a frozen set of disclosure-controlled tables, the only figures that ever leave the tally."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.disclosure import THRESHOLD, ReleaseTable
from recruitment.rules.disclosure.ledger import Refused
from recruitment.rules.errors import NotFound, TooLate
from recruitment.rules.leak_statements import (
    LeakFigures,
    figures_from_kept,
    figures_to_kept,
    published,
    statement,
)
from recruitment.rules.permissions import Permission, permissions_of
from recruitment.rules.publication_remarks import cut_off_sentence
from recruitment.rules.release_formats import tables_from_json, tables_to_json
from recruitment.rules.rounding import BASE, round_to
from recruitment.services.kept_releases import require_unchanged
from recruitment.services.leak_counts import count_leaks
from recruitment.services.permissions import campaigns_of, require
from recruitment.services.question_sets import questions_remarks
from recruitment.services.release_ledger import open_ledger
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store import releases as rows
from recruitment.store.campaigns import Campaign


@dataclass(frozen=True)
class PreparedRelease:
    campaign_id: UUID
    tables: tuple[ReleaseTable, ...]
    question_set: str
    leaks: LeakFigures | None
    seen: frozenset[str]


def prepare_release(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> PreparedRelease:
    """Open the exact counts (recorded) and put them under disclosure control, with what was found of the texts.

    A read session.
    """
    campaign = require(session, actor, campaign_id, Permission.RELEASE_FUNNEL)
    require_state(CampaignState(campaign.state), CampaignState.TALLIED, act="release the funnel")
    tally = session.get_one(rows.Tally, campaign_id)
    if not tally.blob:
        raise TooLate("The exact counts of this campaign were erased at the end of their period.")
    known = open_ledger(
        session,
        actor=actor,
        desk=desk,
        campaigns=frozenset({campaign_id}),
        ground="release of the campaign's funnel",
        chain_id=campaign_id,
    )
    try:
        tables = known.control(frozenset({campaign_id.hex})).tables
    except Refused:
        # A campaign is released once, and moves on by it: where nothing is safe, nothing is shown.
        tables = known.withheld(frozenset({campaign_id.hex}))
    leaks = published(count_leaks(session, campaign_id), tables[0].total[0])
    return PreparedRelease(campaign_id, tables, tally.question_set, leaks, known.seen)


def release_funnel(session: Session, *, actor: Actor, desk: StaffDesk, prepared: PreparedRelease) -> UUID:
    """Freeze the tables. A campaign is released once: a second cut of the same people could be subtracted."""
    campaign = require(
        session, actor, prepared.campaign_id, Permission.RELEASE_FUNNEL, lock=True, even_closed=True
    )
    require_state(CampaignState(campaign.state), CampaignState.TALLIED, act="release the funnel")
    require_unchanged(session, campaign.organisation_id, prepared.seen)
    release_id = desk.new_id()
    session.add(
        rows.Release(
            id=release_id,
            campaign_id=campaign.id,
            tables=[json.loads(tables_to_json(prepared.tables))],
            threshold=THRESHOLD,
            base=BASE,
            question_set=prepared.question_set,
            leaks=figures_to_kept(prepared.leaks),
            released_by=actor.id,
            released_at=desk.now,
        )
    )
    campaign.state = CampaignState.RELEASED
    record_event(
        session,
        at=desk.now,
        chain_id=campaign.id,
        actor=actor,
        event="funnel_released",
        release=release_id,
        threshold=THRESHOLD,
        base=BASE,
    )
    return release_id


@dataclass(frozen=True)
class ReleaseStanding:
    """Whether a campaign's funnel can be released, or was; `cut_off` where it was counted as it stood then."""

    title: str
    state: CampaignState
    tallied_at: datetime | None
    question_set: str
    cut_off: date | None = None


def read_release_standing(session: Session, *, actor: Actor, campaign_id: UUID) -> ReleaseStanding:
    campaign = require(session, actor, campaign_id, Permission.SEE_RELEASES)
    tally = session.execute(
        select(rows.Tally.tallied_at, rows.Tally.question_set, rows.Tally.cut_off).where(
            rows.Tally.campaign_id == campaign_id
        )
    ).one_or_none()
    at, question_set, cut_off = tally or (None, "", None)
    return ReleaseStanding(campaign.title, CampaignState(campaign.state), at, question_set, cut_off)


@dataclass(frozen=True)
class ListedRelease:
    """One line of the list: `released_at` is None until the funnel is released."""

    campaign_id: UUID
    title: str
    state: CampaignState
    released_at: datetime | None


def list_releases(session: Session, *, actor: Actor) -> list[ListedRelease]:
    """The campaigns whose release the actor may read, latest closing date first."""
    mine = [
        campaign
        for campaign, roles in campaigns_of(session, actor)
        if Permission.SEE_RELEASES in permissions_of(roles)
    ]
    released: dict[UUID, datetime] = {}
    for campaign_id, at in session.execute(
        select(rows.Release.campaign_id, rows.Release.released_at).where(
            rows.Release.campaign_id.in_([campaign.id for campaign in mine])
        )
    ):
        released[campaign_id] = at
    return [
        ListedRelease(campaign.id, campaign.title, CampaignState(campaign.state), released.get(campaign.id))
        for campaign in mine
    ]


@dataclass(frozen=True)
class ReadRelease:
    """`unfinished`: a sentence on applications begun and not sent in; `statement`: what it says of the texts, in
    sentences; empty in a release made before there were any."""

    title: str
    released_at: datetime
    threshold: int
    base: int
    question_set: str
    tables: tuple[ReleaseTable, ...]
    statement: tuple[str, ...]
    unfinished: str
    remarks: tuple[str, ...]


def unfinished_sentence(number: int | None, threshold: int, base: int) -> str:
    """Applications that were begun and never sent in, as one total: nothing else is known of them."""
    if number is None:
        return ""
    if number < threshold:
        return f"Fewer than {threshold} applications were begun and not finished."
    return f"About {round_to(number, base)} applications were begun and not finished."


def read_release(session: Session, *, actor: Actor, campaign_id: UUID) -> ReadRelease:
    campaign = require(session, actor, campaign_id, Permission.SEE_RELEASES)
    return _read(session, campaign)


def _read(session: Session, campaign: Campaign) -> ReadRelease:
    row = session.scalars(select(rows.Release).where(rows.Release.campaign_id == campaign.id)).one_or_none()
    if row is None:
        raise NotFound
    return ReadRelease(
        campaign.title,
        row.released_at,
        row.threshold,
        row.base,
        row.question_set,
        tables_from_json(json.dumps(row.tables[0])),
        statement(figures_from_kept(row.leaks)) if row.leaks else (),
        unfinished_sentence(campaign.unfinished, row.threshold, row.base),
        (
            *((cut_off_sentence([campaign.title]),) if session.get_one(rows.Tally, campaign.id).cut_off else ()),
            *questions_remarks(session, campaign.organisation_id, [row.question_set]),
        ),
    )
