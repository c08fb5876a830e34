"""Seals adjustments and the Disability Confident opt-in, apart, into the campaign's `requests` compartment.

Both are always stored and padded, so that neither presence nor length tells who asked for something.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from recruitment.rules.adjustments import Agreed
from recruitment.rules.applications import Requests
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump, pad
from recruitment.vault.sealing.compartment import seal_record

ADJUSTMENTS, OPT_IN, AGREED = "adjustments", "opt_in", "agreed"
PADDED, PADDED_AGREED = (
    8192,
    16_384,
)  # bytes before sealing; the first: room for 2,000 characters of four bytes, the most the form takes


def seal_adjustments(keys: PublicKeys, application_id: UUID, requests: Requests) -> bytes:
    plain = pad(dump([list(requests.adjustments), requests.adjustments_detail]), PADDED)
    return seal_record(keys, Compartment.REQUESTS, application_id, plain, ADJUSTMENTS)


def seal_opt_in(keys: PublicKeys, application_id: UUID, requests: Requests) -> bytes:
    plain = b"1" if requests.disability_confident else b"0"
    return seal_record(keys, Compartment.REQUESTS, application_id, plain, OPT_IN)


def seal_agreed(keys: PublicKeys, agreed: Mapping[str, Agreed]) -> bytes:
    """What was agreed of the whole campaign's adjustments, by reference; padded so that few look like none."""
    rows = {reference: [one.answer, one.words, one.made] for reference, one in agreed.items()}
    return seal_record(keys, Compartment.REQUESTS, keys.scope_id, pad(dump(rows), PADDED_AGREED), AGREED)
