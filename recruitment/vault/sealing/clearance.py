"""Seals the hidden passages a person may restore into the campaign's `clearance` compartment."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from recruitment.rules.clearance import WaitingPassage
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump_passages
from recruitment.vault.sealing.compartment import seal_record


def seal_passages(keys: PublicKeys, answer_id: UUID, passages: Mapping[int, WaitingPassage]) -> bytes:
    """`passages`: by the ordinal of each restorable passage."""
    return seal_record(keys, Compartment.CLEARANCE, answer_id, dump_passages(passages))
