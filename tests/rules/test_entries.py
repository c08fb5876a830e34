"""What is typed for somebody: lines of paper read into parts, addresses for letters on paper, what is missing."""

from __future__ import annotations

from uuid import UUID

import pytest

from recruitment.rules.applications import Relationship
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.drafts import SECTIONS, AskedQuestion, Draft
from recruitment.rules.entries import (
    education_from,
    missing_in_entry,
    relationships_from,
)
from recruitment.rules.redaction import Education


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("University of Leeds, 2011 to 2014", Education("University of Leeds", "2011", "2014")),
        ("University of Leeds (2011–2014)", Education("University of Leeds", "2011", "2014")),
        ("University of Leeds 2011-2014", Education("University of Leeds", "2011", "2014")),
        ("City College Norwich, 2011", Education("City College Norwich", "2011", "")),
        ("Hope School", Education("Hope School", "", "")),
        ("Academy 360", Education("Academy 360", "", "")),
    ],
)
def test_a_line_is_a_place_of_study_with_its_years(line, place):
    assert education_from([line]) == (place,)


def test_a_line_that_is_years_alone_is_no_place():
    assert education_from(["2011 to 2014", ""]) == ()


def test_a_line_is_a_person_and_how_they_are_known():
    lines = ["Ann Lee: a former manager", "Jean-Luc Roy - cousin", "Bo", " "]
    assert relationships_from(lines) == (
        Relationship("Ann Lee", "a former manager"), Relationship("Jean-Luc Roy", "cousin"), Relationship("Bo", "")
    )  # fmt: skip


def test_an_address_is_asked_for_and_which_one_is_the_candidates_choice():
    cv, why = UUID(int=1), UUID(int=2)
    asked = [
        AskedQuestion(cv, QuestionKind.CV, "CV", "", 0),
        AskedQuestion(why, QuestionKind.ANSWER, "Why?", "", 2),
    ]
    answers = {str(cv): "A life.", str(why): "Far too long."}
    draft = Draft(full_name="Ann Lee", answers=answers, done=SECTIONS)
    assert missing_in_entry(draft, asked, 1) == [
        "Enter an email address, or a postal address with its postcode",
        "Shorten the answer to question 2: it has 3 words, the limit is 2",
    ]
    for reached in ({"email": "ann@example.org"}, {"address_lines": ("1 Mill Lane",), "postcode": "LS1 1AA"}):
        done = draft.with_section("x", answers={**draft.answers, str(why): "Two words"}, **reached)
        assert missing_in_entry(done, asked, 1) == []
    assert "Enter the CV" in missing_in_entry(Draft(), asked, 1)
