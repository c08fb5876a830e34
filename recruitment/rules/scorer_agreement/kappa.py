"""Weighted kappa for each pair of scorers who share enough scores.

Sources: Cohen (1968), Weighted kappa, Psychological Bulletin 70(4); Fleiss and Cohen (1973) for quadratic weights.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from fractions import Fraction
from itertools import combinations

from recruitment.rules.scorer_agreement.given import LEAST_SHARED, GivenScore, by_unit


class Weighting(IntEnum):
    """How a gap between two scores counts: to this power."""

    LINEAR = 1
    QUADRATIC = 2


@dataclass(frozen=True)
class PairAgreement:
    """`shared`: scores both gave on the same answer and criterion. A kappa is None where one value is all
    that either ever gave: there is nothing that chance could not have done.
    """

    one: str
    other: str
    shared: int
    linear: Fraction | None
    quadratic: Fraction | None


def weighted_kappa(pairs: Sequence[tuple[int, int]], weighting: Weighting) -> Fraction | None:
    """1 for perfect agreement, 0 for what chance gives; None where chance leaves no disagreement."""
    ones, others = Counter(one for one, _ in pairs), Counter(other for _, other in pairs)
    expected = sum(
        times * number * abs(one - other) ** weighting
        for one, times in ones.items()
        for other, number in others.items()
    )
    if not expected:
        return None
    observed = sum(abs(one - other) ** weighting for one, other in pairs)
    return 1 - Fraction(observed * len(pairs), expected)


def pair_agreements(scores: Iterable[GivenScore], least: int = LEAST_SHARED) -> tuple[PairAgreement, ...]:
    """Every pair of scorers with `least` shared scores or more, ordered by scorer."""
    shared: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for given in by_unit(scores).values():
        for one, other in combinations(given, 2):
            shared.setdefault((one.scorer, other.scorer), []).append((one.value, other.value))
    return tuple(
        PairAgreement(
            *scorers,
            len(pairs),
            weighted_kappa(pairs, Weighting.LINEAR),
            weighted_kappa(pairs, Weighting.QUADRATIC),
        )
        for scorers, pairs in sorted(shared.items())
        if len(pairs) >= least
    )
