"""One release of names that nobody has heard of: modes, rates, and what is refused."""

from __future__ import annotations

import pytest

from recruitment.rules.disclosure import (
    TOTAL,
    Cell,
    Controlled,
    Inside,
    Line,
    Mode,
    Range,
    Rules,
    Shape,
    control,
    is_ratio_told,
)

LINE, OTHER = Line("colour", ("red", "green", "blue")), Line("size", ("small", "large"))
SHAPE = Shape(("in", "through"), (LINE, OTHER))


def counted(people: dict[tuple[str, str, int], int], shape: Shape = SHAPE) -> dict[Cell, int]:
    """`people`: how many of a colour and size reached so many stages."""
    numbers = dict.fromkeys(shape.cells("x"), 0)
    for (colour, size, depth), number in people.items():
        for stage in range(depth):
            for line, row in ((TOTAL, TOTAL), ("colour", colour), ("size", size), ("both", f"{colour} × {size}")):
                if Cell("x", line, row, stage) in numbers:
                    numbers[Cell("x", line, row, stage)] += number
    return numbers


def shown(made: Controlled, line: str, row: str) -> list[int | None]:
    return [made.figures[Cell("x", line, row, stage)] for stage in range(2)]


FEW_BLUE = {
    ("red", "small", 1): 31,
    ("red", "large", 2): 42,
    ("green", "small", 2): 23,
    ("green", "large", 1): 24,
    ("blue", "large", 1): 3,
}


def test_totals_are_kept_exactly_and_a_second_figure_of_the_line_pays_for_it() -> None:
    made = control({"x": SHAPE}, counted(FEW_BLUE), Rules(mode=Mode.KEEP_TOTALS))
    assert shown(made, TOTAL, TOTAL) == [123, 65]
    first = [made.figures[Cell("x", "colour", row, 0)] for row in LINE.rows]
    assert (first[2], first.count(None)) == (None, 2)


def test_rounded_figures_need_no_second_asterisk_here() -> None:
    made = control({"x": SHAPE}, counted(FEW_BLUE), Rules(mode=Mode.ROUND))
    first = [made.figures[Cell("x", "colour", row, 0)] for row in LINE.rows]
    assert first == [75, 45, None]


def test_the_audit_tells_the_body_what_the_attacker_is_left_with() -> None:
    made = control({"x": SHAPE}, counted(FEW_BLUE), Rules(mode=Mode.KEEP_TOTALS))
    known = made.audit()[Cell("x", "colour", "blue", 0)]
    assert known.low <= 1
    assert known.high is None or known.high >= 7


def test_the_rules_and_their_version_go_with_the_release() -> None:
    made = control({"x": SHAPE}, counted(FEW_BLUE), Rules(threshold=10, base=5))
    assert (made.rules.threshold, made.rules.base, made.rules.version) == (10, 5, 2)


def test_counts_that_do_not_add_up_are_refused() -> None:
    numbers = counted(FEW_BLUE) | {Cell("x", "colour", "red", 0): 80}
    with pytest.raises(ValueError, match="contradict"):
        control({"x": SHAPE}, numbers)


def test_more_people_at_a_later_stage_are_refused() -> None:
    numbers = counted(FEW_BLUE) | {Cell("x", "colour", "red", 1): 80}
    with pytest.raises(ValueError, match="More people"):
        control({"x": SHAPE}, numbers)


@pytest.mark.parametrize(
    "lines",
    [(LINE, LINE), (Line("colour", ("red", "red")),), (Line("colour", ("declared",)),), (Line(TOTAL, ("a",)),)],
)
def test_a_shape_names_everything_once(lines: tuple[Line, ...]) -> None:
    with pytest.raises(ValueError, match=r"once|twice"):
        Shape(("in",), lines)


def test_a_nesting_of_what_is_not_counted_is_refused() -> None:
    with pytest.raises(ValueError, match="not counted"):
        Shape(("in",), (LINE,), (Inside("colour", "pink", "colour", ("red",)),))


@pytest.mark.parametrize(
    ("selected", "considered", "is_told"),
    [
        ((8, 8), (20, 20), True),
        ((10, 20), (40, 40), True),
        ((10, 20), (19, 40), False),
        ((7, 20), (40, 40), False),
        ((20, 7), (40, 40), False),
    ],
)
def test_a_ratio_needs_twenty_in_either_group_and_eight_of_each_through(
    selected: tuple[int, int], considered: tuple[int, int], is_told: bool
) -> None:
    assert is_ratio_told(selected, considered) is is_told


def test_a_shown_figure_tells_its_rounding_and_that_it_is_not_small() -> None:
    assert [Rules().range_of(shown) for shown in (0, 10, 25)] == [Range(0, 0), Range(8, 12), Range(23, 27)]
