"""The first sift: its line is the minimum, and so it cuts nobody whom the full sift could have shortlisted."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from random import Random

import pytest

from recruitment.rules.disability_confident import resolve_shortlist
from recruitment.rules.errors import Invalid
from recruitment.rules.first_sift_evidence import first_sift_in_advert, first_sift_minimum, first_sift_scorers
from recruitment.rules.first_sifts import (
    FirstSiftFacts,
    LeadStanding,
    check_decision,
    check_lead,
    is_decided,
    is_past,
    why_not_settled,
)
from recruitment.rules.funnel_reports import STEPS, steps_of
from recruitment.rules.quality_evidence import Standing
from recruitment.rules.scoring import BlindResult, meets_minimum

NOON = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("finals", "goes_on"),
    [
        ([4], True),
        ([5], True),
        ([3], False),
        ([Fraction(7, 2)], False),
        ([5, 3], False),
        ([4, 4], True),
        ([], True),
    ],
)
def test_whoever_reaches_the_minimum_in_each_lead_answer_goes_on(finals, goes_on):
    assert is_past(map(Fraction, finals), 4) is goes_on


def test_nobody_whom_a_full_sift_could_shortlist_is_cut_whatever_the_line_and_whoever_chose_the_scheme():
    random = Random(5)
    for _ in range(200):
        finals = {f"{one}": [Fraction(random.randint(1, 7)) for _ in range(3)] for one in range(12)}
        minimums = [random.randint(3, 5) for _ in range(3)]
        results = [
            BlindResult(key, sum(own, Fraction(0)),
                        meets_minimum(dict(enumerate(own)), dict(enumerate(minimums))))
            for key, own in finals.items()
        ]  # fmt: skip
        line, opted = Fraction(random.randint(6, 18)), {key for key in finals if random.random() < 0.4}
        past = {key for key, own in finals.items() if is_past([own[0]], minimums[0])}
        kept = [one for one in results if one.application_id in past]
        assert resolve_shortlist(kept, line, opted & past) == resolve_shortlist(results, line, opted)


def test_a_line_above_the_minimum_could_cut_somebody_in_the_scheme():
    """Why there is none: the same world, with a line one point above the minimum."""
    chose = BlindResult("a", Fraction(4), meets_minimum=True)
    assert resolve_shortlist([chose], Fraction(6), {"a"}) == {"a"}
    assert not is_past([Fraction(4)], 5)


def test_a_lead_leaves_something_to_the_full_sift():
    check_lead(["one"], ["one", "two"])
    with pytest.raises(Invalid, match="No question is scored"):
        check_lead([], ["one"])
    with pytest.raises(Invalid, match="would be the whole sift"):
        check_lead(["two", "one"], ["one", "two"])


def test_a_decision_has_a_reason_and_falls_when_applications_open_again():
    assert check_decision(" 212 applied. ") == "212 applied."
    for reason in ("  ", "x" * 1001):
        with pytest.raises(Invalid) as refusal:
            check_decision(reason)
        assert refusal.value.field == "reason"
    assert is_decided(NOON, NOON)
    assert not is_decided(None, NOON)
    assert not is_decided(NOON, NOON + timedelta(minutes=1))


def test_it_closes_once_everything_is_scored_and_agreed():
    assert why_not_settled(LeadStanding(4, 0, 0)) == ""
    assert "not scored" in why_not_settled(LeadStanding(4, 1, 0))
    assert "2 differing" in why_not_settled(LeadStanding(4, 0, 2))
    assert "No application" in why_not_settled(LeadStanding(0, 0, 0))


def test_the_step_past_a_first_sift_is_compared_where_there_was_one():
    stages = ("submitted", "sifted", "shortlisted", "interviewed", "offered", "appointed")
    assert steps_of(stages) == STEPS
    assert steps_of(("submitted", "first sift", *stages[1:])) == (("first sift", "sifted"), *STEPS)


class _Facts:
    def __init__(self, **changes):
        usual = {"was_held": True, "minimum": 4, "named": 3, "opened": 5, "closed": 30, "first_score": 20,
                 "last_change": 4, "still": 0, "short": 0}  # fmt: skip
        self.first_sift = FirstSiftFacts(**usual | changes)


ALL = (first_sift_in_advert, first_sift_minimum, first_sift_scorers)


@pytest.mark.parametrize(
    ("item", "changes", "words"),
    [
        (first_sift_in_advert, {"named": 6}, "not in the advert"),
        (first_sift_minimum, {"last_change": 21}, "after the first score"),
        (first_sift_scorers, {"short": 2}, "2 answers on the lead criterion"),
        (first_sift_scorers, {"still": 1}, "not closed"),
    ],
)
def test_the_checklist_answers_itself_both_ways(item, changes, words):
    assert item(_Facts()).standing is Standing.MET
    found = item(_Facts(**changes))
    assert found.standing is Standing.OPEN and words in found.sentence


def test_a_first_sift_that_was_not_held_or_planned_asks_nothing():
    never = _Facts()
    never.first_sift = None
    for item in ALL:
        assert item(_Facts(was_held=False)).standing is Standing.NOT_APPLICABLE
        assert item(never).standing is Standing.NOT_APPLICABLE
