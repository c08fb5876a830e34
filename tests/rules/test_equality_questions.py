"""The question set is asked word for word; answers become characteristics without anybody's own words."""

from __future__ import annotations

from datetime import date

import pytest

from recruitment.rules.equality_questions import (
    CHARACTERISTICS,
    NOT_ANSWERED,
    PREFER_NOT_TO_SAY,
    QUESTION_SET,
    UnknownAnswer,
    age_band,
    characteristics,
    check_answers,
)
from recruitment.rules.question_sets import SHIPPED

QUESTIONS = {question.key: question for page in QUESTION_SET for question in page.questions}


def test_the_pages_come_in_the_order_of_the_pattern() -> None:
    assert [page.key for page in QUESTION_SET] == [
        "date-of-birth",
        "health-conditions",
        "day-to-day-activities",
        "ethnic-group",
        "ethnic-background-white",
        "ethnic-background-mixed",
        "ethnic-background-asian",
        "ethnic-background-black",
        "ethnic-background-other",
        "marital-status",
        "religion",
        "sex-and-gender-identity",
        "sexual-orientation",
    ]


def test_there_are_five_ethnic_groups_and_eighteen_backgrounds() -> None:
    rows = {key: [code for code, _ in labels] for key, _, labels in CHARACTERISTICS}
    assert (len(rows["ethnic_group"]) - 3, len(rows["ethnic_background"]) - 3) == (5, 18)


def test_prefer_not_to_say_comes_last_and_without_a_divider_only_on_sex_and_gender_identity() -> None:
    chosen = [question for question in QUESTIONS.values() if question.options]
    assert {question.options[-1].code for question in chosen} == {PREFER_NOT_TO_SAY}
    assert [q.key for q in chosen if not q.prefer_not_divider] == ["sex", "gender_identity"]


def test_the_wording_of_the_disability_questions_is_exact() -> None:
    assert QUESTIONS["health_condition"].text == (
        "Do you have any physical or mental health conditions or illness lasting or expected to "
        "last 12 months or more?"
    )
    assert QUESTIONS["activities_reduced"].hint == "For example eating, washing, walking or going shopping"


def test_every_write_in_has_a_label() -> None:
    with_words = {q.key for q in QUESTIONS.values() if any(option.write_in for option in q.options)}
    assert with_words == {q.key for q in QUESTIONS.values() if q.write_in_label}


def test_every_code_is_unique_in_its_question_and_counted() -> None:
    rows = {key: {code for code, _ in labels} for key, _, labels in CHARACTERISTICS}
    for key in ("ethnic_group", "marital_status", "religion", "sex", "gender_identity", "sexual_orientation"):
        codes = [option.code for option in QUESTIONS[key].options]
        assert len(codes) == len(set(codes))
        assert set(codes) <= rows[key]


def test_partial_answers_are_taken_and_blanks_dropped() -> None:
    assert check_answers({"sex": "female", "religion": ""}) == {"sex": "female"}


def test_an_answer_to_a_question_no_longer_asked_is_dropped() -> None:
    answers = {
        "ethnic_group": "asian",
        "ethnic_background_white": "white_irish",
        "activities_reduced": "a_lot",
    }
    assert check_answers(answers) == {"ethnic_group": "asian"}


@pytest.mark.parametrize(
    ("question", "value"),
    [
        ("sex", "other"),
        ("age_band", "41"),
        ("shoe_size", "9"),
        ("sex_text", "words"),
        ("age_band_text", "old"),
    ],
)
def test_an_answer_outside_the_question_set_is_refused(question: str, value: str) -> None:
    with pytest.raises(UnknownAnswer) as refused:
        check_answers({question: value})
    assert (refused.value.question, refused.value.value) == (question, value)


def test_own_words_are_kept_only_beside_the_option_that_asks_for_them() -> None:
    assert check_answers({"religion": "other", "religion_text": " Jain "}) == {
        "religion": "other",
        "religion_text": "Jain",
    }
    assert check_answers({"religion": "sikh", "religion_text": "Jain"}) == {"religion": "sikh"}


def test_own_words_may_have_eighty_characters_and_no_more() -> None:
    assert check_answers({"religion": "other", "religion_text": "x" * 80})["religion_text"] == "x" * 80
    with pytest.raises(UnknownAnswer, match="80 characters"):
        check_answers({"religion": "other", "religion_text": "x" * 81})


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (date(2010, 6, 2), "under 16"),
        (date(2010, 6, 1), "16-24"),
        (date(2001, 6, 2), "16-24"),
        (date(2001, 6, 1), "25-34"),
        (date(1961, 6, 2), "55-64"),
        (date(1961, 6, 1), "65 and over"),
        (date(1906, 6, 1), "65 and over"),
        (date(2026, 6, 1), "under 16"),
    ],
)
def test_the_age_band_changes_on_the_birthday(born: date, band: str) -> None:
    assert age_band(born, date(2026, 6, 1)) == band


@pytest.mark.parametrize("born", [date(2026, 6, 2), date(1905, 6, 1)])
def test_an_impossible_date_of_birth_is_refused(born: date) -> None:
    with pytest.raises(ValueError, match="date of birth"):
        age_band(born, date(2026, 6, 1))


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"health_condition": "yes", "activities_reduced": "a_lot"}, "disabled"),
        ({"health_condition": "yes", "activities_reduced": "a_little"}, "disabled"),
        ({"health_condition": "yes", "activities_reduced": "not_at_all"}, "not_disabled"),
        ({"health_condition": "no"}, "not_disabled"),
        ({"health_condition": "yes"}, NOT_ANSWERED),
        ({"health_condition": "yes", "activities_reduced": PREFER_NOT_TO_SAY}, PREFER_NOT_TO_SAY),
        ({"health_condition": PREFER_NOT_TO_SAY}, PREFER_NOT_TO_SAY),
        ({}, NOT_ANSWERED),
    ],
)
def test_disability_is_derived_from_both_questions(answers: dict[str, str], expected: str) -> None:
    assert characteristics(answers)["disability"] == expected


def test_characteristics_carry_codes_of_the_reports_and_no_own_words() -> None:
    answers = {"ethnic_group": "white", "ethnic_background_white": "white_other"}
    found = characteristics(answers | {"ethnic_background_white_text": "Cornish"})
    assert found == dict.fromkeys(SHIPPED.characteristics, NOT_ANSWERED) | {
        "ethnic_group": "white",
        "ethnic_background": "white_other",
    }
