"""A mixed-integer programme, filled row by row and solved by HiGHS."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum

Terms = Iterable[tuple[int, float]]
NONE_LEFT = 0.05
"""Seconds below which the solver is not even started."""


class Outcome(Enum):
    BEST = "best"
    FOUND = "found"
    IMPOSSIBLE = "impossible"
    OUT_OF_TIME = "out of time"


@dataclass(frozen=True)
class Answer:
    """What the solver says; `values` of all columns where it has any; `bound`: no solution costs less."""

    outcome: Outcome
    values: tuple[float, ...] = ()
    cost: float = 0.0
    bound: float = 0.0

    @property
    def is_found(self) -> bool:
        return self.outcome in (Outcome.BEST, Outcome.FOUND)


@dataclass
class Programme:
    """Columns are whole numbers from 0 to 1 unless it is said otherwise; the cost is made as small as can be."""

    costs: list[float] = field(default_factory=list)
    highest: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    least: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)
    _rows: list[int] = field(default_factory=list)
    _columns: list[int] = field(default_factory=list)
    _factors: list[float] = field(default_factory=list)

    def column(self, cost: float = 0.0, highest: float = 1.0, *, is_whole: bool = True) -> int:
        self.costs.append(cost)
        self.highest.append(highest)
        self.whole.append(int(is_whole))
        return len(self.costs) - 1

    def row(self, terms: Terms, least: float = float("-inf"), most: float = float("inf")) -> None:
        at = len(self.least)
        self.least.append(least)
        self.most.append(most)
        for column, factor in terms:
            self._rows.append(at)
            self._columns.append(column)
            self._factors.append(factor)

    def solve(self, seconds: float) -> Answer:
        """The same programme has the same answer, unless time runs out."""
        if seconds < NONE_LEFT:
            return Answer(Outcome.OUT_OF_TIME)
        # Here, since it costs a third of a second that no other command or page needs.
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import csc_array

        if not self.costs:
            is_possible = all(low <= 0 <= high for low, high in zip(self.least, self.most, strict=True))
            return Answer(Outcome.BEST if is_possible else Outcome.IMPOSSIBLE)
        matrix = csc_array(
            (self._factors, (self._rows, self._columns)), shape=(len(self.least), len(self.costs)), dtype=float
        )
        done = milp(
            c=self.costs,
            integrality=self.whole,
            bounds=Bounds(0, self.highest),
            constraints=LinearConstraint(matrix, self.least, self.most),
            options={"time_limit": seconds, "mip_rel_gap": 0.0},
        )
        if done.status == 2:
            return Answer(Outcome.IMPOSSIBLE)
        if done.x is None:
            return Answer(Outcome.OUT_OF_TIME)
        bound = done.fun if done.mip_dual_bound is None else done.mip_dual_bound
        outcome = Outcome.BEST if done.status == 0 else Outcome.FOUND
        return Answer(outcome, tuple(float(value) for value in done.x), float(done.fun), float(bound))
