"""Several bodies' published figures added up: the attacker learns nothing that he had not read already."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from recruitment.rules.disclosure import (
    DECLARED,
    TOTAL,
    WITHHELD,
    Attacker,
    Cell,
    Figure,
    Range,
    ReleaseRow,
    ReleaseTable,
    Rules,
    Unknowns,
)
from recruitment.rules.disclosure.cells import Line, Period, Shape
from recruitment.rules.disclosure.controlled import control
from recruitment.rules.joint_figures import BodyYear, agreed_tables, is_agreed, together
from recruitment.rules.trends import Yearly, breaks_of
from tests.support.yearly_figures import year

STAGES = ("submitted", "appointed")
SHAPE = Shape(STAGES, (Line("sex", ("female", "male", "not_answered"), frozenset({"not_answered"})),))
RULES = Rules()


def figures(*numbers: int | None) -> tuple[Figure, ...]:
    return tuple(WITHHELD if number is None else Figure(number) for number in numbers)


def table(*rows: tuple[int | None, ...], stages=STAGES, codes=("female", "male")) -> ReleaseTable:
    lines = tuple(ReleaseRow(code, code, figures(*row)) for code, row in zip(codes, rows, strict=True))
    whole = figures(*(100 for _ in stages))
    return ReleaseTable("sex", "Sex", stages, lines, whole, whole)


def body(name: str, *tables: ReleaseTable, question_set="1", first=2025, rules=RULES) -> BodyYear:
    return BodyYear(name, Yearly(year(first), tables, question_set), rules)


def test_published_figures_add_up_and_one_asterisk_makes_the_sum_one():
    found = together([body("A", table((40, 10), (60, 15))), body("B", table((25, None), (30, 20)))])
    assert found.bodies == ("A", "B")
    (made,) = found.yearly.tables
    assert [[one.text for one in row.figures] for row in made.rows] == [["65", "*"], ["90", "35"]]


def test_one_body_alone_is_no_sum():
    assert together([body("A", table((40, 10), (60, 15)))]).yearly is None
    assert together([]).yearly is None


def test_a_body_that_asked_other_questions_is_left_out_and_named():
    alike = [body("A", table((40, 10), (60, 15))), body("C", table((20, 10), (30, 10)))]
    other = body("B", table((40, 10), (60, 15)), question_set="2")
    found = together([alike[0], other, alike[1]])
    assert found.bodies == ("A", "C")
    assert found.left_out == ("B is not in the sum: it asked other questions (set 2).",)


def test_a_characteristic_that_not_all_asked_alike_is_left_out_and_the_rest_is_added():
    caring = replace(table((40, 10), (60, 15)), characteristic="caring", title="Caring")
    first = body("A", table((40, 10), (60, 15)), caring)
    second = body("B", caring, table((25, 10), (30, 20)))
    third = body("C", replace(table((20, 10), (30, 15), (9, 9), codes=("a", "b", "c")), characteristic="caring"),
                 table((20, 10), (30, 10)))  # fmt: skip
    both = together([first, second])
    assert [one.characteristic for one in both.yearly.tables] == ["sex", "caring"]
    assert both.left_out == ()
    found = together([first, second, third])
    assert [one.characteristic for one in found.yearly.tables] == ["sex"]
    assert found.yearly.tables[0].rows[0].figures == figures(85, 30)
    assert len(found.left_out) == 1
    assert "is not in the sum: not all bodies asked it alike." in found.left_out[0]
    grouped = body("D", table((40, 10), (60, 15), (20, 10), codes=("female", "male", "other")))
    assert together([body("A", table((40, 10), (60, 15))), grouped]).yearly is None


def test_sets_of_the_same_family_are_added_and_all_of_them_named():
    own = body("A", table((40, 10), (60, 15)), question_set="1 set 2-a3f2")
    several = body("B", table((25, 10), (30, 20)), question_set="1 set 2-a3f2; 1 set 3-a3f2")
    found = together([own, several])
    assert found.bodies == ("A", "B")
    assert found.yearly.question_set == "1 set 2-a3f2; 1 set 3-a3f2"


def test_only_stages_that_all_have_are_added():
    three = table((40, 20, 10), (60, 20, 15), stages=("submitted", "sifted", "appointed"))
    (made,) = together([body("A", three), body("B", table((40, 10), (60, 15)))]).yearly.tables
    assert (made.stages, made.rows[0].figures) == (STAGES, figures(80, 20))


@pytest.mark.parametrize(
    ("pooled", "parts", "agreed"),
    [
        (None, (None, 40), True),
        (65, (40, 25), True),
        (0, (0, 0), True),
        (65, (None, 40), False),  # would give the asterisk away
        (70, (40, 25), False),  # rounded from exact counts: 44 and 27 are 71
        (60, (40, 25), False),
    ],
)
def test_a_pooled_figure_is_agreed_to_only_if_it_is_the_sum_of_published_ones(pooled, parts, agreed):
    figure = WITHHELD if pooled is None else Figure(pooled)
    assert is_agreed(figure, figures(*parts), (RULES, RULES)) is agreed


def test_a_pooled_table_from_exact_counts_becomes_asterisks_where_it_would_tell():
    parts = [[table((40, None), (60, 15))], [table((25, 10), (30, 20))]]
    exact = table((65, 15), (95, 35))
    (made,) = agreed_tables([exact], parts, (RULES, RULES))
    assert [[one.text for one in row.figures] for row in made.rows] == [["65", "*"], ["*", "35"]]


def _controlled(seed: int, name: str):
    """A body's small counts under disclosure control: (exact numbers, published ranges, tables)."""
    random, numbers = Random(seed), {}
    for row in ("female", "male", "not_answered"):
        entered = random.choice((random.randrange(0, 12), random.randrange(10, 60)))
        numbers[Cell(name, "sex", row, 0)] = entered
        numbers[Cell(name, "sex", row, 1)] = random.randrange(0, entered + 1)
    for at in (0, 1):
        spoken = numbers[Cell(name, "sex", "female", at)] + numbers[Cell(name, "sex", "male", at)]
        numbers[Cell(name, "sex", DECLARED, at)] = spoken
        numbers[Cell(name, TOTAL, TOTAL, at)] = spoken + numbers[Cell(name, "sex", "not_answered", at)]
    made = control({name: SHAPE}, numbers, RULES)

    def series(row: str, line: str = "sex"):
        return figures(*(made.figures[Cell(name, line, row, at)] for at in (0, 1)))

    rows = tuple(ReleaseRow(row, row, series(row)) for row in ("female", "male", "not_answered"))
    return (
        numbers,
        made.published,
        ReleaseTable("sex", "Sex", STAGES, rows, series(TOTAL, TOTAL), series(DECLARED)),
    )


def _interval(attacker: Attacker, cell: Cell) -> Range:
    """His interval; an end of a thousand people and more is none, it comes from the cap of his programmes."""
    found = attacker.interval(cell)
    return Range(found.low, None if found.high is None or found.high >= 1000 else found.high)


def _withheld(name: str, published) -> list[Cell]:
    return [cell for cell in SHAPE.cells(name) if cell not in published]


@pytest.mark.parametrize("seed", range(25))
def test_the_attacker_reads_no_interval_more_narrowly_with_the_sum_than_without(seed):
    """All that both bodies published, then the sums besides: each hidden figure stays as open as it was."""
    (_, one, first), (_, other, second) = _controlled(seed, "A"), _controlled(seed + 1000, "B")
    pooled = together([body("A", first), body("B", second)]).yearly
    assert pooled is not None
    shapes = {"A": SHAPE, "B": SHAPE, "both": SHAPE}
    unknowns = Unknowns(shapes, [Period("both", ("A", "B"))])
    published = {**one, **other}
    (made,) = pooled.tables
    lines = [("sex", row.code, row.figures) for row in made.rows]
    lines += [("sex", DECLARED, made.declaration), (TOTAL, TOTAL, made.total)]
    told = {
        Cell("both", line, row, at): Range(max(0, figure.shown - 4), figure.shown + 4)
        for line, row, shown in lines
        for at, figure in enumerate(shown)
        if figure.shown is not None
    }
    hidden = _withheld("A", one) + _withheld("B", other)
    before, after = Attacker(unknowns, published), Attacker(unknowns, published | told)
    assert [_interval(after, cell) for cell in hidden] == [_interval(before, cell) for cell in hidden]


def test_the_same_attacker_wins_on_a_sum_that_was_counted_anew():
    """What the check is for: a sum rounded from exact counts narrows a body's asterisk to a few people."""
    won = 0
    for seed in range(25):
        (exact_one, one, first), (exact_other, other, second) = (
            _controlled(seed, "A"),
            _controlled(seed + 1000, "B"),
        )
        unknowns = Unknowns({"A": SHAPE, "B": SHAPE, "both": SHAPE}, [Period("both", ("A", "B"))])
        told, naive = {}, {"female": [], "male": [], "not_answered": []}
        for row, numbers in naive.items():
            for at in (0, 1):
                number = exact_one[Cell("A", "sex", row, at)] + exact_other[Cell("B", "sex", row, at)]
                rounded = RULES.figure(number) if number >= RULES.threshold else None
                numbers.append(rounded)
                if rounded is not None:
                    told[Cell("both", "sex", row, at)] = RULES.range_of(rounded)
        before = Attacker(unknowns, {**one, **other})
        after = Attacker(unknowns, {**one, **other} | told)
        hidden = _withheld("A", one) + _withheld("B", other)
        narrowed = [cell for cell in hidden if _interval(after, cell) != _interval(before, cell)]
        won += bool(narrowed)
        pooled = replace(first, rows=tuple(replace(row, figures=figures(*naive[row.code])) for row in first.rows))
        (kept,) = agreed_tables([pooled], [[first], [second]], (RULES, RULES))
        for row, mine, theirs in zip(kept.rows, first.rows, second.rows, strict=True):
            for at, figure in enumerate(row.figures):
                if mine.figures[at].shown is None or theirs.figures[at].shown is None:
                    assert figure.shown is None
    assert won > 5


def test_another_set_of_bodies_in_the_sum_breaks_the_trend():
    one, two, three = (body(name, table((40, 10), (60, 15))) for name in "ABC")
    before = together([one, two]).yearly
    after = replace(together([one, two, three]).yearly, period=year(2026))
    (found,) = breaks_of([before, after], "sex")
    assert found.reasons == ("Other bodies are in the sum: A, B; then A, B, C.",)
