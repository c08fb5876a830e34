"""Seals a campaign's exact tally into the organisation's `counts` compartment."""

from __future__ import annotations

from uuid import UUID

from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.sealing.compartment import seal_record


def seal_counts(keys: PublicKeys, campaign_id: UUID, counts: str) -> bytes:
    return seal_record(keys, Compartment.COUNTS, campaign_id, counts.encode())
