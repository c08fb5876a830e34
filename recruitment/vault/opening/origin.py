"""Opens the numbers of applications in another system, to tell that system what became of them; and no name."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import load
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt


def open_origins(vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]) -> dict[UUID, str]:
    """Application id → its number elsewhere."""
    opened = open_records(vault, receipt, Compartment.ORIGIN, ((record, "", blob) for record, blob in blobs))
    return {record: str(load(raw)) for record, _, raw in opened}
