"""Seals the number that an application has in another system into the campaign's `origin` compartment."""

from __future__ import annotations

from uuid import UUID

from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump, pad
from recruitment.vault.sealing.compartment import seal_record

_BLOCK = 512  # bytes


def seal_origin(keys: PublicKeys, application_id: UUID, external_id: str) -> bytes:
    return seal_record(keys, Compartment.ORIGIN, application_id, pad(dump(external_id), _BLOCK))
