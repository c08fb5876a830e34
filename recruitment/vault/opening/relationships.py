"""Opens declared relationships after the freeze, to be matched against the panel only."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from recruitment.rules.applications import Relationship
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import load_relationships
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt


def open_relationships(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]
) -> dict[UUID, tuple[Relationship, ...]]:
    opened = open_records(vault, receipt, Compartment.RELATIONSHIPS, ((i, "", blob) for i, blob in blobs))
    return {record: load_relationships(raw) for record, _, raw in opened}
