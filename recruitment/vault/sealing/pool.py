"""Seals what a member of the panel pool tells of themselves into the organisation's `pool` compartment.

It is always sealed and of one length, so that the table does not tell who said anything.
"""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from recruitment.rules.pool import PoolAnswers
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump, pad
from recruitment.vault.sealing.compartment import seal_record

PADDED = 512


def seal_pool_answers(keys: PublicKeys, person_id: UUID, answers: PoolAnswers) -> bytes:
    return seal_record(keys, Compartment.POOL, person_id, pad(dump(asdict(answers)), PADDED))
