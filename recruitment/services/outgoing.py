"""The post room: opens waiting messages one by one and hands them to the mail server."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from email.utils import parseaddr
from enum import StrEnum
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, system_actor
from recruitment.rules.letters_on_paper import (
    PostalAddress,
    as_address,
    asks_for_site,
    postal_address,
    without_site,
)
from recruitment.rules.messages import ENGLISH
from recruitment.services.catalogues import LANGUAGES, load_catalogue
from recruitment.services.openings import record_opening
from recruitment.services.organisation_settings import sender_for
from recruitment.services.post import in_language, seal_message
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.candidates import Candidate
from recruitment.store.entries import PaperLetter
from recruitment.store.jobs import Message
from recruitment.store.organisations import Organisation
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.contact import Addressee, open_addressees, open_letters
from recruitment.vault.sealing.contact import Letter, seal_letter

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
    if letter.attachment_name.endswith(".ics"):
        # The method is told beside the type (RFC 6047 section 2.4): only so do mail programs offer the entry.
        method = "CANCEL" if "METHOD:CANCEL" in letter.attachment else "PUBLISH"
        message.add_attachment(
            letter.attachment, subtype="calendar", filename=letter.attachment_name, params={"method": method}
        )
    elif letter.attachment_name:
        message.add_attachment(letter.attachment, filename=letter.attachment_name)
    return message


@contextmanager
def connected(server: MailServer) -> Iterator[smtplib.SMTP]:
    with smtplib.SMTP(server.host, server.port, timeout=server.seconds) as smtp:
        if server.use_tls:
            smtp.starttls(context=ssl.create_default_context())
        if server.user:
            smtp.login(server.user, server.password)
        yield smtp


def deliver(server: MailServer, letter: Letter) -> None:
    with connected(server) as smtp:
        smtp.send_message(to_email(letter, server.sender))


class HandOver(StrEnum):
    """What became of a message at the mail server. UNKNOWN: the two parted when it might have taken it."""

    TAKEN = "taken"
    REFUSED = "refused"
    LATER = "later"
    NOT_SENT = "not_sent"
    UNKNOWN = "unknown"


def hand_over(smtp: smtplib.SMTP, server: MailServer, letter: Letter, message_id: UUID) -> tuple[HandOver, str]:
    """Hand one message over on an open connection; what became of it, and the server's number where it said no.

    Until the message itself is on its way, a broken connection means that it was not sent; from then on, that
    nobody can know (RFC 1047). `message_id` stays the same if it is sent again, so that a mail server can tell.
    """
    try:
        message = to_email(letter, server.sender)
    except ValueError:
        return HandOver.REFUSED, "address"
    message["Message-ID"] = f"<{message_id.hex}@{server.sender.rpartition('@')[2].strip(' >') or 'recruitment'}>"
    try:
        smtp.ehlo_or_helo_if_needed()
        is_international = not (server.sender + letter.to).isascii()
        if is_international and not smtp.has_extn("smtputf8"):
            return HandOver.REFUSED, "SMTPUTF8"
        options = ["SMTPUTF8", "BODY=8BITMIME"] if is_international else []
        raw = message.as_bytes(policy=SMTPUTF8 if is_international else SMTP)
        for code, _ in (smtp.mail(parseaddr(server.sender)[1], options), smtp.rcpt(letter.to)):
            if code // 100 != 2:
                smtp.rset()
                return _refused(code)
    except (OSError, smtplib.SMTPException):
        return HandOver.NOT_SENT, ""
    try:
        code, _ = smtp.data(raw)
    except smtplib.SMTPDataError as refusal:
        code = refusal.smtp_code
    except (OSError, smtplib.SMTPException):
        return HandOver.UNKNOWN, ""
    return (HandOver.TAKEN, "") if code == 250 else _refused(code)


def _refused(code: int) -> tuple[HandOver, str]:
    return (HandOver.REFUSED if code // 100 == 5 else HandOver.LATER), str(code)


def open_account_addressees(
    desk: StaffDesk, *, actor: Actor, accounts: Iterable[tuple[UUID, bytes]], ground: str
) -> dict[UUID, Addressee]:
    """Account → address and language, for the post alone, recorded before it happens; no page is given one."""
    held = list(accounts)
    if not held:
        return {}
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CONTACT,
        scope_id=actor.organisation_id,
        records=[key for key, _ in held],
        ground=ground,
    )
    return open_addressees(desk.vault, receipt, held)


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


def send_message(desk: StaffDesk, server: MailServer | None, message_id: UUID) -> None:
    """Send one message; once the mail server has taken it, its sealed copy is erased.

    One to somebody without an e-mail address waits on paper instead. Without a server, on a development key, the
    others stay in the outbox.
    """
    with desk.sessions.reading() as session:
        message = session.get(Message, message_id)
        if message is None or message.sent_at is not None:
            return
        if server is not None:
            server = replace(server, sender=sender_for(session, message.organisation_id, server.sender))
    letter = _open(desk, system_actor(message.organisation_id), message, "to send it")
    postal = postal_address(letter.to)
    if letter.to and postal is None and server is not None:
        deliver(server, letter)
    with desk.sessions.writing() as session:
        if postal is not None:
            put_on_paper(session, desk, postal, message.organisation_id, letter)
        elif server is None:
            keep_in_outbox(session, desk, message_id)
            return
        session.execute(delete(Message).where(Message.id == message_id))


def put_on_paper(
    session: Session,
    desk: StaffDesk,
    postal: PostalAddress,
    organisation_id: UUID,
    letter: Letter,
    letter_id: UUID | None = None,
) -> None:
    """Let a letter wait, sealed, for somebody outside the campaign who prints and posts it.

    `letter_id`: of the outcome letter that it is, if it is one.
    """
    contact = session.get_one(Organisation, organisation_id).contact.strip()
    told = load_catalogue(postal.language if postal.language in LANGUAGES else ENGLISH)
    body = f"{letter.body.rstrip()}\n\n{told.say_made(without_site(contact))}"
    has_text = letter.attachment and not letter.attachment_name.endswith(".ics")
    paper = replace(
        letter,
        body=body if asks_for_site(letter.body) else letter.body,
        attachment=letter.attachment if has_text else "",
        attachment_name=letter.attachment_name if has_text else "",
    )
    paper_id, blob = seal_message(desk, desk.vault.public_keys(session, organisation_id), paper)
    session.add(
        PaperLetter(
            campaign_id=postal.campaign_id, id=paper_id, letter_id=letter_id, blob=blob, written_at=desk.now
        )
    )
    session.flush()


def readdress_papers(
    desk: StaffDesk, *, actor: Actor, before: PostalAddress, after: PostalAddress, ground: str
) -> None:
    """Seal anew, to a corrected address, the letters to the old one that wait and that nobody prints yet."""
    with desk.sessions.reading() as session:
        papers = session.scalars(
            select(PaperLetter).where(
                PaperLetter.campaign_id == before.campaign_id, PaperLetter.taken_by.is_(None)
            )
        ).all()
        keys = desk.vault.public_keys(session, actor.organisation_id)
    if not papers:
        return
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CONTACT,
        scope_id=actor.organisation_id,
        records=[paper.id for paper in papers],
        ground=ground,
    )
    letters = open_letters(desk.vault, receipt, [(paper.id, paper.blob) for paper in papers])
    old, new = as_address(before), as_address(after)
    with desk.sessions.writing() as session:
        for paper in papers:
            if letters[paper.id].to != old:
                continue
            row = session.get(PaperLetter, (paper.campaign_id, paper.id), with_for_update=True)
            if row is not None and row.taken_by is None and row.blob == paper.blob:
                row.blob = seal_letter(keys, row.id, replace(letters[paper.id], to=new))


def open_paper_letter(desk: StaffDesk, *, actor: Actor, paper_id: UUID, blob: bytes, ground: str) -> Letter:
    """One letter that waits to be posted, recorded before it is opened."""
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.CONTACT,
        scope_id=actor.organisation_id,
        records=[paper_id],
        ground=ground,
    )
    return open_letters(desk.vault, receipt, [(paper_id, blob)])[paper_id]


def seal_to_candidates(
    desk: StaffDesk, *, organisation_id: UUID, candidate_ids: Iterable[UUID], subject: str, body: str, ground: str
) -> list[tuple[UUID, bytes]]:
    """The same message to each account's address, as (message, sealed blob) to be posted in one transaction.

    Each is in the language that its reader chose, as far as a catalogue has its texts.
    """
    with desk.sessions.reading() as session:
        found = session.execute(
            select(Candidate.id, Candidate.address_sealed)
            .where(Candidate.organisation_id == organisation_id, Candidate.id.in_(list(candidate_ids)))
            .order_by(Candidate.id)
        ).all()
        keys = desk.vault.public_keys(session, organisation_id)
    if not found:
        return []
    accounts = [(key, blob) for key, blob in found]
    opened = open_account_addressees(desk, actor=system_actor(organisation_id), accounts=accounts, ground=ground)
    return [
        seal_message(desk, keys, in_language(Letter(each.address, subject, body), each.language))
        for each in opened.values()
    ]


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
