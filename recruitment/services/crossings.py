"""Two characteristics of a publication's people together: asked for on a page, worked out by the worker."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.disclosure import ReleaseTable
from recruitment.rules.disclosure.funnel_tables import pair_name, pair_title
from recruitment.rules.disclosure.ledger import Refused
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.rules.funnel import CROSSINGS
from recruitment.rules.publications import CROSSED_KINDS, PublicationKind
from recruitment.rules.release_formats import tables_to_json
from recruitment.services.jobs import CROSS_FIGURES, enqueue
from recruitment.services.kept_releases import require_unchanged
from recruitment.services.publication_plans import require_analysing
from recruitment.services.publication_requests import LONGEST_WORK, StillWorking
from recruitment.services.release_ledger import open_ledger
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.crossings import Crossing, list_crossings
from recruitment.store.publications import Publication

PAIRS = {pair_name(pair): pair for pair in CROSSINGS}
_ATTEMPTS = 3


@dataclass(frozen=True)
class AskedCrossing:
    """`is_published`: its table stands with the publication; `refusal`: a sentence, where it never will."""

    pair: str
    title: str
    asked_at: datetime
    is_published: bool
    refusal: str


def _publication(session: Session, actor: Actor, publication_id: UUID) -> Publication:
    require_analysing(session, actor)
    row = session.get(Publication, publication_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return row


def read_crossings(
    session: Session, *, actor: Actor, publication_id: UUID
) -> tuple[list[AskedCrossing], list[tuple[str, str]]]:
    """What was asked for of a publication, and what can be, as (pair, title): nothing of less than a year."""
    publication = _publication(session, actor, publication_id)
    asked = [
        AskedCrossing(row.pair, pair_title(PAIRS[row.pair]), row.asked_at, row.tables is not None, row.refusal)
        for row in list_crossings(session, publication_id)
    ]
    known = {one.pair for one in asked}
    is_long = PublicationKind(publication.kind) in CROSSED_KINDS
    open_ = [(name, pair_title(pair)) for name, pair in PAIRS.items() if name not in known]
    return asked, open_ if is_long else []


def ask_crossing(session: Session, *, actor: Actor, desk: StaffDesk, publication_id: UUID, pair: str) -> None:
    """Have the worker publish one crossing; nothing where it was asked for before.

    `Invalid` for a pair that is not counted, or a publication of less than a year.
    """
    publication = _publication(session, actor, publication_id)
    if pair not in PAIRS:
        raise Invalid("Select two characteristics.", "pair")
    if PublicationKind(publication.kind) not in CROSSED_KINDS:
        raise Invalid("Two characteristics are told together of a year or of twelve months only.", "pair")
    if any(row.pair == pair for row in list_crossings(session, publication_id)):
        return
    crossing_id = desk.new_id()
    session.add(
        Crossing(
            id=crossing_id,
            organisation_id=actor.organisation_id,
            publication_id=publication_id,
            pair=pair,
            asked_by=actor.id,
            asked_at=desk.now,
        )
    )
    enqueue(session, desk=desk, kind=CROSS_FIGURES, crossing_id=crossing_id)
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="crossing_asked",
        publication=publication_id,
        pair=pair,
    )


def work_out_crossing(desk: StaffDesk, crossing_id: UUID) -> None:
    """Publish what was asked for, or keep why not. `StillWorking` where another worker is at it."""
    with desk.sessions.writing() as session:
        row = session.get(Crossing, crossing_id, with_for_update=True)
        if row is None or row.done_at is not None:
            return
        if row.begun_at is not None and desk.now - row.begun_at < LONGEST_WORK:
            raise StillWorking
        row.begun_at = desk.now
    try:
        refusal = _publish(desk, crossing_id)
    except Exception:
        with desk.sessions.writing() as session:
            session.get_one(Crossing, crossing_id).begun_at = None
        raise
    if refusal:
        with desk.sessions.writing() as session:
            row = session.get_one(Crossing, crossing_id)
            if row.done_at is None:
                row.refusal, row.done_at = refusal, desk.now


def _publish(desk: StaffDesk, crossing_id: UUID) -> str:
    """The refusal; empty where it is published. What others release meanwhile makes it begin again."""
    refusal = ""
    for _ in range(_ATTEMPTS):
        try:
            with desk.sessions.reading() as session:
                table, seen = _prepare(session, desk, crossing_id)
            with desk.sessions.writing() as session:
                _keep(session, desk, crossing_id, table, seen)
            return ""
        except TooLate as others:
            refusal = others.sentence
        except NotAllowed:
            return "Whoever asked for it is no longer an analyst of a campaign."
        except Refused as never:
            return str(never)
    return refusal


def _prepare(session: Session, desk: StaffDesk, crossing_id: UUID) -> tuple[ReleaseTable, frozenset[str]]:
    row = session.get_one(Crossing, crossing_id)
    actor = Actor(ActorKind.STAFF, row.asked_by, row.organisation_id)
    publication = _publication(session, actor, row.publication_id)
    pair = PAIRS[row.pair]
    known = open_ledger(
        session,
        actor=actor,
        desk=desk,
        campaigns=frozenset(UUID(hex=each) for each in publication.campaigns),
        ground=f"published figures: {pair_title(pair).lower()}",
        pair=pair,
    )
    if len(publication.tables) > 1:
        # Its own figures are added up; a crossing would stand beside another publication of the same people.
        raise Refused("These figures are added up from earlier ones, so no more can be told of the same people.")
    return known.cross(frozenset(publication.campaigns), pair), known.seen


def _keep(session: Session, desk: StaffDesk, crossing_id: UUID, table: ReleaseTable, seen: frozenset[str]) -> None:
    row = session.get_one(Crossing, crossing_id, with_for_update=True)
    if row.done_at is not None:
        return
    require_unchanged(session, row.organisation_id, seen)
    row.tables = [json.loads(tables_to_json([table]))]
    row.done_at = desk.now
    record_event(
        session,
        at=desk.now,
        chain_id=row.organisation_id,
        actor=Actor(ActorKind.STAFF, row.asked_by, row.organisation_id),
        event="crossing_published",
        publication=row.publication_id,
        pair=row.pair,
    )
