"""Whether the shortlist hangs on one scorer."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.scorer_agreement import GivenScore, SiftCase, places_at, read_sensitivity, severities
from recruitment.rules.scorer_agreement.sensitivity import Trial
from recruitment.rules.scoring import BlindResult, above_line, final_score
from tests.rules.scorer_agreement.test_kappa import given_scores

scored = st.lists(st.tuples(*[st.integers(1, 7)] * 3), min_size=2, max_size=15)


def case_of(scores, agreed=None, minimum=1):
    return SiftCase(scores, agreed or {}, {"c": 1}, {"c": minimum})


def read(case, places, least=2):
    return read_sensitivity(case, severities(case.scores, least), places=places)


def left_out(found, scorer):
    return next(change for change in found.of(Trial.LEFT_OUT) if change.scorer == scorer)


def scores_of(rows):
    return given_scores(ann=[row[0] for row in rows], ben=[row[1] for row in rows], cat=[row[2] for row in rows])


def test_a_shortlist_that_everybody_would_draw_alike_has_no_borderline():
    found = read(case_of(given_scores(ann=[7, 5, 3], ben=[7, 5, 3])), 2)
    assert found.shortlist == {"r1", "r2"}
    assert found.borderline == frozenset()


def test_who_comes_in_and_who_goes_when_one_scorer_is_left_out():
    # r1 has 5½, r2 has 5; by Ann alone it is r2 that comes first, by Ben alone r1.
    found = read(case_of(given_scores(ann=[4, 5, 1], ben=[7, 5, 1])), 1)
    assert found.shortlist == {"r1"}
    without_ben = left_out(found, "ben")
    assert (without_ben.entering, without_ben.leaving, without_ben.largest_move) == ({"r2"}, {"r1"}, 1)
    assert left_out(found, "ann").changing == frozenset()
    assert found.borderline == {"r1", "r2"}


def test_a_tie_for_the_last_place_is_never_cut():
    # Without Ben, the second and the third stand level.
    found = read(case_of(given_scores(ann=[7, 4, 4], ben=[7, 6, 4])), 2)
    assert found.shortlist == {"r1", "r2"}
    assert left_out(found, "ben").entering == {"r3"}
    assert left_out(found, "ben").leaving == frozenset()


def test_leaving_one_out_judges_the_minimum_anew():
    found = read(case_of(given_scores(ann=[3, 6], ben=[5, 6]), minimum=4), 2)
    assert found.shortlist == {"r1", "r2"}
    assert left_out(found, "ben").leaving == {"r1"}


def test_bringing_the_harshest_to_the_others_level_leaves_minimums_as_judged():
    found = read(case_of(given_scores(ann=[4, 6], ben=[4, 7]), minimum=4), 2)
    assert {change.scorer for change in found.of(Trial.KINDEST)} == {"ben"}
    assert all(change.changing == frozenset() for change in found.of(Trial.KINDEST))


def test_the_harshest_is_found_and_brought_to_the_others_level():
    # Cat scores two points below; only r1 met her, and loses the place by it.
    scores = given_scores(ann=[5, 5, 5, None], ben=[None, 5, 4, 5], cat=[3, None, None, 3])
    found = read(case_of(scores), 2)
    (harshest,) = found.of(Trial.HARSHEST)
    assert harshest.scorer == "cat"
    assert "r1" not in found.shortlist
    assert "r1" in harshest.entering


def test_an_agreed_score_is_everybodys_and_stays():
    scores = given_scores(ann=[4, 5], ben=[7, 5])
    agreed = {unit: value for unit, value in zip([score.unit for score in scores[:2]], (6, 5), strict=True)}
    assert read(case_of(scores), 1).borderline == {"r1", "r2"}
    assert read(case_of(scores, agreed), 1).borderline == frozenset()


def test_the_only_score_of_an_answer_stays():
    found = read(case_of(given_scores(ann=[5, 4], ben=[None, 4])), 1)
    assert left_out(found, "ann").changing == frozenset()


def test_a_shortlist_without_a_place_is_refused():
    with pytest.raises(ValueError, match="one place or more"):
        read(case_of(given_scores(ann=[5], ben=[4])), 0)


@given(scored, st.integers(1, 8), st.randoms(use_true_random=False))
def test_neither_order_nor_a_scorer_without_scores_changes_anything(rows, places, random):
    scores = scores_of(rows)
    found = read(case_of(scores), places)
    assert read(case_of(random.sample(scores, len(scores))), places) == found
    assert read(case_of(scores + given_scores(dan=[None])), places) == found


@given(scored, st.integers(1, 8), st.integers(1, 7))
def test_leaving_somebody_out_gives_the_shortlist_of_a_sift_without_them(rows, places, minimum):
    """Worked out anew from the other scorers' scores alone."""
    scores = scores_of(rows)
    found = read(case_of(scores, minimum=minimum), places)
    for scorer in ("ann", "ben", "cat"):
        kept = [score for score in scores if score.scorer != scorer]
        results = [
            BlindResult(key, final, final >= minimum)
            for key in {score.application for score in kept}
            for final in [final_score([score.value for score in kept if score.application == key])]
        ]
        able = sorted((one.total for one in results if one.meets_minimum), reverse=True)
        line = able[min(places, len(able)) - 1] if able else Fraction(0)
        change = left_out(found, scorer)
        assert (found.shortlist - change.leaving) | change.entering == above_line(results, line)
        assert not change.entering & found.shortlist
        assert change.leaving <= found.shortlist


@given(scored, st.integers(1, 8))
def test_standardising_is_taking_a_scorers_severity_from_each_of_their_scores(rows, places):
    """Worked out anew from changed scores."""
    scores = scores_of(rows)
    found = read(case_of(scores), places)
    severity = {one.scorer: one.against_others.mean for one in severities(scores, 2)}
    for change in [*found.of(Trial.HARSHEST), *found.of(Trial.KINDEST)]:
        totals: dict[str, Fraction] = {}
        for score in scores:
            shift = severity[score.scorer] if score.scorer == change.scorer else 0
            totals[score.application] = totals.get(score.application, Fraction(0)) + score.value - shift
        line = sorted(totals.values(), reverse=True)[min(places, len(totals)) - 1]
        after = {key for key, total in totals.items() if total >= line}
        assert (found.shortlist - change.leaving) | change.entering == after
    told = [mean for mean in severity.values() if mean]
    extremes = [severity[change.scorer] for change in found.changes if change.trial is not Trial.LEFT_OUT]
    assert extremes == ([min(told), max(told)] if told else [])


@given(scored, st.integers(1, 7))
def test_at_a_line_stand_those_who_reach_it_and_every_minimum(rows, minimum):
    case = case_of(scores_of(rows), minimum=minimum)
    totals = [Fraction(sum(row), 3) for row in rows if sum(row) >= 3 * minimum]
    for line in {*totals, Fraction(4)}:
        assert places_at(case, line) == sum(total >= line for total in totals)


@given(scored, st.integers(1, 8))
def test_scorers_who_agree_throughout_leave_nobody_borderline(rows, places):
    alike = [(row[0],) * 3 for row in rows]
    assert read(case_of(scores_of(alike)), places).borderline == frozenset()


def test_weights_count():
    scores = [
        GivenScore(scorer, application, "q", criterion, value)
        for application, values in {"r1": {"a": 6, "b": 2}, "r2": {"a": 2, "b": 5}}.items()
        for criterion, value in values.items()
        for scorer in ("ann", "ben")
    ]
    ones = {"a": 1, "b": 1}
    assert read(SiftCase(scores, {}, ones, ones), 1).shortlist == {"r1"}
    assert read(SiftCase(scores, {}, {"a": 1, "b": 3}, ones), 1).shortlist == {"r2"}
