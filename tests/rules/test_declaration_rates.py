"""A declaration rate is of those asked, or says nothing; two times are compared without a cause."""

from __future__ import annotations

import pytest

from recruitment.rules.declaration_rates import NO_CAUSE, DeclarationRate, compare_rates, rate_of
from recruitment.rules.disclosure import WITHHELD, Figure, ReleaseRow, ReleaseTable
from recruitment.rules.disparity.rates import Rate, newcombe, wilson
from recruitment.rules.equality_question_set import NOT_ASKED


def figure(number: int | None) -> Figure:
    return WITHHELD if number is None else Figure(number)


def rate(
    answered: int | None, total: int | None, unasked: int | None = 0, *, all_asked: bool = True, slack: int = 0
) -> DeclarationRate:
    rows = () if all_asked else (ReleaseRow("Not asked", NOT_ASKED, (figure(unasked),)),)
    declared, everyone = (figure(answered),), (figure(total),)
    return rate_of(ReleaseTable("sex", "Sex", ("submitted",), rows, everyone, declared, all_asked), slack=slack)


def test_the_rate_is_of_those_who_were_asked() -> None:
    assert rate(50, 300, 200, all_asked=False).words.startswith("50 % (50 of 100; ")
    assert rate(50, 300).words.startswith("17 % (50 of 300; ")


@pytest.mark.parametrize(
    ("answered", "total", "unasked"), [(None, 80, 0), (20, None, 0), (10, 20, 0), (20, 100, None), (20, 100, 80)]
)
def test_where_a_figure_is_withheld_or_few_were_asked_there_is_too_little_to_say(answered, total, unasked) -> None:
    found = rate(answered, total, unasked, all_asked=False)
    assert (found.words, found.share) == ("Too few to say", None)


def test_the_interval_is_wilsons_and_wider_where_figures_are_rounded() -> None:
    exact, rounded = rate(27, 210).interval, rate(27, 210, slack=2).interval
    assert exact == wilson(Rate(27, 210))
    assert (round(exact.low, 4), round(exact.high, 4)) == (0.0899, 0.1806)
    assert rounded.low < exact.low < exact.high < rounded.high
    assert rate(210, 210, slack=2).interval.high == pytest.approx(1.0)


def test_two_exact_times_differ_as_newcombes_interval_has_it() -> None:
    before, after = rate(27, 210), rate(155, 780)
    found, wanted = compare_rates(before, after), newcombe(Rate(155, 780), Rate(27, 210))
    assert (found.low, found.high) == (pytest.approx(100 * wanted.low), pytest.approx(100 * wanted.high))
    assert found.sentence.startswith(
        "A larger share answered afterwards: +7 points (95 % interval +1 point to +12 points)."
    )
    assert found.sentence.endswith(NO_CAUSE)
    assert compare_rates(after, before).sentence.startswith("A smaller share answered afterwards: −7 points")


def test_what_chance_or_rounding_can_make_is_no_difference() -> None:
    before, after = rate(27, 210, slack=2), rate(155, 780, slack=2)
    assert compare_rates(before, after).sentence.startswith("No difference can be told: +7 points")
    for word in ("because", "caused", "led to", "improved", "worked"):
        assert word not in compare_rates(rate(27, 210), rate(155, 780)).sentence


def test_with_one_time_withheld_nothing_is_compared() -> None:
    found = compare_rates(rate(None, 80), rate(60, 80))
    assert found.sentence == "Too few to say whether more or fewer answered."
