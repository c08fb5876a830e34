"""Campaigns pooled without comparing unlike with unlike.

Sources: Mantel and Haenszel (1959); Greenland and Robins (1985) for the interval; Simpson (1951).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

from recruitment.rules.disparity.rates import Z95, Interval, Rate
from recruitment.rules.disparity.ratios import Undefined, risk_ratio, summed


@dataclass(frozen=True)
class Campaign:
    """The two groups of one campaign (or one grade, one year)."""

    comparator: Rate
    monitored: Rate


@dataclass(frozen=True)
class Pooled:
    """The ratio within campaigns beside the crude one, comparator over monitored, and what the two tell."""

    ratio: float | Undefined
    interval: Interval | Undefined
    crude: float | Undefined
    comparator: Rate
    monitored: Rate
    campaigns: int
    sentence: str


def _sentence(ratio: float | Undefined, crude: float | Undefined) -> str:
    if isinstance(ratio, Undefined):
        return ratio.value
    if isinstance(crude, Undefined):
        return crude.value
    start = f"Within campaigns the ratio is {ratio:.2f}; with all campaigns added together it is {crude:.2f}."
    if abs(log(max(ratio, 1e-9) / max(crude, 1e-9))) < log(1.1):
        return f"{start} The two agree."
    return (
        f"{start} They differ because the groups applied in different proportions to campaigns with different"
        " success rates; the ratio within campaigns is the one that compares like with like."
    )


def mantel_haenszel(campaigns: Sequence[Campaign]) -> Pooled:
    """The Mantel-Haenszel ratio over campaigns; a campaign where one group is absent adds nothing to it."""
    comparator = summed(c.comparator for c in campaigns)
    monitored = summed(c.monitored for c in campaigns)
    top = bottom = spread = 0.0
    for c in campaigns:
        x1, n1 = c.comparator.selected, c.comparator.considered
        x2, n2 = c.monitored.selected, c.monitored.considered
        n = n1 + n2
        if not n1 or not n2:
            continue
        top += x1 * n2 / n
        bottom += x2 * n1 / n
        spread += ((x1 + x2) * n1 * n2 - x1 * x2 * n) / (n * n)
    ratio: float | Undefined
    interval: Interval | Undefined
    if not any(c.comparator.considered and c.monitored.considered for c in campaigns):
        ratio = interval = Undefined.NOBODY_CONSIDERED
    elif not bottom:
        ratio = interval = Undefined.NONE_IN_DENOMINATOR if top else Undefined.NO_SELECTIONS
    else:
        ratio = top / bottom
        interval = Undefined.NO_SELECTIONS
        if top:
            half = Z95 * sqrt(max(0.0, spread) / (top * bottom))
            interval = Interval(exp(log(ratio) - half), exp(log(ratio) + half))
        else:
            interval = Undefined.NONE_IN_DENOMINATOR
    crude = risk_ratio(comparator, monitored)
    return Pooled(ratio, interval, crude, comparator, monitored, len(campaigns), _sentence(ratio, crude))
