"""Seals what a candidate declares of the requirements, and what the check says of it, into `eligibility`.

Both are padded to one length each, so that a length tells neither an answer nor a refusal.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID

from recruitment.rules.eligibility import EligibilityAnswer, EligibilityDecision
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump, pad
from recruitment.vault.sealing.compartment import seal_record

ANSWERS, DECISION = "answers", "decision"
# Bytes before sealing: room for three details of 200 characters, or a reason of 1,000, of six bytes each.
PADDED, PADDED_DECISION = 4096, 8192


def seal_eligibility(keys: PublicKeys, application_id: UUID, answers: Sequence[EligibilityAnswer]) -> bytes:
    plain = pad(dump([asdict(one) for one in answers]), PADDED)
    return seal_record(keys, Compartment.ELIGIBILITY, application_id, plain, ANSWERS)


def seal_decision(keys: PublicKeys, application_id: UUID, decision: EligibilityDecision) -> bytes:
    plain = pad(dump(asdict(decision)), PADDED_DECISION)
    return seal_record(keys, Compartment.ELIGIBILITY, application_id, plain, DECISION)
