"""Severity and drift: a scorer against those who scored the same answers."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.scorer_agreement import GivenScore, severities
from recruitment.rules.scorer_agreement.severity import Direction
from tests.rules.scorer_agreement.test_kappa import given_scores

values = st.lists(st.one_of(st.none(), st.integers(1, 7)), min_size=12, max_size=30)


def by_scorer(scores, **asked):
    return {one.scorer: one for one in severities(scores, **asked)}


def test_severity_is_the_mean_difference_from_the_others_on_the_same_answers():
    scores = given_scores(ann=[2, 3, 4, 5] * 3, ben=[3, 4, 5, 6] * 3, cat=[4, 4, 6, 6] * 3)
    found = by_scorer(scores)
    # Ann lies 1½, 1, 1½ and 1 below the mean of the two others.
    assert found["ann"].against_others.mean == Fraction(-5, 4)
    assert found["ann"].against_others.direction is Direction.HARSHER
    assert found["cat"].against_others.direction is Direction.KINDER


def test_the_interval_is_students():
    # Twelve differences, half of them 0 and half 1: mean ½, error 0.1508, t with 11 degrees 2.2010.
    found = by_scorer(given_scores(ann=[4, 5] * 6, ben=[4] * 12))["ann"].against_others
    assert found.interval == pytest.approx((0.1682, 0.8318), abs=0.0001)


def test_a_score_that_nobody_else_gave_says_nothing_of_severity():
    scores = given_scores(ann=[3] * 20, ben=[4] * 10 + [None] * 10)
    assert by_scorer(scores)["ann"].compared == 10
    alone = [GivenScore("cat", f"x{number}", "q", "c", 1) for number in range(20)]
    assert by_scorer(scores + alone)["cat"].against_others.direction is Direction.TOO_FEW
    assert by_scorer(scores + alone)["ann"] == by_scorer(scores)["ann"]


def test_nine_comparisons_are_too_few():
    found = by_scorer(given_scores(ann=[1] * 9, ben=[7] * 9))
    assert {one.against_others.direction for one in found.values()} == {Direction.TOO_FEW}
    assert {one.against_others.mean for one in found.values()} == {None}


def test_somebody_who_grows_harsher_drifts_and_the_steady_do_not():
    random = Random(3)
    steady = [random.randint(3, 6) for _ in range(40)]
    tiring = [value + random.choice([0, 1]) - (2 if place >= 20 else 0) for place, value in enumerate(steady)]
    found = by_scorer(given_scores(ann=tiring, ben=steady, cat=steady))
    assert found["ann"].drift.direction is Direction.HARSHER
    assert found["ann"].drift.mean < -1
    noise = [value + random.choice([-1, 0, 1]) for value in steady]
    assert by_scorer(given_scores(ann=noise, ben=steady))["ann"].drift.direction is Direction.NEITHER


def test_drift_follows_the_own_queue_and_not_the_order_of_applications():
    values = [4] * 10 + [2] * 10
    others = [GivenScore("ben", f"r{number}", "q", "c", 4, number) for number in range(20)]
    jumbled = [
        GivenScore("ann", f"r{number}", "q", "c", value, 1 + (number % 2) * 10 + number // 2)
        for number, value in enumerate(values)
    ]
    assert by_scorer([*jumbled, *others])["ann"].drift.mean == 0
    told = [GivenScore("ann", f"r{number}", "q", "c", value, number) for number, value in enumerate(values)]
    assert by_scorer([*told, *others])["ann"].drift.mean == -2


def test_drift_is_not_told_from_fewer_than_ten_in_either_half():
    found = by_scorer(given_scores(ann=[4] * 19, ben=[2] * 19))["ann"]
    assert found.against_others.direction is Direction.KINDER
    assert found.drift.direction is Direction.TOO_FEW


@given(values, values, values, st.randoms(use_true_random=False))
def test_neither_the_order_nor_a_scorer_without_scores_changes_anything(ann, ben, cat, random):
    scores = given_scores(ann=ann, ben=ben, cat=cat)
    assert severities(random.sample(scores, len(scores))) == severities(scores)
    assert severities(scores + given_scores(dan=[None] * 12)) == severities(scores)


@given(values, values)
def test_two_scorers_lie_equally_far_from_each_other(ann, ben):
    found = by_scorer(given_scores(ann=ann, ben=ben), least=2)
    means = [one.against_others.mean for one in found.values() if one.against_others.mean is not None]
    assert sum(means) == 0
