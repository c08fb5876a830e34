"""Posts messages: each is sealed whole when it is written; the worker alone opens and sends it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.messages import ENGLISH
from recruitment.services.catalogues import LANGUAGES, days_said, load_catalogue
from recruitment.services.desk import Desk
from recruitment.services.jobs import enqueue
from recruitment.store.jobs import Message
from recruitment.vault.compartments import PublicKeys
from recruitment.vault.sealing.contact import Letter, seal_letter

SEND_LETTER = "send_letter"


def seal_message(desk: Desk, keys: PublicKeys, letter: Letter) -> tuple[UUID, bytes]:
    """The heavy half, before a write begins: a message's id and sealed blob."""
    message_id = desk.new_id()
    return message_id, seal_letter(keys, message_id, letter)


def in_language(letter: Letter, language: str) -> Letter:
    """A letter in the language that its reader chose; what a catalogue does not hold stays English."""
    said = load_catalogue(language if language in LANGUAGES else ENGLISH)
    return replace(
        letter,
        subject=said.say_made(letter.subject),
        body=days_said(said.say_made(letter.body), said),
        attachment=said.say_made(letter.attachment),
    )


def post_sealed(session: Session, *, desk: Desk, organisation_id: UUID, message_id: UUID, blob: bytes) -> None:
    session.add(Message(id=message_id, organisation_id=organisation_id, blob=blob, created_at=desk.now))
    session.flush()
    enqueue(session, desk=desk, kind=SEND_LETTER, message_id=message_id)


def post_letter(session: Session, *, desk: Desk, organisation_id: UUID, letter: Letter) -> None:
    """Seal a message to the organisation's `contact` compartment and queue it in this transaction."""
    keys = desk.vault.public_keys(session, organisation_id)
    message_id, blob = seal_message(desk, keys, letter)
    post_sealed(session, desk=desk, organisation_id=organisation_id, message_id=message_id, blob=blob)
