"""Opens waiting messages and account addresses for the post, and nothing else with them."""

from __future__ import annotations

from collections.abc import Iterable
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


def open_addresses(vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]) -> dict[UUID, str]:
    """Candidate → the address of their account."""
    opened = open_records(vault, receipt, Compartment.CONTACT, ((i, "address", blob) for i, blob in blobs))
    return {record: raw.decode() for record, _, raw in opened}
