"""The trail: what was done, by whom, in a chain of hashes that shows tampering."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.services.announcements import announce
from recruitment.store.retention import TrailStart
from recruitment.store.trail import SignedHead, TrailEvent, TrailHead, lock_head, read_chain
from recruitment.vault.bindings import bind
from recruitment.vault.signing import is_signed

START = bytes(32)


def event_digest(
    chain_id: UUID, number: int, at: datetime, actor: str, event: str, detail: dict[str, Any], previous: bytes
) -> bytes:
    """What chains an event to the one before it."""
    moment = at.astimezone(UTC).isoformat()
    written = json.dumps(detail, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(bind("trail", chain_id, number, moment, actor, event, written, previous)).digest()


def record_event(
    session: Session, *, at: datetime, chain_id: UUID, actor: Actor, event: str, **detail: Any
) -> int:
    """Append to a chain (a campaign's, or the organisation's), last in its transaction; the event's number.

    `detail` holds ids, counts and reasons typed by staff; never what is withheld.
    """
    head = lock_head(session, chain_id)
    if head is None:
        head = TrailHead(chain_id=chain_id, number=0, digest=START)
        session.add(head)
        session.flush()
    number, previous = head.number + 1, head.digest
    plain = {key: str(value) if isinstance(value, UUID) else value for key, value in detail.items()}
    digest = event_digest(chain_id, number, at, str(actor), event, plain, previous)
    session.add(
        TrailEvent(
            chain_id=chain_id,
            number=number,
            at=at,
            actor=str(actor),
            event=event,
            detail=plain,
            previous=previous,
            digest=digest,
        )
    )
    head.number, head.digest = number, digest
    session.flush()
    announce(session, at=at, campaign_id=chain_id, event=event, number=number)
    return number


def start_statement(chain_id: UUID, number: int, digest: bytes) -> bytes:
    """What is signed when old events are erased: the last of them, from which the chain goes on."""
    return bind("trail start", chain_id, number, digest)


@dataclass(frozen=True)
class TrailProblem:
    number: int
    sentence: str


def check_trail(session: Session, chain_id: UUID, verifying_key: bytes) -> list[TrailProblem]:
    """Every break of a chain, every signed head it no longer contains, and a head that does not fit."""
    problems: list[TrailProblem] = []
    digests: dict[int, bytes] = {}
    previous, expected = START, 1
    start = session.get(TrailStart, chain_id)
    if start is not None:
        if not is_signed(verifying_key, start_statement(chain_id, start.number, start.digest), start.signature):
            problems.append(
                TrailProblem(start.number, "The place at which the chain was cut is not signed by us.")
            )
        digests[start.number] = start.digest
        previous, expected = start.digest, start.number + 1
    for event in _whole_chain(session, chain_id):
        made = event_digest(
            chain_id, event.number, event.at, event.actor, event.event, event.detail, event.previous
        )
        if event.number != expected:
            problems.append(TrailProblem(event.number, f"Event {expected} is missing."))
        if event.previous != previous or made != event.digest:
            problems.append(TrailProblem(event.number, f"Event {event.number} was altered."))
        digests[event.number] = event.digest
        previous, expected = event.digest, event.number + 1
    head = session.get(TrailHead, chain_id)
    last = max(digests, default=0)
    if head is None and digests:
        problems.append(TrailProblem(last, "The head of the chain is missing."))
    elif head is not None and (head.number, head.digest) != (last, digests.get(last, START)):
        problems.append(TrailProblem(head.number, "The end of the chain is missing, or its head was altered."))
    for signed in session.scalars(select(SignedHead).where(SignedHead.chain_id == chain_id)):
        statement = bind("trail head", chain_id, signed.number, signed.digest)
        if not is_signed(verifying_key, statement, signed.signature):
            problems.append(TrailProblem(signed.number, f"The signature of head {signed.number} is not ours."))
        elif digests.get(signed.number) != signed.digest:
            problems.append(
                TrailProblem(signed.number, f"The chain was rewritten: signed head {signed.number} is not in it.")
            )
    return problems


def _whole_chain(session: Session, chain_id: UUID) -> Iterator[TrailEvent]:
    after = 0
    while events := read_chain(session, chain_id, after=after, limit=1000):
        yield from events
        after = events[-1].number


def list_events(session: Session, chain_id: UUID, *, after: int = 0, limit: int = 100) -> Sequence[TrailEvent]:
    return read_chain(session, chain_id, after=after, limit=limit)
