"""Opens what candidates declared of the requirements, by reference, for the recruiter who checks it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from recruitment.rules.eligibility import EligibilityAnswer, EligibilityDecision
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import load_decision, load_eligibility
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt
from recruitment.vault.sealing.eligibility import ANSWERS, DECISION


def open_eligibility(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]
) -> dict[UUID, tuple[EligibilityAnswer, ...]]:
    """What each application declared."""
    opened = open_records(vault, receipt, Compartment.ELIGIBILITY, ((i, ANSWERS, blob) for i, blob in blobs))
    return {record: load_eligibility(raw) for record, _, raw in opened}


def open_decisions(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]
) -> dict[UUID, EligibilityDecision]:
    """What the check decided of each, with its reason."""
    opened = open_records(vault, receipt, Compartment.ELIGIBILITY, ((i, DECISION, blob) for i, blob in blobs))
    return {record: load_decision(raw) for record, _, raw in opened}
