"""Opens waiting messages and account addresses for the post, and nothing else with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import load
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt
from recruitment.vault.sealing.contact import Letter


def open_letters(vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]) -> dict[UUID, Letter]:
    opened = open_records(vault, receipt, Compartment.CONTACT, ((i, "letter", blob) for i, blob in blobs))
    return {record: Letter(**load(raw)) for record, _, raw in opened}


@dataclass(frozen=True)
class Addressee:
    """An account's address, and the language that its owner reads letters in."""

    address: str
    language: str


def open_addressees(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]
) -> dict[UUID, Addressee]:
    """Candidate → where to write to them, and in what language; English where an account tells none."""
    opened = open_records(vault, receipt, Compartment.CONTACT, ((i, "address", blob) for i, blob in blobs))
    found = ((record, *raw.decode().partition("\n")) for record, _, raw in opened)
    return {record: Addressee(address, language.rstrip() or "en") for record, address, _, language in found}
