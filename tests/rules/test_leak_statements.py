"""What a release says of its texts: figures with their uncertainty, or why there are none."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest

from recruitment.rules.disclosure import WITHHELD as NO_FIGURE
from recruitment.rules.disclosure import Figure
from recruitment.rules.leak_statements import (
    WITHHELD,
    LeakFigures,
    figures_from_kept,
    figures_to_kept,
    published,
    statement,
)
from recruitment.rules.permissions import Role
from recruitment.rules.release_formats import tables_to_csv

EXACT = LeakFigures(
    texts=397, per_application=1, drawn=40, looked=40, found=0, identity=0, characteristic=0, reports=0,
    reported=0,
    readers=(Role.CLEARER,),
)  # fmt: skip
APPLICANTS = Figure(395)


def said(**changes: object) -> str:
    return " ".join(statement(published(replace(EXACT, **changes), APPLICANTS)))


def test_where_nothing_is_found_it_says_how_many_could_still_tell():
    words = said()
    assert "clearers, who scored nothing, read 40 texts again, taken by lot from about 395 texts" in words
    assert "None found in 40 of about 395; up to 9% could still tell who the person is" in words
    assert "Shortlisters reported no text" in words


def test_what_was_found_is_said_by_kind_with_an_estimate_and_its_range():
    words = said(found=3, identity=2, characteristic=2, readers=(Role.CLEARER, Role.RECRUITER))
    assert "clearers and recruiters, who scored nothing" in words
    assert "Found in 3 of 40" in words
    assert "(2 told who the person is, 2 told a protected characteristic)" in words
    assert (
        "So 8% of all the texts are estimated to have told something: with 95% confidence, between 2% and 20%"
        in words
    )


def test_a_second_look_that_was_not_taken_is_said_to_be():
    words = said(looked=0, readers=(), reports=3, reported=2)
    assert "Second look: not taken. 40 texts were drawn for it" in words
    assert "it is not known how many texts told something" in words
    assert "Shortlisters reported 3 times that they could identify the person, from 2 texts." in words
    assert "%" not in words


def test_one_that_was_not_finished_counts_those_that_were_looked_at():
    words = said(looked=12)
    assert "read 12 texts again" in words
    assert "40 had been drawn; not all of them were looked at." in words
    assert "None found in 12 of about 395; up to 26%" in words


def test_the_number_of_texts_is_told_in_round_numbers_only():
    kept = {
        applicants: published(replace(EXACT, texts=3 * applicants, per_application=3), Figure(60))
        for applicants in range(58, 63)
    }
    assert {figures.texts for figures in kept.values() if figures} == {180}
    assert len({statement(figures) for figures in kept.values()}) == 1


@pytest.mark.parametrize(("texts", "applicants"), [(397, NO_FIGURE), (7, Figure(10)), (0, Figure(10))])
def test_no_figure_stands_beside_a_funnel_that_withholds_how_many_applied(texts, applicants):
    figures = published(replace(EXACT, texts=texts), applicants)
    assert figures is None
    assert statement(figures) == (WITHHELD,)
    assert not any(character.isdigit() for character in WITHHELD)


@pytest.mark.parametrize("figures", [None, EXACT])
def test_a_release_keeps_it_and_reads_it_again(figures):
    kept = json.loads(json.dumps(figures_to_kept(figures)))
    assert figures_from_kept(kept) == figures
    with pytest.raises(ValueError, match="another version"):
        figures_from_kept({**kept, "version": 0})


def test_the_released_sheet_ends_with_the_statement():
    lines = list(csv.reader(io.StringIO(tables_to_csv((), statement=statement(EXACT)))))
    assert [line[0] for line in lines[-len(statement(EXACT)) :]] == list(statement(EXACT))
