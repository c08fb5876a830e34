"""Publications: releases over several campaigns, made under the same control as each campaign's own."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.disclosure import THRESHOLD, ReleaseTable
from recruitment.rules.disclosure.ledger import Refused
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooSoon
from recruitment.rules.funnel import Counts, FunnelStage
from recruitment.rules.permissions import Role
from recruitment.rules.publications import (
    KIND_TITLES,
    Counted,
    Part,
    Period,
    PublicationKind,
    last_period,
    shortest_run,
)
from recruitment.rules.release_formats import tables_from_json
from recruitment.rules.rounding import BASE
from recruitment.services.exact_counts import Tallied, list_tallied
from recruitment.services.permissions import holds_anywhere, require_staff
from recruitment.services.release_ledger import Made, open_ledger, require_unchanged
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.publications import Publication, list_publications
from recruitment.store.releases import Tally

_COLUMNS = {
    Part.KIND: Campaign.kind,
    Part.GRADE: Campaign.panel_grade,
    Part.PROFESSION: Campaign.profession,
    Part.DIRECTORATE: Campaign.directorate,
}


def require_analysing(session: Session, actor: Actor) -> None:
    """Raise unless the actor is the analyst of some campaign of the organisation."""
    require_staff(session, actor)
    if not holds_anywhere(session, actor, Role.ANALYST):
        raise NotAllowed


@dataclass(frozen=True)
class Wanted:
    """What is to be published: `value` narrows it by `part`; `latest` names the last campaign of a run."""

    kind: PublicationKind
    part: Part = Part.EVERYTHING
    value: str = ""
    latest: UUID | None = None


@dataclass(frozen=True)
class PreparedPublication:
    wanted: Wanted
    period: Period
    campaigns: tuple[UUID, ...]
    made: Made
    question_set: str
    seen: frozenset[str]


def tallied_in(session: Session, organisation_id: UUID, wanted: Wanted, period: Period | None) -> list[Tallied]:
    """The counted campaigns that are wanted, in the order of counting; of all days where `period` is None."""
    narrowed = [] if wanted.part is Part.EVERYTHING else [_COLUMNS[wanted.part] == wanted.value]
    rows = list_tallied(session, organisation_id, *narrowed)
    return [row for row in rows if period is None or period.holds(row.day)]


def prepare_publication(session: Session, *, actor: Actor, desk: StaffDesk, wanted: Wanted) -> PreparedPublication:
    """Pool the campaigns of the period, or of the shortest run that reaches enough people, and control them.

    A read session. `TooSoon` where there is nothing to publish; `Invalid` where the same was published already.
    """
    require_analysing(session, actor)
    today = desk.now.date()
    is_run = wanted.kind is PublicationKind.RUN
    period = None if is_run else last_period(wanted.kind, today)
    tallied = tallied_in(session, actor.organisation_id, wanted, period)
    if not tallied:
        raise TooSoon("No campaign of this period is counted yet.")
    if period is not None:
        _require_new(session, actor.organisation_id, wanted, period)
    if len({row.question_set for row in tallied}) > 1:
        newest = tallied[-1].question_set
        tallied = [row for row in tallied if row.question_set == newest]
    known = open_ledger(
        session,
        actor=actor,
        desk=desk,
        campaigns=frozenset(row.campaign_id for row in tallied),
        ground=f"publication: {KIND_TITLES[wanted.kind].lower()}",
    )
    if is_run:
        tallied = _run(tallied, known.counts, wanted)
        period = Period(tallied[0].day, tallied[-1].day)
        _require_new(session, actor.organisation_id, wanted, period)
    assert period is not None  # noqa: S101 - for mypy
    own = frozenset(row.campaign_id.hex for row in tallied)
    try:
        made = known.control_year(own) if wanted.kind is PublicationKind.ANNUAL else known.control(own)
    except Refused as refusal:
        raise Invalid(str(refusal), "kind") from None
    chosen = tuple(row.campaign_id for row in tallied if row.campaign_id.hex in made.campaigns)
    return PreparedPublication(wanted, period, chosen, made, tallied[-1].question_set, known.seen)


def _run(tallied: Sequence[Tallied], counts: Mapping[UUID, Counts], wanted: Wanted) -> list[Tallied]:
    sizes = [
        Counted(row.campaign_id, row.day, counts[row.campaign_id].total(FunnelStage.SUBMITTED)) for row in tallied
    ]
    chosen = shortest_run(sizes, wanted.latest or tallied[-1].campaign_id)
    if not chosen:
        raise TooSoon("All campaigns together have too few applications for figures. They count in a later run.")
    return [row for row in tallied if row.campaign_id in chosen]


def _require_new(session: Session, organisation_id: UUID, wanted: Wanted, period: Period) -> None:
    for row in list_publications(session, organisation_id):
        if (row.kind, row.part, row.period_from, row.period_until) == (
            wanted.kind,
            _part_text(wanted),
            period.first,
            period.last,
        ):
            raise Invalid("This was published already. What is published is never made again.", "kind")


def _part_text(wanted: Wanted) -> str:
    return f"{wanted.part}: {wanted.value}" if wanted.part is not Part.EVERYTHING else ""


def publish(session: Session, *, actor: Actor, desk: StaffDesk, prepared: PreparedPublication) -> UUID:
    """Freeze the tables; the same again is refused. `TooLate` where others were released meanwhile."""
    require_analysing(session, actor)
    wanted, period = prepared.wanted, prepared.period
    require_unchanged(session, actor.organisation_id, prepared.seen)
    _require_new(session, actor.organisation_id, wanted, period)
    publication_id = desk.new_id()
    session.add(
        Publication(
            id=publication_id,
            organisation_id=actor.organisation_id,
            kind=wanted.kind,
            title=KIND_TITLES[wanted.kind],
            part=_part_text(wanted),
            period_from=period.first,
            period_until=period.last,
            campaigns=[campaign_id.hex for campaign_id in prepared.campaigns],
            tables=prepared.made.kept(),
            threshold=THRESHOLD,
            base=BASE,
            question_set=prepared.question_set,
            released_by=actor.id,
            released_at=desk.now,
        )
    )
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="figures_published",
        publication=publication_id,
        kind=str(wanted.kind),
        campaigns=len(prepared.campaigns),
    )
    return publication_id


@dataclass(frozen=True)
class ListedPublication:
    id: UUID
    title: str
    part: str
    period: Period
    campaigns: int
    released_at: datetime


def list_published(session: Session, *, actor: Actor) -> list[ListedPublication]:
    """Everything that the organisation published over several campaigns, for all its staff; the latest first."""
    require_staff(session, actor)
    return [
        ListedPublication(
            row.id, row.title, row.part, Period(row.period_from, row.period_until), len(row.campaigns),
            row.released_at,
        )
        for row in list_publications(session, actor.organisation_id)
    ]  # fmt: skip


@dataclass(frozen=True)
class ReadPublication:
    title: str
    part: str
    period: Period
    campaigns: int
    released_at: datetime
    threshold: int
    base: int
    question_set: str
    tables: tuple[ReleaseTable, ...]


def read_publication(session: Session, *, actor: Actor, publication_id: UUID) -> ReadPublication:
    require_staff(session, actor)
    row = session.get(Publication, publication_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return ReadPublication(
        row.title, row.part, Period(row.period_from, row.period_until), len(row.campaigns), row.released_at,
        row.threshold, row.base, row.question_set, tables_from_json(json.dumps(row.tables[0])),
    )  # fmt: skip


def list_parts(session: Session, *, actor: Actor) -> list[tuple[Part, str, str]]:
    """What a publication may be narrowed to: (part, value, title), of campaigns that are counted."""
    require_analysing(session, actor)
    found = []
    for part, column in _COLUMNS.items():
        values = session.scalars(
            select(column)
            .join(Tally, Tally.campaign_id == Campaign.id)
            .where(Campaign.organisation_id == actor.organisation_id, column != "")
            .distinct()
            .order_by(column)
        )
        found += [(part, value, f"{part.capitalize()}: {value.replace('_', ' ')}") for value in values]
    return found
