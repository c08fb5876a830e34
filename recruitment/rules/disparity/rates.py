"""Selection rates and their 95% intervals.

Sources: Wilson (1927); Newcombe (1998), hybrid score interval, method 10; exact binomial test, two-sided by
the probabilities no greater than the observed.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from scipy.stats import binomtest

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """A 95% interval; `low` <= `high`, in the unit of what it belongs to."""

    low: float
    high: float


@dataclass(frozen=True)
class Rate:
    """`selected` people of `considered`. Raises ValueError unless 0 <= selected <= considered."""

    selected: int
    considered: int

    def __post_init__(self) -> None:
        if not 0 <= self.selected <= self.considered:
            raise ValueError("The selected must be between 0 and the considered.")

    @property
    def share(self) -> float:
        """The rate, 0 to 1. Raises ValueError where nobody was considered."""
        if not self.considered:
            raise ValueError("Nobody was considered, so there is no rate.")
        return self.selected / self.considered


def wilson(rate: Rate) -> Interval:
    """Wilson's interval, 0 to 1. Raises ValueError where nobody was considered."""
    p, n, z2 = rate.share, rate.considered, Z95 * Z95
    scale = 1 + z2 / n
    centre = (p + z2 / (2 * n)) / scale
    half = Z95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / scale
    low = 0.0 if rate.selected == 0 else max(0.0, centre - half)
    high = 1.0 if rate.selected == n else min(1.0, centre + half)
    return Interval(low, high)


def newcombe(first: Rate, second: Rate) -> Interval:
    """The interval of first minus second, -1 to 1. Raises ValueError where either rate is missing."""
    p1, p2, w1, w2 = first.share, second.share, wilson(first), wilson(second)
    d = p1 - p2
    return Interval(
        d - sqrt((p1 - w1.low) ** 2 + (w2.high - p2) ** 2),
        d + sqrt((w1.high - p1) ** 2 + (p2 - w2.low) ** 2),
    )


def binomial_p(rate: Rate, population_share: float) -> float:
    """Two-sided exact p of the rate against a share of the population (0 to 1). Raises ValueError."""
    if not rate.considered:
        raise ValueError("Nobody was considered, so there is nothing to compare.")
    return float(binomtest(rate.selected, rate.considered, population_share).pvalue)
