"""Publications: releases over several campaigns, made under the same control as each campaign's own."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.disclosure import THRESHOLD, ReleaseTable
from recruitment.rules.disclosure.ledger import Refused
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.publication_remarks import Remarks, remarks_from_kept
from recruitment.rules.publications import (
    Part,
    Period,
    PublicationKind,
    kind_title,
)
from recruitment.rules.question_set_versions import versions_line
from recruitment.rules.release_formats import tables_from_json
from recruitment.rules.rounding import BASE
from recruitment.services.cut_offs import count_later_appointments
from recruitment.services.kept_releases import require_unchanged
from recruitment.services.permissions import require_staff
from recruitment.services.publication_plans import (
    Wanted,
    part_text,
    plan_publication,
    require_analysing,
    require_new,
    run_of,
)
from recruitment.services.question_sets import questions_remarks
from recruitment.services.release_ledger import Made, open_ledger
from recruitment.services.reporting_years import read_year_end
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.crossings import Crossing, list_crossings
from recruitment.store.publications import Publication, list_publications


@dataclass(frozen=True)
class PreparedPublication:
    wanted: Wanted
    period: Period
    campaigns: tuple[UUID, ...]
    made: Made
    question_set: str
    remarks: Remarks
    seen: frozenset[str]


def prepare_publication(session: Session, *, actor: Actor, desk: StaffDesk, wanted: Wanted) -> PreparedPublication:
    """Pool the campaigns of the period, or of the shortest run that reaches enough people, and control them.

    A read session. `TooSoon` where there is nothing to publish; `Invalid` where the same was published already.
    """
    planned = plan_publication(session, actor=actor, desk=desk, wanted=wanted)
    tallied, period = list(planned.tallied), planned.period
    year_end = read_year_end(session, actor.organisation_id)
    known = open_ledger(
        session,
        actor=actor,
        desk=desk,
        campaigns=frozenset(row.campaign_id for row in tallied),
        ground=f"publication: {kind_title(wanted.kind, year_end).lower()}",
    )
    if period is None:
        tallied = run_of(tallied, known.counts, wanted)
        period = Period(tallied[0].day, tallied[-1].day)
        require_new(session, actor.organisation_id, wanted, period)
    own = frozenset(row.campaign_id.hex for row in tallied)
    try:
        made = known.control_year(own) if wanted.kind is PublicationKind.ANNUAL else known.control(own)
    except Refused as refusal:
        raise Invalid(str(refusal), "kind") from None
    chosen = [row for row in tallied if row.campaign_id.hex in made.campaigns]
    keys = tuple(row.campaign_id for row in chosen)
    is_whole_year = (wanted.kind, wanted.part) == (PublicationKind.ANNUAL, Part.EVERYTHING)
    remarks = Remarks(
        tuple(row.title for row in chosen if row.cut_off is not None),
        planned.left_out(period, frozenset(keys)),
        tuple(row.title for row in chosen if row in planned.carried),
        count_later_appointments(session, actor.organisation_id, period) if is_whole_year else 0,
        questions_remarks(session, actor.organisation_id, [row.question_set for row in chosen]),
    )
    asked = versions_line([row.question_set for row in chosen])
    return PreparedPublication(wanted, period, keys, made, asked, remarks, known.seen)


def publish(session: Session, *, actor: Actor, desk: StaffDesk, prepared: PreparedPublication) -> UUID:
    """Freeze the tables; the same again is refused. `TooLate` where others were released meanwhile."""
    require_analysing(session, actor)
    wanted, period = prepared.wanted, prepared.period
    require_unchanged(session, actor.organisation_id, prepared.seen)
    require_new(session, actor.organisation_id, wanted, period)
    publication_id = desk.new_id()
    session.add(
        Publication(
            id=publication_id,
            organisation_id=actor.organisation_id,
            kind=wanted.kind,
            title=kind_title(wanted.kind, read_year_end(session, actor.organisation_id)),
            part=part_text(wanted),
            period_from=period.first,
            period_until=period.last,
            campaigns=[campaign_id.hex for campaign_id in prepared.campaigns],
            tables=prepared.made.kept(),
            threshold=THRESHOLD,
            base=BASE,
            question_set=prepared.question_set,
            remarks=prepared.remarks.kept(),
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
    kind: PublicationKind
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
            row.id, PublicationKind(row.kind), row.title, row.part, Period(row.period_from, row.period_until),
            len(row.campaigns), row.released_at,
        )
        for row in list_publications(session, actor.organisation_id)
    ]  # fmt: skip


@dataclass(frozen=True)
class ReadPublication:
    kind: PublicationKind
    title: str
    part: str
    period: Period
    campaigns: int
    released_at: datetime
    threshold: int
    base: int
    question_set: str
    tables: tuple[ReleaseTable, ...]
    remarks: tuple[str, ...]
    crossings: tuple[ReleaseTable, ...] = ()


def read_publication(session: Session, *, actor: Actor, publication_id: UUID) -> ReadPublication:
    require_staff(session, actor)
    row = session.get(Publication, publication_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return ReadPublication(
        PublicationKind(row.kind), row.title, row.part, Period(row.period_from, row.period_until),
        len(row.campaigns), row.released_at, row.threshold, row.base, row.question_set,
        tables_from_json(json.dumps(row.tables[0])),
        remarks_from_kept(row.remarks or {}).sentences(row.threshold, row.base),
        tuple(_table(one) for one in list_crossings(session, row.id) if one.tables),
    )  # fmt: skip


def _table(one: Crossing) -> ReleaseTable:
    return tables_from_json(json.dumps((one.tables or [])[0]))[0]
