"""The morning's mail switched off and on again, by each person for themselves."""

from __future__ import annotations

import hmac
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.errors import NotFound
from recruitment.services.desk import Desk
from recruitment.services.permissions import require_staff
from recruitment.services.trail import record_event
from recruitment.store.people import Person

_ID = 32  # hexadecimal digits


def _proof(desk: Desk, person_id: UUID, organisation_id: UUID) -> str:
    return desk.vault.blind("morning_mail", organisation_id, person_id.hex).hex()


def make_stop_token(desk: Desk, person: Person) -> str:
    """What stands in the link that stops the mail: who, and a keyed hash that nobody else can make.

    It stays good, as mail lies about for years, and does nothing else.
    """
    return f"{person.id.hex}{_proof(desk, person.id, person.organisation_id)}"


def _find(session: Session, desk: Desk, token: str) -> Person:
    try:
        person = session.get(Person, UUID(hex=token[:_ID]))
    except ValueError:
        person = None
    if person is None or not person.is_active:
        raise NotFound
    if not hmac.compare_digest(_proof(desk, person.id, person.organisation_id).encode(), token[_ID:].encode()):
        raise NotFound
    return person


def _set(session: Session, desk: Desk, actor: Actor, person: Person, is_on: bool) -> None:
    if is_on == (person.morning_mail_off_at is None):
        return
    person.morning_mail_off_at = None if is_on else desk.now
    session.flush()
    event = "morning_mail_begun" if is_on else "morning_mail_stopped"
    record_event(session, at=desk.now, chain_id=person.organisation_id, actor=actor, event=event)


def gets_morning_mail(session: Session, *, actor: Actor) -> bool:
    return require_staff(session, actor).morning_mail_off_at is None


def set_morning_mail(session: Session, *, actor: Actor, desk: Desk, is_on: bool) -> None:
    """Switch one's own morning mail; nothing where it is so already."""
    _set(session, desk, actor, require_staff(session, actor), is_on)


def check_stop_token(session: Session, *, desk: Desk, token: str) -> None:
    """`NotFound` unless the link was made here, for somebody who still works here."""
    _find(session, desk, token)


def stop_by_token(session: Session, *, desk: Desk, token: str) -> None:
    """Stop the mail of the person whose link it is, whoever is signed in. `NotFound` for a forged one."""
    person = _find(session, desk, token)
    _set(session, desk, Actor(ActorKind.STAFF, person.id, person.organisation_id), person, is_on=False)
