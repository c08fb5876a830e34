"""Severity and drift: each scorer against those who scored the same answers.

Sources: Myford and Wolfe (2003, 2009), Detecting and Measuring Rater Effects (severity, differential severity
over time); Student's interval for a mean and Welch (1947) for a difference of two.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import sqrt
from statistics import variance

from recruitment.rules.scorer_agreement.given import LEAST_SHARED, GivenScore, by_unit

_UPPER = 0.975


class Direction(StrEnum):
    HARSHER = "harsher"
    KINDER = "kinder"
    NEITHER = "no clear difference"
    TOO_FEW = "too few to say"


@dataclass(frozen=True)
class Difference:
    """In points of the scale; below nought is harsher. `interval`: 95%. Without a mean there were too few."""

    mean: Fraction | None
    interval: tuple[float, float] | None

    @property
    def direction(self) -> Direction:
        if self.mean is None or self.interval is None:
            return Direction.TOO_FEW
        low, high = self.interval
        if high < 0:
            return Direction.HARSHER
        return Direction.KINDER if low > 0 else Direction.NEITHER


_UNTOLD = Difference(None, None)


@dataclass(frozen=True)
class Severity:
    """`against_others`: the mean of own score less the mean of the others on the same answer and criterion.

    `drift`: that mean over the second half of the own queue, less that over the first. `compared`: how many of
    the scorer's scores somebody else scored as well.
    """

    scorer: str
    compared: int
    against_others: Difference
    drift: Difference


def severities(scores: Iterable[GivenScore], least: int = LEAST_SHARED) -> tuple[Severity, ...]:
    """For every scorer, ordered by scorer; drift needs `least` comparisons in either half."""
    gaps: dict[str, list[tuple[int, Fraction]]] = {}
    for given in by_unit(scores).values():
        whole = sum(score.value for score in given)
        for score in given:
            found = gaps.setdefault(score.scorer, [])
            if len(given) > 1:
                found.append((score.place, score.value - Fraction(whole - score.value, len(given) - 1)))
    return tuple(_severity(scorer, found, least) for scorer, found in sorted(gaps.items()))


def _severity(scorer: str, gaps: Sequence[tuple[int, Fraction]], least: int) -> Severity:
    against = _mean_of([gap for _, gap in gaps]) if len(gaps) >= max(least, 2) else _UNTOLD
    first, second = _halves(gaps)
    drift = _change(first, second) if min(len(first), len(second)) >= max(least, 2) else _UNTOLD
    return Severity(scorer, len(gaps), against, drift)


def _halves(gaps: Sequence[tuple[int, Fraction]]) -> tuple[list[Fraction], list[Fraction]]:
    """Before and after the middle of the queue; the scores of one answer stay together."""
    places = sorted({place for place, _ in gaps})
    early = set(places[: len(places) // 2])
    return [gap for place, gap in gaps if place in early], [gap for place, gap in gaps if place not in early]


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _around(middle: Fraction, error: float, freedom: float) -> Difference:
    from scipy.special import stdtrit

    reach = float(stdtrit(freedom, _UPPER)) * error if error else 0.0
    return Difference(middle, (float(middle) - reach, float(middle) + reach))


def _mean_of(values: Sequence[Fraction]) -> Difference:
    error = sqrt(float(variance(values)) / len(values))
    return _around(_mean(values), error, len(values) - 1)


def _change(first: Sequence[Fraction], second: Sequence[Fraction]) -> Difference:
    parts = [(float(variance(half)) / len(half), len(half) - 1) for half in (first, second)]
    squared = sum(part for part, _ in parts)
    freedom = squared**2 / sum(part**2 / less for part, less in parts) if squared else 1.0
    return _around(_mean(second) - _mean(first), sqrt(squared), freedom)
