"""The post room: opens waiting messages one by one and hands them to the mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, system_actor
from recruitment.services.openings import record_opening
from recruitment.services.post import seal_message
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.candidates import Candidate
from recruitment.store.jobs import Message
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.contact import open_addresses, open_letters
from recruitment.vault.sealing.contact import Letter

_LONGEST_HEADER = 500  # characters; RFC 5322 allows 998


@dataclass(frozen=True)
class MailServer:
    """Where mail goes; `sender` is its From line. Without one, messages wait."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    use_tls: bool = True
    seconds: float = 20.0


def to_email(letter: Letter, sender: str) -> EmailMessage:
    """As it goes to the mail server. One-click unsubscribing: RFC 2369 and RFC 8058, which asks for HTTPS."""
    # A folded address would be encoded, and no mail program would find it again.
    message = EmailMessage(policy=SMTP.clone(max_line_length=_LONGEST_HEADER))
    message["From"], message["To"], message["Subject"] = sender, letter.to, letter.subject
    message["Auto-Submitted"] = "auto-generated"
    if letter.unsubscribe:
        message["List-Unsubscribe"] = f"<{letter.unsubscribe}>"
        if letter.unsubscribe.startswith("https:"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(letter.body)
    if letter.attachment_name:
        message.add_attachment(letter.attachment, filename=letter.attachment_name)
    return message


def deliver(server: MailServer, letter: Letter) -> None:
    with smtplib.SMTP(server.host, server.port, timeout=server.seconds) as smtp:
        if server.use_tls:
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
        smtp.send_message(to_email(letter, server.sender))


def _open(desk: StaffDesk, actor: Actor, message: Message, ground: str) -> Letter:
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CONTACT,
        scope_id=message.organisation_id,
        records=[message.id],
        ground=ground,
    )
    return open_letters(desk.vault, receipt, [(message.id, message.blob)])[message.id]


def send_message(desk: StaffDesk, server: MailServer, message_id: UUID) -> None:
    """Send one message; once the mail server has taken it, its sealed copy is erased."""
    with desk.sessions.reading() as session:
        message = session.get(Message, message_id)
    if message is None or message.sent_at is not None:
        return
    letter = _open(desk, system_actor(message.organisation_id), message, "to send it")
    if letter.to:
        deliver(server, letter)
    with desk.sessions.writing() as session:
        session.execute(delete(Message).where(Message.id == message_id))


def seal_to_candidates(
    desk: StaffDesk, *, organisation_id: UUID, candidate_ids: Iterable[UUID], subject: str, body: str, ground: str
) -> list[tuple[UUID, bytes]]:
    """The same message to each account's address, as (message, sealed blob) to be posted in one transaction."""
    with desk.sessions.reading() as session:
        found = session.execute(
            select(Candidate.id, Candidate.address_sealed)
            .where(Candidate.organisation_id == organisation_id, Candidate.id.in_(list(candidate_ids)))
            .order_by(Candidate.id)
        ).all()
        keys = desk.vault.public_keys(session, organisation_id)
    if not found:
        return []
    receipt = record_opening(
        desk,
        actor=system_actor(organisation_id),
        compartment=Compartment.CONTACT,
        scope_id=organisation_id,
        records=[key for key, _ in found],
        ground=ground,
    )
    addresses = open_addresses(desk.vault, receipt, ((key, blob) for key, blob in found))
    return [seal_message(desk, keys, Letter(address, subject, body)) for address in addresses.values()]


def keep_in_outbox(session: Session, desk: StaffDesk, message_id: UUID) -> None:
    """On a development key nothing is sent: the message stays, sealed, for the development outbox."""
    session.execute(update(Message).where(Message.id == message_id).values(sent_at=desk.now))


@dataclass(frozen=True)
class OutboxLetter:
    id: UUID
    letter: Letter


def read_outbox(session: Session, *, desk: StaffDesk, actor: Actor, limit: int = 30) -> list[OutboxLetter]:
    """The latest sealed messages, opened with a record; only where the keys are development keys."""
    if not desk.vault.is_development:
        raise PermissionError("the outbox exists on a development key only")
    rows = session.scalars(
        select(Message)
        .where(Message.organisation_id == actor.organisation_id)
        .order_by(Message.created_at.desc(), Message.id)
        .limit(limit)
    ).all()
    if not rows:
        return []
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CONTACT,
        scope_id=actor.organisation_id,
        records=[row.id for row in rows],
        ground="development outbox",
    )
    opened = open_letters(desk.vault, receipt, ((row.id, row.blob) for row in rows))
    return [OutboxLetter(row.id, opened[row.id]) for row in rows]
