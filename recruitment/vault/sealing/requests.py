"""Seals adjustments and the Disability Confident opt-in, apart, into the campaign's `requests` compartment.

Both are always stored and padded, so that neither presence nor length tells who asked for something.
"""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.applications import Requests
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump, pad
from recruitment.vault.sealing.compartment import seal_record

ADJUSTMENTS, OPT_IN = "adjustments", "opt_in"
PADDED = 8192  # bytes before sealing: room for 2,000 characters of four bytes, the most the form takes


def seal_adjustments(keys: PublicKeys, application_id: UUID, requests: Requests) -> bytes:
    plain = pad(dump([list(requests.adjustments), requests.adjustments_detail]), PADDED)
    return seal_record(keys, Compartment.REQUESTS, application_id, plain, ADJUSTMENTS)


def seal_opt_in(keys: PublicKeys, application_id: UUID, requests: Requests) -> bytes:
    plain = b"1" if requests.disability_confident else b"0"
    return seal_record(keys, Compartment.REQUESTS, application_id, plain, OPT_IN)
