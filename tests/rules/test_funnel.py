"""Counts by stage are exact, nested, of fixed size, and survive being stored."""

from __future__ import annotations

from fractions import Fraction

import pytest

from recruitment.rules.counts_format import counts_from_json, counts_to_json
from recruitment.rules.equality_questions import NOT_ANSWERED, PREFER_NOT_TO_SAY
from recruitment.rules.funnel import STAGES, Counts, FunnelStage


def three_people() -> Counts:
    counts = Counts()
    counts.add({"sex": "female"}, [FunnelStage.SUBMITTED, FunnelStage.SHORTLISTED])
    counts.add({"sex": PREFER_NOT_TO_SAY}, [FunnelStage.SUBMITTED])
    counts.add_missing([FunnelStage.SUBMITTED])
    return counts


def test_the_furthest_stage_counts_for_all_before_it() -> None:
    counts = Counts()
    counts.add({"sex": "female"}, {FunnelStage.OFFERED})
    assert [counts.count("sex", "female", stage) for stage in STAGES] == [1, 1, 1, 1, 0]


def test_an_application_without_answers_counts_as_not_answered_everywhere() -> None:
    counts = Counts()
    counts.add_missing([FunnelStage.SUBMITTED])
    assert counts.count("religion", NOT_ANSWERED, FunnelStage.SUBMITTED) == 1
    assert counts.declared("religion", FunnelStage.SUBMITTED) == 0


def test_silence_of_either_kind_is_outside_the_declaration_rate() -> None:
    assert three_people().declaration_rate("sex") == Fraction(1, 3)
    assert Counts().declaration_rate("sex") is None


def test_an_unknown_answer_counts_nothing_at_all() -> None:
    counts = Counts()
    with pytest.raises(ValueError, match="Unknown answer"):
        counts.add({"sex": "female", "religion": "jedi"}, [FunnelStage.SUBMITTED])
    assert counts_to_json(counts) == counts_to_json(Counts())


def test_what_was_never_submitted_is_not_counted() -> None:
    with pytest.raises(ValueError, match="never submitted"):
        Counts().add({}, [])


def test_counts_survive_being_stored_in_one_canonical_form() -> None:
    text = counts_to_json(three_people())
    assert counts_to_json(counts_from_json(text)) == text


def test_campaigns_add_up() -> None:
    counts = three_people()
    counts.merge(three_people())
    assert counts.total(FunnelStage.SUBMITTED) == 6
    assert counts.count("sex", "female", FunnelStage.SHORTLISTED) == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [('"version":2', '"version":3'), ('"totals":[3,1', '"totals":[4,1'), ('"totals":[3,1', '"totals":[1,3')],
)
def test_stored_counts_that_contradict_themselves_are_refused(old: str, new: str) -> None:
    text = counts_to_json(three_people())
    assert old in text
    with pytest.raises(ValueError, match=r"version|add up|do not rise"):
        counts_from_json(text.replace(old, new))


def test_the_size_does_not_grow_with_the_people() -> None:
    many = Counts()
    for _ in range(1000):
        many.add_missing(STAGES)
    assert len(counts_to_json(many)) < 2 * len(counts_to_json(Counts()))
