"""Telling words that no phrase and no sentence decided: hidden or flagged when nothing of work explains them."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import Action, KnownValues, redact
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(full_name="Mary Smith")


def visible(text: str) -> str:
    """What a shortlister reads before anybody restores a flagged passage."""
    return redact(text, KNOWN, LISTS).visible()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I was told that as a young woman I would not last on enforcement.", "woman"),
        ("As a bearded Sikh officer I am often asked to speak at schools.", "Sikh"),
        ("I am a trustee of the almshouse and a grandfather.", "grandfather"),
        ("I'm a Fijian man from Hull, proud dad to a baby girl, and I run for fun.", "dad"),
        ("Engaged to be married, no kids. I can start in May.", "kids"),
        ("Asthmatic and stubborn, I ran the depot's first marathon.", "Asthmatic"),
        ("First chairwoman of the county finance officers, 2012.", "chairwoman"),
        ("Co-chair, council Queer and Trans Workers network.", "Queer"),
        ("I am on the committee of the Bristol Somali Women's Association.", "Somali"),
        ("I have a rheumatology clinic appointment and asthma clinic appointments on Mondays.", "asthma"),
        ("Please can I have the questions in advance?", "in advance"),
        ("It would help to sit at my left side, where I hear you.", "left side"),
    ],
)
def test_a_telling_word_of_the_writers_own_is_not_read(text, told):
    assert told in text
    assert told not in visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "I had a grown man throw a suitcase at the desk and kept calm.",
        "One woman in labour could not reach the ward, so I sent a driver.",
        "I wrote the guidance for Muslim patients on fasting before surgery.",
        "I gave the mother my number and rang her after the hearing.",
        "We printed the timetable in Polish, Somali and Urdu for tenants.",
        "I chaired the meeting that agreed the menopause policy for staff.",
        "I led the deaf awareness training for forty caseworkers.",
        "I manage an 18-bed ward for men with psychosis and supervise nine nurses.",
        "I set up a women's refuge rota and opened a mosque open day.",
        "I sent the panel questions in advance to every candidate and briefed the chair.",
    ],
)
def test_work_about_a_characteristic_stays_readable(text):
    assert visible(text) == text


def test_a_word_that_stands_alone_is_flagged_and_can_be_restored():
    redaction = redact("Cricket: opening bat, men's second eleven.", KNOWN, LISTS)
    flagged = [span for span in redaction.spans if span.action is Action.FLAG]
    assert [redaction.original[span.start : span.end] for span in flagged] == ["men's second eleven"]


def test_an_appraisers_pronouns_for_the_writer_are_neutral():
    text = "Line manager's comments: She listens well, and her notes are read by others."
    assert " she " in f" {text.lower()} "
    assert "she" not in visible(text).lower().split()
    assert "her" not in visible(text).lower().split()


def test_a_reference_that_knows_the_writer_by_name_has_neutral_pronouns():
    text = "I have managed Mary Smith for four years. He is calm under pressure."
    assert "He" not in visible(text).split()
    stays = "I have managed budgets for four years. He is calm, the tenant said."
    assert visible(stays) == stays


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("EDUCATION\nBSc Nursing (June   2008)   Keele University", "2008"),
        ("EDUCATION\n2014   Present   Open University, MSc", "Present"),
        ("May 2015\nMA Counselling\nKeele University", "2015"),
        ("EDUCATION\n01/10/2001 - 30/06/2004 University of Leeds, Law", "2001"),
    ],
)
def test_years_of_study_are_hidden_however_a_cv_sets_them_out(text, year):
    assert year in text
    assert year not in visible(text)
