"""Figures that peer bodies have published: read whole, or refused by line."""

from __future__ import annotations

from decimal import Decimal

import pytest

from recruitment.rules.benchmarks import read_published

HEADING = "body,characteristic,group,stage,numerator,denominator,percentage,source,year\n"
GOOD = "NHS Resolution,Disability,Disabled,Appointed,,,5.9,Annual report,2021/22\n"


def test_a_figure_is_read_as_it_was_printed() -> None:
    held = read_published(HEADING + GOOD)
    assert held.faults == ()
    (figure,) = held.figures
    assert figure.percentage == Decimal("5.9")
    assert (figure.numerator, figure.denominator) == (None, None)


def test_the_columns_of_counts_may_be_left_out() -> None:
    text = "body,characteristic,group,stage,percentage,source,year\nA,Sex,Female,Applied,51%,Report,2025\n"
    assert read_published(text).figures[0].percentage == Decimal(51)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("A,Sex,Female,Applied,,,101,Report,2025", "from 0 to 100"),
        ("A,Sex,Female,Applied,,,many,Report,2025", "from 0 to 100"),
        ("A,Sex,Female,Applied,,,NaN,Report,2025", "from 0 to 100"),
        ("A,Sex,Female,Applied,3,,50,Report,2025", "both the numerator and the denominator"),
        ("A,Sex,Female,Applied,9,8,50,Report,2025", "within the denominator"),
        ("A,Sex,Female,Applied,0,0,0,Report,2025", "within the denominator"),
        ("A,Sex,Female,Applied,-1,8,50,Report,2025", "cannot be negative"),
        ("A,Sex,Female,Applied,3,8,50,Report,2025", "check the three figures"),
        ("A,Sex,Female,Applied,,,50,,2025", "“source”"),
        ("A,Sex,Female,Applied,,,50,Report,last year", "A year is written"),
        (GOOD.strip(), "line 2 already"),
    ],
)
def test_a_wrong_line_is_told_by_its_number_and_nothing_is_taken(line: str, said: str) -> None:
    held = read_published(HEADING + GOOD + line + "\n")
    assert held.figures == ()
    assert [fault.line for fault in held.faults] == [3]
    assert said in held.faults[0].sentence


@pytest.mark.parametrize("percentage", ["37.5", "37.50", "38", "37"])
def test_a_percentage_may_be_printed_to_any_number_of_decimals(percentage: str) -> None:
    # 3 of 8 is 37.5: a printed 37 and 38 are both half a unit away.
    assert read_published(HEADING + f"A,Sex,Female,Applied,3,8,{percentage},Report,2025\n").faults == ()
