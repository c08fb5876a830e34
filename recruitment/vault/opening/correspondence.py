"""Opens candidates' questions and their answers: for a recruiter who answers, and for the post."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from recruitment.rules.correspondence import Correspondence
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import load
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt


def open_correspondence(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, str, bytes]]
) -> dict[tuple[UUID, str], Correspondence]:
    """From (question's id, part, blob) to what was said, by the first two."""
    opened = open_records(vault, receipt, Compartment.CORRESPONDENCE, blobs)
    return {(record, part): Correspondence(load(raw)) for record, part, raw in opened}
