"""Seals the record of a tie-break into the campaign's `tie_break` compartment."""

from __future__ import annotations

from uuid import UUID

from recruitment.rules.tie_breaks import TieBreakRecord
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.payloads import dump
from recruitment.vault.sealing.compartment import seal_record


def seal_tie_break(keys: PublicKeys, tie_break_id: UUID, record: TieBreakRecord) -> bytes:
    fields = {
        **{
            name: getattr(record, name)
            for name in (
                "post",
                "told_by",
                "evidence",
                "evidence_source",
                "comparator",
                "equal_qualification",
                "proportionality",
                "alternatives",
                "decision_maker",
                "adviser",
            )
        },
        "preferred": record.preferred.hex,
        "others": [key.hex for key in record.others],
        "characteristic": record.characteristic.value,
        "criteria": {key.hex: text for key, text in record.criteria.items()},
        "has_no_policy": record.has_no_policy,
        "evidence_on": record.evidence_on.isoformat(),
        "advised_on": record.advised_on.isoformat(),
    }
    return seal_record(keys, Compartment.TIE_BREAK, tie_break_id, dump(fields))
