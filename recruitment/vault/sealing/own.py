"""Seals names and contact details that a candidate corrects, until the worker has put them into their place."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

from recruitment.rules.applications import Contact, Correction
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump
from recruitment.vault.sealing.compartment import seal_record

CORRECTION = "correction"


def seal_correction(keys: PublicKeys, request_id: UUID, change: Contact | Correction) -> bytes:
    """Contact details take the place of all that were given; of a `Correction` what is empty stays as it is."""
    return seal_record(keys, Compartment.IDENTITY, request_id, dump(asdict(change)), CORRECTION)
