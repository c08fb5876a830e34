"""A body's wordings of outcome letters, in versions: one person writes, another approves before it is used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

import recruitment.rules
from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, Stale, TooLate
from recruitment.rules.letter_wordings import (
    LetterTexts,
    Wording,
    check_wording,
    compose_both,
    invented_facts,
    read_texts,
)
from recruitment.rules.letters import LetterKind
from recruitment.services.desk import Desk
from recruitment.services.pool import require_recruiting
from recruitment.services.trail import record_event
from recruitment.store.letters import LetterWording, newest_wordings

SHIPPED = Path(recruitment.rules.__file__).parent / "letter_texts" / "shipped.toml"


@cache
def load_letter_texts(path: Path = SHIPPED) -> LetterTexts:
    """What is shipped, read once for a process."""
    return read_texts(path.read_text(encoding="utf-8"))


@dataclass(frozen=True)
class WordingVersion:
    """`version` 0 is the shipped wording that nobody has approved; `is_own`: the reader wrote it."""

    version: int
    wording: Wording
    is_own: bool
    written_at: datetime | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True)
class KindWording:
    """`in_force` is what letters say now, None before the first approval; `waiting` waits for a second person."""

    kind: LetterKind
    in_force: WordingVersion | None
    waiting: WordingVersion | None


def _wording(row: LetterWording) -> Wording:
    """What was approved as shipped, before its Welsh was, has the Welsh of what is shipped now; what somebody
    wrote has the Welsh that they gave it, or none."""
    welsh = Wording(row.welsh_subject, row.welsh_body) if row.welsh_body else None
    if welsh is None and row.written_by is None:
        welsh = load_letter_texts().wordings[LetterKind(row.kind)].welsh
    return Wording(row.subject, row.body, welsh)


def _version(row: LetterWording, actor: Actor) -> WordingVersion:
    return WordingVersion(
        row.version,
        _wording(row),
        row.written_by == actor.id,
        row.written_at,
        row.approved_at,
    )


def list_letter_wordings(session: Session, *, actor: Actor) -> tuple[KindWording, ...]:
    """Every kind of letter; for whoever recruits, and administrators."""
    require_recruiting(session, actor)
    newest = newest_wordings(session, actor.organisation_id, is_approved=False)
    approved = newest_wordings(session, actor.organisation_id, is_approved=True)
    return tuple(_standing(kind, newest.get(kind), approved.get(kind), actor) for kind in LetterKind)


def _standing(
    kind: LetterKind, newest: LetterWording | None, approved: LetterWording | None, actor: Actor
) -> KindWording:
    waiting: WordingVersion | None = None
    if newest is None:
        waiting = WordingVersion(0, load_letter_texts().wordings[kind], is_own=False)
    elif newest.approved_at is None:
        waiting = _version(newest, actor)
    return KindWording(kind, _version(approved, actor) if approved else None, waiting)


def read_letter_wording(session: Session, *, actor: Actor, kind: LetterKind) -> KindWording:
    return next(one for one in list_letter_wordings(session, actor=actor) if one.kind is kind)


def preview_invented(kind: LetterKind, wording: Wording) -> Wording:
    """The letter to a person who is not there, with the Welsh one where there is one."""
    texts = load_letter_texts()
    return compose_both(texts, wording, invented_facts(texts, kind))


def suggest_welsh(kind: LetterKind, wording: Wording) -> Wording | None:
    """Its own Welsh; the shipped one beside English words that are still the shipped ones."""
    shipped = load_letter_texts().wordings[kind]
    is_shipped = (wording.subject, wording.body) == (shipped.subject, shipped.body)
    return wording.welsh or (shipped.welsh if is_shipped else None)


def _trimmed(wording: Wording) -> Wording:
    welsh = wording.welsh
    if welsh is not None:
        welsh = Wording(welsh.subject.strip(), welsh.body.strip())
        welsh = welsh if welsh.subject or welsh.body else None
    return Wording(wording.subject.strip(), wording.body.strip(), welsh)


def write_wording(
    session: Session, *, actor: Actor, desk: Desk, kind: LetterKind, wording: Wording, seen: int
) -> int:
    """Keep a new version, which waits for a second person; its number.

    `seen`: the newest version when it was written. `Stale` where somebody wrote another meanwhile.
    """
    require_recruiting(session, actor)
    wording = _trimmed(wording)
    check_wording(kind, wording)
    newest = newest_wordings(session, actor.organisation_id, is_approved=False).get(kind)
    if (newest.version if newest else 0) != seen:
        raise Stale("Somebody wrote another wording meanwhile. Open the page again to see it.")
    before = _wording(newest) if newest else load_letter_texts().wordings[kind]
    if before == wording:
        raise Invalid("Nothing is changed, so there is no new version.", "body")
    session.add(
        LetterWording(
            organisation_id=actor.organisation_id,
            kind=kind,
            version=seen + 1,
            subject=wording.subject,
            body=wording.body,
            welsh_subject=wording.welsh.subject if wording.welsh else "",
            welsh_body=wording.welsh.body if wording.welsh else "",
            written_by=actor.id,
            written_at=desk.now,
        )
    )
    session.flush()
    _record(session, desk, actor, "letter_wording_written", kind, seen + 1)
    return seen + 1


def approve_wording(session: Session, *, actor: Actor, desk: Desk, kind: LetterKind, seen: int) -> None:
    """Put the version that was read into force. Its author cannot; of the shipped one, nobody is the author."""
    require_recruiting(session, actor)
    newest = newest_wordings(session, actor.organisation_id, is_approved=False).get(kind)
    if (newest.version if newest else 0) != seen:
        raise Stale("Somebody wrote another wording meanwhile. Read it before you approve it.")
    if newest is None:
        shipped = load_letter_texts().wordings[kind]
        newest = LetterWording(
            organisation_id=actor.organisation_id,
            kind=kind,
            version=1,
            subject=shipped.subject,
            body=shipped.body,
            welsh_subject=shipped.welsh.subject if shipped.welsh else "",
            welsh_body=shipped.welsh.body if shipped.welsh else "",
            written_by=None,
            written_at=desk.now,
        )
        session.add(newest)
    elif newest.approved_at is not None:
        raise TooLate("This wording is approved already.")
    elif newest.written_by == actor.id:
        raise TooLate("You wrote this wording. Somebody else who recruits, or an administrator, must approve it.")
    newest.approved_by, newest.approved_at = actor.id, desk.now
    session.flush()
    _record(session, desk, actor, "letter_wording_approved", kind, newest.version)


def _record(session: Session, desk: Desk, actor: Actor, event: str, kind: LetterKind, version: int) -> None:
    record_event(
        session, at=desk.now, chain_id=actor.organisation_id, actor=actor, event=event, letter=kind.value,
        version=version,
    )  # fmt: skip


def wordings_in_force(session: Session, organisation_id: UUID) -> dict[LetterKind, tuple[int, Wording]]:
    """Kind → version and wording, of those approved."""
    return {
        LetterKind(kind): (row.version, _wording(row))
        for kind, row in newest_wordings(session, organisation_id, is_approved=True).items()
    }


def wording_of(session: Session, organisation_id: UUID, kind: LetterKind, version: int) -> Wording:
    row = session.get_one(LetterWording, (organisation_id, kind.value, version))
    return _wording(row)
