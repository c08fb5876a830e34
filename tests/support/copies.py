"""What a copy of the database gives to somebody with today's keys: every blob tried with every key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import select, text

from recruitment.store.applications import SealedRecord
from recruitment.store.candidates import Candidate
from recruitment.store.correspondence import CandidateQuestion
from recruitment.store.equality import EqualityRow
from recruitment.store.holds import HoldRecord
from recruitment.store.jobs import Message
from recruitment.store.keys import WrappedPrivateKey, WrappedWorkingKey
from recruitment.store.pool import PoolMembership
from recruitment.store.releases import Tally
from recruitment.vault import hpke
from recruitment.vault.bindings import bind
from recruitment.vault.compartments import Compartment
from recruitment.vault.errors import CannotBeOpened
from recruitment.vault.private import _private_binding
from recruitment.vault.sealing.compartment import record_binding
from recruitment.vault.sealing.equality import equality_binding
from recruitment.vault.working import WorkingPurpose, working_binding
from recruitment.vault.wrapping import decrypt
from tests.support.world import World

Blob = tuple[UUID, str, bytes, bytes]  # scope, compartment, binding, sealed bytes
Working = tuple[UUID, str, bytes, bytes]  # scope, purpose, binding, encrypted bytes


def copy_blobs(world: World) -> tuple[list[Blob], list[Working]]:
    """A backup of all that is sealed to a public key, and of answers, reasons and addresses under working keys."""
    body = world.organisation_id
    with world.staff_desk.sessions.reading() as session:
        sealed: list[Blob] = [
            (
                row.campaign_id,
                row.compartment,
                record_binding(
                    Compartment(row.compartment),
                    row.campaign_id,
                    UUID(row.part) if row.compartment == "clearance" else row.application_id,
                    "" if row.compartment == "clearance" else row.part,
                ),
                row.blob,
            )
            for row in session.scalars(select(SealedRecord))
        ]
        for compartment, part, rows in (
            (
                Compartment.CONTACT,
                "address",
                [(c.id, c.address_sealed) for c in session.scalars(select(Candidate))],
            ),
            (Compartment.CONTACT, "letter", [(m.id, m.blob) for m in session.scalars(select(Message))]),
            (Compartment.POOL, "", [(m.person_id, m.answers) for m in session.scalars(select(PoolMembership))]),
            (Compartment.COUNTS, "", [(t.campaign_id, t.blob) for t in session.scalars(select(Tally))]),
        ):
            sealed += [
                (body, compartment, record_binding(compartment, body, key, part), blob) for key, blob in rows
            ]
        sealed += [
            (row.campaign_id, Compartment.EQUALITY, equality_binding(row.campaign_id), row.blob)
            for row in session.scalars(select(EqualityRow))
        ]
        sealed += [
            (
                row.campaign_id,
                Compartment.CORRESPONDENCE,
                record_binding(Compartment.CORRESPONDENCE, row.campaign_id, row.id, part),
                blob,
            )
            for row in session.scalars(select(CandidateQuestion))
            for part, blob in row.sealed_parts()
        ]
        sealed += [
            (
                row.hold_id,
                Compartment.HOLD,
                record_binding(Compartment.HOLD, row.hold_id, row.hold_id, row.part),
                row.blob,
            )
            for row in session.scalars(select(HoldRecord))
        ]
        return sealed, list(_working(session))


def _working(session: Any) -> Iterator[Working]:
    answers = session.execute(text("SELECT campaign_id, id, redacted FROM answers"))
    for campaign_id, answer_id, blob in answers:
        campaign, key = UUID(str(campaign_id)), UUID(str(answer_id))
        yield campaign, "sift", bind(WorkingPurpose.SIFT, campaign, f"answer {key}", 1), bytes(blob)
    scores = session.execute(
        text("SELECT campaign_id, allocation_id, criterion_id, reason FROM scores WHERE reason IS NOT NULL")
    )
    for campaign_id, allocation_id, criterion_id, blob in scores:
        campaign = UUID(str(campaign_id))
        place = f"reason {UUID(str(allocation_id))} {UUID(str(criterion_id))}"
        yield campaign, "sift", bind(WorkingPurpose.SIFT, campaign, place, 1), bytes(blob)


def opened_today(world: World, copy: tuple[list[Blob], list[Working]]) -> bytes:
    """Everything in the copy that any key in today's key store opens."""
    vault = world.staff_desk.vault
    with vault.key_store.reading() as store:
        privates = [
            (row.scope_id, row.compartment, row.wrapped) for row in store.scalars(select(WrappedPrivateKey))
        ]
        workings = [(row.scope_id, row.purpose, row.wrapped) for row in store.scalars(select(WrappedWorkingKey))]
    found = []
    for scope, name, wrapped in privates:
        kind = Compartment(re.sub("/.*", "", name))
        private = decrypt(vault._private_master, wrapped, _private_binding(scope, kind), "key")
        opener = hpke.Opener(private)
        for of, compartment, binding, blob in copy[0]:
            if (of, compartment) == (scope, kind):
                found.append(_tried(lambda o=opener, s=blob, b=binding: o.open(s, b, "copy")))
    for scope, name, wrapped in workings:
        kind = WorkingPurpose(re.sub("/.*", "", name))
        key = decrypt(vault._working_master, wrapped, working_binding(scope, kind), "key")
        for of, purpose, binding, blob in copy[1]:
            if (of, purpose) == (scope, kind):
                found.append(_tried(lambda k=key, s=blob, b=binding: decrypt(k, s, b, "copy")))
    return b"\0".join(found)


def _tried(act: Any) -> bytes:
    try:
        return bytes(act())
    except CannotBeOpened:
        return b""
