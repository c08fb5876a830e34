"""Ratios of two selection rates, each with its direction, its counts and its intervals.

Sources: Katz et al. (1978); Haldane-Anscombe for zero cells; Koopman (1984), Miettinen and Nurminen (1985);
29 CFR 1607.4(D), the four-fifths rule (United States: a screening flag only); NHS WRES indicator 2 and WDES
metric 2. Ratios are never averaged: `summed` adds people first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from math import exp, log, sqrt

from scipy.optimize import brentq

from recruitment.rules.disparity.rates import Z95, Interval, Rate

LOW, HIGH = 0.80, 1.25
_EDGE = 1e-12


class Undefined(Enum):
    """Why a figure is not there; the value is the sentence to print in its place."""

    NOBODY_CONSIDERED = "Not calculable: nobody was considered in one or both groups."
    NO_SELECTIONS = "Not calculable: nobody was selected in either group."
    NONE_IN_DENOMINATOR = "Not calculable: nobody was selected in the group that is divided by."
    NO_GROUP_LARGE_ENOUGH = "Not calculable: no group is large enough to set the highest rate."
    NO_FALL_DETECTABLE = "Too few: even a rate of 0 in the monitored group would not be seen."
    NO_UPPER_LIMIT = "No upper limit can be set."


class Convention(Enum):
    """Which way a ratio is divided."""

    FOUR_FIFTHS = "rate of the group divided by the highest rate of any large enough group"
    RELATIVE_LIKELIHOOD = "rate of the comparator group divided by rate of the monitored group"


class Band(Enum):
    BELOW = "below 0.80: the monitored group was more likely to be selected"
    INSIDE = "within 0.80 to 1.25: no evidence of adverse impact on this rule of thumb"
    ABOVE = "above 1.25: the comparator group was more likely to be selected"


class Measure(Enum):
    """A published measure; the value is its direction, printed on every output."""

    WRES_2 = "White divided by BME; above 1, BME applicants were less likely to be appointed"
    WDES_2 = "Not disabled divided by disabled; above 1, disabled applicants were less likely to be appointed"


WORDINGS: dict[Measure, tuple[str, ...]] = {
    Measure.WRES_2: (
        "Relative likelihood of white applicants being appointed from shortlisting compared to BME applicants",
    ),
    Measure.WDES_2: (
        "Current wording: Relative likelihood of non-Disabled staff compared to Disabled staff being appointed"
        " from shortlisting",
        "Old wording (2020): Relative likelihood of Disabled staff compared to non-disabled staff being"
        " appointed from shortlisting across all posts",
    ),
}


def summed(rates: Iterable[Rate]) -> Rate:
    """People added over campaigns or organisations, before anything is divided."""
    held = tuple(rates)
    return Rate(sum(rate.selected for rate in held), sum(rate.considered for rate in held))


def risk_ratio(first: Rate, second: Rate) -> float | Undefined:
    """Rate of `first` over rate of `second`, unrounded, or why there is none."""
    if not first.considered or not second.considered:
        return Undefined.NOBODY_CONSIDERED
    if not second.selected:
        return Undefined.NONE_IN_DENOMINATOR if first.selected else Undefined.NO_SELECTIONS
    return first.share / second.share


def katz(first: Rate, second: Rate) -> Interval | Undefined:
    """Katz's log interval; where a cell of the two-by-two table is 0, halves are added to all four."""
    if not first.considered or not second.considered:
        return Undefined.NOBODY_CONSIDERED
    if not first.selected and not second.selected:
        return Undefined.NO_SELECTIONS
    x1, n1 = float(first.selected), float(first.considered)
    x2, n2 = float(second.selected), float(second.considered)
    if 0 in (x1, x2, n1 - x1, n2 - x2):
        x1, n1, x2, n2 = x1 + 0.5, n1 + 1, x2 + 0.5, n2 + 1
    centre = log((x1 / n1) / (x2 / n2))
    half = Z95 * sqrt(max(0.0, 1 / x1 - 1 / n1 + 1 / x2 - 1 / n2))
    return Interval(exp(centre - half), exp(centre + half))


@dataclass(frozen=True)
class ScoreInterval:
    """A score interval of a ratio; `high` may be the words that there is no upper limit."""

    low: float
    high: float | Undefined


def score_statistic(first: Rate, second: Rate, ratio: float, *, corrected: bool = True) -> float:
    """The signed score of the hypothesis first/second = `ratio`, variance at the constrained maximum.

    `corrected` multiplies the variance by N/(N-1) (Miettinen and Nurminen); without it, Koopman's.
    """
    x1, n1, x2, n2 = first.selected, first.considered, second.selected, second.considered
    a, c = (n1 + n2) * ratio, float(x1 + x2)
    b = n1 * ratio + x1 + n2 + x2 * ratio
    q2 = min(1.0, 2 * c / (b + sqrt(max(0.0, b * b - 4 * a * c))))
    q1 = min(1.0, ratio * q2)
    variance = q1 * (1 - q1) / n1 + ratio * ratio * q2 * (1 - q2) / n2
    if corrected:
        variance *= (n1 + n2) / (n1 + n2 - 1)
    distance = first.share - ratio * second.share
    return 0.0 if distance == 0 else distance / sqrt(max(variance, 1e-300))


def score_interval(first: Rate, second: Rate, *, corrected: bool = True) -> ScoreInterval | Undefined:
    """The ratios the score test does not reject at 5%, two-sided."""
    if not first.considered or not second.considered:
        return Undefined.NOBODY_CONSIDERED
    if not first.selected and not second.selected:
        return Undefined.NO_SELECTIONS

    def above(level: float, aim: float) -> float:
        return score_statistic(first, second, exp(level), corrected=corrected) - aim

    both = first.selected and second.selected
    middle = log(first.share / second.share) if both else 0.0
    low = 0.0
    if first.selected:
        low = exp(float(brentq(above, -40.0, middle if both else 40.0, args=(Z95,), xtol=1e-12)))
    if not second.selected:
        return ScoreInterval(low, Undefined.NO_UPPER_LIMIT)
    start = middle if both else -40.0
    return ScoreInterval(low, exp(float(brentq(above, start, 40.0, args=(-Z95,), xtol=1e-12))))


def band(ratio: float) -> Band:
    """Where the unrounded ratio lies; 0.80 and 1.25 themselves are inside."""
    if ratio < LOW - _EDGE:
        return Band.BELOW
    return Band.ABOVE if ratio > HIGH + _EDGE else Band.INSIDE


def band_note(ratio: float) -> str:
    """The note for a ratio outside the range that would be shown as its edge; otherwise empty."""
    shown = f"{ratio:.2f}"
    if band(ratio) is not Band.INSIDE and shown in ("0.80", "1.25"):
        side = "above" if ratio > 1 else "below"
        return f"Shown as {shown}, but the unrounded ratio is {side} {shown} and so outside the range."
    return ""


@dataclass(frozen=True)
class RelativeLikelihood:
    """WRES indicator 2 or WDES metric 2: counts, unrounded ratio, intervals, and what it says."""

    measure: Measure
    direction: str
    wordings: tuple[str, ...]
    comparator: Rate
    monitored: Rate
    ratio: float | Undefined
    log_interval: Interval | Undefined
    score_interval: ScoreInterval | Undefined
    band: Band | Undefined
    shown: str
    note: str
    convention: Convention = Convention.RELATIVE_LIKELIHOOD


def relative_likelihood(measure: Measure, comparator: Rate, monitored: Rate) -> RelativeLikelihood:
    """The measure from shortlisted (considered) and appointed (selected) people already added up."""
    ratio = risk_ratio(comparator, monitored)
    defined = isinstance(ratio, float)
    return RelativeLikelihood(
        measure=measure,
        direction=measure.value,
        wordings=WORDINGS[measure],
        comparator=comparator,
        monitored=monitored,
        ratio=ratio,
        log_interval=katz(comparator, monitored),
        score_interval=score_interval(comparator, monitored),
        band=band(ratio) if isinstance(ratio, float) else ratio,
        shown=f"{ratio:.2f}" if defined else str(ratio.value if isinstance(ratio, Undefined) else ratio),
        note=band_note(ratio) if isinstance(ratio, float) else "",
    )
