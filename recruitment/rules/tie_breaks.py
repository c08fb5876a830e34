"""What the record of a tie-break must hold.

Source: Equality Act 2010 section 159: (a) participation is disproportionately low, or people with the
characteristic suffer a disadvantage; (b) the candidates are as qualified as each other; (c) there is no policy of
treating people with the characteristic more favourably; (d) it is a proportionate means. It permits and never
requires. Furlong v Chief Constable of Cheshire (2019): a low pass mark does not make everybody as qualified.

Nothing here proposes a candidate or reads an equality answer: a person names candidates and characteristic.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from recruitment.rules.errors import Invalid
from recruitment.rules.protected_characteristics import ProtectedCharacteristic

LONGEST = 4_000


@dataclass(frozen=True)
class TieBreakRecord:
    """As the chair enters it. `preferred` and `others` are applications with equal totals.

    `told_by`: how the candidate came to tell the characteristic for this purpose; never the equality questions.
    `criteria`: criterion → why the candidates are equal on it although scores differ; empty where certified equal.
    """

    post: str
    preferred: UUID
    others: tuple[UUID, ...]
    characteristic: ProtectedCharacteristic
    told_by: str
    evidence: str
    evidence_source: str
    evidence_on: date
    comparator: str
    equal_qualification: str
    criteria: Mapping[UUID, str]
    has_no_policy: bool
    proportionality: str
    alternatives: str
    decision_maker: str
    adviser: str
    advised_on: date


_NEEDED = {
    "post": "Enter the post.",
    "told_by": "Say how the candidate told the characteristic for this purpose.",
    "evidence": "Say what shows that participation is low, or that there is a disadvantage.",
    "evidence_source": "Enter the source of the evidence.",
    "comparator": "Say with what it was compared.",
    "equal_qualification": "Say what shows that the candidates are as qualified as each other.",
    "proportionality": "Say why it is a proportionate means.",
    "alternatives": "Say which other means were considered, and why they are not enough.",
    "decision_maker": "Enter who decides.",
    "adviser": "Enter the legal or HR adviser.",
}


def check_record(
    record: TieBreakRecord,
    totals: Mapping[UUID, Fraction],
    scores: Mapping[UUID, Mapping[UUID, Fraction]],
    names: Mapping[UUID, str],
    *,
    today: date,
) -> None:
    """Raise `Invalid`, naming the entry, for a record that is not whole or whose candidates are not equal.

    `totals` and `scores` (application → criterion → score) of everybody interviewed; `names` of the criteria.
    """
    for field, sentence in _NEEDED.items():
        typed = str(getattr(record, field))
        if not typed.strip():
            raise Invalid(sentence, field)
        if len(typed) > LONGEST:
            raise Invalid(f"Shorten this to {LONGEST:,} characters or fewer.", field)
    _check_candidates(record, totals)
    _check_criteria(record, scores, names)
    if not record.has_no_policy:
        raise Invalid(
            "Without this statement the tie-break is unlawful: no policy may treat people with the characteristic "
            "more favourably.",
            "has_no_policy",
        )
    for field in ("evidence_on", "advised_on"):
        if getattr(record, field) > today:
            raise Invalid("The date must be today or in the past.", field)


def _check_candidates(record: TieBreakRecord, totals: Mapping[UUID, Fraction]) -> None:
    if not record.others:
        raise Invalid("Select who is tied with the candidate.", "others")
    if record.preferred in record.others:
        raise Invalid("Nobody is tied with themselves.", "others")
    if any(key not in totals for key in (record.preferred, *record.others)):
        raise Invalid("Select candidates who were interviewed and stand.", "others")
    if any(totals[other] != totals[record.preferred] for other in record.others):
        raise Invalid("Their totals differ, so this is no tie: the order of merit decides.", "others")


def _check_criteria(
    record: TieBreakRecord, scores: Mapping[UUID, Mapping[UUID, Fraction]], names: Mapping[UUID, str]
) -> None:
    """Equal totals alone are not enough: equal on each weighted criterion, or explained."""
    for criterion, name in names.items():
        field = f"criterion_{criterion.hex}"
        if criterion not in record.criteria:
            raise Invalid(f"Certify that they are equal on “{name}”, or explain.", field)
        explained = record.criteria[criterion].strip()
        if len(explained) > LONGEST:
            raise Invalid(f"Shorten this to {LONGEST:,} characters or fewer.", field)
        held = {scores[key][criterion] for key in (record.preferred, *record.others)}
        if len(held) > 1 and not explained:
            raise Invalid(
                f"Their scores on “{name}” differ. Explain why they are as qualified all the same.", field
            )


class TieBreakStanding(StrEnum):
    """`NONE`: no tie-break was used; `COMPLETE`: each one is recorded; `INCOMPLETE`: one is only begun."""

    NONE = "none"
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
