"""Opens who candidates are: the frozen shortlist after its reveal, or one person on a recorded ground."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from recruitment.rules.applications import Document, Identity
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import load_document, load_identity
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt


def open_identities(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]
) -> dict[UUID, Identity]:
    opened = open_records(vault, receipt, Compartment.IDENTITY, ((i, "", blob) for i, blob in blobs))
    return {record: load_identity(raw) for record, _, raw in opened}


def open_document(vault: PrivateVault, receipt: Receipt, application_id: UUID, part: str, blob: bytes) -> Document:
    ((_, _, raw),) = open_records(vault, receipt, Compartment.IDENTITY, [(application_id, part, blob)])
    return load_document(raw)
