"""Moves one application's sealed records into a hold's compartment, and opens what a hold keeps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from recruitment.rules.applications import Document, Identity, Relationship, Requests
from recruitment.rules.eligibility import EligibilityAnswer, EligibilityDecision
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import (
    load,
    load_decision,
    load_document,
    load_eligibility,
    load_identity,
    load_relationships,
)
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt
from recruitment.vault.sealing.compartment import seal_record
from recruitment.vault.sealing.correspondence import ANSWER, QUESTION
from recruitment.vault.sealing.eligibility import ANSWERS, DECISION
from recruitment.vault.sealing.hold import PAPERS
from recruitment.vault.sealing.requests import ADJUSTMENTS, OPT_IN

_SAID = {QUESTION: "The candidate asked", ANSWER: "Our answer"}
HELD = (Compartment.IDENTITY, Compartment.REQUESTS, Compartment.RELATIONSHIPS, Compartment.ELIGIBILITY)


def reseal_into_hold(
    vault: PrivateVault, receipt: Receipt, hold: PublicKeys, blobs: Iterable[tuple[UUID, str, bytes]]
) -> Iterator[tuple[str, bytes]]:
    """From a compartment's (record, part, blob) to (the hold's part, blob); no plaintext leaves here."""
    compartment = Compartment(receipt.compartment)
    for _, part, plain in open_records(vault, receipt, compartment, blobs):
        name = f"{compartment}/{part}"
        yield name, seal_record(hold, Compartment.HOLD, hold.scope_id, plain, name)


def reseal_correspondence(
    vault: PrivateVault, receipt: Receipt, hold: PublicKeys, blobs: Iterable[tuple[UUID, str, bytes]]
) -> Iterator[tuple[str, bytes]]:
    """From (question's id, part, blob), in order, to (the hold's part, blob)."""
    for place, (_, part, plain) in enumerate(open_records(vault, receipt, Compartment.CORRESPONDENCE, blobs)):
        name = f"{Compartment.CORRESPONDENCE}/{place:03} {part}"
        yield name, seal_record(hold, Compartment.HOLD, hold.scope_id, plain, name)


@dataclass(frozen=True)
class HeldPapers:
    """All that a hold keeps. `documents`: question → file; `papers`: heading → lines.

    What was asked and answered about letters stands among the papers.
    """

    identity: Identity | None = None
    documents: dict[str, Document] = field(default_factory=dict)
    requests: Requests = field(default_factory=Requests)
    relationships: tuple[Relationship, ...] = ()
    eligibility: tuple[EligibilityAnswer, ...] = ()
    eligibility_decision: EligibilityDecision | None = None
    papers: dict[str, list[str]] = field(default_factory=dict)


def open_hold(vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[str, bytes]]) -> HeldPapers:
    scope = receipt.scope_id
    opened = {
        part: plain
        for _, part, plain in open_records(
            vault, receipt, Compartment.HOLD, ((scope, part, blob) for part, blob in blobs)
        )
    }
    who, asked = f"{Compartment.IDENTITY}/", f"{Compartment.REQUESTS}/"
    adjustments, detail = load(opened[asked + ADJUSTMENTS]) if asked + ADJUSTMENTS in opened else ([], "")
    known = opened.get(f"{Compartment.RELATIONSHIPS}/")
    declared = opened.get(f"{Compartment.ELIGIBILITY}/{ANSWERS}")
    decided = opened.get(f"{Compartment.ELIGIBILITY}/{DECISION}")
    papers = dict(load(opened[PAPERS])) if PAPERS in opened else {}
    said = [
        f"{_SAID[part.split()[-1]]}: {load(plain)}"
        for part, plain in sorted(opened.items())
        if part.startswith(f"{Compartment.CORRESPONDENCE}/")
    ]
    return HeldPapers(
        identity=load_identity(opened[who]) if who in opened else None,
        documents={
            part.removeprefix(who): load_document(plain)
            for part, plain in opened.items()
            if part.startswith(who) and part != who
        },
        requests=Requests(tuple(adjustments), detail, opened.get(asked + OPT_IN) == b"1"),
        relationships=load_relationships(known) if known else (),
        eligibility=load_eligibility(declared) if declared else (),
        eligibility_decision=load_decision(decided) if decided else None,
        papers=papers | ({"Questions about letters": said} if said else {}),
    )
