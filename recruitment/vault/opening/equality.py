"""Counts equality answers without giving anybody's out.

Nothing here returns one person's answers: rows go in, sums (or the keys of superseded rows) come out.
Data Protection Act 2018, Schedule 1 paragraph 8(3).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from recruitment.rules.equality_question_set import NOT_ANSWERED
from recruitment.rules.equality_questions import characteristics
from recruitment.rules.funnel import Counts, FunnelStage, Journey
from recruitment.rules.question_sets import QuestionSet
from recruitment.vault.compartments import Compartment
from recruitment.vault.errors import VaultError
from recruitment.vault.payloads import load
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt
from recruitment.vault.sealing.equality import equality_binding


def _check(receipt: Receipt) -> None:
    if receipt.compartment != Compartment.EQUALITY or receipt.records is not None:
        raise VaultError("Equality answers are only ever counted over a whole campaign.")


def find_superseded(vault: PrivateVault, receipt: Receipt, rows: Iterable[tuple[UUID, bytes]]) -> frozenset[UUID]:
    """Keys of rows that a later row of the same application replaces, and of withdrawals themselves.

    A withdrawal leaves nothing behind: once what it withdraws is gone, it goes too.
    """
    _check(receipt)
    opener = vault.opener(receipt)
    binding = equality_binding(receipt.scope_id)
    latest: dict[str, tuple[tuple[str, str], UUID, bool]] = {}
    gone: set[UUID] = set()
    for row_id, blob in rows:
        entry = load(opener.open(blob, binding, f"equality {row_id}"))
        order = (entry["at"], entry["nonce"])
        withdraws = entry["kind"] == "withdrawal"
        held = latest.get(entry["application"])
        if held is None or held[0] < order:
            if held is not None:
                gone.add(held[1])
            latest[entry["application"]] = (order, row_id, withdraws)
        else:
            gone.add(row_id)
    gone.update(row_id for _, row_id, withdraws in latest.values() if withdraws)
    return frozenset(gone)


def tally_rows(
    vault: PrivateVault,
    receipt: Receipt,
    rows: Iterable[tuple[UUID, bytes]],
    journeys: Mapping[UUID, Journey],
    stages: Sequence[FunnelStage],
    asked: QuestionSet,
) -> tuple[Counts, int]:
    """The counts over a whole campaign, and how many of its applications had answers.

    `journeys`: every application of the campaign with how far it came; `stages`: the campaign's own list;
    `asked`: the questions that it asks.
    `rows` must hold no superseded ones (`find_superseded` tells which they are). Memory: one set of 16-byte keys.
    """
    _check(receipt)
    opener = vault.opener(receipt)
    binding = equality_binding(receipt.scope_id)
    counts = Counts(stages, asked.characteristics)
    seen: set[UUID] = set()
    for row_id, blob in rows:
        entry = load(opener.open(blob, binding, f"equality {row_id}"))
        application = UUID(hex=entry["application"])
        journey = journeys.get(application)
        if journey is None or application in seen:
            continue
        seen.add(application)
        counts.add_journey(characteristics(entry["answers"], asked), journey)
    silent = dict.fromkeys(asked.characteristics, NOT_ANSWERED)
    for application, journey in journeys.items():
        if application not in seen:
            counts.add_journey(silent, journey)
    return counts, len(seen)
