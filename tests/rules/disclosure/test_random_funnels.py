"""The second attacker loses against a thousand random releases and wins against the naive tables of the same
counts."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from recruitment.rules.disclosure import DECLARED, TOTAL, Cell, Inside, Line, Mode, Rules, Shape, control
from tests.support.second_attacker import T, defeats

EXAMPLES = 100
"""Of each shape in each mode: five shapes and two modes make a thousand."""
SILENT = frozenset({"?"})
SEX, GROUP = Line("sex", ("f", "m", "?"), SILENT), Line("group", ("a", "b", "c", "?"), SILENT)
BACKGROUND = Line("background", ("a1", "a2", "b1", "c1", "?"), SILENT)
NESTED = (
    Inside("group", "a", "background", ("a1", "a2")),
    Inside("group", "b", "background", ("b1",)),
    Inside("group", "c", "background", ("c1",)),
)
SHAPES = {
    "one line, four stages": Shape(("applied", "sifted", "interviewed", "appointed"), (SEX,)),
    "two lines": Shape(("applied", "appointed"), (SEX, GROUP)),
    "every answer given": Shape(("applied", "interviewed", "appointed"), (Line("group", ("a", "b", "c", "d")),)),
    "groups with backgrounds": Shape(("applied", "appointed"), (GROUP, BACKGROUND), NESTED),
    "three lines": Shape(("applied", "interviewed", "appointed"), (SEX, GROUP, BACKGROUND), NESTED),
}
Kind = tuple[dict[str, str], int]


def kinds_of(shape: Shape) -> list[Kind]:
    """Every set of answers that can be given together, with every number of stages reached."""
    within = {row: each.group for each in shape.inside for row in each.rows}
    found = []
    for answers in product(*(line.rows for line in shape.lines)):
        given_ = dict(zip((line.name for line in shape.lines), answers, strict=True))
        group = within.get(given_.get("background", "?"))
        if group in (None, given_.get("group")):
            found += [(given_, depth) for depth in range(1, len(shape.stages) + 1)]
    return found


def counted(shape: Shape, people: list[tuple[Kind, int]]) -> dict[Cell, int]:
    numbers = dict.fromkeys(shape.cells("x"), 0)
    for (answers, depth), number in people:
        for stage in range(depth):
            numbers[Cell("x", TOTAL, TOTAL, stage)] += number
            for line in shape.lines:
                row = answers[line.name]
                numbers[Cell("x", line.name, row, stage)] += number
                if line.missing and row not in line.missing:
                    numbers[Cell("x", line.name, DECLARED, stage)] += number
    return numbers


@st.composite
def funnels(draw: st.DrawFn, shape: Shape) -> dict[Cell, int]:
    """Counts in which somebody is one of few: so many people of some kinds, few of most of them."""
    few, many = st.integers(1, T - 1), st.integers(T, 60)
    people = draw(
        st.lists(
            st.tuples(st.sampled_from(kinds_of(shape)), st.one_of(few, few, many)),
            min_size=2,
            max_size=12,
            unique_by=lambda each: str(each[0]),
        )
    )
    numbers = counted(shape, people)
    assume(any(0 < number < T for number in numbers.values()))
    return numbers


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("name", SHAPES)
def test_the_attacker_loses_against_a_thousand_random_funnels_and_wins_against_their_naive_tables(
    name: str, mode: Mode
) -> None:
    shape, rules = SHAPES[name], Rules(mode=mode)
    attacked, told, won = 0, 0, 0

    @settings(max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(funnels(shape))
    def attack(numbers: dict[Cell, int]) -> None:
        nonlocal attacked, told, won
        attacked += 1
        made = control({"x": shape}, numbers, rules)
        for cell, shown in made.figures.items():
            assert shown is None or shown == rules.figure(numbers[cell])
        if any(shown is not None for shown in made.figures.values()):
            told += 1
            assert list(defeats(shape, numbers, dict(made.figures), rules)) == []
        naive = {cell: None if 0 < number < T else number for cell, number in numbers.items()}
        won += next(defeats(shape, numbers, naive, Rules(mode=Mode.KEEP_TOTALS)), None) is not None

    attack()
    assert attacked >= EXAMPLES
    # Of the rest so few applied that a release shows nothing, or no small count can be worked out.
    assert min(told, won) > EXAMPLES / 2
