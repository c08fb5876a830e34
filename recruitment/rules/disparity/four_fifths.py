"""The four-fifths rule: each group's rate over the highest, and how often chance alone would raise its flag.

Source: 29 CFR 1607.4(D) (United States: a screening flag only; no law of Great Britain has such a threshold).
In small groups the flag is mostly chance: where 20 and 20 people have the same chance of one in five, it is raised
against the second group in 36 of 100 cases. So it never stands without its counts, its interval and that figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import binom

from recruitment.rules.disparity.rates import Rate
from recruitment.rules.disparity.ratios import (
    LOW,
    Band,
    Convention,
    ScoreInterval,
    Undefined,
    band,
    risk_ratio,
    score_interval,
    summed,
)

MINIMUM_HIGHEST = 10


@dataclass(frozen=True)
class ImpactRatios:
    """Four-fifths ratios by group (1 = the highest rate); `flagged` groups are below 0.80."""

    highest: str
    ratios: Mapping[str, float | Undefined]
    flagged: tuple[str, ...]
    convention: Convention = Convention.FOUR_FIFTHS


def impact_ratios(
    groups: Mapping[str, Rate], minimum: int = MINIMUM_HIGHEST, *, composite: frozenset[str] = frozenset()
) -> ImpactRatios | Undefined:
    """Each group's rate over the highest; only a group of at least `minimum` people can be the highest.

    `composite`: groups made of others, which are measured and never measured against.
    """
    large = [code for code, rate in groups.items() if rate.considered >= max(1, minimum)]
    eligible = [code for code in large if code not in composite]
    if not eligible:
        return Undefined.NO_GROUP_LARGE_ENOUGH
    highest = max(eligible, key=lambda code: groups[code].share)
    ratios = {code: risk_ratio(rate, groups[highest]) for code, rate in groups.items()}
    flagged = tuple(code for code, r in ratios.items() if isinstance(r, float) and band(r) is Band.BELOW)
    return ImpactRatios(highest, ratios, flagged)


@dataclass(frozen=True)
class FourFifths:
    """One group's rate over the highest, with the counts of both and the score interval of the ratio.

    `false_alarm`: how often (0 to 1) the ratio of groups of these sizes would be below 0.80 if both had the rate
    of the two together; None where there is no ratio. It is a lower limit where more than two groups are
    compared, since the highest was picked among them.
    """

    own: Rate
    highest: Rate
    highest_label: str
    value: float | Undefined
    interval: ScoreInterval | Undefined
    is_highest: bool
    is_flagged: bool
    false_alarm: float | None


def four_fifths(
    groups: Mapping[str, Rate], group: str, labels: Mapping[str, str], composite: frozenset[str] = frozenset()
) -> FourFifths | Undefined:
    """The ratio of `group`, or why no group can set the highest rate."""
    made = impact_ratios(groups, composite=composite)
    if isinstance(made, Undefined):
        return made
    own, highest, value = groups[group], groups[made.highest], made.ratios[group]
    return FourFifths(
        own,
        highest,
        labels[made.highest],
        value,
        score_interval(own, highest),
        group == made.highest,
        group in made.flagged,
        false_alarm_rate(highest.considered, own.considered, summed((own, highest)).share)
        if isinstance(value, float)
        else None,
    )


def false_alarm_rate(first: int, second: int, share: float) -> float:
    """The exact chance, 0 to 1, that the second group's ratio is below 0.80 where both have the same rate.

    `first` and `second` people, each selected with the chance `share`; 0.80 itself is not below. ValueError for
    empty groups.
    """
    if first < 1 or second < 1:
        raise ValueError("Both groups need at least one person.")
    selected = np.arange(1, first + 1)  # where nobody of the first is selected there is no ratio
    most = (4 * selected * second - 1) // (5 * first)
    return float(np.sum(binom.pmf(selected, first, share) * binom.cdf(most, second, share)))


def four_fifths_sentence(found: FourFifths | Undefined, group: str) -> str:
    """What the rule says of a group, never without its counts, its interval and how often chance says the same."""
    if isinstance(found, Undefined):
        return found.value
    held = f"{found.own.selected} of {found.own.considered}"
    if found.is_highest:
        return f"{group} has the highest rate ({held})."
    if isinstance(found.value, Undefined):
        return found.value.value
    other = f"{found.highest_label} ({found.highest.selected} of {found.highest.considered})"
    return f"{group} ({held}) has {found.value:.2f} of the highest rate, {other}{_limits(found)}.{_flag(found)}"


def _limits(found: FourFifths) -> str:
    limits = found.interval
    if isinstance(limits, Undefined):
        return ""
    high = "no upper limit" if isinstance(limits.high, Undefined) else f"{limits.high:.2f}"
    return f"; 95 % interval {limits.low:.2f} to {high}"


def _flag(found: FourFifths) -> str:
    if not found.is_flagged:
        return ""
    return f" Below {LOW:.2f}: {chance_words(found.false_alarm or 0.0)}"


def chance_words(false_alarm: float) -> str:
    """How often groups with the same chances would be flagged, as a sentence."""
    of_a_hundred = round(false_alarm * 100)
    often = f"in {of_a_hundred} of 100 cases" if of_a_hundred else "in fewer than 1 of 200 cases"
    return f"groups of these sizes with equal chances would be so {often}."
