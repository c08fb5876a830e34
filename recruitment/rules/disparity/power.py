"""How many people it takes to see a difference. Source: Cohen (1988), arcsine effect size h."""

from __future__ import annotations

from math import asin, pi, sin, sqrt

from scipy.stats import norm

from recruitment.rules.disparity.rates import Z95
from recruitment.rules.disparity.ratios import Undefined


def _distance(power: float) -> float:
    return Z95 + float(norm.ppf(power))


def per_group(first: float, second: float, power: float = 0.80) -> int:
    """People needed in each group, to the nearest person, two-sided 5%. Raises ValueError for equal rates."""
    h = 2 * abs(asin(sqrt(first)) - asin(sqrt(second)))
    if not h:
        raise ValueError("Equal rates cannot be told apart by any number of people.")
    return max(1, round(2 * (_distance(power) / h) ** 2))


def minimum_detectable_difference(comparator: float, n1: int, n2: int, power: float = 0.80) -> float | Undefined:
    """The smallest fall below the comparator's rate (0 to 1) that n1 and n2 people would show.

    `Undefined` where even a rate of 0 in the second group would not be seen. Raises ValueError for empty groups.
    """
    if n1 < 1 or n2 < 1:
        raise ValueError("Both groups need at least one person.")
    angle = asin(sqrt(comparator)) - _distance(power) * sqrt(1 / n1 + 1 / n2) / 2
    if not 0 <= angle <= pi / 2:
        return Undefined.NO_FALL_DETECTABLE
    return comparator - sin(angle) ** 2
