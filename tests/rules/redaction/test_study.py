"""Dates of study read as a length of time, and names of places end where they end."""

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
    ("dates", "reads"),
    [
        ("from 2001 to 2004", "for 3 years"),
        ("from Sept 2001 to July 2004", "for 3 years"),
        ("between 2001 and 2004", "for 3 years"),
        ("during 2001–2004", "for 3 years"),
        ("for the years 2001 to 2004", "for 3 years"),
        ("in 2001-2002", "for 1 year"),
        ("2001-2004", "3 years"),
        ("(2001–04)", "(3 years)"),
        ("2001 through to 2004", "3 years"),
        ("in 2004", f"in {MARKER}"),
        ("from 2001", f"from {MARKER}"),
        ("from 2001 until 2015", f"from {MARKER}"),
    ],
)
def test_dates_of_study_read_well(dates, reads):
    assert visible(f"I studied law at Keele University {dates}.") == f"I studied law at {MARKER} {reads}."


def test_dates_that_open_a_sentence_keep_its_capital():
    text = "From 2001 to 2004 I studied law at Keele University."
    assert visible(text) == f"For 3 years I studied law at {MARKER}."


@pytest.mark.parametrize(
    ("text", "place", "stays"),
    [
        ("MSc  Computer Science  University of Keele", "Keele", "Computer Science"),
        ("B.E Keele University, 2004", "Keele", "B.E"),
    ],
)
def test_a_subject_beside_a_place_of_study_stays(text, place, stays):
    assert place in text
    assert place not in visible(text)
    assert stays in visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "A school in Church Street sent us a cake when the campaign ended.",
        "Training: Windows Server 2008 and MS Office 2010.",
    ],
)
def test_schools_of_others_and_years_of_versions_stay(text):
    assert visible(text) == text


def test_a_school_where_the_writer_was_is_hidden():
    text = "I went to a boarding school in Shropshire."
    assert "Shropshire" in text
    assert "Shropshire" not in visible(text)
