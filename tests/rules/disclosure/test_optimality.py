"""As little as possible is withheld: against every choice there is, one by one."""

from __future__ import annotations

from itertools import combinations
from random import Random

import pytest

from recruitment.rules.disclosure import TOTAL, Cell, Line, Mode, Rules, Shape, control
from recruitment.rules.disclosure.controlled import programme_of

SHAPE = Shape(("applied", "appointed"), (Line("sex", ("f", "m")), Line("group", ("a", "b", "c", "d"))))
MOST = 16


def counted(random: Random) -> dict[Cell, int]:
    numbers = dict.fromkeys(SHAPE.cells("x"), 0)
    for _ in range(random.choice((40, 80, 160))):
        answers = {"sex": random.choice("fm"), "group": random.choice("aaabbcd")}
        for stage in range(1 + (random.random() < 0.5)):
            numbers[Cell("x", TOTAL, TOTAL, stage)] += 1
            for line, row in answers.items():
                numbers[Cell("x", line, row, stage)] += 1
    return numbers


def cheapest(numbers: dict[Cell, int], rules: Rules) -> float:
    """The loss of the best choice, by trying them all, the cheapest first."""
    programme = programme_of({"x": SHAPE}, numbers, rules)
    free = programme.free
    assert len(free) <= MOST
    choices = [choice for size in range(len(free) + 1) for choice in combinations(free, size)]
    choices.sort(key=lambda choice: sum(programme.costs[cell] for cell in choice))
    for choice in choices:
        withheld = programme.with_noughts(programme.primary | set(choice))
        if all(set(choice) & each for each in programme.companions) and not programme.unmet(withheld, 1):
            return sum(programme.costs[cell] for cell in choice)
    return float("inf")


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("seed", range(12))
def test_no_other_choice_is_a_tenth_better(seed: int, mode: Mode) -> None:
    numbers, rules = counted(Random(seed)), Rules(mode=mode)
    programme = programme_of({"x": SHAPE}, numbers, rules)
    made = control({"x": SHAPE}, numbers, rules)
    chosen = {cell for cell in programme.free if made.figures[cell] is None}
    cost = sum(programme.costs[cell] for cell in chosen)
    best = cheapest(numbers, rules)
    assert cost <= 1.1 * best or not made.is_whole
    assert made.is_whole == (best < float("inf"))
