"""Calibration: before they score, shortlisters score the same invented answers and compare.

Source: structured selection practice (assessors rate common samples against the anchors of the guide, first alone,
and then discuss: "frame-of-reference training", Bernardin and Buckley 1981; Roch and others 2012).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from recruitment.rules.scoring import TOLERANCE

SAMPLES = 2
LONGEST_SAMPLE = 6_000  # characters


@dataclass(frozen=True)
class Spread:
    """How far a group's scores of one sample lie apart; `middle` is their median."""

    lowest: int
    highest: int
    middle: Fraction

    @property
    def is_wide(self) -> bool:
        """Whether the same two scores of a candidate's answer would go to moderation."""
        return self.highest - self.lowest > TOLERANCE


def spread_of(scores: Sequence[int]) -> Spread | None:
    """None while fewer than two have scored."""
    if len(scores) < 2:
        return None
    return Spread(min(scores), max(scores), Fraction(median(map(Fraction, scores))))
