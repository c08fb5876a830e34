"""Lengths of sealed rows tell nothing of what was answered or asked for."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import pytest

from recruitment.rules.applications import ADJUSTMENTS, Relationship, Requests
from recruitment.rules.eligibility import (
    LONGEST_DETAIL,
    LONGEST_REASON,
    EligibilityAnswer,
    EligibilityDecision,
    EligibilityStanding,
    Requirement,
)
from recruitment.rules.equality_questions import (
    AGE,
    AGE_BANDS,
    QUESTION_SET,
    WRITE_IN_LENGTH,
    check_answers,
    is_asked,
)
from recruitment.rules.letters_on_paper import PostalAddress, as_address
from recruitment.rules.question_sets import ITEMS, checked_set
from recruitment.vault import hpke
from recruitment.vault.compartments import Compartment, PublicKeys
from recruitment.vault.sealing import eligibility, equality, requests
from recruitment.vault.sealing.contact import seal_address
from recruitment.vault.sealing.equality import seal_equality_answers, seal_equality_withdrawal
from recruitment.vault.sealing.relationships import seal_relationships
from recruitment.vault.sealing.requests import seal_adjustments, seal_opt_in

CAMPAIGN, APPLICATION = UUID(int=1), UUID(int=2)
AT = datetime(2026, 9, 1, 9, 0, 0, 123456, tzinfo=UTC)
KEYS = PublicKeys(CAMPAIGN, {compartment: hpke.make_key_pair()[1] for compartment in Compartment})
FOUR_BYTES = "𝄞"
ESCAPED = "\x01"  # six bytes once JSON has written it, the most that any character takes


def fullest_answers(character: str) -> dict[str, str]:
    """Every question answered with the answer that takes most room, every write-in full."""
    answers: dict[str, str] = {}
    for page in QUESTION_SET:
        for question in page.questions:
            if not is_asked(question, answers):
                continue
            codes = [(option.write_in, len(option.code), option.code) for option in question.options]
            if question.key == "health_condition":
                answers[question.key] = "yes"  # leads to a further question
            elif question.key == AGE:
                answers[AGE] = max(AGE_BANDS, key=len)
            else:
                is_write_in, _, answers[question.key] = max(codes)
                if is_write_in:
                    answers[f"{question.key}_text"] = character * WRITE_IN_LENGTH
    return answers


def test_equality_rows_are_of_one_length_whatever_was_answered() -> None:
    questions = [question for page in QUESTION_SET for question in page.questions]
    single = [{question.key: option.code} for question in questions for option in question.options]
    given = [
        {},
        *single,
        {AGE: AGE_BANDS[-1]},
        fullest_answers("a"),
        fullest_answers(FOUR_BYTES),
        fullest_answers('"'),
        fullest_answers(ESCAPED),
    ]
    lengths = {
        len(seal_equality_answers(KEYS, APPLICATION, at, answers))
        for answers, at in product(given, (AT, AT.replace(microsecond=0)))
    }
    lengths.add(len(seal_equality_withdrawal(KEYS, APPLICATION, AT)))
    assert lengths == {equality.PADDED + hpke.OVERHEAD}


@pytest.mark.parametrize("group", ["white", "mixed", "asian", "black", "other"])
@pytest.mark.parametrize("character", [FOUR_BYTES, ESCAPED])
def test_the_longest_answers_that_the_question_set_takes_can_be_sealed(group: str, character: str) -> None:
    answers = fullest_answers(character)
    background = next(
        question
        for page in QUESTION_SET
        for question in page.questions
        if question.only_if == ("ethnic_group", frozenset({group}))
    )
    answers = {key: value for key, value in answers.items() if not key.startswith("ethnic_")}
    code = next(option.code for option in background.options if option.write_in)
    answers |= {"ethnic_group": group, background.key: code, f"{background.key}_text": character * WRITE_IN_LENGTH}
    kept = check_answers(answers)
    assert kept == answers
    assert sum(key.endswith("_text") for key in kept) == 4
    assert len(seal_equality_answers(KEYS, APPLICATION, AT, kept)) == equality.PADDED + hpke.OVERHEAD


@pytest.mark.parametrize("character", [FOUR_BYTES, ESCAPED])
@pytest.mark.parametrize("group", ["white", "mixed", "asian", "black", "other"])
def test_the_longest_answers_to_every_question_that_is_shipped_can_be_sealed(group: str, character: str) -> None:
    asked = checked_set(1, {item.key: item.wordings[-1].key for item in ITEMS}, {})
    answers = {AGE: max(AGE_BANDS, key=len), "health_condition": "yes", "ethnic_group": group}
    for question in asked.questions.values():
        if question.key in answers or not is_asked(question, answers):
            continue
        option = max(question.options, key=lambda each: (each.write_in, len(each.code)))
        answers[question.key] = option.code
        if option.write_in:
            answers[f"{question.key}_text"] = character * WRITE_IN_LENGTH
    kept = check_answers(answers, asked)
    assert kept == answers and len(kept) > 20
    assert len(seal_equality_answers(KEYS, APPLICATION, AT, kept)) == equality.PADDED + hpke.OVERHEAD


def test_adjustments_are_of_one_length_whether_anything_was_asked_for_or_not() -> None:
    codes = tuple(code for code, _ in ADJUSTMENTS)
    asked = [
        Requests(),
        Requests(("bsl",)),
        Requests(codes, "a" * 2000),
        Requests(codes, FOUR_BYTES * 2000),
        Requests((), "\n" * 2000, disability_confident=True),
    ]
    lengths = {len(seal_adjustments(KEYS, APPLICATION, one)) for one in asked}
    assert lengths == {requests.PADDED + hpke.OVERHEAD}


def test_opt_ins_are_of_one_length_whether_somebody_opted_in_or_not() -> None:
    lengths = {
        len(seal_opt_in(KEYS, APPLICATION, Requests(disability_confident=wanted))) for wanted in (True, False)
    }
    assert lengths == {1 + hpke.OVERHEAD}


def test_what_is_declared_of_requirements_and_what_the_check_says_are_of_one_length() -> None:
    details = ("", "18Q4417", FOUR_BYTES * LONGEST_DETAIL, ESCAPED * LONGEST_DETAIL)
    declared = [(), *(tuple(EligibilityAnswer(one, "by_start", text) for one in Requirement) for text in details)]
    lengths = {len(eligibility.seal_eligibility(KEYS, APPLICATION, answers)) for answers in declared}
    assert lengths == {eligibility.PADDED + hpke.OVERHEAD}
    decided = [
        EligibilityDecision(standing, text)
        for standing in EligibilityStanding
        for text in ("", "Not on the register.", FOUR_BYTES * LONGEST_REASON, ESCAPED * LONGEST_REASON)
    ]
    lengths = {len(eligibility.seal_decision(KEYS, APPLICATION, one)) for one in decided}
    assert lengths == {eligibility.PADDED_DECISION + hpke.OVERHEAD}


def test_relationships_are_of_one_length_whether_somebody_is_known_or_not() -> None:
    twelve = tuple(Relationship(f"Person {number} Longname-Somebody", "a relative " * 5) for number in range(12))
    lengths = {len(seal_relationships(KEYS, APPLICATION, known)) for known in ((), twelve[:1], twelve)}
    assert lengths == {4096 + hpke.OVERHEAD}


def test_an_account_of_a_postal_address_is_as_long_as_one_of_an_email_address():
    """Its length would tell who did not apply on the site, and so who may be disabled."""
    postal = as_address(PostalAddress(CAMPAIGN, ("Quenbyla Varnheskold", "93 Thistlecanary Row", "S64 9QQ"), "cy"))
    longest = f"{'a' * 242}@example.org"
    sealed = {len(seal_address(KEYS, APPLICATION, each, "cy")) for each in ("a@b.uk", longest, postal)}
    assert len(sealed) == 1
