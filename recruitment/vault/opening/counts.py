"""Opens exact tallies for disclosure control alone."""

from __future__ import annotations

from uuid import UUID

from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt


def open_counts(vault: PrivateVault, receipt: Receipt, campaign_id: UUID, blob: bytes) -> str:
    ((_, _, raw),) = open_records(vault, receipt, Compartment.COUNTS, [(campaign_id, "", blob)])
    return raw.decode()
