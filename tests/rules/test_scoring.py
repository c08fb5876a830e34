"""Scores add up exactly, and nobody below a minimum passes the line."""

from __future__ import annotations

from fractions import Fraction

import pytest

from recruitment.rules.scoring import (
    DEFAULT_SCALE,
    BlindResult,
    above_line,
    agreement,
    differs,
    final_score,
    meets_minimum,
    ranked_groups,
    reason_needed,
    ties_at,
    weighted_total,
)

TOTALS = {"A": Fraction(9), "B": Fraction(7), "C": Fraction(7), "D": Fraction(3)}


def test_the_default_scale_runs_from_one_to_seven() -> None:
    assert (DEFAULT_SCALE.lowest, DEFAULT_SCALE.highest, DEFAULT_SCALE.has(8)) == (1, 7, False)


def test_the_agreed_score_stands_before_the_mean() -> None:
    assert final_score([3, 6], 5) == 5
    assert final_score([3, 4, 4]) == Fraction(11, 3)


def test_an_unscored_answer_has_no_final_score() -> None:
    with pytest.raises(ValueError, match="without a score"):
        final_score([])


def test_thirds_add_up_exactly() -> None:
    finals = {"a": Fraction(10, 3), "b": Fraction(11, 3)}
    assert weighted_total(finals, {"a": 1, "b": 2}) == Fraction(32, 3)


def test_a_total_with_a_criterion_missing_is_refused() -> None:
    with pytest.raises(ValueError, match="each weighted criterion"):
        weighted_total({"a": Fraction(4)}, {"a": 1, "b": 1})


def test_a_mean_just_below_the_minimum_is_below_it() -> None:
    assert not meets_minimum({"a": Fraction(7, 2)}, {"a": 4})
    assert meets_minimum({"a": Fraction(4)}, {"a": 4})


@pytest.mark.parametrize(
    ("scores", "expected"), [([4, 5], False), ([3, 5], True), ([3, 4], True), ([2, 3], False), ([], False)]
)
def test_scores_apart_or_on_both_sides_of_the_minimum_are_moderated(scores: list[int], expected: bool) -> None:
    assert differs(scores, minimum=4) is expected


def test_agreement_is_told_as_shares_of_pairs() -> None:
    found = agreement(3, 1, 2)
    assert (found.pairs, found.exact, found.within_one) == (3, Fraction(1, 3), Fraction(2, 3))
    assert agreement(0, 0, 0).exact is None


def test_a_low_score_or_a_large_change_needs_a_reason() -> None:
    found = [
        reason_needed(3, 4),
        reason_needed(4, 4),
        reason_needed(5, 4, [5, 3]),
        reason_needed(5, 4, [5, 4]),
    ]
    assert found == [True, False, True, False]


def test_the_line_admits_nobody_below_a_minimum() -> None:
    results = [BlindResult("high", Fraction(30), False), BlindResult("fair", Fraction(20), True)]
    assert above_line(results, Fraction(20)) == frozenset({"fair"})
    assert above_line(results, Fraction(0)) == frozenset({"fair"})


def test_equal_totals_share_a_rank() -> None:
    groups = ranked_groups(TOTALS)
    assert groups == ((Fraction(9), ("A",)), (Fraction(7), ("B", "C")), (Fraction(3), ("D",)))


def test_a_tie_is_reported_only_where_the_last_place_falls_into_it() -> None:
    assert [ties_at(TOTALS, places) for places in (1, 2, 3, 4)] == [(), ("B", "C"), (), ()]
