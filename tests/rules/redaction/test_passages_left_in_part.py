"""What stands beside a hidden passage, study told in a sentence, further identifiers, and signs of an origin."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import Action, KnownValues, redact
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(full_name="Annelise Hartwell")


def visible(text: str) -> str:
    return redact(text, KNOWN, LISTS).visible()


def flagged(text: str) -> list[str]:
    return [text[span.start : span.end] for span in redact(text, KNOWN, LISTS).spans if span.action is Action.FLAG]


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("I have asthma, under control.", "under control"),
        ("I am a Freemason, and glad to say so.", "glad"),
        ("I've a boy of six, most weekends.", "weekends"),
    ],
)
def test_a_fragment_that_goes_on_with_something_told_goes_with_it(text, rest):
    assert rest in text
    assert rest not in visible(text)


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("I use a wheelchair; I design stores so that anyone can reach the shelves.", "I design stores"),
        ("I am Sikh, and I managed 14 staff on the late shift.", "I managed 14 staff"),
    ],
)
def test_work_and_labels_beside_something_told_stay(text, stays):
    assert stays in visible(text)


def test_a_doubtful_remnant_can_be_restored_though_it_stands_beside_what_is_hidden():
    text = "I lost custody of my son and I got him back."
    redaction = redact(text, KNOWN, LISTS)
    restorable = [piece for piece in redaction.pieces if getattr(piece, "restorable", False)]
    assert "I lost custody of" in [piece.text for piece in restorable]
    assert "son" not in redaction.visible(frozenset(piece.ordinal for piece in restorable))
    once = redaction.visible()
    assert redact(once, KNOWN, LISTS).visible() == once


@pytest.mark.parametrize(
    ("text", "place", "year"),
    [
        ("Geology at Trewidden, 1981–84.", "Trewidden", "1981"),
        ("Marsh Lane Secondary 2006", "Marsh Lane", "2006"),
        ("school was withy park left in 03 with six gcses", "withy park", "03"),
        ("Szkoła Podstawowa nr 4, then Technikum Budowlane, 1999", "Technikum Budowlane", ""),
        ("I was boarder at Pennymoor until fourteen.", "Pennymoor", ""),
        ("Registered since 2011.", "", "2011"),
        ("I finished my apprenticeship in 1998.", "", "1998"),
    ],
)
def test_a_sentence_of_study_hides_its_place_and_its_year(text, place, year):
    assert not place or place not in visible(text)
    assert not year or year not in visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "I taught geography at Penwith for six years.",
        "We opened a service at Penwith in 2014.",
    ],
)
def test_a_place_and_a_year_of_work_stay(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("Please write to Flat 9, Marlin House, Saltby.", "Marlin"),
        ("Home is Larch Cottage, Pound Lane, Upper Wexcombe.", "Wexcombe"),
        ("My work is at quietharbour.example for anyone to see.", "quietharbour"),
        ("I was born on the ninth of June nineteen sixty-eight.", "sixty"),
        ("My manager is Annelise Vandermeer, so there are two of us.", "Vandermeer"),
        ("It is said Ann-e-lise, by the way.", "lise"),
        ("ref miss tolland year 2", "tolland"),
    ],
)
def test_identifiers_in_further_forms_are_hidden(text, secret):
    assert secret in text
    assert secret not in visible(text)


@pytest.mark.parametrize("text", ["Guidance is on nhs.uk and gov.uk.", "We use Teams, Excel, etc. and R."])
def test_public_sites_and_abbreviations_are_no_domain(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "My mother still sends oranges from Gaziantep.",
        "I still write my name with a ł at the bank.",
        "I began on the trams in 1979.",
        "I dream in two languages.",
        "My knee was done last spring.",
        "Sundown on Friday is when I stop.",
    ],
)
def test_what_is_told_in_other_words_is_no_longer_shown(text):
    assert visible(text) != text


@pytest.mark.parametrize(
    "text",
    [
        "The shipment from Gaziantep was held at the port.",
        "I applied section 26 of the Mental Health Act 1983 and recorded why.",
        "The café on the ward was my idea.",
        "The department dates from 1979.",
    ],
)
def test_such_signs_in_work_stay(text):
    assert flagged(text) == []
    assert visible(text) == text
