"""How many texts are read again, and what a sample says of all: against every possibility counted one by one."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.errors import Invalid
from recruitment.rules.second_looks import (
    check_size,
    draw_sample,
    leak_range,
    per_cent_range,
    rounded_texts,
    rounding_range,
    sample_size,
)


def chance(found: int, looked: int, leaky: int, texts: int) -> Fraction:
    return Fraction(comb(leaky, found) * comb(texts - leaky, looked - found), comb(texts, looked))


def test_the_chances_are_those_of_all_samples_there_are():
    samples = [sum(number < 3 for number in drawn) for drawn in combinations(range(8), 4)]
    for found in range(4):
        assert chance(found, 4, 3, 8) == Fraction(samples.count(found), len(samples))


@pytest.mark.parametrize("texts", range(1, 17))
def test_the_range_is_what_trying_every_number_gives(texts):
    for looked in range(texts + 1):
        for found in range(looked + 1):
            kept = [
                leaky
                for leaky in range(found, texts - looked + found + 1)
                if sum(chance(n, looked, leaky, texts) for n in range(found + 1)) > Fraction(1, 40)
                and sum(chance(n, looked, leaky, texts) for n in range(found, looked + 1)) > Fraction(1, 40)
            ]
            assert leak_range(found, looked, texts) == (min(kept), max(kept))


# Worked by trying every number of leaks, as above, with the chances of all samples.
WORKED = {
    (0, 20, 100): (0, 15), (3, 20, 100): (5, 35), (0, 20, 180): (0, 28), (3, 20, 180): (7, 66),
    (0, 40, 400): (0, 33), (3, 40, 400): (8, 79), (0, 60, 600): (0, 33), (3, 60, 600): (8, 80),
    (5, 5, 5): (5, 5), (0, 5, 5): (0, 0), (0, 0, 7): (0, 7),
}  # fmt: skip


@pytest.mark.parametrize("given", WORKED)
def test_worked_values(given):
    assert leak_range(*given) == WORKED[given]


@pytest.mark.parametrize(("texts", "looked"), [(10, 4), (37, 20), (60, 20), (100, 20), (120, 60)])
def test_whatever_the_true_number_is_the_range_holds_it_95_times_in_100(texts, looked):
    ranges = [leak_range(found, looked, texts) for found in range(looked + 1)]
    for leaky in range(texts + 1):
        possible = range(max(0, looked - texts + leaky), min(looked, leaky) + 1)
        held = sum(chance(n, looked, leaky, texts) for n in possible if ranges[n][0] <= leaky <= ranges[n][1])
        assert held >= Fraction(95, 100)


def test_the_precision_that_the_size_is_chosen_for():
    assert [per_cent_range(0, looked, 10**6) for looked in (20, 40, 60)] == [(0, 17), (0, 9), (0, 6)]
    assert [
        leak_range(0, looked, 10**6)[1] / 10**6 < most for looked, most in ((20, 0.17), (40, 0.09), (60, 0.06))
    ]


@pytest.mark.parametrize("given", [(2, 1, 5), (1, 6, 5), (-1, 2, 5)])
def test_a_sample_larger_than_what_it_was_drawn_from_is_refused(given):
    with pytest.raises(ValueError, match="sample"):
        leak_range(*given)


@given(st.integers(1, 5_000), st.integers(1, 6), st.none() | st.integers(10, 500))
def test_the_size_tells_no_more_of_the_number_of_texts_than_its_round_number(texts, per_application, asked):
    rounded = rounded_texts(texts, per_application)
    lowest, most = rounding_range(rounded, per_application)
    assert lowest <= texts <= most
    size = sample_size(texts, per_application, asked)
    assert 1 <= size <= texts
    if lowest:
        sizes = {sample_size(other, per_application, asked) for other in range(lowest, most + 1)}
        assert sizes == {size}


@pytest.mark.parametrize(
    ("texts", "size"), [(1, 1), (6, 6), (24, 20), (180, 20), (300, 30), (450, 45), (600, 60), (9_000, 60)]
)
def test_the_usual_size_of_three_questions(texts, size):
    assert sample_size(texts, 3) == size


def test_a_size_that_is_asked_for():
    assert sample_size(600, 3, 100) == 100
    check_size(None)
    check_size(10)
    for asked in (9, 501):
        with pytest.raises(Invalid):
            check_size(asked)


def test_a_sample_is_drawn_without_repeats_and_each_text_as_often_as_another():
    random, times = Random(5), [0] * 10
    for _ in range(4_000):
        drawn = draw_sample(range(10), 3, random)
        assert len(set(drawn)) == 3
        for number in drawn:
            times[number] += 1
    assert min(times) > 1_100 and max(times) < 1_300
