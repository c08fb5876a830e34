"""Lines with a label: the label stays readable, the value does not, and languages are a doubt."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import MARKER, KnownValues, redact
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(full_name="Mary Smith")


def visible(text: str) -> str:
    """What a shortlister reads before anybody restores a flagged passage."""
    return redact(text, KNOWN, LISTS).visible()


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("Religion: ", "Sikh"),
        ("Religion or belief: ", "Sikh"),
        ("Age: ", "52"),
        ("Age – ", "52"),
        ("Nationality: ", "Ghanaian"),
        ("Disability: ", "deaf"),
        ("Disability (if any): ", "dyslexia"),
        ("Health: ", "asthma"),
        ("Ethnicity: ", "Black African"),
        ("Sexual orientation: ", "gay"),
        ("Gender: ", "male"),
        ("Marital status: ", "married"),
        ("Place of birth: ", "Lagos, Nigeria"),
        ("Date of birth: ", "1/2/1980"),
        ("Religion:\n", "Sikh"),
    ],
)
def test_a_label_stays_and_its_value_is_hidden(label, value):
    assert visible(label + value) == label + MARKER


def test_every_label_of_a_block_and_of_a_line_stays():
    block = "Religion: Sikh\nAge: 52\nNationality: Ghanaian\nDate of birth: 1/2/1980"
    assert visible(block) == f"Religion: {MARKER}\nAge: {MARKER}\nNationality: {MARKER}\nDate of birth: {MARKER}"
    line = "Marital Status: Single, Nationality: British, Religion: Jewish"
    assert visible(line) == f"Marital Status: {MARKER}, Nationality: {MARKER}, Religion: {MARKER}"


def test_a_label_that_tells_something_itself_is_hidden():
    assert "Husband" not in visible("Husband's name: John")


@pytest.mark.parametrize(
    "text",
    [
        "Languages: Polish, English",
        "Languages spoken: Polish and English",
        "LANGUAGES: Polish, English",
        "Languages: Urdu, Punjabi and English",
        "Nationality: British | Languages: Polish, English | Age: 52",
        "Languages\nPolish, English",
    ],
)
def test_languages_on_offer_are_a_doubt_and_their_label_stays(text):
    redaction = redact(text, KNOWN, LISTS)
    assert "Polish" not in redaction.visible() and "Urdu" not in redaction.visible()
    assert "anguages" in redaction.visible() or "LANGUAGES" in redaction.visible()
    restored = redaction.visible(frozenset(range(9)))
    assert "Polish" in restored or "Urdu" in restored


def test_a_language_of_ones_own_is_no_doubt():
    text = "Languages: Polish (native), English"
    assert "Polish" not in redact(text, KNOWN, LISTS).visible(frozenset(range(9)))


@pytest.mark.parametrize("text", ["Languages: Python, Java", "Disability: none"])
def test_a_value_that_tells_nothing_stays(text):
    assert visible(text) == text
