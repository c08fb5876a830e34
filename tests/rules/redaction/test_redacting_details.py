"""Contact details, numbers and doubtful passages; what stays readable; and the time it takes."""

from __future__ import annotations

import time
from datetime import date

import pytest

from recruitment.rules.redaction import (
    MARKER,
    Education,
    KnownValues,
    WordListError,
    build_word_lists,
    redact,
)
from recruitment.rules.redaction.forms import is_nhs_number
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(
    full_name="Mary Smith",
    email="moll.sm@example.org",
    phones=("07700 900123",),
    address_lines=("24 Corporation Street", "Exeter"),
    postcode="EX4 7GS",
    date_of_birth=date(1984, 5, 11),
    national_insurance_number="QQ 12 34 56 C",
    education=(Education("University of Kent", "2002", "2005"),),
)


@pytest.mark.parametrize(
    "written",
    [
        "07700 900123",
        "+44 (0)7700-900-123",
        "0 7 7 0 0 9 0 0 1 2 3",
        "moll.sm@example.org",
        "someone.else@mail.example.com",
        "someone [at] example [dot] com",
        "24 Corporation St",
        "24 Corporation Street, Exeter, EX4 7GS",
        "ex4 7gs",
        "SW1A 2AA",
        "qq123456c",
        "AB 12 34 56 C",
        "943 476 5919",
        "11/05/1984",
        "11th May 1984",
        "May 11, 84",
        "1984-05-11",
        "https://www.linkedin.com/in/anybody",
        "linkedin.com/in/anybody",
    ],
)
def test_details_are_hidden(written: str) -> None:
    redaction = redact(f"Reach me by {written} please.", KNOWN, LISTS)
    assert redaction.visible(frozenset(range(9))) == f"Reach me by {MARKER} please."


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("I speak Urdu and some Polish at the counter.", f"I {MARKER} at the counter."),
        ("I asked how Callum would like to do it.", f"I asked how {MARKER} would like to do it."),
    ],
)
def test_doubtful_passages_are_hidden_until_restored(written: str, shown: str) -> None:
    redaction = redact(written, KNOWN, LISTS)
    assert redaction.visible() == shown
    assert redaction.visible(frozenset(range(9))) == written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("I told Mrs Fenwick of it.", f"I told {MARKER} of it."),
        ("BSc Physics, University of Hull, 2004-2007", f"BSc Physics, {MARKER}, 3 years"),
        ("NMC PIN: 14K0973E, band 6", f"NMC PIN: {MARKER}, band 6"),
        ("I worked with Janine Holroyd on it.", f"I worked with {MARKER} on it."),
        ("my colleague Brzezina did the review", f"my colleague {MARKER} did the review"),
        ("Studied in 2011 07700 900123", f"Studied in {MARKER}"),
    ],
)
def test_names_of_others_numbers_and_study_are_hidden_for_good(written: str, shown: str) -> None:
    redaction = redact(written, KNOWN, LISTS)
    assert redaction.visible() == redaction.visible(frozenset(range(9))) == shown


@pytest.mark.parametrize(
    "text",
    [
        "Senior Software Engineer, Java and Oracle Hyperion Planning, Microsoft Office",
        "Cut the backlog from 18,400 to 1,130 by March 2021; £1,900,000 saved (2019-2021)",
        "King's College Hospital NHS Foundation Trust, Staff Nurse, 03/2018 - present",
        "Exeter office: 24 suspects, 12 May meeting, ISO 27001, Windows 10",
    ],
)
def test_evidence_for_the_job_stays_readable(text: str) -> None:
    assert redact(text, KNOWN, LISTS).visible() == text


def test_the_check_digit_decides_what_is_an_nhs_number() -> None:
    assert (is_nhs_number("943 476 5919"), is_nhs_number("943 476 5918")) == (True, False)


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "1",
        "0 ",
        "@",
        "a@",
        "a.",
        "Mary ",
        "M. ",
        "m ",
        "Will ",
        "(at) ",
        "www.",
        "Aa ",
        "University ",
        "of ",
        "'",
        " ",
        "\n",
        "é",
        "2011 ",
        ".com/",
        "[hidden]",
        "-a",
        "1/",
        "A1",
        "x4",
        "mary.",
        "moll.",
        "A",
        "church ",
        "church, ",
        "Polish and ",
        "my Sikh ",
        "I am Sikh, ",
        "I had diabetes ",
        "University of Kent ",
        "I care for my dad, so please I need rest. ",
        "my knees and my church and ",
        "Prem O'Prem x ",
        "BSc Aa ",
        "BSc, Aa 2011; ",
        "Ask Lorna. ",
    ],
)
def test_four_times_the_repetition_takes_nothing_like_sixteen_times_as_long(unit: str) -> None:
    spent = []
    for characters in (20_000, 80_000):
        text = unit * (characters // len(unit))
        began = time.process_time()
        redaction = redact(text, KNOWN, LISTS)
        spent.append(time.process_time() - began)
        assert "".join(piece.text for piece in redaction.pieces) == text
    assert spent[1] < 9 * spent[0] + 0.2


def test_a_missing_word_list_is_refused() -> None:
    with pytest.raises(WordListError, match="ordinary_words is missing"):
        build_word_lists({})
