"""The attacker: what can be worked out, by linear programming, from everything that was ever published.

Sources: Fischetti and Salazar-González (2001), the "attacker problem" and cuts from its dual; Hundepool et al.
(2012), section 4.3 (audit of feasibility intervals).

He knows the sums of `cells`, a range for each figure shown, and of an asterisk only that it is a whole number. The
bounds are those of the linear programme, rounded inwards to whole numbers: he may not reach them exactly, so an
interval told here is never narrower than his. That something *remains possible* is claimed only with a witness:
whole numbers in every cell that agree with all that was published. One witness serves many cells, so most are
found by a few programmes that push all of them at once; only what is left over gets a programme of its own.
Across several scopes whole numbers would take minutes to find, and there the linear bounds decide, as in the
literature.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from recruitment.rules.disclosure.cells import Cell, Unknowns
from recruitment.rules.disclosure.sensitivity import Aim, End

SLACK = 1e-6
WORTHWHILE = 10
NODES = 2_000
"""Branches after which the search for one whole-number witness is given up, and the cell taken as narrowed."""


@dataclass(frozen=True)
class Range:
    """The whole numbers from `low` to `high`; None: no end that anybody could know."""

    low: int
    high: int | None


@dataclass(frozen=True)
class Weight:
    """How much an end would gain for each person by whom a shown figure's upper or lower end gave way."""

    cell: Cell
    is_upper: bool
    gain: float


@dataclass(frozen=True)
class Unmet:
    """An aim that the attacker defeats, and for each end what would have to give way (None: not known)."""

    aim: Aim
    missing: tuple[tuple[float, tuple[Weight, ...]] | None, ...]


@dataclass(frozen=True)
class _Highest:
    value: float
    weights: tuple[Weight, ...]
    point: Any


@dataclass(frozen=True)
class _Sums:
    """Everything published: sums that are at most `tops` (an upper end, or a lower one with its sign turned), then
    those that are equal to `values`; `rows`: which sums, in this order.
    """

    at_most: Any
    tops: Any
    equal: Any
    values: Any
    rows: Any
    is_upper: Any


class Attacker:
    """Reads one set of published ranges. ValueError where they contradict one another."""

    def __init__(
        self,
        unknowns: Unknowns,
        published: Mapping[Cell, Range],
        *,
        earlier: Mapping[Cell, Sequence[Range]] | None = None,
        told: Mapping[Cell, Range] | None = None,
        points: Sequence[Any] = (),
    ) -> None:
        from scipy.sparse import csr_array

        self.unknowns = unknowns
        self.cells: list[Cell | None] = [None] * len(unknowns.sums)
        rows = [dict(each.terms) for each in unknowns.sums]
        lows = [-math.inf if each.low is None else each.low for each in unknowns.sums]
        highs = [math.inf if each.high is None else each.high for each in unknowns.sums]
        given: list[tuple[Cell, Range, Cell | None]] = [(cell, known, cell) for cell, known in published.items()]
        # What is published already, or known otherwise, can no longer give way.
        given += [(cell, known, None) for cell, ranges in (earlier or {}).items() for known in ranges]
        given += [(cell, known, None) for cell, known in (told or {}).items()]
        for cell, known, giving in given:
            rows.append(dict.fromkeys(unknowns.terms(cell), 1.0))
            lows.append(known.low)
            highs.append(math.inf if known.high is None else known.high)
            self.cells.append(giving)
        self.low, self.high = np.array(lows, dtype=float), np.array(highs, dtype=float)
        self.matrix = csr_array(_sparse(rows), shape=(len(rows), unknowns.size))
        finite = self.high[np.isfinite(self.high)]
        largest = max([float(finite.max(initial=0.0)), *(float(np.max(point, initial=0.0)) for point in points)])
        self.cap = 1_000 + 4 * largest
        self.points = [point for point in points if self._agrees(point)]

    def _agrees(self, point: Any) -> bool:
        values = self.matrix @ point
        return not ((values < self.low - SLACK).any() or (values > self.high + SLACK).any())

    def interval(self, cell: Cell) -> Range:
        """The cell's feasible interval; an end beyond what any figure bounds is None."""
        terms = tuple(self.unknowns.terms(cell))
        least, most = -self._highest(End(terms, -1, 0)).value, self._highest(End(terms, 1, 0)).value
        return Range(math.ceil(least - SLACK), None if most >= self.cap else math.floor(most + SLACK))

    @cached_property
    def _sums(self) -> _Sums:
        equal = self.low == self.high
        above, below = ~equal & np.isfinite(self.high), ~equal & np.isfinite(self.low) & (self.low > 0)
        below |= ~equal & np.isfinite(self.low) & np.array([cell is None for cell in self.cells])
        upper, lower, fixed = np.flatnonzero(above), np.flatnonzero(below), np.flatnonzero(equal)
        return _Sums(
            _stacked(self.matrix[upper], -self.matrix[lower]),
            np.concatenate([self.high[upper], -self.low[lower]]),
            self.matrix[fixed],
            self.low[fixed],
            np.concatenate([upper, lower, fixed]),
            np.repeat([True, False], [len(upper), len(lower)]),
        )

    def _highest(self, end: End) -> _Highest:
        """The greatest value of `sign` times the sum, and what holds it there."""
        from scipy.optimize import linprog

        sums = self._sums
        goal = np.zeros(self.unknowns.size)
        goal[list(end.terms)] = -end.sign
        done = linprog(
            goal,
            A_ub=sums.at_most,
            b_ub=sums.tops,
            A_eq=sums.equal,
            b_eq=sums.values,
            bounds=(0, self.cap),
            method="highs",
            options={"presolve": False},  # which would take as long as the rest
        )
        if done.x is None:
            raise ValueError("What was published contradicts itself.")
        fixed = done.eqlin.marginals
        gains = np.concatenate([-done.ineqlin.marginals, np.abs(fixed)])
        is_upper = np.concatenate([sums.is_upper, fixed < 0])
        weights = [
            Weight(cell, bool(is_upper[at]), float(gains[at]))
            for at in np.flatnonzero(gains > SLACK)
            if (cell := self.cells[sums.rows[at]]) is not None
        ]
        return _Highest(-float(done.fun), tuple(weights), done.x)

    def _push(self, ends: Sequence[End], *, is_whole: bool) -> Any:
        """A point that brings the ends as near as it can to what they ask; None: none found."""
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csr_array

        size = self.unknowns.size
        rows = [
            {at: float(end.sign) for at in end.terms} | {size + number: -1.0} for number, end in enumerate(ends)
        ]
        wide = csr_array(
            (self.matrix.data, self.matrix.indices, self.matrix.indptr),
            shape=(self.matrix.shape[0], size + len(ends)),
        )
        aims = csr_array(_sparse(rows), shape=(len(ends), size + len(ends)))
        # Ends are worth slightly different amounts, so that a programme with many best answers has one.
        worth = [-(1.0 + 0.01 * (number % 7)) for number in range(len(ends))]
        # One end alone is demanded, not pushed at: any whole numbers that meet it end the search.
        is_demanded = is_whole and len(ends) == 1
        lowest = [end.least if is_demanded else -self.cap for end in ends]
        done = milp(
            np.concatenate([np.zeros(size), worth]),
            integrality=np.concatenate([np.full(size, int(is_whole)), np.zeros(len(ends))]),
            bounds=Bounds(
                np.concatenate([np.zeros(size), lowest]),
                np.concatenate([np.full(size, self.cap), [end.least for end in ends]]),
            ),
            constraints=[
                LinearConstraint(wide, self.low, self.high),
                LinearConstraint(aims, np.zeros(len(ends)), np.inf),
            ],
            # Of many ends, a point that brings most of them there will do.
            options={"node_limit": NODES if len(ends) == 1 else 1, "mip_rel_gap": 0.2},
        )
        return None if done.x is None else done.x[:size]

    def _witness(self, ends: Sequence[End], point: Any = None) -> Any:
        """Whole numbers, from `point` where that has them, else from a programme; None: none found."""
        if point is None:
            point = self._push(ends, is_whole=False)
        if point is not None and not _is_whole(point):
            if self.unknowns.periods:
                self.points.append(point)
                return point
            point = self._push(ends, is_whole=True)
        if point is None:
            return None
        whole = np.round(point)
        if not self._agrees(whole):
            return None
        self.points.append(whole)
        return whole

    def _meets(self, point: Any, aim: Aim) -> bool:
        return any(end.sign * point[list(end.terms)].sum() >= end.least - SLACK for end in aim.ends)

    def unmet(self, aims: Iterable[Aim], *, enough: int | None = None) -> list[Unmet]:
        """The aims that he defeats: all of them, or where `enough` is given the first so many."""
        waiting = list(aims)
        for point in self.points:
            waiting = [aim for aim in waiting if not self._meets(point, aim)]
        while waiting:
            before = len(waiting)
            for which in (0, -1):
                point = self._witness([aim.ends[which] for aim in waiting]) if waiting else None
                if point is not None:
                    waiting = [aim for aim in waiting if not self._meets(point, aim)]
            # A programme for all of them takes about as long as some ten of one cell each.
            if before - len(waiting) < WORTHWHILE:
                break
        return self._singly(_spread(waiting), enough)

    def _singly(self, waiting: list[Aim], enough: int | None) -> list[Unmet]:
        found: list[Unmet] = []
        while waiting and (enough is None or len(found) < enough):
            aim, *waiting = waiting
            missing: list[tuple[float, tuple[Weight, ...]] | None] = []
            for end in aim.ends:
                most = self._highest(end)
                if most.value < end.least - SLACK:
                    missing.append((end.least - most.value, most.weights))
                    continue
                point = self._witness([end], most.point)
                if point is not None:
                    waiting = [each for each in waiting if not self._meets(point, each)]
                if point is not None and self._meets(point, aim):
                    break
                missing.append(None)
            else:
                found.append(Unmet(aim, tuple(missing)))
        return found


def _is_whole(point: Any) -> bool:
    return bool(np.abs(point - np.round(point)).max(initial=0.0) <= SLACK)


def _spread(aims: list[Aim]) -> list[Aim]:
    """The same aims, those of different lines and stages first."""
    seen: dict[tuple[str, str, int], int] = {}
    order = []
    for number, aim in enumerate(aims):
        place = (aim.cell.scope, aim.cell.line, aim.cell.stage)
        seen[place] = seen.get(place, 0) + 1
        order.append((seen[place], number))
    return [aims[number] for _, number in sorted(order)]


def _sparse(rows: Sequence[Mapping[int, float]]) -> tuple[list[float], tuple[list[int], list[int]]]:
    values: list[float] = []
    at: list[int] = []
    columns: list[int] = []
    for number, row in enumerate(rows):
        at += [number] * len(row)
        columns += row.keys()
        values += row.values()
    return values, (at, columns)


def _stacked(*parts: Any) -> Any:
    from scipy.sparse import vstack

    return vstack(parts, format="csr")
