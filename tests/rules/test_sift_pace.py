"""The time left at one's own pace, and whether one's measure moved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import accumulate
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.sift_pace import drift, time_left

START = datetime(2026, 11, 26, 18, 0, tzinfo=UTC)


def _finished(*minutes: float) -> list[datetime]:
    return [START + timedelta(minutes=sum_) for sum_ in accumulate((0, *minutes))]


def test_nothing_is_said_before_five_answers_of_known_length():
    assert time_left(_finished(2, 2, 2, 2), 40) is None
    assert time_left(_finished(2, 2, 2, 2, 2), 40) is not None


def test_nothing_is_said_when_nothing_is_left():
    assert time_left(_finished(*[2] * 9), 0) is None


def test_a_steady_pace_gives_a_range_around_its_product():
    told = time_left(_finished(*[3] * 9), 10)
    assert (told.least, told.most) == (30, 30)


def test_a_break_is_not_part_of_the_pace():
    assert time_left(_finished(2, 2, 2, 90, 2, 2, 2), 30) == time_left(_finished(2, 2, 2, 2, 2, 2), 30)


def test_only_recent_answers_count():
    slow_then_quick = _finished(*[9] * 30, *[1] * 20)
    assert time_left(slow_then_quick, 30).most == 30


def test_scores_saved_in_the_same_moment_give_no_nought():
    told = time_left([START] * 12, 3)
    assert (told.least, told.most) == (0, 5)


@given(st.lists(st.integers(5, 1100), min_size=5, max_size=60), st.integers(1, 600))
def test_the_range_is_in_order_and_holds_the_product_of_the_median(seconds, left):
    told = time_left(_finished(*[each / 60 for each in seconds]), left)
    recent = sorted(seconds[-20:])
    median = Fraction(recent[(len(recent) - 1) // 2] + recent[len(recent) // 2], 2)
    assert told.least <= median * left / 60 <= told.most


def test_the_range_holds_the_true_time_most_of_the_time():
    random = Random(11)
    hits = 0
    for _ in range(400):
        spent = [random.lognormvariate(0.7, 0.4) for _ in range(20)]
        told = time_left(_finished(*spent), 100)
        hits += told.least <= sum(random.lognormvariate(0.7, 0.4) for _ in range(100)) <= told.most
    assert hits / 400 > 0.8


def test_a_point_lower_at_the_end_is_told_with_its_size():
    told = drift([5] * 20 + [1] * 7 + [4] * 20)
    assert (told.scores, told.difference) == (20, Fraction(-1))


def test_less_than_a_point_is_not_told():
    assert drift([5] * 20 + [5] * 1 + [4] * 19) is None


def test_first_and_last_scores_must_not_overlap():
    assert drift([6] * 20 + [2] * 19) is None


@given(st.lists(st.integers(1, 7), min_size=40, max_size=200))
def test_turning_the_order_round_turns_the_drift_round(scores):
    there, back = drift(scores), drift(scores[::-1])
    assert (there is None) == (back is None)
    if there is not None:
        assert there.difference == -back.difference
