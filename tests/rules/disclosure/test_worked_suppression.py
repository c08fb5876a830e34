"""The worked example of one line with a published total: what the attacker is left with, three ways."""

from __future__ import annotations

from recruitment.rules.disclosure import TOTAL, Attacker, Cell, Line, Range, Rules, Shape, Unknowns

TRUE = {"white": 46, "mixed": 3, "asian": 12, "black": 9, "other": 0, "PNTS": 10}
SHAPE = Shape(("applied",), (Line("ethnic", tuple(TRUE)),))
EVERYONE = Cell("x", TOTAL, TOTAL, 0)


def cell(row: str) -> Cell:
    return Cell("x", "ethnic", row, 0)


def left_with(published: dict[Cell, Range], row: str) -> Range:
    return Attacker(Unknowns({"x": SHAPE}), published).interval(cell(row))


def exact(*withheld: str) -> dict[Cell, Range]:
    shown = {cell(row): Range(number, number) for row, number in TRUE.items() if row not in withheld}
    return shown | {EVERYONE: Range(80, 80)}


def test_one_asterisk_under_an_exact_total_is_worked_out() -> None:
    assert left_with(exact("mixed"), "mixed") == Range(3, 3)


def test_a_second_asterisk_leaves_a_sum_of_twelve() -> None:
    assert left_with(exact("mixed", "black"), "mixed") == Range(0, 12)
    assert left_with(exact("mixed", "black"), "black") == Range(0, 12)


def test_each_figure_rounded_by_itself_leaves_minus_five_to_fifteen_and_so_nothing_beyond_the_asterisk() -> None:
    rules = Rules(threshold=5)  # so that a figure of 10 tells its rounding alone: 8 to 12
    shown = {row: rules.figure(number) for row, number in TRUE.items() if row != "mixed"}
    assert shown == {"white": 45, "asian": 10, "black": 10, "other": 0, "PNTS": 10}
    told = {cell(row): rules.range_of(figure) for row, figure in shown.items()}
    total = rules.range_of(rules.figure(80))
    least, most = sum(known.low for known in told.values()), sum(known.high or 0 for known in told.values())
    assert (total, least, most) == (Range(78, 82), 67, 83)
    assert (total.low - most, (total.high or 0) - least) == (-5, 15)
    assert left_with(told | {EVERYONE: total}, "mixed") == Range(0, 15)
