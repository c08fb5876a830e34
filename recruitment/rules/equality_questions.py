"""What a person may answer to the equality questions, and which characteristics the answers amount to.

Sources: GOV.UK Design System, "Equality information"; Office for National Statistics, Census 2021
derivation of disability; ten-year Census age bands. Answers are optional one by one: a partial set is
complete enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from recruitment.rules.equality_question_set import (
    AGE,
    BACKGROUNDS,
    ETHNIC_GROUPS,
    NOT_ANSWERED,
    NOT_ASKED,
    PREFER_NOT_TO_SAY,
    QUESTION_SET,
    QUESTION_SET_VERSION,
    Option,
    Page,
    Question,
    background_key,
)
from recruitment.rules.equality_questions_offered import COUNTED_AS, FURTHER_CHARACTERISTICS
from recruitment.rules.errors import Invalid
from recruitment.rules.question_sets import SHIPPED, QuestionSet

__all__ = [
    "AGE",
    "AGE_BANDS",
    "CHARACTERISTICS",
    "MISSING",
    "NOT_ANSWERED",
    "NOT_ASKED",
    "PREFER_NOT_TO_SAY",
    "QUESTION_SET",
    "QUESTION_SET_VERSION",
    "WRITE_IN_LENGTH",
    "Option",
    "Page",
    "Question",
    "UnknownAnswer",
    "age_band",
    "background_key",
    "characteristics",
    "check_answers",
    "is_asked",
]

WRITE_IN_LENGTH = 80
AGE_BANDS = ("under 16", "16-24", "25-34", "35-44", "45-54", "55-64", "65 and over")
_OLDEST = 120

# Outside every denominator: nobody is counted as "not of a group" for keeping silent.
MISSING: tuple[tuple[str, str], ...] = (
    (PREFER_NOT_TO_SAY, "Prefer not to say"),
    (NOT_ANSWERED, "Not answered"),
    (NOT_ASKED, "Not asked"),
)


class UnknownAnswer(Invalid):
    """An answer outside the question set: `question` is the key, `value` what was sent."""

    def __init__(self, question: str, value: str, sentence: str = "") -> None:
        super().__init__(
            sentence or "Select one of the answers in the list, or leave the question blank.", question
        )
        self.question = question
        self.value = value


_QUESTIONS = SHIPPED.questions
_TEXT = "_text"


def is_asked(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether the answers given so far lead to this question."""
    if question.only_if is None:
        return True
    key, codes = question.only_if
    return answers.get(key) in codes


def _refuse_unknown_keys(answers: Mapping[str, str], questions: Mapping[str, Question]) -> None:
    for key, value in answers.items():
        owner = questions.get(key.removesuffix(_TEXT))
        if owner is None or (key.endswith(_TEXT) and not any(option.write_in for option in owner.options)):
            raise UnknownAnswer(key, value, "This question is not one of the equality questions.")


def check_answers(answers: Mapping[str, str], asked: QuestionSet = SHIPPED) -> dict[str, str]:
    """The answers as they may be sealed: question key -> option code, `<key>_text` -> own words.

    Blanks are dropped, and so are answers to questions that the other answers no longer lead to (somebody
    went back and changed the ethnic group) and own words beside an option that has no field for them.
    Raises UnknownAnswer, also for a question that is not `asked`.
    """
    _refuse_unknown_keys(answers, asked.questions)
    kept: dict[str, str] = {}
    for key, question in asked.questions.items():
        code = answers.get(key, "")
        if not code or not is_asked(question, kept):
            continue
        known = {option.code: option.write_in for option in question.options}
        if key == AGE:
            known = dict.fromkeys(AGE_BANDS, False)
        if code not in known:
            raise UnknownAnswer(key, code)
        kept[key] = code
        words = answers.get(key + _TEXT, "").strip()
        if words and known[code]:
            if len(words) > WRITE_IN_LENGTH:
                sentence = f"Your description must be {WRITE_IN_LENGTH} characters or fewer."
                raise UnknownAnswer(key + _TEXT, words, sentence)
            kept[key + _TEXT] = words
    return kept


def age_band(date_of_birth: date, on: date) -> str:
    """The band of the age reached on the day `on`; somebody born on 29 February has a birthday on 1 March.

    Raises ValueError for a birth in the future or more than 120 years ago. The date itself is never stored.
    """
    had_birthday = (on.month, on.day) >= (date_of_birth.month, date_of_birth.day)
    age = on.year - date_of_birth.year - (0 if had_birthday else 1)
    if date_of_birth > on:
        raise ValueError("The date of birth must be in the past.")
    if age > _OLDEST:
        raise ValueError(f"The date of birth must be within the last {_OLDEST} years.")
    if age < 16:
        return AGE_BANDS[0]
    return AGE_BANDS[min(max((age - 5) // 10, 1), len(AGE_BANDS) - 1)]


def _disability(answers: Mapping[str, str]) -> str:
    condition = answers.get("health_condition", NOT_ANSWERED)
    if condition == "no":
        return "not_disabled"
    if condition != "yes":
        return condition
    reduced = answers.get("activities_reduced", NOT_ANSWERED)
    return {"a_lot": "disabled", "a_little": "disabled", "not_at_all": "not_disabled"}.get(reduced, reduced)


def _ethnic_background(answers: Mapping[str, str]) -> str:
    # Somebody who keeps the group to themselves is not asked for the background, and keeps it to themselves
    # too.
    group = answers.get("ethnic_group", NOT_ANSWERED)
    if group not in BACKGROUNDS:
        return group
    return answers.get(background_key(group), NOT_ANSWERED)


def characteristics(answers: Mapping[str, str], asked: QuestionSet = SHIPPED) -> dict[str, str]:
    """What the tally counts: one code for each of the characteristics asked, never a person's own words.

    `answers` have been through `check_answers`. Disability follows the derivation of the Office for National
    Statistics: a lasting condition that reduces day-to-day activities a lot or a little. An answer that only some
    wordings offer is counted in the group that all of them have.
    """
    derived = {
        "age": answers.get(AGE, NOT_ANSWERED),
        "disability": _disability(answers),
        "ethnic_background": _ethnic_background(answers),
    }
    found = {key: derived.get(key, answers.get(key, NOT_ANSWERED)) for key in asked.characteristics}
    return {key: COUNTED_AS.get(key, {}).get(code, code) for key, code in found.items()}


def _labels(key: str) -> tuple[tuple[str, str], ...]:
    offered = _QUESTIONS[key].options
    return (
        *((option.code, option.label) for option in offered if option.code != PREFER_NOT_TO_SAY),
        *MISSING,
    )


def _background_labels() -> tuple[tuple[str, str], ...]:
    return tuple(
        (option.code, f"{label}: {option.label}")
        for group, label in ETHNIC_GROUPS
        for option in BACKGROUNDS[group]
    )


CHARACTERISTICS: tuple[tuple[str, str, tuple[tuple[str, str], ...]], ...] = (
    ("age", "Age", (*((band, band) for band in AGE_BANDS), *MISSING)),
    ("disability", "Disability", (("disabled", "Disabled"), ("not_disabled", "Not disabled"), *MISSING)),
    ("ethnic_group", "Ethnic group", (*ETHNIC_GROUPS, *MISSING)),
    ("ethnic_background", "Ethnic background", (*_background_labels(), *MISSING)),
    ("marital_status", "Marital or civil partnership status", _labels("marital_status")),
    ("religion", "Religion", _labels("religion")),
    ("sex", "Sex", _labels("sex")),
    (
        "gender_identity",
        "Gender identity",
        (
            ("same", "Same as sex registered at birth"),
            ("different", "Different from sex registered at birth"),
            *MISSING,
        ),
    ),
    ("sexual_orientation", "Sexual orientation", _labels("sexual_orientation")),
    *((key, title, (*groups, *MISSING)) for key, title, groups in FURTHER_CHARACTERISTICS),
)
