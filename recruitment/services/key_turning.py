"""Turns an organisation's keys after an erasure: what is kept is sealed anew, and the old keys are destroyed.

An older copy of the database still holds what was erased since. Opened with today's keys it gives nothing of it.
For an hour after the new keys seal, the old ones open as well: a page or a letter that was begun before the turn
is stored after it, and nothing acknowledged may be lost (promise 9).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import CursorResult, delete, select, update
from sqlalchemy.orm import InstrumentedAttribute

from recruitment.rules.actors import system_actor
from recruitment.services.openings import record_opening
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate, SignInLink
from recruitment.store.entries import PaperLetter
from recruitment.store.jobs import Message
from recruitment.store.people import Person
from recruitment.store.pool import PoolMembership
from recruitment.store.releases import Tally
from recruitment.store.retention import KeyTurn
from recruitment.vault.compartments import OF_ORGANISATION, Compartment
from recruitment.vault.errors import CannotBeOpened
from recruitment.vault.opening.resealing import reseal_records
from recruitment.vault.working import WorkingPurpose

OLD_KEYS_OPEN = timedelta(hours=1)
CHUNK = 500  # records sealed anew in one short transaction
WORKING = (WorkingPurpose.ACCOUNTS,)
REWRITTEN = ("candidates", "messages", "paper_letters", "pool_memberships", "tallies", "people", "sign_in_links")


@dataclass(frozen=True)
class _Sealed:
    """Where records of a compartment lie: the column, the key that names the record, the organisation's rows."""

    compartment: Compartment
    column: InstrumentedAttribute[Any]
    key: InstrumentedAttribute[UUID]
    part: str
    rows: Callable[[UUID], Any]


SEALED: Sequence[_Sealed] = (
    _Sealed(
        Compartment.CONTACT,
        Candidate.address_sealed,
        Candidate.id,
        "address",
        lambda body: Candidate.organisation_id == body,
    ),
    _Sealed(Compartment.CONTACT, Message.blob, Message.id, "letter", lambda body: Message.organisation_id == body),
    _Sealed(
        Compartment.CONTACT,
        PaperLetter.blob,
        PaperLetter.id,
        "letter",
        lambda body: PaperLetter.campaign_id.in_(select(Campaign.id).where(Campaign.organisation_id == body)),
    ),
    _Sealed(
        Compartment.POOL,
        PoolMembership.answers,
        PoolMembership.person_id,
        "",
        lambda body: PoolMembership.organisation_id == body,
    ),
    _Sealed(
        Compartment.COUNTS,
        Tally.blob,
        Tally.campaign_id,
        "",
        lambda body: (
            Tally.campaign_id.in_(select(Campaign.id).where(Campaign.organisation_id == body))
            & (Tally.blob != b"")
        ),
    ),
)


def begin_turn(desk: StaffDesk, organisation_id: UUID) -> bool:
    """New keys seal from now on; False where a turn is under way already, which then takes this erasure along."""
    with desk.sessions.reading() as session:
        if session.get(KeyTurn, organisation_id) is not None:
            return False
    desk.vault.prepare_turn(organisation_id, OF_ORGANISATION)
    with desk.sessions.writing() as session:
        desk.vault.name_next_keys(session, organisation_id, OF_ORGANISATION, desk.now)
        session.add(KeyTurn(organisation_id=organisation_id, begun_at=desk.now))
    _promote(desk, organisation_id)
    return True


def _promote(desk: StaffDesk, organisation_id: UUID) -> None:
    with desk.sessions.reading() as session:
        desk.vault.promote_next_keys(session, organisation_id, OF_ORGANISATION, WORKING)


def finish_turns(desk: StaffDesk, *, is_now: bool = False) -> int:
    """Seal anew what still lies under old keys, and destroy them, an hour after a turn began; how many turns.

    `is_now` does not wait: only where no site runs. A turn that is broken off begins here again.
    """
    with desk.sessions.reading() as session:
        turns = session.execute(select(KeyTurn.organisation_id, KeyTurn.begun_at)).all()
    done = 0
    for organisation_id, begun_at in turns:
        if is_now or desk.now - begun_at >= OLD_KEYS_OPEN:
            done += _finish(desk, organisation_id)
    return done


def _finish(desk: StaffDesk, organisation_id: UUID) -> bool:
    _promote(desk, organisation_id)  # where a worker died between database and key store
    sealed = lost = 0
    for place in SEALED:
        anew, unreadable = _reseal(desk, organisation_id, place)
        sealed, lost = sealed + anew, lost + unreadable
    sealed += _encrypt_anew(desk, organisation_id)
    desk.vault.destroy_old_keys(organisation_id)
    is_clean = desk.sessions.let_old_pages_go(*REWRITTEN)
    is_clean = desk.vault.key_store.let_old_pages_go("private_keys", "working_keys") and is_clean
    if not is_clean:
        return False  # a reader held the log: tried again in a minute
    with desk.sessions.writing() as session:
        gone = session.execute(delete(KeyTurn).where(KeyTurn.organisation_id == organisation_id))
        if isinstance(gone, CursorResult) and not gone.rowcount:
            return False  # another worker was first
        record_event(
            session,
            at=desk.now,
            chain_id=organisation_id,
            actor=system_actor(organisation_id),
            event="keys_turned",
            records=sealed,
            unreadable=lost,
        )
    return True


def _reseal(desk: StaffDesk, organisation_id: UUID, place: _Sealed) -> tuple[int, int]:
    """How many records were sealed anew, and how many no key opens."""
    receipt = record_opening(
        desk,
        actor=system_actor(organisation_id),
        compartment=place.compartment,
        scope_id=organisation_id,
        records=None,
        ground="to seal it anew under new keys after an erasure",
    )
    with desk.sessions.reading() as session:
        keys = desk.vault.public_keys(session, organisation_id)
    anew = lost = 0
    for rows in _chunks(desk, organisation_id, place):
        held = dict(rows)
        found = reseal_records(desk.vault, receipt, keys, ((key, place.part, blob) for key, blob in rows))
        changed = {key: blob for key, _, blob in found}
        lost += sum(blob is None for blob in changed.values())
        with desk.sessions.writing() as session:
            for key, blob in changed.items():
                if blob is not None:
                    # Only what was read: somebody may have stored another since, under the new key.
                    session.execute(
                        update(place.column.class_)
                        .where(place.key == key, place.column == held[key])
                        .values({place.column.key: blob})
                        .execution_options(synchronize_session=False)
                    )
                    anew += 1
    return anew, lost


def _chunks(desk: StaffDesk, organisation_id: UUID, place: _Sealed) -> Iterator[Sequence[tuple[UUID, bytes]]]:
    after: UUID | None = None
    while True:
        query = select(place.key, place.column).where(place.rows(organisation_id)).order_by(place.key).limit(CHUNK)
        with desk.sessions.reading() as session:
            rows = [
                (key, blob) for key, blob in session.execute(query.where(place.key > after) if after else query)
            ]
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def _encrypt_anew(desk: StaffDesk, organisation_id: UUID) -> int:
    """What lies under the accounts key: second factors of the public site, and addresses on their way in."""
    done = 0
    with desk.sessions.writing() as session:
        for person in session.scalars(
            select(Person).where(Person.organisation_id == organisation_id, Person.public_factor.is_not(None))
        ):
            person.public_factor, number = _again(
                desk, organisation_id, f"factor {person.id}", person.public_factor
            )
            done += number
        for link in session.scalars(
            select(SignInLink).where(
                SignInLink.organisation_id == organisation_id, SignInLink.waiting.is_not(None)
            )
        ):
            name = f"link {link.token_hash.hex()}"
            link.waiting, number = _again(desk, organisation_id, name, link.waiting)
            done += number
    return done


def _again(desk: StaffDesk, organisation_id: UUID, name: str, blob: bytes | None) -> tuple[bytes | None, int]:
    if blob is None:
        return None, 0
    try:
        plain = desk.vault.decrypt(organisation_id, WorkingPurpose.ACCOUNTS, name, blob)
    except CannotBeOpened:
        return blob, 0
    return desk.vault.encrypt(organisation_id, WorkingPurpose.ACCOUNTS, name, plain), 1
