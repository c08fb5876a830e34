"""Passages that a person outside the sift may restore, as they wait for a decision."""

from __future__ import annotations

from dataclasses import dataclass

from recruitment.rules.redaction import Kind


@dataclass(frozen=True)
class WaitingPassage:
    """The hidden words, what they might tell, and whether the candidate says that they were hidden wrongly."""

    text: str
    kind: Kind
    is_disputed: bool = False
