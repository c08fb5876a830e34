"""P-values adjusted for how many comparisons were made together.

Sources: Benjamini and Hochberg (1995), false discovery rate; Holm (1979), family-wise error rate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

LEVEL = 0.05
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Family:
    """All group comparisons in one report at one stage: its name and how many were tested."""

    name: str
    size: int


def benjamini_hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values in the order given."""
    m = len(p_values)
    adjusted, least = [1.0] * m, 1.0
    for rank, i in reversed(list(enumerate(sorted(range(m), key=p_values.__getitem__), start=1))):
        least = min(least, p_values[i] * m / rank)
        adjusted[i] = least
    return tuple(adjusted)


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """Adjusted p-values in the order given."""
    m = len(p_values)
    adjusted, most = [0.0] * m, 0.0
    for rank, i in enumerate(sorted(range(m), key=p_values.__getitem__)):
        most = max(most, min(1.0, (m - rank) * p_values[i]))
        adjusted[i] = most
    return tuple(adjusted)


def beyond_chance(adjusted: float, level: float = LEVEL) -> bool:
    """Whether an adjusted p is at or under the level; 0.05 that arithmetic made 0.05000000001 still is."""
    return adjusted <= level + _TOLERANCE
