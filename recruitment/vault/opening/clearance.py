"""Opens restorable passages for people outside the sift."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from recruitment.rules.clearance import WaitingPassage
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import load_passages
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt


def open_passages(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]
) -> dict[UUID, dict[int, WaitingPassage]]:
    """Answer → ordinal → passage."""
    opened = open_records(vault, receipt, Compartment.CLEARANCE, ((i, "", blob) for i, blob in blobs))
    return {record: load_passages(raw) for record, _, raw in opened}
