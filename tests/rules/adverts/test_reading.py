"""Readability: the formulas' worked values, sentences, syllables."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.adverts import Part
from recruitment.rules.adverts.reading import (
    TextCounts,
    automated_readability,
    flesch_kincaid_grade,
    flesch_reading_ease,
    gunning_fog,
    read_ease,
    smog_grade,
)
from recruitment.rules.adverts.texts import sentences_of, syllables_in

WORKED = TextCounts(words=100, sentences=5, syllables=150, long_words=10, characters=450)


@pytest.mark.parametrize(
    ("formula", "value"),
    [(flesch_reading_ease, 59.635), (flesch_kincaid_grade, 9.91), (smog_grade, 11.208), (gunning_fog, 12.0),
     (automated_readability, 9.765)],
)  # fmt: skip
def test_each_formula_gives_its_worked_value(formula, value):
    assert formula(WORKED) == pytest.approx(value, abs=0.0005)


@pytest.mark.parametrize(
    ("word", "syllables"),
    [("cat", 1), ("make", 1), ("makes", 1), ("table", 2), ("worked", 1), ("wanted", 2), ("services", 3),
     ("nation", 2), ("material", 4), ("experience", 4), ("whole", 1), ("responsibility", 6), ("créche", 2)],
)  # fmt: skip
def test_syllables_of_ordinary_words_are_counted_right(word, syllables):
    assert syllables_in(word) == pytest.approx(syllables, abs=1 if word == "créche" else 0)


def read(text):
    return read_ease([Part("a", "Advert", text)])


def test_a_short_text_gets_lengths_of_sentences_and_long_words_and_no_score():
    found = read("You will manage correspondence. You help people.")
    assert found.is_short
    assert found.scores == ()
    assert found.sentence_lengths == (4, 3)
    assert "correspondence" in found.long_words


def test_a_text_of_a_hundred_words_gets_every_score():
    found = read("We help people find work. " * 20)
    assert not found.is_short
    assert {name for name, _ in found.scores} == {
        "Flesch Reading Ease", "Flesch-Kincaid grade", "SMOG grade", "Gunning Fog", "Automated Readability Index",
    }  # fmt: skip
    assert dict(found.scores)["Flesch Reading Ease"] > 90


def test_an_empty_text_has_nothing_to_score():
    assert read(" \n ").scores == ()


def test_points_of_a_list_are_sentences_of_their_own_and_a_broken_line_is_none():
    text = "You will\nmanage cases, e.g. Appeals, at St. James.\nEssential:\n• Writing\n• Tact\n\nPay is £30,000."
    assert [text[one.start : one.end] for one in sentences_of(text)] == [
        "You will\nmanage cases, e.g. Appeals, at St. James.", "Essential:", "• Writing", "• Tact",
        "Pay is £30,000.",
    ]  # fmt: skip


@given(st.text(alphabet="ab.A !?\n•1,", max_size=200))
def test_sentences_lie_in_order_and_hold_every_word(text):
    found = sentences_of(text)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert sum(one.words for one in found) == read(text).words
