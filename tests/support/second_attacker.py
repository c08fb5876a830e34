"""The attacker written a second time and otherwise: one whole number for each figure, and the sums between figures
written out, each stage by itself; whole-number programmes throughout."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from recruitment.rules.disclosure import DECLARED, TOTAL, Cell, Mode, Rules, Shape

T = 8
MOST = 2_000
"""More people than any campaign here has."""

Ranges = dict[Cell, tuple[int, int | None]]


class SecondAttacker:
    """Reads one release of a shape whose groups may have backgrounds within them."""

    def __init__(self, shape: Shape, ranges: Ranges) -> None:
        self.shape = shape
        self.cells = shape.cells("x")
        self.place = {cell: number for number, cell in enumerate(self.cells)}
        rows, lows, highs = [], [], []

        def add(plus: list[Cell], minus: list[Cell], high: float) -> None:
            row = np.zeros(len(self.cells))
            row[[self.place[cell] for cell in plus]] += 1
            row[[self.place[cell] for cell in minus]] -= 1
            rows.append(row)
            lows.append(0)
            highs.append(high)

        for at in range(len(shape.stages)):
            self._one_stage(at, add)
        self._leaving_groups(add)
        self.sums = LinearConstraint(np.array(rows), lows, highs)
        low = np.array([ranges.get(cell, (0, None))[0] for cell in self.cells])
        tops = [ranges.get(cell, (0, None))[1] for cell in self.cells]
        self.found: list[np.ndarray] = []
        self.bounds = Bounds(low, np.array([MOST if top is None else top for top in tops]))

    def _one_stage(self, at: int, add) -> None:
        goes_on = at + 1 < len(self.shape.stages)
        for line in self.shape.lines:
            rows = [Cell("x", line.name, row, at) for row in line.rows]
            add(rows, [Cell("x", TOTAL, TOTAL, at)], 0)
            if line.missing:
                add(
                    [Cell("x", line.name, row, at) for row in line.spoken], [Cell("x", line.name, DECLARED, at)], 0
                )
            for row in line.rows if goes_on else ():
                add([Cell("x", line.name, row, at)], [Cell("x", line.name, row, at + 1)], math.inf)
        for each in self.shape.inside:
            inner = [Cell("x", each.inner, row, at) for row in each.rows]
            add([Cell("x", each.outer, each.group, at)], inner, math.inf)

    def _leaving_groups(self, add) -> None:
        """Who is in a group without a background leaves too."""
        for each in self.shape.inside:
            for at in range(len(self.shape.stages) - 1):
                before = [Cell("x", each.inner, row, at) for row in each.rows]
                after = [Cell("x", each.inner, row, at + 1) for row in each.rows]
                outer = [Cell("x", each.outer, each.group, stage) for stage in (at, at + 1)]
                add([outer[0], *after], [*before, outer[1]], math.inf)

    def interval(self, cell: Cell, less: Cell | None = None) -> tuple[int, int]:
        """Of a cell, or of a cell less another."""
        goal = self._goal(cell, less)
        return -self._most(-goal), self._most(goal)

    def reaches(self, sign: int, value: int, cell: Cell, less: Cell | None = None) -> bool:
        """Whether `sign` times the cell, or the cell less another, can be `value` or more.

        Whole numbers that he found for another cell will often do, and spare a programme.
        """
        goal = sign * self._goal(cell, less)
        return any(goal @ point >= value for point in self.found) or self._most(goal) >= value

    def is_pinned(self, cell: Cell) -> bool:
        seen = {point[self.place[cell]] for point in self.found}
        if len(seen) > 1:
            return False
        low, high = self.interval(cell)
        return low == high

    def _goal(self, cell: Cell, less: Cell | None) -> np.ndarray:
        goal = np.zeros(len(self.cells))
        goal[self.place[cell]] = 1
        if less is not None:
            goal[self.place[less]] = -1
        return goal

    def _most(self, goal: np.ndarray) -> int:
        # Most have whole numbers at their best corner. For the others presolve is left out: it takes some
        # whole-number programmes for impossible that are not.
        plain = {"presolve": False}
        done = milp(-goal, bounds=self.bounds, constraints=self.sums, options=plain)
        if np.abs(done.x - np.round(done.x)).max() > 1e-6:
            whole = np.ones(len(goal))
            done = milp(-goal, integrality=whole, bounds=self.bounds, constraints=self.sums, options=plain)
        assert done.status == 0, done.message
        point = np.round(done.x)
        sums = self.sums.A @ point
        assert (self.bounds.lb <= point).all() and (point <= self.bounds.ub).all()
        assert (self.sums.lb <= sums).all() and (sums <= self.sums.ub).all()
        self.found.append(point)
        return round(goal @ point)


def published(figures: dict[Cell, int | None], rules: Rules) -> Ranges:
    return {
        cell: (known.low, known.high)
        for cell, shown in figures.items()
        if shown is not None
        for known in [rules.range_of(shown)]
    }


def defeats(
    shape: Shape, numbers: dict[Cell, int], figures: dict[Cell, int | None], rules: Rules
) -> Iterator[str]:
    """What he finds out that he must not, one after another."""
    ranges = published(figures, rules)
    attacker = SecondAttacker(shape, ranges)
    small = [cell for cell, number in numbers.items() if 0 < number < T]
    for cell in small:
        if not (attacker.reaches(-1, -1, cell) and attacker.reaches(1, T - 1, cell)):
            yield f"{cell} is within {attacker.interval(cell)}"
    for cell in numbers:
        if cell.line != TOTAL and cell.stage > 0:
            yield from _told_of_a_step(attacker, cell, numbers, rules)
    told = SecondAttacker(shape, ranges | dict.fromkeys(small, (1, T - 1)))
    yield from (str(cell) for cell in small if told.is_pinned(cell))


def _told_of_a_step(attacker: SecondAttacker, cell: Cell, numbers: dict[Cell, int], rules: Rules) -> Iterator[str]:
    number, before = numbers[cell], Cell("x", cell.line, cell.row, cell.stage - 1)
    went, all_went = numbers[before] - number, numbers[Cell("x", TOTAL, TOTAL, cell.stage - 1)]
    all_here = numbers[Cell("x", TOTAL, TOTAL, cell.stage)]
    least = min(T - 1, numbers[before])
    if went == 0 < numbers[before] and all_here < all_went:
        if not attacker.reaches(1, least, before, cell):
            yield f"all of {before} went on"
    elif number == 0 < numbers[before] and all_here > 0 and not attacker.reaches(1, least, cell):
        yield f"none of {before} went on"
    elif (
        rules.mode is Mode.KEEP_TOTALS
        and 0 < went < T
        and not (attacker.reaches(-1, -1, before, cell) and attacker.reaches(1, T - 1, before, cell))
    ):
        yield f"{attacker.interval(before, cell)} of {before} left"
