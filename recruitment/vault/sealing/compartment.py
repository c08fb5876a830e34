"""Seals a record into a compartment, bound to its place."""

from __future__ import annotations

from uuid import UUID

from recruitment.vault import hpke
from recruitment.vault.bindings import bind
from recruitment.vault.compartments import Compartment, PublicKeys


def record_binding(compartment: Compartment, scope_id: UUID, record: UUID, part: str) -> bytes:
    return bind("sealed", compartment, scope_id, record, part, 1)


def seal_record(
    keys: PublicKeys, compartment: Compartment, record: UUID, plaintext: bytes, part: str = ""
) -> bytes:
    binding = record_binding(compartment, keys.scope_id, record, part)
    return hpke.seal(keys[compartment], plaintext, binding)
