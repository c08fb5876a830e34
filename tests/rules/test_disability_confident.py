"""Who chose the scheme and meets the minimum is interviewed, and the shortlist does not tell who that is."""

from __future__ import annotations

from datetime import datetime
from fractions import Fraction

import pytest

from recruitment.rules.disability_confident import VolumeRule, resolve_shortlist
from recruitment.rules.errors import Invalid, TooLate
from recruitment.rules.scoring import BlindResult

RESULTS = [
    BlindResult("above", Fraction(30), True),
    BlindResult("best", Fraction(19), True),
    BlindResult("tied-1", Fraction(18), True),
    BlindResult("tied-2", Fraction(18), True),
    BlindResult("last", Fraction(17), True),
    BlindResult("unfit", Fraction(40), False),
]
EVERYBODY = frozenset(result.application_id for result in RESULTS)
LINE = Fraction(20)
EARLY, LATE = datetime(2026, 3, 1), datetime(2026, 3, 2)


def test_opt_ins_at_the_minimum_join_those_above_the_line_as_one_set() -> None:
    assert resolve_shortlist(RESULTS, LINE, {"last", "above"}) == frozenset({"above", "last"})


def test_an_opt_in_below_the_minimum_is_not_admitted() -> None:
    assert resolve_shortlist(RESULTS, LINE, {"unfit"}) == frozenset({"above"})


def test_a_limit_admits_the_best_and_all_who_tie_for_the_last_place() -> None:
    rule = VolumeRule(2, "Eight rooms only.", EARLY)
    found = resolve_shortlist(RESULTS, LINE, EVERYBODY, rule=rule, first_score_at=LATE)
    assert found == frozenset({"above", "best", "tied-1", "tied-2"})


def test_a_limit_takes_no_place_from_opt_ins_above_the_line() -> None:
    rule = VolumeRule(1, "Eight rooms only.", EARLY)
    found = resolve_shortlist(RESULTS, LINE, {"above", "last"}, rule=rule, first_score_at=LATE)
    assert found == frozenset({"above", "last"})


@pytest.mark.parametrize("recorded", [LATE, datetime(2026, 3, 3)])
def test_a_limit_recorded_once_scoring_began_is_refused(recorded: datetime) -> None:
    with pytest.raises(TooLate):
        resolve_shortlist(RESULTS, LINE, EVERYBODY, rule=VolumeRule(2, "Rooms.", recorded), first_score_at=LATE)


@pytest.mark.parametrize("rule", [VolumeRule(0, "Rooms.", EARLY), VolumeRule(2, " ", EARLY)])
def test_a_limit_without_a_place_or_a_reason_is_refused(rule: VolumeRule) -> None:
    with pytest.raises(Invalid):
        resolve_shortlist(RESULTS, LINE, EVERYBODY, rule=rule, first_score_at=LATE)


def test_an_opt_in_that_was_never_scored_stops_the_resolution() -> None:
    with pytest.raises(Invalid):
        resolve_shortlist(RESULTS, LINE, {"unknown"})
