"""Weighted kappa of pairs of scorers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.scorer_agreement import GivenScore, Weighting, pair_agreements, weighted_kappa

pairs_of_scores = st.lists(st.tuples(st.integers(1, 7), st.integers(1, 7)), max_size=40)


def given_scores(**by_scorer):
    return [
        GivenScore(scorer, f"r{number}", "q", "c", value, number)
        for scorer, values in by_scorer.items()
        for number, value in enumerate(values, 1)
        if value is not None
    ]


def test_a_table_worked_out_by_hand_has_its_kappas():
    # Counts 20 5 0 / 5 20 5 / 0 5 20 of 80: observed 20, by chance 2 × (25×30 + 30×25 + 2×25×25) / 80.
    pairs = (
        [(1, 1)] * 20 + [(1, 2)] * 5 + [(2, 1)] * 5 + [(2, 2)] * 20 + [(2, 3)] * 5 + [(3, 2)] * 5 + [(3, 3)] * 20
    )
    linear = Fraction(2 * (25 * 30 + 30 * 25 + 2 * 25 * 25), 80)
    quadratic = Fraction(2 * (25 * 30 + 30 * 25 + 4 * 25 * 25), 80)
    assert weighted_kappa(pairs, Weighting.LINEAR) == 1 - 20 / linear
    assert weighted_kappa(pairs, Weighting.QUADRATIC) == 1 - 20 / quadratic


def test_with_two_values_both_weightings_are_cohens_kappa():
    # Cohen's kappa of 20 5 / 10 15: agreement 0.7, by chance 0.5.
    pairs = [(1, 1)] * 20 + [(1, 2)] * 5 + [(2, 1)] * 10 + [(2, 2)] * 15
    assert {weighted_kappa(pairs, weighting) for weighting in Weighting} == {Fraction(2, 5)}


@given(pairs_of_scores, st.sampled_from(Weighting))
def test_it_does_not_matter_who_of_the_two_comes_first(pairs, weighting):
    found = weighted_kappa(pairs, weighting)
    assert found == weighted_kappa([(other, one) for one, other in reversed(pairs)], weighting)
    assert found is None or -1 <= found <= 1


@given(st.lists(st.integers(1, 7), min_size=1), st.sampled_from(Weighting))
def test_those_who_always_agree_have_one_unless_they_only_ever_gave_one_score(values, weighting):
    found = weighted_kappa([(value, value) for value in values], weighting)
    assert found == (1 if len(set(values)) > 1 else None)


@pytest.mark.parametrize(("shared", "pairs"), [(9, 0), (10, 1), (12, 1)])
def test_pairs_with_few_shared_scores_are_left_out(shared, pairs):
    scores = given_scores(ann=[1, 2, 3] * 4, ben=[1, 3, 3] * 3 + [1, 2, 3][: shared - 9], cat=[None] * 11 + [4])
    found = pair_agreements(scores)
    assert len(found) == pairs
    assert [(one.one, one.other, one.shared) for one in found] == [("ann", "ben", shared)] * pairs


def test_only_scores_of_the_same_answer_on_the_same_criterion_are_paired():
    scores = given_scores(ann=range(1, 8), ben=range(1, 8))
    others = [GivenScore("ben", one.application, "q", "another", 1) for one in scores[:7]]
    (found,) = pair_agreements([*scores, *others], least=5)
    assert (found.shared, found.linear, found.quadratic) == (7, 1, 1)
