"""Other people's names: whole and no more than that, by what people do, and again where they come again."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import KnownValues, redact
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(full_name="Mary Smith")


def visible(text: str) -> str:
    """What a shortlister reads before anybody restores a flagged passage."""
    return redact(text, KNOWN, LISTS).visible()


@pytest.mark.parametrize(
    ("text", "name", "stays"),
    [
        ("I learned this from my colleague Bronwen Pryce. Keele University", "Pryce", "my colleague"),
        ("My colleague Bronwen Pryce. Ludlow Road depot", "Bronwen", "Ludlow Road depot"),
        ("My mentor was Ana Ferreira. The team agreed.", "Ferreira", "The team agreed."),
        ("Mr. Pryce. Leeds was next.", "Pryce", "Leeds was next."),
        ("Thanks to our manager Dr. J. Okafor. It worked.", "Okafor", "It worked."),
        ("My supervisor Wm. Hughes signed it.", "Hughes", "signed it."),
    ],
)
def test_a_name_is_hidden_to_the_end_of_its_sentence(text, name, stays):
    assert name in text
    assert name not in visible(text)
    assert stays in visible(text)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We talked to Priya about the rota and Brzezina agreed.", ["Priya", "Brzezina"]),
        ("I rang Kasimir and Zdenka at once.", ["Kasimir", "Zdenka"]),
        ("I sat down with Nkechi and we agreed a plan.", ["Nkechi"]),
        ("Yusra told me that the ward was short.", ["Yusra"]),
        ("It was a hard week, as Tiernan was off sick.", ["Tiernan"]),
        ("My manager Tiernan O'Dowd let me lead. When Tiernan left, I took on Tiernan's files.", ["Tiernan"]),
    ],
)
def test_people_are_told_by_what_people_do(text, names):
    assert all(name in text for name in names)
    assert not any(name in visible(text) for name in names)


@pytest.mark.parametrize(
    "text",
    [
        "I talked to Capita about the contract and Serco agreed.",
        "I emailed Facilities and Procurement replied within a day.",
        "I told Parliament that Defra had agreed.",
        "We asked Barnardo's for a view and Shelter agreed.",
        "The Panel agreed. Everyone said so. Nobody asked.",
        "I speak up under the Criminal Procedure Rules and I have prosecuted.",
        "The Law Office of Jackson Associates and Taylor Motors were clients.",
        "Before Her Honour Judge Okoro we were granted the order.",
    ],
)
def test_bodies_that_agree_and_judges_who_sit_stay(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("I left Keele University aged 52 and joined the Home Office.", "52"),
        ("I left Keele University at the age of fifty-two and joined the Home Office.", "fifty"),
        ("I reported to Mr Pryce aged 52.", "52"),
        ("I supported Mr Pryce, aged 52, with his claim.", "52"),
        ("Mary Smith (52)", "52"),
        ("Mary Smith, 52, of the Leeds office", "52"),
    ],
)
def test_an_age_beside_a_hidden_name_goes_with_it_at_once(text, age):
    assert age in text
    once = visible(text)
    assert age not in once
    assert visible(once) == once


@pytest.mark.parametrize(
    "text",
    ["I assessed a man aged 52 with dementia.", "I taught people aged 16 and 17, and children aged 11 and over."],
)
def test_the_age_of_those_whom_the_work_was_for_stays(text):
    assert visible(text) == text


def test_numbers_after_a_name_that_are_no_age_stay():
    assert visible("I worked with Mary Smith, 12 officers and 3 clerks.").endswith(", 12 officers and 3 clerks.")


def test_family_names_that_are_also_words_for_places_are_hidden():
    text = "My manager Sue Green said so, and I thanked Emma Park and David Close."
    assert all(name in text for name in ("Green", "Park", "Close"))
    assert not any(name in visible(text) for name in ("Green", "Park", "Close"))
