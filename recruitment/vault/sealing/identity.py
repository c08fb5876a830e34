"""Seals who a candidate is, with their own words and files, into the campaign's `identity` compartment."""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.applications import Document, Identity
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump_document, dump_identity
from recruitment.vault.sealing.compartment import seal_record


def seal_identity(keys: PublicKeys, application_id: UUID, identity: Identity) -> bytes:
    return seal_record(keys, Compartment.IDENTITY, application_id, dump_identity(identity))


def seal_document(keys: PublicKeys, application_id: UUID, part: str, document: Document) -> bytes:
    return seal_record(keys, Compartment.IDENTITY, application_id, dump_document(document), part)
