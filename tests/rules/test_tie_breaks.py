"""The record of a tie-break: whole, between equals, and nobody's policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction
from uuid import UUID

import pytest

from recruitment.rules.errors import Invalid
from recruitment.rules.protected_characteristics import CHARACTERISTIC_TITLES, ProtectedCharacteristic
from recruitment.rules.tie_breaks import TieBreakRecord, check_record

ANA, BEA, CAI = (UUID(int=number) for number in (1, 2, 3))
JUDGEMENT, WRITING = UUID(int=10), UUID(int=11)
NAMES = {JUDGEMENT: "Judgement", WRITING: "Writing"}
TOTALS = {ANA: Fraction(12), BEA: Fraction(12), CAI: Fraction(11)}
SCORES = {
    ANA: {JUDGEMENT: Fraction(6), WRITING: Fraction(6)},
    BEA: {JUDGEMENT: Fraction(7), WRITING: Fraction(5)},
    CAI: {JUDGEMENT: Fraction(6), WRITING: Fraction(5)},
}
TODAY = date(2026, 11, 26)
RECORD = TieBreakRecord(
    post="Mediator",
    preferred=ANA,
    others=(BEA,),
    characteristic=ProtectedCharacteristic.DISABILITY,
    told_by="On the notice for section 159, after the interview.",
    evidence="4 in 100 mediators are disabled people.",
    evidence_source="Workforce report",
    evidence_on=date(2026, 3, 31),
    comparator="17 in 100 of working age",
    equal_qualification="Both meet each criterion at the same level.",
    criteria={JUDGEMENT: "One question was put differently.", WRITING: "The panel found both drafts alike."},
    has_no_policy=True,
    proportionality="One post of nine.",
    alternatives="Outreach has been tried for two years.",
    decision_maker="Dee Fox, director",
    adviser="Eli Gunn, solicitor",
    advised_on=TODAY,
)


def check(record):
    check_record(record, TOTALS, SCORES, NAMES, today=TODAY)


def refused(**changes):
    with pytest.raises(Invalid) as refusal:
        check(replace(RECORD, **changes))
    return refusal.value.field


def test_a_whole_record_between_equals_is_taken():
    check(RECORD)


@pytest.mark.parametrize(
    "field",
    ["post", "told_by", "evidence", "evidence_source", "comparator", "equal_qualification", "proportionality",
     "alternatives", "decision_maker", "adviser"],
)  # fmt: skip
def test_every_entry_is_needed(field):
    assert refused(**{field: "  "}) == field
    assert refused(**{field: "x" * 4_001}) == field


@pytest.mark.parametrize(
    "others",
    [(), (ANA,), (CAI,), (BEA, CAI), (UUID(int=99),)],
    ids=["nobody", "self", "lower", "one lower", "absent"],
)
def test_only_candidates_with_the_same_total_are_tied(others):
    assert refused(others=others) == "others"


def test_equal_totals_are_not_enough_a_criterion_on_which_scores_differ_must_be_explained():
    assert refused(criteria={JUDGEMENT: "", WRITING: "Alike."}) == f"criterion_{JUDGEMENT.hex}"
    assert refused(criteria={WRITING: "Alike."}) == f"criterion_{JUDGEMENT.hex}"


def test_a_criterion_with_equal_scores_may_be_certified_without_words():
    scores = {**SCORES, BEA: SCORES[ANA]}
    record = replace(RECORD, criteria={JUDGEMENT: "", WRITING: ""})
    check_record(record, TOTALS, scores, NAMES, today=TODAY)
    with pytest.raises(Invalid):
        check_record(record, TOTALS, SCORES, NAMES, today=TODAY)


def test_a_policy_of_favouring_is_refused():
    assert refused(has_no_policy=False) == "has_no_policy"


@pytest.mark.parametrize("field", ["evidence_on", "advised_on"])
def test_evidence_and_advice_come_before_the_record(field):
    assert refused(**{field: date(2026, 11, 27)}) == field


def test_all_nine_characteristics_of_the_act_are_there():
    assert set(CHARACTERISTIC_TITLES) == set(ProtectedCharacteristic)
    assert len(CHARACTERISTIC_TITLES) == 9
