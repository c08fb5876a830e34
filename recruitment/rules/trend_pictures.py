"""Where things stand in the picture of a trend: places as parts of width and height, from 0 to 1, top left first.

Drawn by a template as SVG beside the table that holds the same figures. Years stand at even distances; a break is
a dashed line with a number, and no line crosses it. Sources as for `rules/pictures.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

from recruitment.rules.trends import Break, RatioPoint, RatioSeries, ShareTable, runs

_RATIO_TICKS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)
_NARROWEST = 2.0
_LEAST_HIGH = 10


@dataclass(frozen=True)
class Dot:
    """`low` and `high`: the ends of an interval, None where there is none; they may be cut at the edge."""

    x: float
    y: float
    low: float | None
    high: float | None
    text: str


@dataclass(frozen=True)
class Panel:
    """One line of one picture: `lines` join dots of comparable years only; `told`: all of it in words."""

    label: str
    lines: tuple[tuple[tuple[float, float], ...], ...]
    dots: tuple[Dot, ...]
    told: str


@dataclass(frozen=True)
class TimePlot:
    """`years`: (x, label); `breaks`: (x, number of the break); `ticks`: (y, text); `parity`: y of 1, if any."""

    years: tuple[tuple[float, str], ...]
    breaks: tuple[tuple[float, int], ...]
    ticks: tuple[tuple[float, str], ...]
    parity: float | None
    panels: tuple[Panel, ...]


def _across(number: int) -> list[float]:
    return [(at + 0.5) / number for at in range(number)]


def _breaks(breaks: Sequence[Break], number: int) -> tuple[tuple[float, int], ...]:
    return tuple((one.before_index / number, place) for place, one in enumerate(breaks, 1))


def _lines(
    places: Sequence[float | None], xs: Sequence[float], breaks: Sequence[Break]
) -> tuple[tuple[tuple[float, float], ...], ...]:
    stretches = runs([place is not None for place in places], {one.before_index for one in breaks})
    return tuple(
        tuple((xs[at], y) for at in stretch if (y := places[at]) is not None)
        for stretch in stretches
        if len(stretch) > 1
    )


def ratio_plot(series: RatioSeries) -> TimePlot | None:
    """One panel on a logarithmic axis, so that twice and half are equally far from 1; None without any ratio."""
    told = [one for one in series.points if one.ratio is not None]
    if not told:
        return None
    ends = [end for one in told for end in (one.ratio, one.low, one.high) if end is not None and end > 0]
    reach = max([_NARROWEST, *(max(end, 1 / end) for end in ends)])
    widest = next((tick for tick in _RATIO_TICKS if tick >= reach), _RATIO_TICKS[-1])

    def place(value: float) -> float:
        if value <= 0:
            return 1.0
        return min(1.0, max(0.0, (1 - log(value) / log(widest)) / 2))

    xs = _across(len(series.points))
    places = [None if one.ratio is None else place(one.ratio) for one in series.points]
    dots = tuple(
        Dot(x, y, None if one.low is None else place(one.low), None if one.high is None else place(one.high),
            one.text)
        for x, y, one in zip(xs, places, series.points, strict=True)
        if y is not None
    )  # fmt: skip
    panel = Panel(series.title, _lines(places, xs, series.breaks), dots, _told(series.points, series.breaks))
    return TimePlot(
        tuple(zip(xs, (one.label for one in series.points), strict=True)),
        _breaks(series.breaks, len(xs)),
        tuple((place(tick), f"{tick:g}") for tick in _RATIO_TICKS if 1 / widest - 1e-9 <= tick <= widest),
        place(1.0),
        (panel,),
    )


def _told(points: Sequence[RatioPoint], breaks: Sequence[Break]) -> str:
    return _in_words([(one.label, one.text) for one in points], breaks)


def _in_words(values: Sequence[tuple[str, str]], breaks: Sequence[Break]) -> str:
    broken = {one.before_index: place for place, one in enumerate(breaks, 1)}
    said = []
    for at, (label, text) in enumerate(values):
        if at in broken:
            said.append(f"break {broken[at]}")
        said.append(f"{label} {text}")
    return ", ".join(said)


def share_plot(table: ShareTable) -> TimePlot | None:
    """A panel for each answer of which a share is published, all on one scale from nought; None without any."""
    highest = max([share for row in table.rows for share in row.shares if share is not None], default=None)
    if highest is None:
        return None
    top = max(_LEAST_HIGH, -(-highest // 10) * 10)
    xs = _across(len(table.labels))
    panels = []
    for row in table.rows:
        if all(share is None for share in row.shares):
            continue
        places = [None if share is None else 1 - share / top for share in row.shares]
        words = ["not published" if share is None else f"{share} %" for share in row.shares]
        dots = tuple(
            Dot(x, y, None, None, text) for x, y, text in zip(xs, places, words, strict=True) if y is not None
        )
        told = _in_words(list(zip(table.labels, words, strict=True)), table.breaks)
        panels.append(Panel(row.label, _lines(places, xs, table.breaks), dots, told))
    return TimePlot(
        tuple(zip(xs, table.labels, strict=True)),
        _breaks(table.breaks, len(xs)),
        ((0.0, f"{top} %"), (1.0, "0 %")),
        None,
        tuple(panels),
    )
