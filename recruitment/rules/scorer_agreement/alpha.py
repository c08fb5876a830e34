"""Krippendorff's alpha for ordinal scores, with a bootstrap interval.

Sources: Krippendorff (2011), Computing Krippendorff's Alpha-Reliability (the coincidence matrix and the
ordinal metric; missing scores are allowed); Krippendorff (2004), Content Analysis, 2nd edition, section 11.4.2
(rely on 0.800 and above, conclude tentatively from 0.667); Efron and Tibshirani (1993), chapter 13 (percentile
interval). Units are drawn again here; Hayes and Krippendorff (2007) draw pairs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import TYPE_CHECKING

from recruitment.rules.scorer_agreement.given import LEAST_SHARED

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RELIABLE, TENTATIVE = 0.800, 0.667
_RESAMPLES = 2_000
_OUTER_PERCENT = (2.5, 97.5)


class Reliability(StrEnum):
    """The verdict in words."""

    RELIABLE = "can be relied on"
    TENTATIVE = "tentative"
    LOW = "low"
    TOO_FEW = "too few to say"
    ALL_ALIKE = "every score is the same, so agreement cannot be told from chance"


@dataclass(frozen=True)
class Alpha:
    """`units`: those scored by two or more, `scores`: the scores on them; without an estimate the verdict
    says why. `interval`: 95%, None where it cannot be told.
    """

    units: int
    scores: int
    estimate: float | None
    interval: tuple[float, float] | None
    verdict: Reliability


def ordinal_alpha(units: Iterable[Sequence[int]]) -> float | None:
    """Alpha of the scores of each unit, 1 for perfect agreement and 0 for chance; a missing score is simply
    absent. None where no unit has two scores, or every such score is the same.
    """
    patterns = _patterns(units)
    if not patterns:
        return None
    import numpy as np

    coincidences = np.tensordot(
        np.array([number for _, number in patterns], dtype=float), _coincidences(patterns), axes=1
    )
    estimate = float(_alphas(coincidences[np.newaxis])[0])
    return None if np.isnan(estimate) else estimate


def read_alpha(units: Iterable[Sequence[int]], random: Random, resamples: int = _RESAMPLES) -> Alpha:
    """Alpha with its interval and verdict; too few units get neither estimate nor interval."""
    patterns = _patterns(units)
    number = sum(times for _, times in patterns)
    scores = sum(len(values) * times for values, times in patterns)
    if number < LEAST_SHARED:
        return Alpha(number, scores, None, None, Reliability.TOO_FEW)
    estimate = ordinal_alpha(values for values, times in patterns for _ in range(times))
    if estimate is None:
        return Alpha(number, scores, None, None, Reliability.ALL_ALIKE)
    return Alpha(number, scores, estimate, _interval(patterns, random, resamples), _verdict(estimate))


def _verdict(estimate: float) -> Reliability:
    if estimate >= RELIABLE:
        return Reliability.RELIABLE
    return Reliability.TENTATIVE if estimate >= TENTATIVE else Reliability.LOW


def _patterns(units: Iterable[Sequence[int]]) -> list[tuple[tuple[int, ...], int]]:
    """Distinct sets of scores and how often each occurs: there are few, however many units."""
    return sorted(Counter(tuple(sorted(unit)) for unit in units if len(unit) > 1).items())


def _coincidences(patterns: Sequence[tuple[tuple[int, ...], int]]) -> NDArray[np.float64]:
    """For each pattern its pairs of values, each pair weighing 1 / (scores - 1); patterns × values × values."""
    import numpy as np

    values = sorted({value for pattern, _ in patterns for value in pattern})
    counts = np.array([[pattern.count(value) for value in values] for pattern, _ in patterns], dtype=float)
    pairs = counts[:, :, np.newaxis] * counts[:, np.newaxis, :] - counts[:, np.newaxis, :] * np.eye(len(values))
    return np.asarray(pairs / (counts.sum(axis=1) - 1)[:, np.newaxis, np.newaxis])


def _alphas(coincidences: NDArray[np.float64]) -> NDArray[np.float64]:
    """Alpha of each matrix (samples × values × values); not a number where all values are the same."""
    import numpy as np

    totals = coincidences.sum(axis=2)
    middles = totals.cumsum(axis=1) - totals / 2
    # The ordinal metric: how many values lie between two, each end counted by half, squared.
    metric = (middles[:, :, np.newaxis] - middles[:, np.newaxis, :]) ** 2
    observed = (coincidences * metric).sum(axis=(1, 2))
    expected = (totals[:, :, np.newaxis] * totals[:, np.newaxis, :] * metric).sum(axis=(1, 2))
    found = np.full(len(coincidences), np.nan)
    np.divide(observed * (totals.sum(axis=1) - 1), expected, out=found, where=expected > 0)
    return np.asarray(1 - found)


def _interval(
    patterns: Sequence[tuple[tuple[int, ...], int]], random: Random, resamples: int
) -> tuple[float, float] | None:
    """From units drawn again with replacement; draws in which nothing varies have no alpha and are left out."""
    import numpy as np

    times = np.array([number for _, number in patterns], dtype=float)
    drawn = np.random.default_rng(random.getrandbits(64)).multinomial(
        int(times.sum()), times / times.sum(), size=resamples
    )
    alphas = _alphas(np.tensordot(drawn.astype(float), _coincidences(patterns), axes=1))
    told = alphas[~np.isnan(alphas)]
    if not len(told):
        return None
    low, high = np.percentile(told, _OUTER_PERCENT)
    return float(low), float(high)
