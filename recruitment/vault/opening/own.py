"""Opens one candidate's own records at their own request, and corrects them without showing anybody."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from recruitment.rules.applications import Document, Identity, Relationship, Requests
from recruitment.rules.eligibility import EligibilityAnswer, EligibilityDecision
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import (
    load,
    load_correction,
    load_decision,
    load_document,
    load_eligibility,
    load_identity,
    load_relationships,
)
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt
from recruitment.vault.sealing.eligibility import ANSWERS, DECISION
from recruitment.vault.sealing.identity import seal_identity
from recruitment.vault.sealing.own import CORRECTION
from recruitment.vault.sealing.requests import ADJUSTMENTS, OPT_IN


@dataclass(frozen=True)
class OwnRecords:
    identity: Identity | None
    documents: tuple[Document, ...]
    requests: Requests
    relationships: tuple[Relationship, ...]
    eligibility: tuple[EligibilityAnswer, ...] = ()
    eligibility_decision: EligibilityDecision | None = None


def open_own_records(
    vault: PrivateVault, receipts: Iterable[Receipt], blobs: Iterable[tuple[UUID, str, str, bytes]]
) -> OwnRecords:
    """One application's records (record, compartment, part, blob), with a receipt for each compartment."""
    held = list(blobs)
    opened: dict[tuple[str, str], bytes] = {}
    for receipt in receipts:
        compartment = Compartment(receipt.compartment)
        own = [(record, part, blob) for record, name, part, blob in held if name == compartment]
        opened |= {
            (compartment.value, part): raw for _, part, raw in open_records(vault, receipt, compartment, own)
        }
    who, asked = Compartment.IDENTITY.value, Compartment.REQUESTS.value
    adjustments, detail = load(opened[asked, ADJUSTMENTS]) if (asked, ADJUSTMENTS) in opened else ([], "")
    known = opened.get((Compartment.RELATIONSHIPS.value, ""))
    declared = opened.get((Compartment.ELIGIBILITY.value, ANSWERS))
    decided = opened.get((Compartment.ELIGIBILITY.value, DECISION))
    return OwnRecords(
        load_identity(opened[who, ""]) if (who, "") in opened else None,
        tuple(load_document(raw) for (name, part), raw in sorted(opened.items()) if name == who and part),
        Requests(tuple(adjustments), detail, opened.get((asked, OPT_IN)) == b"1"),
        load_relationships(known) if known else (),
        load_eligibility(declared) if declared else (),
        load_decision(decided) if decided else None,
    )


def open_own_correspondence(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, str, bytes]]
) -> dict[tuple[UUID, str], str]:
    """From (question's id, part, blob) to what the candidate asked and was answered."""
    opened = open_records(vault, receipt, Compartment.CORRESPONDENCE, blobs)
    return {(record, part): str(load(raw)) for record, part, raw in opened}


def open_own_address(vault: PrivateVault, receipt: Receipt, candidate_id: UUID, blob: bytes) -> tuple[str, str]:
    """The address, and the language in which its owner reads letters."""
    ((_, _, raw),) = open_records(vault, receipt, Compartment.CONTACT, [(candidate_id, "address", blob)])
    address, _, language = raw.decode().partition("\n")
    return address, language.rstrip() or "en"


@dataclass(frozen=True)
class Corrected:
    """An identity as it was, with its correction, and sealed anew with that."""

    before: Identity
    after: Identity
    sealed: bytes


def reseal_corrected(
    vault: PrivateVault,
    receipt: Receipt,
    keys: PublicKeys,
    application_id: UUID,
    identity: bytes,
    correction: tuple[UUID, bytes],
) -> Corrected:
    """The identity with what the sealed correction (its record and blob) changes, sealed anew."""
    blobs = [(application_id, "", identity), (correction[0], CORRECTION, correction[1])]
    (_, _, held), (_, _, change) = open_records(vault, receipt, Compartment.IDENTITY, blobs)
    before = load_identity(held)
    after = before.corrected(load_correction(change))
    return Corrected(before, after, seal_identity(keys, application_id, after))
