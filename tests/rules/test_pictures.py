"""Pictures put figures where they belong, and never draw what is not published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.pictures import Interval, interval_plot, share_bars

ratios = st.floats(0.001, 1000, allow_nan=False)


def test_a_share_that_is_not_published_has_no_bar_and_says_so() -> None:
    bars = share_bars("Asian", [("Submitted", 30), ("Shortlisted", None)]).bars
    assert [(bar.length, bar.text) for bar in bars] == [(0.3, "30 %"), (None, "not published")]


def test_twice_and_half_are_equally_far_from_parity() -> None:
    axis = interval_plot([Interval("Half", 0.5, 0.4, 0.7), Interval("Twice", 2.0, 1.5, 2.5)])
    half, twice = axis.whiskers
    assert axis.parity == 0.5
    assert half.point + twice.point == pytest.approx(1)
    assert twice.text == "2.00 (1.50 to 2.50)"


def test_an_end_beyond_the_axis_is_cut_and_marked() -> None:
    (one,) = interval_plot([Interval("Few people", 3.0, 0.5, 400.0)]).whiskers
    assert (one.is_cut_low, one.is_cut_high, one.high) == (False, True, 1.0)


@given(st.lists(st.tuples(ratios, ratios, ratios).map(sorted), max_size=6))
def test_everything_lies_on_the_axis_and_in_its_order(drawn: list[list[float]]) -> None:
    axis = interval_plot([Interval("", ratio, low, high) for low, ratio, high in drawn])
    assert all(0 <= one.low <= one.point <= one.high <= 1 for one in axis.whiskers)
    assert 0 <= axis.band[0] < axis.parity < axis.band[1] <= 1
    assert [place for place, _ in axis.ticks] == sorted(place for place, _ in axis.ticks)


@pytest.mark.parametrize("wrong", [(0.0, 0.5, 1.0), (0.6, 0.5, 1.0), (0.4, 0.5, 0.45)])
def test_what_is_no_interval_around_its_ratio_is_refused(wrong: tuple[float, float, float]) -> None:
    low, ratio, high = wrong
    with pytest.raises(ValueError, match="above nought"):
        interval_plot([Interval("Wrong", ratio, low, high)])
