"""Names, birthdays, homes and places of study in the plain words that lead to them."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import Action, KnownValues, redact
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
NOBODY = KnownValues(full_name="")


def _read(text: str) -> str:
    """The text with what is hidden left out."""
    hidden = {
        place
        for span in redact(text, NOBODY, LISTS).spans
        if span.action is Action.HIDE
        for place in range(span.start, span.end)
    }
    return "".join(letter for place, letter in enumerate(text) if place not in hidden)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Everyone on the ward calls me Pip.", "Pip"),
        ("I am known as Dodo on the yard.", "Dodo"),
        ("My maiden name, Thackeray, is on the older papers.", "Thackeray"),
        ("My birthday is 3 May and I would start after it.", "3 May"),
        ("I was born on May 3rd in the snow.", "May 3rd"),
        ("We moved to 6 Orchard Close last year.", "Orchard"),
        ("My address is flat 2 113 albany road cardiff", "albany"),
        ("Home: Flat 3/1, 22 Byres Rd, Glasgow", "Byres"),
        ("Share code W92 T4B K7P", "T4B"),
        ("Tyddyn Isaf, Llanuwchllyn", "Isaf"),
        ("Ask Lorna in the hub.", "Lorna"),
        ("Reference 1 - J. P. Harker, Head of Operations", "Harker"),
        ("I kept the gate for nine years.\n\nSue", "Sue"),
    ],
)
def test_what_writers_call_themselves_and_where_they_live_is_hidden(text, told):
    assert told in text
    assert told not in _read(text)


@pytest.mark.parametrize(
    ("text", "told", "kept"),
    [
        ("MSc Transport Planning, Leeds ITS 2016.", ("Leeds", "2016"), "Transport Planning"),
        ("Exeter, Politics, 2015.", ("Exeter", "2015"), "Politics"),
        ("CSM, 2017, Graphic Design, first.", ("CSM", "2017"), "Graphic Design, first"),
        ("2:1 Geography Swansea 2008", ("Swansea", "2008"), "2:1 Geography"),
        ("Bedales, then UEA, 2006.", ("Bedales", "UEA", "2006"), "then"),
        ("WAEC, Mfantsipim, 1992", ("Mfantsipim", "1992"), "WAEC"),
        ("EDUCATION\n\nBachelor of Commerce\n\nShri gnanambika kendra\n\nSKILLS", ("gnanambika",), "Commerce"),
    ],
)
def test_a_place_of_study_is_what_is_neither_award_nor_subject_nor_year(text, told, kept):
    assert all(word in text for word in told)
    visible = _read(text)
    assert [word for word in told if word in visible] == []
    assert kept in visible


@pytest.mark.parametrize(
    "text",
    [
        "Finance Officer, Hull, 2011-2014",
        "Housing, Leeds, 2015: I cut voids by 12 %.",
        "Team leader, Exeter, 2015",
        "Politics teams in Leeds, 2015 review",
        "Reference Librarian, County Library, Aug 2012 - present",
        "We moved to 6 new sites last year.",
        "Ask Housing in the hub.",
        "The system is known as Mosaic.",
    ],
)
def test_lines_of_work_of_the_same_make_up_stay(text):
    assert _read(text) == text
