"""Where things stand in the pictures of a report: lengths and places as parts of the width, from 0 to 1.

Drawn by a template as SVG, beside the table that holds the same figures; nothing is told by colour alone.
Sources: Government Analysis Function, "Data visualisation: charts" (bars from nought, few gridlines, text
alternatives); a ratio is drawn on a logarithmic axis, so that twice and half are equally far from parity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

PARITY = 1.0
_TICKS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
_NARROWEST = 2.0  # the axis shows at least from half to twice


@dataclass(frozen=True)
class Bar:
    """One bar: `length` from 0 to 1, None where the figure is not published; `text` stands beside it."""

    label: str
    length: float | None
    text: str


@dataclass(frozen=True)
class BarGroup:
    label: str
    bars: tuple[Bar, ...]


def share_bars(label: str, shares: Sequence[tuple[str, int | None]]) -> BarGroup:
    """Whole per cent at each stage as bars; a share that is not published has no bar and says so."""
    return BarGroup(
        label,
        tuple(
            Bar(stage, None, "not published") if share is None else Bar(stage, share / 100, f"{share} %")
            for stage, share in shares
        ),
    )


@dataclass(frozen=True)
class Interval:
    """A ratio with its interval, as numbers; the whole of it lies above nought."""

    label: str
    ratio: float
    low: float
    high: float


@dataclass(frozen=True)
class Whisker:
    """Where an interval lies on the axis; an end beyond it is cut and drawn as an arrow."""

    label: str
    low: float
    point: float
    high: float
    is_cut_low: bool
    is_cut_high: bool
    text: str


@dataclass(frozen=True)
class LogAxis:
    """`ticks`: (place, text); `parity`: the place of 1; `band`: the places of 0.80 and 1.25."""

    ticks: tuple[tuple[float, str], ...]
    parity: float
    band: tuple[float, float]
    whiskers: tuple[Whisker, ...]


def interval_plot(intervals: Sequence[Interval]) -> LogAxis:
    """All intervals on one axis, wide enough for the ratios and as far as 20 times for their ends.

    ValueError where a ratio or its interval is not above nought or not in order.
    """
    for one in intervals:
        if not 0 < one.low <= one.ratio <= one.high:
            raise ValueError(f"{one.label}: an interval lies around its ratio, above nought.")
    reach = max(
        [_NARROWEST, *(max(one.ratio, PARITY / one.ratio, one.high, PARITY / one.low) for one in intervals)]
    )
    widest = next((tick for tick in _TICKS if tick >= reach), _TICKS[-1])

    def place(value: float) -> float:
        return min(1.0, max(0.0, (log(value) / log(widest) + 1) / 2))

    return LogAxis(
        tuple((place(tick), f"{tick:g}") for tick in _TICKS if PARITY / widest - 1e-9 <= tick <= widest),
        place(PARITY),
        (place(0.8), place(1.25)),
        tuple(
            Whisker(
                one.label,
                place(one.low),
                place(one.ratio),
                place(one.high),
                one.low < PARITY / widest - 1e-9,
                one.high > widest,
                f"{one.ratio:.2f} ({one.low:.2f} to {one.high:.2f})",
            )
            for one in intervals
        ),
    )
