"""Krippendorff's alpha: the published example, its limits, and what it does not hang on."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.scorer_agreement import Reliability, ordinal_alpha, read_alpha

# Krippendorff (2011), section C: four observers, twelve units, None where an observer did not score.
OBSERVERS = (
    (1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None),
    (1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3),
    (None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None),
    (1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None),
)
UNITS = [[score for score in unit if score is not None] for unit in zip(*OBSERVERS, strict=True)]
some_units = st.lists(st.lists(st.integers(1, 7), max_size=4), min_size=1, max_size=40)


def test_the_published_example_has_the_published_ordinal_alpha():
    assert ordinal_alpha(UNITS) == pytest.approx(0.815, abs=0.0005)


def test_a_unit_that_one_scorer_alone_scored_counts_for_nothing():
    assert ordinal_alpha(UNITS) == ordinal_alpha([unit for unit in UNITS if len(unit) > 1])
    found = read_alpha(UNITS, Random(1))
    assert (found.units, found.scores) == (11, 40)


def test_the_interval_of_the_published_example_holds_its_alpha_and_not_everything():
    found = read_alpha(UNITS, Random(1))
    low, high = found.interval
    assert low < found.estimate < high <= 1
    assert low > 0.3
    assert found.verdict is Reliability.RELIABLE


@given(some_units)
def test_alpha_is_what_the_pairs_of_scores_give_when_they_are_counted_one_by_one(units):
    """From the definition over pairs instead of the matrix."""
    kept = [unit for unit in units if len(unit) > 1]
    values = sorted(value for unit in kept for value in unit)

    def metric(one, other):
        low, high = sorted((one, other))
        between = sum(low <= value <= high for value in values)
        return (between - (values.count(one) + values.count(other)) / 2) ** 2 if low < high else 0.0

    def mean_gap(scores):
        return sum(metric(a, b) for i, a in enumerate(scores) for j, b in enumerate(scores) if i != j)

    expected = mean_gap(values) / (len(values) - 1) if len(values) > 1 else 0
    observed = sum(mean_gap(unit) / (len(unit) - 1) for unit in kept)
    if expected:
        assert ordinal_alpha(units) == pytest.approx(1 - observed / expected)
    else:
        assert ordinal_alpha(units) is None


@given(st.lists(st.tuples(st.integers(1, 7), st.integers(2, 4)), min_size=2), st.integers(0, 9))
def test_perfect_agreement_is_one(units, seed):
    alike = [[value] * scorers for value, scorers in units]
    if len({value for value, _ in units}) == 1:
        assert ordinal_alpha(alike) is None
    else:
        assert ordinal_alpha(alike) == 1
        assert read_alpha(alike * 10, Random(seed), 50).interval == (1, 1)


@given(some_units, st.randoms(use_true_random=False))
def test_neither_the_order_of_units_nor_that_of_scorers_matters(units, random):
    before = read_alpha(units, Random(5), 50)
    shuffled = [random.sample(unit, len(unit)) for unit in random.sample(units, len(units))]
    assert read_alpha(shuffled, Random(5), 50) == before


@given(some_units)
def test_no_answer_is_anything_but_a_number_or_a_word(units):
    found = read_alpha(units, Random(2), 50)
    told = [found.estimate, *(found.interval or ())]
    assert all(one is None or -2 < one <= 1 + 1e-9 for one in told)
    assert (found.estimate is None) == (found.verdict in (Reliability.TOO_FEW, Reliability.ALL_ALIKE))


def test_chance_gives_an_alpha_about_nought_and_a_low_verdict():
    random = Random(4)
    found = read_alpha([[random.randint(1, 7), random.randint(1, 7)] for _ in range(2_000)], Random(1))
    low, high = found.interval
    assert low < 0 < high
    assert high - low < 0.2
    assert found.verdict is Reliability.LOW


@pytest.mark.parametrize(
    ("units", "verdict"),
    [
        ([], Reliability.TOO_FEW),
        ([[3, 4]] * 9, Reliability.TOO_FEW),
        ([[3]] * 50, Reliability.TOO_FEW),
        ([[4, 4]] * 50, Reliability.ALL_ALIKE),
        ([[1, 1], [7, 7], [3, 3], [5, 5]] * 9 + [[4, 5], [2, 4]] * 5, Reliability.RELIABLE),
        ([[1, 1], [7, 7], [3, 3], [5, 5]] * 2 + [[5, 7], [2, 5]] * 3, Reliability.TENTATIVE),
    ],
)
def test_verdicts_are_words(units, verdict):
    assert read_alpha(units, Random(1)).verdict is verdict
