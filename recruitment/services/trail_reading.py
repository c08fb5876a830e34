"""The trail as an auditor reads it: events in words, the check of the chain, and its export."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.permissions import Permission
from recruitment.rules.trail import event_sentence
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.trail import TrailProblem, check_trail, list_events
from recruitment.store.people import Person
from recruitment.store.trail import SignedHead, TrailEvent, TrailHead

PAGE = 100


@dataclass(frozen=True)
class TrailLine:
    number: int
    at: datetime
    sentence: str


@dataclass(frozen=True)
class TrailPage:
    """Events with numbers above `after`, at most a page of them; `events` is how many the chain has."""

    title: str
    events: int
    after: int
    lines: tuple[TrailLine, ...]


def read_trail(session: Session, *, actor: Actor, campaign_id: UUID, after: int = 0) -> TrailPage:
    campaign = require(session, actor, campaign_id, Permission.READ_TRAIL)
    head = session.get(TrailHead, campaign_id)
    events = list_events(session, campaign_id, after=after, limit=PAGE)
    names = _names(session, events)
    lines = tuple(
        TrailLine(one.number, one.at, event_sentence(_who(one, names), one.event, one.detail, names))
        for one in events
    )
    return TrailPage(campaign.title, head.number if head else 0, after, lines)


def _who(event: TrailEvent, names: dict[str, str]) -> str:
    kind, _, key = event.actor.partition(":")
    if kind == ActorKind.CANDIDATE:
        return "A candidate"
    return names.get(key, "Somebody no longer here") if kind == ActorKind.STAFF else "The system"


def _names(session: Session, events: Sequence[TrailEvent]) -> dict[str, str]:
    staff = {one.actor.partition(":")[2] for one in events if one.actor.startswith(f"{ActorKind.STAFF}:")}
    staff |= {str(one.detail["person"]) for one in events if "person" in one.detail}
    rows = session.execute(select(Person.id, Person.name).where(Person.id.in_([UUID(key) for key in staff])))
    return {str(key): name for key, name in rows}


@dataclass(frozen=True)
class TrailCheck:
    """`head` and `signed_at` are of the last signed head; None where the worker has signed none yet."""

    title: str
    events: int
    head: int | None
    signed_at: datetime | None
    problems: tuple[TrailProblem, ...]


def check_campaign_trail(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> TrailCheck:
    """Read the whole chain and recompute it."""
    campaign = require(session, actor, campaign_id, Permission.READ_TRAIL)
    problems = check_trail(session, campaign_id, desk.vault.verifying_key)
    head = session.get(TrailHead, campaign_id)
    signed = session.execute(
        select(SignedHead.number, SignedHead.signed_at)
        .where(SignedHead.chain_id == campaign_id)
        .order_by(SignedHead.number.desc())
        .limit(1)
    ).one_or_none()
    number, at = signed or (None, None)
    return TrailCheck(campaign.title, head.number if head else 0, number, at, tuple(problems))


def export_trail(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> Iterator[str]:
    """The chain as JSON Lines, then its signed heads: all that is needed to check it elsewhere.

    The permission is checked now; the lines are read later, in a session of their own.
    """
    require(session, actor, campaign_id, Permission.READ_TRAIL)
    return _export(desk, campaign_id)


def _export(desk: Desk, campaign_id: UUID) -> Iterator[str]:
    with desk.sessions.reading() as session:
        after = 0
        while events := list_events(session, campaign_id, after=after, limit=1000):
            yield from (_event_line(event) for event in events)
            after = events[-1].number
            session.expunge_all()
        for head in session.scalars(
            select(SignedHead).where(SignedHead.chain_id == campaign_id).order_by(SignedHead.number)
        ):
            yield _line(
                kind="signed_head",
                number=head.number,
                digest=head.digest.hex(),
                signature=head.signature.hex(),
                signed_at=_moment(head.signed_at),
            )


def _event_line(event: TrailEvent) -> str:
    return _line(
        kind="event",
        number=event.number,
        at=_moment(event.at),
        actor=event.actor,
        event=event.event,
        detail=event.detail,
        previous=event.previous.hex(),
        digest=event.digest.hex(),
    )


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat()


def _line(**content: object) -> str:
    return json.dumps(content, sort_keys=True, ensure_ascii=True) + "\n"
