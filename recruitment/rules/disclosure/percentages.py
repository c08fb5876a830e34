"""Rates and ratios, worked out from published figures alone: they tell nothing that those do not.

Sources: Higher Education Statistics Agency (no percentage of fewer than 22.5 people); NHS Workforce Race
Equality Standard, indicator 2 (relative likelihood), with the denominators that make it steady.
"""

from __future__ import annotations

from recruitment.rules.disclosure.figures import Figure

LOWEST_DENOMINATOR = 23
LOWEST_RATIO_DENOMINATOR = 20
LOWEST_RATIO_NUMERATOR = 8


def percentage(part: Figure, whole: Figure) -> int | None:
    """Whole per cent of two published figures, or None: never from exact counts, never of fewer than 23
    people.
    """
    if part.shown is None or whole.shown is None or whole.shown < LOWEST_DENOMINATOR:
        return None
    return (200 * part.shown + whole.shown) // (2 * whole.shown)


def is_ratio_told(selected: tuple[int, int], considered: tuple[int, int]) -> bool:
    """Whether a ratio of two groups' rates is steady enough to be published: 20 or more of each were considered,
    and 8 or more of each came through.
    """
    return min(considered) >= LOWEST_RATIO_DENOMINATOR and min(selected) >= LOWEST_RATIO_NUMERATOR
