"""Clauses in which writers tell of home, body, faith, origin or fellowship in words that no phrase foresees."""

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
    ("text", "told"),
    [
        ("I get the nursery run done by nine.", "nursery"),
        ("My knees are not what they were.", "knees"),
        ("Had leukaemia as a student.", "leukaemia"),
        ("I went without meat through Pongal.", "Pongal"),
        ("My mother tongue is Tigrinya.", "Tigrinya"),
        ("I have been a Brown Owl since 2015.", "Brown Owl"),
        ("I am on the picket line most Fridays.", "picket"),
        ("My certificate shows my old name.", "old name"),
        ("The menopause knocked me sideways.", "menopause"),
        ("At forty-six I am ready for a change.", "forty-six"),
        ("Hubby is away a good deal.", "Hubby"),
        ("I was a pharmacist in Asmara.", "Asmara"),
    ],
)
def test_a_clause_of_ones_own_without_work_is_not_read(text, told):
    assert told in text
    assert told not in visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "I saw that a mother with a newborn had no cot.",
        "I found that the leaflet assumed a passport.",
        "A father shouted at me at the gate.",
        "I rang the gurdwara and two churches about the closure.",
        "I wrote the guidance on Ramadan for custody staff.",
        "I send large-print letters where the record asks for it.",
        "We had his son back in class within a month.",
        "I know the Refugee Convention.",
    ],
)
def test_the_same_words_of_others_and_of_work_stay(text):
    assert visible(text) == text
