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


def likelihood_ratio(part: Figure, whole: Figure, other_part: Figure, other_whole: Figure) -> float | None:
    """How many times as likely the first group is as the other, to two places; None where a figure is withheld,
    where either group has fewer than 20 people, or fewer than 8 of either came through.
    """
    parts, wholes = (part.shown, other_part.shown), (whole.shown, other_whole.shown)
    if None in (*parts, *wholes):
        return None
    one, other = (number or 0 for number in parts)
    all_one, all_other = (number or 0 for number in wholes)
    if min(all_one, all_other) < LOWEST_RATIO_DENOMINATOR or min(one, other) < LOWEST_RATIO_NUMERATOR:
        return None
    return round((one / all_one) / (other / all_other), 2)
