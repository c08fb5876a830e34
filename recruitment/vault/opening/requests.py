"""Opens adjustments, or opt-ins, by reference, for the recruitment team."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from recruitment.rules.adjustments import Agreed, Answer, Made
from recruitment.rules.applications import Requests
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import load
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt
from recruitment.vault.sealing.requests import ADJUSTMENTS, AGREED, OPT_IN


def open_adjustments(
    vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]
) -> dict[UUID, Requests]:
    """Adjustments only: the opt-in of the result is always False."""
    opened = open_records(vault, receipt, Compartment.REQUESTS, ((i, ADJUSTMENTS, blob) for i, blob in blobs))
    found = {}
    for record, _, raw in opened:
        adjustments, detail = load(raw)
        found[record] = Requests(tuple(adjustments), detail)
    return found


def open_opt_ins(vault: PrivateVault, receipt: Receipt, blobs: Iterable[tuple[UUID, bytes]]) -> frozenset[UUID]:
    """The applications that opted in."""
    opened = open_records(vault, receipt, Compartment.REQUESTS, ((i, OPT_IN, blob) for i, blob in blobs))
    return frozenset(record for record, _, raw in opened if raw == b"1")


def open_agreed(vault: PrivateVault, receipt: Receipt, blob: bytes) -> dict[str, Agreed]:
    """What was agreed of the campaign's adjustments, by reference."""
    ((_, _, raw),) = open_records(vault, receipt, Compartment.REQUESTS, [(receipt.scope_id, AGREED, blob)])
    return {
        reference: Agreed(Answer(answer) if answer else None, words, Made(made) if made else None)
        for reference, (answer, words, made) in load(raw).items()
    }
