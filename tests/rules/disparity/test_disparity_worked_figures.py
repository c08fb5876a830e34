from __future__ import annotations

from math import exp, log, sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import false_discovery_control, fisher_exact

from recruitment.rules.disparity import families, four_fifths, power, rates, ratios
from recruitment.rules.disparity import tests_of_difference as tests
from recruitment.rules.disparity.pooling import Campaign, mantel_haenszel
from recruitment.rules.disparity.rates import Rate
from recruitment.rules.disparity.ratios import Band, Measure, Undefined

FIRST = (Rate(155, 780), Rate(27, 210))
SECOND = (Rate(80, 400), Rate(15, 100))
SMALL = (Rate(5, 20), Rate(1, 8))
T = tests.Test


@pytest.mark.parametrize(
    ("rate", "low", "high"),
    [
        (Rate(27, 210), 8.99, 18.06),
        (Rate(155, 780), 17.22, 22.82),
        (Rate(0, 8), 0, 32.44),
        (Rate(1, 8), 2.24, 47.09),
    ],
)
def test_wilson_intervals_are_the_worked_ones(rate, low, high):
    found = rates.wilson(rate)
    assert (round(found.low * 100, 2), round(found.high * 100, 2)) == (low, high)


def test_the_difference_and_the_population_comparison_are_the_worked_ones():
    found = rates.newcombe(*FIRST)
    assert (round(found.low * 100, 2), round(found.high * 100, 2)) == (1.18, 11.88)
    assert round((FIRST[0].share - FIRST[1].share) * 100, 2) == 7.01
    assert round(FIRST[1].share * 100, 2) == 12.86
    assert round(rates.binomial_p(Rate(3, 60), 0.183), 4) == 0.0042
    share = rates.wilson(Rate(3, 60))
    assert (round(share.low * 100, 1), round(share.high * 100, 1)) == (1.7, 13.7)


@pytest.mark.parametrize(
    ("pair", "ratio", "error", "low", "high"),
    [(FIRST, 1.5456, 0.19351, 1.058, 2.258), (SECOND, 1.3333, 0.25820, 0.804, 2.212)],
)
def test_risk_ratios_and_katz_intervals_are_the_worked_ones(pair, ratio, error, low, high):
    found = ratios.katz(*pair)
    assert round(ratios.risk_ratio(*pair), 4) == ratio
    assert round(_standard_error(found), 5) == error
    assert (round(found.low, 3), round(found.high, 3)) == (low, high)


def _standard_error(found):
    return log(found.high / found.low) / (2 * rates.Z95)


def test_a_zero_cell_has_an_interval_but_its_ratio_is_words():
    found = ratios.katz(Rate(2, 6), Rate(0, 4))
    # The source gives 0.21 and 59.4.
    assert round(found.low, 2) == 0.21
    assert round(found.high, 1) == 59.4
    assert round(sqrt(found.low * found.high), 3) == 3.571
    assert round(_standard_error(found), 4) == 1.4343
    assert tests.too_few(Rate(2, 6), Rate(0, 4))
    assert ratios.risk_ratio(Rate(2, 6), Rate(0, 4)) is Undefined.NONE_IN_DENOMINATOR
    assert ratios.risk_ratio(Rate(0, 6), Rate(0, 4)) is Undefined.NO_SELECTIONS
    assert ratios.risk_ratio(Rate(0, 0), Rate(1, 4)) is Undefined.NOBODY_CONSIDERED


@pytest.mark.parametrize(
    ("pair", "expected"),
    [
        (FIRST, (0.01984, 0.02078, 0.01832, 0.01808, 0.01994)),
        # Mid-P by exact fractions is 0.2874674; tables that cut it off print 0.2874.
        (SECOND, (0.2543, 0.3183, 0.287467, 0.2689, 0.2610)),
        (SMALL, (0.4665, 0.6399, 0.4753, 0.5582, 0.5893)),
    ],
)
def test_every_test_gives_the_worked_p(pair, expected):
    order = (T.POOLED_Z, T.FISHER, T.MID_P, T.BOSCHLOO, T.BARNARD)
    found = [tests.p_value(test, *pair) for test in order]
    assert found == pytest.approx(expected, abs=6e-5 if pair is not FIRST else 6e-6)


def test_z_expected_shortfall_and_choice_of_test_are_the_worked_ones():
    assert [round(tests.pooled_z(*pair), 4) for pair in (FIRST, SECOND, SMALL)] == [2.3294, 1.14, 0.7282]
    assert round(tests.expected_selections(*FIRST), 2) == 38.61
    assert round(tests.shortfall(*FIRST), 1) == 11.6
    assert tests.chosen_test(*FIRST) is T.POOLED_Z
    assert tests.chosen_test(*SMALL) is T.BOSCHLOO
    assert tests.too_few(*SMALL) and not tests.too_few(*FIRST)


def test_four_fifths_flags_what_the_tests_do_not():
    pair = {"a": Rate(48, 120), "b": Rate(24, 80), "one": Rate(1, 1)}
    found = four_fifths.impact_ratios(pair)
    assert found.highest == "a" and found.flagged == ("b",)
    assert found.ratios["b"] == pytest.approx(0.75)
    assert round(tests.p_value(T.FISHER, pair["a"], pair["b"]), 4) == 0.1766
    assert round(tests.pooled_z(pair["a"], pair["b"]), 3) == 1.443
    assert round(tests.p_value(T.POOLED_Z, pair["a"], pair["b"]), 3) == 0.149


def test_wres_and_wdes_name_their_direction_and_show_two_decimals():
    wres = ratios.relative_likelihood(Measure.WRES_2, *FIRST)
    wdes = ratios.relative_likelihood(Measure.WDES_2, *SECOND)
    assert (wres.shown, wres.band, wdes.shown, wdes.band) == ("1.55", Band.ABOVE, "1.33", Band.ABOVE)
    assert (round(FIRST[0].share, 6), round(FIRST[1].share, 6)) == (0.198718, 0.128571)
    assert (SECOND[0].share, SECOND[1].share) == (0.20, 0.15)
    assert round(ratios.risk_ratio(*FIRST), 4) == 1.5456
    assert "White divided by BME" in wres.direction and len(wdes.wordings) == 2
    assert round(ratios.risk_ratio(FIRST[1], FIRST[0]), 4) == 0.6470
    published = ratios.relative_likelihood(Measure.WRES_2, Rate(4699, 10000), Rate(1465, 10000))
    assert (round(published.ratio, 4), f"{published.ratio:.1f}", published.shown) == (3.2075, "3.2", "3.21")
    assert ratios.relative_likelihood(Measure.WDES_2, Rate(191, 1000), Rate(59, 1000)).shown == "3.24"


@pytest.mark.parametrize(
    ("comparator", "monitored", "shown"),
    [
        (Rate(0, 0), Rate(1, 4), Undefined.NOBODY_CONSIDERED),
        (Rate(1, 4), Rate(0, 0), Undefined.NOBODY_CONSIDERED),
        (Rate(3, 9), Rate(0, 9), Undefined.NONE_IN_DENOMINATOR),
        (Rate(0, 9), Rate(0, 9), Undefined.NO_SELECTIONS),
    ],
)
def test_a_measure_without_a_ratio_is_words_and_never_infinity(comparator, monitored, shown):
    found = ratios.relative_likelihood(Measure.WRES_2, comparator, monitored)
    assert (found.shown, found.band, found.note) == (shown.value, shown, "")


def test_the_range_is_tested_unrounded_and_the_note_says_so():
    assert ratios.band(1.25) is Band.INSIDE and ratios.band(0.8) is Band.INSIDE
    assert ratios.band(1.2501) is Band.ABOVE and "1.25" in ratios.band_note(1.2501)
    assert ratios.band_note(1.25) == ""


def test_the_two_conventions_are_each_others_inverse():
    assert round(1 / ratios.LOW, 9) == ratios.HIGH
    four = four_fifths.impact_ratios({"a": Rate(48, 120), "b": Rate(24, 80)})
    assert round(ratios.risk_ratio(Rate(48, 120), Rate(24, 80)), 3) == 1.333 == round(1 / four.ratios["b"], 3)


def test_pooling_is_not_misled_by_simpson():
    found = mantel_haenszel(
        [Campaign(Rate(10, 20), Rate(5, 10)), Campaign(Rate(2, 40), Rate(3, 60))],
    )
    assert found.ratio == pytest.approx(1.0) and found.crude == pytest.approx(1.75)
    assert "different success rates" in found.sentence
    assert found.interval.low < 1 < found.interval.high


def test_families_adjust_as_worked():
    p = (0.001, 0.012, 0.03, 0.04, 0.20)
    assert families.benjamini_hochberg(p) == pytest.approx((0.005, 0.03, 0.05, 0.05, 0.2))
    assert families.holm(p) == pytest.approx((0.005, 0.048, 0.09, 0.09, 0.2))
    assert sum(map(families.beyond_chance, families.benjamini_hochberg(p))) == 4
    assert sum(map(families.beyond_chance, families.holm(p))) == 2


def test_power_is_as_worked():
    assert (power.per_group(0.20, 0.16), power.per_group(0.20, 0.12)) == (1444, 325)
    assert power.minimum_detectable_difference(0.2, 325, 325) == pytest.approx(0.08, abs=2e-4)
    assert power.minimum_detectable_difference(0.2, 5, 5) is Undefined.NO_FALL_DETECTABLE


counted = st.integers(1, 60).flatmap(lambda n: st.builds(Rate, st.integers(0, n), st.just(n)))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=12))
def test_benjamini_hochberg_agrees_with_scipy(p):
    assert families.benjamini_hochberg(p) == pytest.approx(list(false_discovery_control(p)))


def _pearson(first, second, ratio):
    # The constrained likelihood is maximised by search, not by the closed form the rules use.
    lo, hi = 0.0, min(1.0, 1 / ratio)
    x1, n1, x2, n2 = first.selected, first.considered, second.selected, second.considered

    def slope(q):
        p = ratio * q
        return x1 / q - (n1 - x1) * ratio / (1 - p) + x2 / q - (n2 - x2) / (1 - q)

    for _ in range(200):
        mid = (lo + hi) / 2
        lo, hi = (mid, hi) if slope(mid) > 0 else (lo, mid)
    q = (lo + hi) / 2
    p = ratio * q
    return (x1 - n1 * p) ** 2 / (n1 * p * (1 - p)) + (x2 - n2 * q) ** 2 / (n2 * q * (1 - q))


@settings(deadline=None, max_examples=40)
@given(
    st.tuples(st.integers(1, 29), st.integers(30, 60)),
    st.tuples(st.integers(1, 29), st.integers(30, 60)),
)
def test_score_limits_are_where_a_searched_pearson_statistic_reaches_its_critical_value(a, b):
    first, second = Rate(*a), Rate(*b)
    found = ratios.score_interval(first, second, corrected=False)
    for limit in (found.low, found.high):
        assert _pearson(first, second, limit) == pytest.approx(rates.Z95**2, rel=1e-4)
    assert found.low < ratios.risk_ratio(first, second) < found.high
    total = first.considered + second.considered
    wider = ratios.score_interval(first, second)
    for limit in (wider.low, wider.high):
        reached = _pearson(first, second, limit) * (total - 1) / total
        assert reached == pytest.approx(rates.Z95**2, rel=1e-4)


@settings(deadline=None)
@given(counted, counted)
def test_mid_p_is_never_above_fisher(first, second):
    table = [[r.selected, r.considered - r.selected] for r in (first, second)]
    assert tests.mid_p(first, second) <= fisher_exact(table).pvalue + 1e-9


@settings(deadline=None)
@given(counted, counted)
def test_the_score_interval_never_holds_infinity(first, second):
    found = ratios.score_interval(first, second)
    if isinstance(found, Undefined):
        assert first.selected == second.selected == 0
        return
    assert (found.high is Undefined.NO_UPPER_LIMIT) == (second.selected == 0)
    assert 0 <= found.low < exp(log(1e9))
