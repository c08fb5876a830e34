"""Compartments: what is withheld, apart by purpose. A later purpose is a new compartment, never a new reader."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.store.keys import CompartmentKey, every_public_key, public_keys_of
from recruitment.vault.bindings import bind
from recruitment.vault.errors import MissingKey, UnsignedKey
from recruitment.vault.signing import is_signed


class Compartment(StrEnum):
    IDENTITY = "identity"
    REQUESTS = "requests"
    RELATIONSHIPS = "relationships"
    CLEARANCE = "clearance"
    EQUALITY = "equality"
    CONTACT = "contact"
    POOL = "pool"
    COUNTS = "counts"
    TIE_BREAK = "tie_break"
    CORRESPONDENCE = "correspondence"
    HOLD = "hold"
    ORIGIN = "origin"
    ELIGIBILITY = "eligibility"


OF_CAMPAIGN = (
    Compartment.IDENTITY,
    Compartment.REQUESTS,
    Compartment.RELATIONSHIPS,
    Compartment.CLEARANCE,
    Compartment.EQUALITY,
    Compartment.TIE_BREAK,
    Compartment.CORRESPONDENCE,
    Compartment.ORIGIN,
    Compartment.ELIGIBILITY,
)
# A hold for a claim has a key pair of its own, whose scope is the hold.
OF_HOLD = (Compartment.HOLD,)
OF_ORGANISATION = (Compartment.CONTACT, Compartment.POOL, Compartment.COUNTS)


def signed_statement(scope_id: UUID, compartment: str, public_key: bytes) -> bytes:
    """What the installation signs: this key is that compartment's."""
    return bind("compartment key", scope_id, compartment, public_key)


@dataclass(frozen=True)
class PublicKeys:
    """The verified public keys of one campaign or organisation."""

    scope_id: UUID
    keys: dict[Compartment, bytes]

    def __getitem__(self, compartment: Compartment) -> bytes:
        try:
            return self.keys[compartment]
        except KeyError:
            raise MissingKey(
                f"The compartment “{compartment}” of {self.scope_id} has no public key: restore the table "
                "compartment_keys from a backup."
            ) from None


def verify(verifying_key: bytes, row: CompartmentKey) -> bytes:
    """The row's public key, or `UnsignedKey` when it is not the one this installation signed."""
    statement = signed_statement(row.scope_id, row.compartment, row.public_key)
    if not is_signed(verifying_key, statement, row.signature):
        raise UnsignedKey(row.compartment, str(row.scope_id))
    return row.public_key


def load_public_keys(session: Session, verifying_key: bytes, *scope_ids: UUID) -> list[PublicKeys]:
    """The keys of each scope, in one statement; every key is verified before it is given out."""
    found: dict[UUID, dict[Compartment, bytes]] = {scope_id: {} for scope_id in scope_ids}
    for row in public_keys_of(session, *scope_ids):
        key = verify(verifying_key, row)
        found[row.scope_id][Compartment(row.compartment)] = key
    return [PublicKeys(scope_id, found[scope_id]) for scope_id in scope_ids]


def check_public_keys(session: Session, verifying_key: bytes) -> None:
    """One pass over every public key of the database; `UnsignedKey` names the first swapped one."""
    for row in every_public_key(session):
        verify(verifying_key, row)
