"""Seals the relationships a candidate declares into the campaign's `relationships` compartment."""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.applications import Relationship
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump_relationships
from recruitment.vault.sealing.compartment import seal_record


def seal_relationships(keys: PublicKeys, application_id: UUID, relationships: tuple[Relationship, ...]) -> bytes:
    return seal_record(keys, Compartment.RELATIONSHIPS, application_id, dump_relationships(relationships))
