"""An equality impact assessment is whole, and its decision follows from its effects."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.equality_assessments import (
    AssessedDecision,
    Assessment,
    Effect,
    EffectKind,
    check_assessment,
    read_written,
    write_assessment,
)
from recruitment.rules.errors import Invalid
from recruitment.rules.protected_characteristics import ProtectedCharacteristic

TODAY = date(2026, 11, 26)
ASSESSMENT = Assessment(
    purpose="Panels have three members.",
    is_relevant=True,
    screening="Panels decide who is appointed.",
    evidence="The release of 2025.",
    aims="It advances equality of opportunity.",
    effects={each: Effect(EffectKind.NONE) for each in ProtectedCharacteristic}
    | {ProtectedCharacteristic.SEX: Effect(EffectKind.POSITIVE, "Fewer panels of men alone.")},
    mitigation="",
    decision=AssessedDecision.GOES_AHEAD,
    decision_reason="No negative effect was found.",
    decided_by="Director of people",
    review_on=date(2027, 11, 26),
)
NEGATIVE = ASSESSMENT.effects | {ProtectedCharacteristic.AGE: Effect(EffectKind.NEGATIVE, "Long days.")}


def refused(**changes):
    with pytest.raises(Invalid) as refusal:
        check_assessment(replace(ASSESSMENT, **changes), today=TODAY)
    return refusal.value.field


def test_a_whole_assessment_is_taken_and_comes_back_as_it_was_kept():
    check_assessment(ASSESSMENT, today=TODAY)
    assert read_written(write_assessment(ASSESSMENT)) == ASSESSMENT


@pytest.mark.parametrize("field", ["purpose", "screening", "evidence", "aims", "decision_reason", "decided_by"])
def test_every_entry_is_needed(field):
    assert refused(**{field: " "}) == field


@given(st.sampled_from(sorted(ProtectedCharacteristic)))
def test_no_characteristic_may_be_left_out_or_have_an_effect_without_words(each):
    rest = {other: effect for other, effect in ASSESSMENT.effects.items() if other is not each}
    assert refused(effects=rest) == f"effect_{each}"
    assert refused(effects=rest | {each: Effect(EffectKind.NOT_KNOWN)}) == f"words_{each}"


def test_a_negative_effect_needs_something_done_and_cannot_simply_go_ahead():
    assert refused(effects=NEGATIVE) == "mitigation"
    assert refused(effects=NEGATIVE, mitigation="Shorter days.") == "decision"
    for decision in (AssessedDecision.ADJUSTED, AssessedDecision.JUSTIFIED, AssessedDecision.STOPS):
        check_assessment(
            replace(ASSESSMENT, effects=NEGATIVE, mitigation="Shorter days.", decision=decision), today=TODAY
        )


def test_screening_that_found_nothing_needs_no_more_but_its_own_decision():
    screened = {"is_relevant": False, "evidence": "", "aims": "", "effects": {}}
    check_assessment(
        replace(ASSESSMENT, **screened, decision=AssessedDecision.SCREENED_OUT), today=TODAY
    )  # fmt: skip
    assert refused(**screened) == "decision"
    assert refused(decision=AssessedDecision.SCREENED_OUT) == "decision"


def test_the_review_lies_in_the_future():
    assert refused(review_on=TODAY) == "review_on"
