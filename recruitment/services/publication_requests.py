"""Publications that are asked for in a request and worked out by the worker: one way for small and large ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.rules.publications import Part, PublicationKind, kind_title
from recruitment.services.jobs import PUBLISH_FIGURES, enqueue
from recruitment.services.publication_plans import Wanted, part_text, plan_publication, require_analysing
from recruitment.services.publications import prepare_publication, publish
from recruitment.services.reporting_years import read_year_end
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.publications import PublicationRequest

LONGEST_WORK = timedelta(hours=1)
"""After so long a worker that took up a request is taken for dead, and another begins anew."""
SHOWN_FOR = timedelta(days=14)
_ATTEMPTS = 3


class StillWorking(Exception):
    """Another worker is at it; the job comes again later."""


@dataclass(frozen=True)
class AskedPublication:
    """`publication_id` once it is published; `refusal`, a sentence, where it never will be."""

    id: UUID
    title: str
    part: str
    asked_at: datetime
    publication_id: UUID | None
    refusal: str


def ask_publication(session: Session, *, actor: Actor, desk: StaffDesk, wanted: Wanted) -> UUID:
    """Have the worker publish it. What can be told at once is refused at once, as by `plan_publication`."""
    plan_publication(session, actor=actor, desk=desk, wanted=wanted)
    waiting = session.scalars(
        select(PublicationRequest.id).where(
            PublicationRequest.organisation_id == actor.organisation_id,
            PublicationRequest.done_at.is_(None),
            PublicationRequest.kind == wanted.kind,
            PublicationRequest.part == wanted.part,
            PublicationRequest.value == wanted.value,
        )
    ).first()
    if waiting is not None:
        return waiting
    request_id = desk.new_id()
    session.add(
        PublicationRequest(
            id=request_id,
            organisation_id=actor.organisation_id,
            kind=wanted.kind,
            part=wanted.part,
            value=wanted.value,
            asked_by=actor.id,
            asked_at=desk.now,
        )
    )
    enqueue(session, desk=desk, kind=PUBLISH_FIGURES, request_id=request_id)
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="publication_asked",
        kind=str(wanted.kind),
        part=part_text(wanted),
    )
    return request_id


def work_out_publication(desk: StaffDesk, request_id: UUID) -> None:
    """Publish what was asked for, as whoever asked, or keep why not. `StillWorking` where another is at it."""
    if not _take_up(desk, request_id):
        return
    try:
        refusal = _publish(desk, request_id)
    except Exception:
        with desk.sessions.writing() as session:
            session.get_one(PublicationRequest, request_id).begun_at = None
        raise
    if refusal:
        with desk.sessions.writing() as session:
            row = session.get_one(PublicationRequest, request_id)
            if row.done_at is None:
                row.refusal, row.done_at = refusal, desk.now


def _take_up(desk: StaffDesk, request_id: UUID) -> bool:
    with desk.sessions.writing() as session:
        row = session.get(PublicationRequest, request_id, with_for_update=True)
        if row is None or row.done_at is not None:
            return False
        if row.begun_at is not None and desk.now - row.begun_at < LONGEST_WORK:
            raise StillWorking
        row.begun_at = desk.now
        return True


def _publish(desk: StaffDesk, request_id: UUID) -> str:
    """The refusal; empty where it is published. What others release meanwhile makes it begin again."""
    with desk.sessions.reading() as session:
        row = session.get_one(PublicationRequest, request_id)
        actor = Actor(ActorKind.STAFF, row.asked_by, row.organisation_id)
        wanted = Wanted(PublicationKind(row.kind), Part(row.part), row.value)
    refusal = ""
    for _ in range(_ATTEMPTS):
        try:
            with desk.sessions.reading() as session:
                prepared = prepare_publication(session, actor=actor, desk=desk, wanted=wanted)
            with desk.sessions.writing() as session:
                row = session.get_one(PublicationRequest, request_id, with_for_update=True)
                if row.done_at is None:
                    row.publication_id = publish(session, actor=actor, desk=desk, prepared=prepared)
                    row.done_at = desk.now
            return ""
        except TooLate as others:
            refusal = others.sentence
        except NotAllowed:
            return "Whoever asked for it is no longer an analyst of a campaign."
        except (Invalid, TooSoon) as never:
            return never.sentence
    return refusal


def list_requests(session: Session, *, actor: Actor, desk: StaffDesk) -> list[AskedPublication]:
    """What waits, and what was refused in the last days, the latest first; for analysts."""
    require_analysing(session, actor)
    rows = session.scalars(
        select(PublicationRequest)
        .where(
            PublicationRequest.organisation_id == actor.organisation_id,
            PublicationRequest.publication_id.is_(None),
            PublicationRequest.asked_at > desk.now - SHOWN_FOR,
        )
        .order_by(PublicationRequest.asked_at.desc(), PublicationRequest.id)
    ).all()
    return _asked(session, rows)


def read_request(session: Session, *, actor: Actor, request_id: UUID) -> AskedPublication:
    require_analysing(session, actor)
    row = session.get(PublicationRequest, request_id)
    if row is None or row.organisation_id != actor.organisation_id:
        raise NotFound
    return _asked(session, [row])[0]


def _asked(session: Session, rows: Sequence[PublicationRequest]) -> list[AskedPublication]:
    return [
        AskedPublication(
            row.id,
            kind_title(PublicationKind(row.kind), read_year_end(session, row.organisation_id)),
            part_text(Wanted(PublicationKind(row.kind), Part(row.part), row.value)),
            row.asked_at,
            row.publication_id,
            row.refusal,
        )
        for row in rows
    ]
