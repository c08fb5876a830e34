"""The four-fifths rule never stands alone: its counts, its interval, and how often chance would say the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom

from recruitment.rules.disparity.findings import StageCounts, findings
from recruitment.rules.disparity.four_fifths import (
    false_alarm_rate,
    four_fifths,
    four_fifths_sentence,
    impact_ratios,
)
from recruitment.rules.disparity.rates import Rate
from recruitment.rules.disparity.ratios import Undefined, score_interval


def enumerated(first: int, second: int, share: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The chance of every pair of counts, and both counts."""
    chances = np.outer(
        binom.pmf(np.arange(first + 1), first, share), binom.pmf(np.arange(second + 1), second, share)
    )
    one, other = np.meshgrid(np.arange(first + 1), np.arange(second + 1), indexing="ij")
    return chances, one, other


def by_fractions(first: int, second: int, share: float) -> float:
    chances, one, other = enumerated(first, second, share)
    return float(chances[(one > 0) & (5 * other * first < 4 * one * second)].sum())


def by_floats(first: int, second: int, share: float) -> tuple[float, float]:
    """As a simulation counts: one way, and either; a ratio of exactly 0.80 is now below it and now not."""
    chances, one, other = enumerated(first, second, share)
    with np.errstate(all="ignore"):
        below = (other / second) / (one / first) < 0.8
        above = (one / first) / (other / second) < 0.8
    return float(chances[below].sum()), float(chances[below | above].sum())


@pytest.mark.parametrize(
    ("first", "second", "exact", "simulated"),
    [(20, 20, 0.3565, "36%"), (50, 20, 0.3521, "35%"), (200, 200, 0.1315, "14%"), (1000, 1000, 0.0065, "0.7%")],
)
def test_the_false_alarms_are_the_worked_ones(first: int, second: int, exact: float, simulated: str) -> None:
    # 14 % and 0.7 % come of ratios of exactly 0.80 that binary fractions put below it: by the rule they are not.
    digits = 1 if first == 1000 else 0
    assert f"{by_floats(first, second, 0.2)[0] * 100:.{digits}f}%" == simulated
    assert round(false_alarm_rate(first, second, 0.2), 4) == exact


def test_of_twenty_and_twenty_one_or_the_other_is_flagged_in_71_of_100_cases() -> None:
    assert round(by_floats(20, 20, 0.2)[1], 2) == 0.71
    assert round(2 * false_alarm_rate(20, 20, 0.2), 2) == 0.71  # both at once cannot be


@settings(deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.floats(0.01, 0.99))
def test_the_false_alarm_is_the_sum_over_every_pair_of_counts(first: int, second: int, share: float) -> None:
    assert false_alarm_rate(first, second, share) == pytest.approx(by_fractions(first, second, share), abs=1e-9)


@pytest.mark.parametrize(("first", "second"), [(0, 5), (5, 0)])
def test_an_empty_group_has_no_false_alarms(first: int, second: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        false_alarm_rate(first, second, 0.2)


def counted(**groups: tuple[int, int]) -> StageCounts:
    return StageCounts("sex", ("applied", "shortlisted"), groups, {code: code.title() for code in groups}, "a")


def test_a_finding_carries_the_ratio_with_its_counts_its_interval_and_the_false_alarm() -> None:
    (found,) = findings(counted(a=(120, 48), b=(80, 24)))
    held = found.four_fifths
    assert (held.own, held.highest, held.highest_label) == (Rate(24, 80), Rate(48, 120), "A")
    assert held.value == pytest.approx(0.75)
    assert held.is_flagged
    assert not held.is_highest
    assert held.interval == score_interval(Rate(24, 80), Rate(48, 120))
    assert held.interval.low < 0.75 < held.interval.high
    assert held.false_alarm == pytest.approx(by_fractions(120, 80, 72 / 200))
    assert found.ratio.value == pytest.approx(1.3333, abs=1e-4)  # the standards of the NHS divide the other way
    assert four_fifths_sentence(held, "B") == (
        "B (24 of 80) has 0.75 of the highest rate, A (48 of 120); 95 % interval 0.50 to 1.11."
        " Below 0.80: groups of these sizes with equal chances would be so in 13 of 100 cases."
    )


def test_the_highest_rate_may_be_a_group_that_is_not_the_comparator() -> None:
    b, c = findings(counted(a=(100, 40), b=(100, 30), c=(50, 35)))
    assert b.four_fifths.highest_label == "C"
    assert b.four_fifths.value == pytest.approx(0.3 / 0.7)
    assert c.four_fifths.is_highest
    assert four_fifths_sentence(c.four_fifths, "C") == "C has the highest rate (35 of 50)."


def test_one_appointment_of_one_applicant_sets_no_highest_rate() -> None:
    b, one = findings(counted(a=(100, 40), b=(100, 30), one=(1, 1)))
    assert b.four_fifths.highest_label == "A"
    assert one.four_fifths.value == pytest.approx(2.5)


def test_a_group_made_of_others_is_measured_and_never_measured_against() -> None:
    rates = {"a": Rate(40, 100), "b": Rate(30, 100), "others": Rate(90, 100)}
    assert impact_ratios(rates).highest == "others"
    held = four_fifths(rates, "others", dict.fromkeys(rates, "x"), frozenset({"others"}))
    assert held.highest == Rate(40, 100)


def test_where_there_is_no_ratio_the_reason_stands_in_words() -> None:
    (small,) = findings(counted(a=(9, 4), b=(9, 2)))
    assert small.four_fifths is Undefined.NO_GROUP_LARGE_ENOUGH
    assert "no group is large enough" in four_fifths_sentence(small.four_fifths, "B")
    (none,) = findings(counted(a=(20, 0), b=(20, 0)))
    held = none.four_fifths
    assert held.false_alarm is None
    assert not held.is_flagged
    (empty,) = findings(counted(a=(20, 5), b=(0, 0)))
    assert four_fifths_sentence(empty.four_fifths, "B") == Undefined.NOBODY_CONSIDERED.value


def test_nobody_of_a_group_selected_is_a_ratio_of_nought_with_an_upper_limit() -> None:
    (found,) = findings(counted(a=(40, 10), b=(40, 0)))
    held = found.four_fifths
    assert held.value == 0.0
    assert held.is_flagged
    assert 0 < held.interval.high < 1
