"""The attacker, written a second time and otherwise, loses against a thousand random releases and wins against the
naive table of the same counts."""

from __future__ import annotations

import math
from random import Random

import numpy as np
import pytest
from scipy.optimize import Bounds, LinearConstraint, milp

from recruitment.rules.disclosure import DECLARED, TOTAL, Cell, Inside, Line, Mode, Rules, Shape, control

T = 8
SHAPE = Shape(
    ("applied", "interviewed", "appointed"),
    (
        Line("sex", ("f", "m", "?"), frozenset({"?"})),
        Line("group", ("a", "b", "c", "?"), frozenset({"?"})),
        Line("background", ("a1", "a2", "b1", "c1", "?"), frozenset({"?"})),
    ),
    (
        Inside("group", "a", "background", ("a1", "a2")),
        Inside("group", "b", "background", ("b1",)),
        Inside("group", "c", "background", ("c1",)),
    ),
)
NESTED = {"a": ("a1", "a2"), "b": ("b1",), "c": ("c1",)}


def people(random: Random) -> list[tuple[dict[str, str], int]]:
    """Everybody's answers, and how many stages they reached."""
    rates = [random.choice((0.0, 0.1, 0.4, 0.8, 0.95, 1.0)) for _ in SHAPE.stages[1:]]
    skew = random.choice((1, 2, 4))
    found = []
    for _ in range(random.choice((1, 7, 9, 15, 30, 60, 150))):
        group = "abc?"[min(random.randrange(4) for _ in range(skew))]
        background = random.choice((*NESTED.get(group, ()), "?"))
        depth = 1
        while depth < len(SHAPE.stages) and random.random() < rates[depth - 1]:
            depth += 1
        sex = random.choice("fffm?" if skew > 1 else "fm")
        found.append(({"sex": sex, "group": group, "background": background}, depth))
    return found


def counted(everybody: list[tuple[dict[str, str], int]], scope: str = "x") -> dict[Cell, int]:
    numbers = dict.fromkeys(SHAPE.cells(scope), 0)
    for answers, depth in everybody:
        for stage in range(depth):
            numbers[Cell(scope, TOTAL, TOTAL, stage)] += 1
            for line, row in answers.items():
                numbers[Cell(scope, line, row, stage)] += 1
                if row != "?":
                    numbers[Cell(scope, line, DECLARED, stage)] += 1
    return numbers


class SecondAttacker:
    """One whole number for each figure, and the sums between figures written out, each stage by itself: another
    model than the one that is tested, and whole-number programmes throughout."""

    def __init__(self, ranges: dict[Cell, tuple[int, int | None]]) -> None:
        self.cells = SHAPE.cells("x")
        self.place = {cell: number for number, cell in enumerate(self.cells)}
        rows, lows, highs = [], [], []

        def add(plus: list[Cell], minus: list[Cell], high: float) -> None:
            row = np.zeros(len(self.cells))
            row[[self.place[cell] for cell in plus]] += 1
            row[[self.place[cell] for cell in minus]] -= 1
            rows.append(row)
            lows.append(0)
            highs.append(high)

        for at in range(len(SHAPE.stages)):
            self._one_stage(at, add)
        for group, inner in NESTED.items():
            for at in range(len(SHAPE.stages)):
                # Who is in a group without a background leaves too.
                before = [Cell("x", "group", group, at)], [Cell("x", "background", row, at) for row in inner]
                after = (
                    [Cell("x", "group", group, at + 1)],
                    [Cell("x", "background", row, at + 1) for row in inner],
                )
                if at + 1 < len(SHAPE.stages):
                    add(before[0] + after[1], before[1] + after[0], math.inf)
        self.sums = LinearConstraint(np.array(rows), lows, highs)
        low = np.array([ranges.get(cell, (0, None))[0] for cell in self.cells])
        tops = [ranges.get(cell, (0, None))[1] for cell in self.cells]
        self.bounds = Bounds(low, np.array([2_000 if top is None else top for top in tops]))

    def _one_stage(self, at: int, add) -> None:
        for line in SHAPE.lines:
            rows = [Cell("x", line.name, row, at) for row in line.rows]
            spoken = [cell for cell in rows if cell.row != "?"]
            add(rows, [Cell("x", TOTAL, TOTAL, at)], 0)
            add(spoken, [Cell("x", line.name, DECLARED, at)], 0)
        for group, inner in NESTED.items():
            add([Cell("x", "group", group, at)], [Cell("x", "background", row, at) for row in inner], math.inf)
        if at + 1 < len(SHAPE.stages):
            for line in SHAPE.lines:
                for row in line.rows:
                    add([Cell("x", line.name, row, at)], [Cell("x", line.name, row, at + 1)], math.inf)

    def interval(self, cell: Cell, less: Cell | None = None) -> tuple[int, int]:
        """Of a cell, or of a cell less another."""
        goal = np.zeros(len(self.cells))
        goal[self.place[cell]] = 1
        if less is not None:
            goal[self.place[less]] = -1
        ends = []
        for sign in (1, -1):
            # Most have whole numbers at their best corner. For the others presolve is left out: it takes some
            # whole-number programmes for impossible that are not.
            done = milp(sign * goal, bounds=self.bounds, constraints=self.sums)
            if np.abs(done.x - np.round(done.x)).max() > 1e-6:
                done = milp(
                    sign * goal,
                    integrality=np.ones(len(goal)),
                    bounds=self.bounds,
                    constraints=self.sums,
                    options={"presolve": False},
                )
            assert done.status == 0, done.message
            ends.append(sign * round(done.fun))
        return ends[0], ends[1]


def published(figures: dict[Cell, int | None], rules: Rules) -> dict[Cell, tuple[int, int | None]]:
    return {
        cell: (known.low, known.high)
        for cell, shown in figures.items()
        if shown is not None
        for known in [rules.range_of(shown)]
    }


def defeats(numbers: dict[Cell, int], figures: dict[Cell, int | None], rules: Rules) -> list[str]:
    """What the second attacker finds out that he must not."""
    found = []
    attacker = SecondAttacker(published(figures, rules))
    small = [cell for cell, number in numbers.items() if 0 < number < T]
    for cell in small:
        low, high = attacker.interval(cell)
        if low > 1 or high < T - 1:
            found.append(f"{cell} is within {low} and {high}")
    for cell, number in numbers.items():
        if cell.line == TOTAL or cell.stage == 0:
            continue
        before = Cell("x", cell.line, cell.row, cell.stage - 1)
        went, all_went = numbers[before] - number, numbers[Cell("x", TOTAL, TOTAL, cell.stage - 1)]
        all_here = numbers[Cell("x", TOTAL, TOTAL, cell.stage)]
        if went == 0 < numbers[before] and all_here < all_went:
            if attacker.interval(before, cell)[1] < min(T - 1, numbers[before]):
                found.append(f"all of {before} went on")
        elif (
            number == 0 < numbers[before]
            and all_here > 0
            and attacker.interval(cell)[1] < min(T - 1, numbers[before])
        ):
            found.append(f"none of {before} went on")
        elif rules.mode is Mode.KEEP_TOTALS and 0 < went < T:
            low, high = attacker.interval(before, cell)
            if low > 1 or high < T - 1:
                found.append(f"{low} to {high} of {before} left")
    told = SecondAttacker(published(figures, rules) | dict.fromkeys(small, (1, T - 1)))
    pinned = [str(cell) for cell in small for low, high in [told.interval(cell)] if low == high]
    return found + pinned


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("seed", range(20))
def test_the_attacker_loses_against_a_thousand_random_funnels(seed: int, mode: Mode) -> None:
    random = Random(seed)
    rules = Rules(mode=mode)
    for _ in range(25):
        numbers = counted(people(random))
        made = control({"x": SHAPE}, numbers, rules)
        assert all(
            shown == rules.figure(numbers[cell]) for cell, shown in made.figures.items() if shown is not None
        )
        if not any(shown is not None for shown in made.figures.values()):
            continue
        assert defeats(numbers, dict(made.figures), rules) == []


def test_the_attacker_wins_against_the_naive_table_of_the_same_counts() -> None:
    random, rules = Random(1), Rules(mode=Mode.KEEP_TOTALS)
    won, tried = 0, 0
    while tried < 40:
        numbers = counted(people(random))
        naive = {cell: None if 0 < number < T else number for cell, number in numbers.items()}
        if None in naive.values():
            tried += 1
            won += bool(defeats(numbers, naive, rules))
    assert won >= 34
