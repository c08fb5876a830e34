"""An organisation's own share beside a benchmark: the difference, its interval and how far chance explains it.

Sources: Wilson (1927) on the own share, shifted by the benchmark's, which is taken as known: its error is small
beside the own one; exact two-sided binomial test. Panels: three people tell nothing of a share, so panels are
compared only over at least ten of them.
"""

from __future__ import annotations

from dataclasses import dataclass

from recruitment.rules.benchmarks.shares import NoFigure, Share
from recruitment.rules.disparity.rates import Interval, Rate, binomial_p, wilson

LEAST_PANELS = 10
NEVER_PER_PANEL = (
    "A panel is never held against a benchmark: so few people tell nothing of a share. Panels are compared "
    f"together, over at least {LEAST_PANELS} of them in a year."
)
NOBODY = "There is nothing to compare: nobody gave an answer."


@dataclass(frozen=True)
class OwnShare:
    """`rate`: people of the group among those who gave an answer; `who` as a sentence has it ("applicants").

    `panels`: over how many panels the people were counted, None where they did not sit on any.
    """

    rate: Rate
    who: str = "applicants"
    panels: int | None = None


@dataclass(frozen=True)
class Comparison:
    """Shares and their difference (own less benchmark) 0 to 1 and -1 to 1; `p` two-sided.

    `sentences` are printed with the figures, the caveat among them always.
    """

    own: Rate
    interval: Interval
    benchmark: Share
    difference: float
    difference_interval: Interval
    p: float
    sentences: tuple[str, ...]


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def _points(difference: float) -> str:
    if round(100 * difference, 1) == 0:
        return "no difference"
    return f"{abs(100 * difference):.1f} points {'higher' if difference > 0 else 'lower'}"


def compare(own: OwnShare, benchmark: Share) -> Comparison | NoFigure:
    """The own share against the benchmark, or the sentence that says why they are not compared."""
    if own.panels is not None and own.panels < LEAST_PANELS:
        return NoFigure(NEVER_PER_PANEL)
    rate = own.rate
    if not rate.considered:
        return NoFigure(NOBODY)
    interval, known = wilson(rate), benchmark.value
    difference = rate.share - known
    around = Interval(interval.low - known, interval.high - known)
    p = binomial_p(rate, known)
    named = f" (grouping {benchmark.grouping})" if benchmark.grouping else ""
    places = " and ".join((", ".join(benchmark.areas[:-1]), benchmark.areas[-1])[len(benchmark.areas) < 2 :])
    said = "p < 0.0001" if p < 0.0001 else f"p = {p:.4f}"
    sentences = (
        f"{benchmark.group}{named}: {_percent(rate.share)} of {own.who} ({rate.selected} of {rate.considered}; "
        f"95% interval {_percent(interval.low)} to {_percent(interval.high)}) against {_percent(known)} of "
        f"{benchmark.base} in {places}: {_points(difference)} (95% interval from {_points(around.low)} to "
        f"{_points(around.high)}; exact binomial {said}).",
        benchmark.caveat,
        *benchmark.notes,
    )
    return Comparison(rate, interval, benchmark, difference, around, p, sentences)
