"""Seals a candidate's question, and its answer, into the campaign's `correspondence` compartment.

Both are padded, so that length tells nothing.
"""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.correspondence import Correspondence
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump, pad
from recruitment.vault.sealing.compartment import seal_record

QUESTION, ANSWER = "question", "answer"
PADDED = 8_192  # bytes before sealing: room for 2,000 characters of four bytes, the most the form takes


def seal_correspondence(keys: PublicKeys, question_id: UUID, part: str, said: Correspondence) -> bytes:
    """`part`: QUESTION or ANSWER."""
    return seal_record(keys, Compartment.CORRESPONDENCE, question_id, pad(dump(said.text), PADDED), part)
