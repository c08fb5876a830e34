"""Opens the record of one tie-break, for the chair who made it or a claim."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from recruitment.rules.protected_characteristics import ProtectedCharacteristic
from recruitment.rules.tie_breaks import TieBreakRecord
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.compartment import open_records
from recruitment.vault.payloads import load
from recruitment.vault.private import PrivateVault
from recruitment.vault.receipts import Receipt


def open_tie_break(vault: PrivateVault, receipt: Receipt, tie_break_id: UUID, blob: bytes) -> TieBreakRecord:
    ((_, _, raw),) = open_records(vault, receipt, Compartment.TIE_BREAK, [(tie_break_id, "", blob)])
    fields = dict(load(raw))
    return TieBreakRecord(
        **{
            **fields,
            "preferred": UUID(fields["preferred"]),
            "others": tuple(UUID(key) for key in fields["others"]),
            "characteristic": ProtectedCharacteristic(fields["characteristic"]),
            "criteria": {UUID(key): text for key, text in fields["criteria"].items()},
            "evidence_on": date.fromisoformat(fields["evidence_on"]),
            "advised_on": date.fromisoformat(fields["advised_on"]),
        }
    )
