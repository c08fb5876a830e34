"""Hands letters to the mail server one after another, so that a worker that dies loses none and doubles none.

Each letter is written down as being handed over before the mail server hears of it, and as taken after the server
has said so. A worker that is killed between the two leaves one letter of which nobody can know (RFC 1047): it
is put in doubt, is not sent again by itself, and a person decides.
"""

from __future__ import annotations

import smtplib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from sqlalchemy import CursorResult, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, system_actor
from recruitment.rules.letter_wordings import compose, compose_answer
from recruitment.rules.letters import ANSWER, LetterKind, LetterState
from recruitment.rules.letters_on_paper import postal_address
from recruitment.services.correspondence_answers import answers_to_post
from recruitment.services.eligibility_checks import reasons_to_post
from recruitment.services.letter_facts import letter_facts
from recruitment.services.letter_wordings import load_letter_texts, wording_of
from recruitment.services.organisation_settings import sender_for
from recruitment.services.outgoing import (
    HandOver,
    MailServer,
    connected,
    hand_over,
    open_account_addressees,
    put_on_paper,
)
from recruitment.services.post import seal_message
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.jobs import Message
from recruitment.store.letters import OutcomeLetter
from recruitment.vault.sealing.contact import Letter

PATIENCE = timedelta(seconds=20)
"""After so long without an answer a hand-over counts as broken off: a mail server's time for one reply. Should
the answer come after all, it is taken for what it is."""

_AFTER = {
    HandOver.TAKEN: LetterState.TAKEN,
    HandOver.REFUSED: LetterState.REFUSED,
    HandOver.LATER: LetterState.QUEUED,
    HandOver.NOT_SENT: LetterState.QUEUED,
    HandOver.UNKNOWN: LetterState.IN_DOUBT,
}
_EVENTS = {
    LetterState.TAKEN: "letter_taken",
    LetterState.REFUSED: "letter_refused",
    LetterState.IN_DOUBT: "letter_in_doubt",
    LetterState.NO_ADDRESS: "letter_without_address",
    LetterState.ON_PAPER: "letter_on_paper",
}


class Unfinished(Exception):
    """Some of a batch's letters could not be handed over now: the job comes again."""


@dataclass(frozen=True)
class _Ready:
    id: UUID
    letter: Letter


def post_batch(
    desk: StaffDesk, server: MailServer | None, campaign_id: UUID, batch: UUID, ask_address: str
) -> None:
    """Hand over what of a batch waits. `Unfinished` asks the worker to come again."""
    if server is None and not desk.vault.is_development:
        raise RuntimeError("no mail server is configured")
    actor, is_waiting = _put_in_doubt(desk, campaign_id, batch)
    ready = _prepare(desk, actor, campaign_id, batch, ask_address)
    ready = _keep_on_paper(desk, actor, campaign_id, ready)
    if server is None:
        for one in ready:
            _keep_in_outbox(desk, actor, campaign_id, one)
    elif ready:
        is_waiting |= _send(desk, server, actor, campaign_id, ready)
    if is_waiting:
        raise Unfinished


def _put_in_doubt(desk: StaffDesk, campaign_id: UUID, batch: UUID) -> tuple[Actor, bool]:
    """Letters whose worker went away while it handed them over; whether some may still be on their way."""
    with desk.sessions.writing() as session:
        campaign = session.get_one(Campaign, campaign_id)
        actor = system_actor(campaign.organisation_id)
        broken_off = session.scalars(
            select(OutcomeLetter)
            .where(
                OutcomeLetter.campaign_id == campaign_id,
                OutcomeLetter.batch == batch,
                OutcomeLetter.state == LetterState.HANDING_OVER,
            )
            .with_for_update()
        ).all()
        is_waiting = False
        for letter in broken_off:
            if letter.handing_at is not None and letter.handing_at > desk.now - PATIENCE:
                is_waiting = True
                continue
            letter.state, letter.ended_at = LetterState.IN_DOUBT, desk.now
            _record(session, desk, actor, letter)
    return actor, is_waiting


def _record(session: Session, desk: StaffDesk, actor: Actor, letter: OutcomeLetter) -> None:
    record_event(
        session,
        at=desk.now,
        chain_id=letter.campaign_id,
        actor=actor,
        event=_EVENTS[LetterState(letter.state)],
        application=letter.application_id,
        letter=letter.kind,
    )


def _prepare(desk: StaffDesk, actor: Actor, campaign_id: UUID, batch: UUID, ask_address: str) -> list[_Ready]:
    """The letters as they will be sent; those without an address are put aside for a person."""
    with desk.sessions.reading() as session:
        rows = _queued(session, campaign_id, batch)
        wanted = {row.application_id: _kind(row) for row in rows}
        facts = letter_facts(session, desk, campaign_id, wanted, ask_address) if rows else {}
        wordings = {
            (row.kind, row.version): wording_of(session, actor.organisation_id, LetterKind(row.kind), row.version)
            for row in {(row.kind, row.version): row for row in rows if row.kind != ANSWER}.values()
        }
        accounts = {
            application_id: (account_id, sealed)
            for application_id, account_id, sealed in session.execute(
                select(Application.id, Candidate.id, Candidate.address_sealed)
                .join(Candidate, Candidate.id == Application.candidate_id)
                .where(Application.campaign_id == campaign_id, Application.id.in_(wanted))
            )
        }
    addressees = open_account_addressees(
        desk, actor=actor, accounts=accounts.values(), ground="to send a letter on the outcome"
    )
    questions = [UUID(hex=row.part) for row in rows if row.kind == ANSWER]
    answers = answers_to_post(desk, actor, campaign_id, questions)
    refused = [row.application_id for row in rows if row.kind == LetterKind.NOT_ELIGIBLE]
    reasons = reasons_to_post(desk, actor, campaign_id, refused)
    texts = load_letter_texts()
    ready = []
    for row in rows:
        account = accounts.get(row.application_id)
        if account is None:
            _end(desk, actor, campaign_id, row.id, row.attempts, LetterState.NO_ADDRESS)
            continue
        own, reader = facts[row.application_id], addressees[account[0]]
        if row.kind == ANSWER:
            said = compose_answer(texts, own, answers[UUID(hex=row.part)], reader.language)
        else:
            own = replace(own, reason=reasons.get(row.application_id, ""))
            said = compose(texts, wordings[row.kind, row.version], own, reader.language)
        ready.append(_Ready(row.id, Letter(reader.address, said.subject, said.body)))
    return ready


def _kind(row: OutcomeLetter) -> LetterKind | None:
    return None if row.kind == ANSWER else LetterKind(row.kind)


def _queued(session: Session, campaign_id: UUID, batch: UUID) -> Sequence[OutcomeLetter]:
    return session.scalars(
        select(OutcomeLetter)
        .where(
            OutcomeLetter.campaign_id == campaign_id,
            OutcomeLetter.batch == batch,
            OutcomeLetter.state == LetterState.QUEUED,
        )
        .order_by(OutcomeLetter.id)
    ).all()


def _keep_on_paper(desk: StaffDesk, actor: Actor, campaign_id: UUID, ready: Sequence[_Ready]) -> list[_Ready]:
    """Put aside the letters of those without an e-mail address, to be printed and posted; the others."""
    for one in ready:
        postal = postal_address(one.letter.to)
        if postal is None:
            continue
        with desk.sessions.writing() as session:
            letter = session.get_one(OutcomeLetter, (campaign_id, one.id), with_for_update=True)
            if letter.state != LetterState.QUEUED:
                continue
            put_on_paper(session, desk, postal, actor.organisation_id, one.letter, one.id)
            letter.state = LetterState.ON_PAPER
            session.flush()
            _record(session, desk, actor, letter)
    return [one for one in ready if postal_address(one.letter.to) is None]


def _send(desk: StaffDesk, server: MailServer, actor: Actor, campaign_id: UUID, ready: Sequence[_Ready]) -> bool:
    """Over one connection; whether something of it has to come again."""
    is_waiting = False
    with desk.sessions.reading() as session:
        server = replace(server, sender=sender_for(session, actor.organisation_id, server.sender))
    try:
        with connected(server) as smtp:
            for one in ready:
                attempt = _begin(desk, campaign_id, one.id)
                if attempt is None:
                    continue  # another worker has it
                became, failure = hand_over(smtp, server, one.letter, one.id)
                _end(desk, actor, campaign_id, one.id, attempt, _AFTER[became], failure)
                is_waiting |= became is HandOver.LATER
                if became in (HandOver.NOT_SENT, HandOver.UNKNOWN):
                    return True  # the connection is gone
    except (OSError, smtplib.SMTPException) as problem:
        # Raised by connecting or parting: no letter was being handed over.
        raise Unfinished from problem
    return is_waiting


def _begin(desk: StaffDesk, campaign_id: UUID, letter_id: UUID) -> int | None:
    """Write down that a letter is being handed over; the number of this hand-over, None if it is another's."""
    with desk.sessions.writing() as session:
        letter = session.get(OutcomeLetter, (campaign_id, letter_id), with_for_update=True)
        if letter is None or letter.state != LetterState.QUEUED:
            return None
        letter.state, letter.handing_at = LetterState.HANDING_OVER, desk.now
        letter.attempts += 1
        return letter.attempts


def _end(
    desk: StaffDesk,
    actor: Actor,
    campaign_id: UUID,
    letter_id: UUID,
    attempt: int,
    state: LetterState,
    failure: str = "",
) -> None:
    """Write down what became of a hand-over; of an earlier one than the last it is not believed."""
    with desk.sessions.writing() as session:
        was = (LetterState.QUEUED, LetterState.HANDING_OVER, LetterState.IN_DOUBT)
        ended = None if state is LetterState.QUEUED else desk.now
        done = session.execute(
            update(OutcomeLetter)
            .where(
                OutcomeLetter.campaign_id == campaign_id,
                OutcomeLetter.id == letter_id,
                OutcomeLetter.attempts == attempt,
                OutcomeLetter.state.in_(was),
            )
            .values(state=state, ended_at=ended, failure=failure)
        )
        if state is LetterState.QUEUED or not isinstance(done, CursorResult) or not done.rowcount:
            return
        _record(session, desk, actor, session.get_one(OutcomeLetter, (campaign_id, letter_id)))


def _keep_in_outbox(desk: StaffDesk, actor: Actor, campaign_id: UUID, one: _Ready) -> None:
    """On a development key nothing is sent: the letter is kept, sealed, for the development outbox."""
    with desk.sessions.reading() as session:
        keys = desk.vault.public_keys(session, actor.organisation_id)
    message_id, blob = seal_message(desk, keys, one.letter)
    with desk.sessions.writing() as session:
        letter = session.get_one(OutcomeLetter, (campaign_id, one.id), with_for_update=True)
        if letter.state != LetterState.QUEUED:
            return
        session.add(
            Message(
                id=message_id,
                organisation_id=actor.organisation_id,
                blob=blob,
                created_at=desk.now,
                sent_at=desk.now,
            )
        )
        letter.state, letter.ended_at = LetterState.TAKEN, desk.now
        session.flush()
        _record(session, desk, actor, letter)
