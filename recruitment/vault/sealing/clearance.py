"""Seals the hidden passages a person may restore into the campaign's `clearance` compartment."""

from __future__ import annotations

from uuid import UUID

from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump
from recruitment.vault.sealing.compartment import seal_record


def seal_passages(keys: PublicKeys, answer_id: UUID, passages: dict[int, str]) -> bytes:
    """`passages`: ordinal of each restorable passage → its text."""
    plain = {str(ordinal): text for ordinal, text in passages.items()}
    return seal_record(keys, Compartment.CLEARANCE, answer_id, dump(plain))
