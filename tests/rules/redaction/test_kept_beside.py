"""Evidence that stands beside something hidden stays: other people, deeds, posts, employers and their years."""

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
    ("text", "told", "kept"),
    [
        ("I'm a practising Sikh, on days. A porter was fasting too.", "Sikh", "A porter was fasting too"),
        ("I'm a governor of the sailors' fund and a grandmother.", "grandmother", "governor of the sailors' fund"),
        ("I'm a trustee of the widows' fund and a grandmother.", "grandmother", "trustee of the widows' fund"),
        ("INTERESTS\nOldham Gay Walkers, jam. Bell Lane Community Garden", "Gay", "Bell Lane Community Garden"),
    ],
)
def test_what_is_told_goes_and_what_stands_beside_it_stays(text, told, kept):
    assert told not in visible(text)
    assert kept in visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "I'd like to see large print and audio books moved nearer to the door.",
        "MSc Counselling. CBT accredited since 2019 in two services.",
    ],
)
def test_a_wish_for_others_and_a_treatment_one_gives_are_no_condition_of_ones_own(text):
    assert "print" in visible(text) or "CBT accredited" in visible(text)


@pytest.mark.parametrize("text", ["I would like to see the questions in advance.", "I'd need large print."])
def test_a_request_for_oneself_is_still_hidden(text):
    assert not {"questions", "print"} & set(visible(text).strip(".").split())


def test_a_school_where_somebody_teaches_stays_with_its_years_and_one_they_went_to_goes():
    text = (
        "WORK EXPERIENCE\nChemistry Teacher\nMill Lane High School, Bradford\nMarch 2011 - July 2015\n\n"
        "EDUCATION\nOak Vale High School, Leeds, 1994 - 1999\n"
    )
    assert "Mill Lane High School" in visible(text)
    assert "2011" in visible(text)
    assert "Oak Vale" not in visible(text)
    assert "1994" not in visible(text)


@pytest.mark.parametrize(
    ("line", "gone"),
    [
        ("Harrow Vale engineering college", "engineering"),
        ("Texas B&M University", "B&M"),
        ("Sanford Jr. College", "Sanford"),
        ("Lowell College and Research Centre", "Research"),
    ],
)
def test_a_place_of_study_under_its_heading_is_hidden_whole(line, gone):
    assert gone not in visible(f"EDUCATION\n{line}\n")


def test_the_date_on_the_line_below_a_degree_is_hidden():
    assert "2009" not in visible("Bachelor of Science in Marketing\nMay 2009\nI ran a team of six.")


def test_a_certificate_that_one_country_gives_is_hidden_with_its_year():
    assert visible("I did my Leaving Cert in 2011.").count("Leaving Cert") == 0


def test_what_a_line_tells_is_hidden_also_where_its_heading_runs_into_it():
    text = "RIGHT TO WORKSkilled Worker visa valid to 09/2028. I ran payroll for 90 staff."
    assert "visa" not in visible(text)
    assert "payroll for 90 staff" in visible(text)


def test_a_friend_from_a_place_of_worship_is_put_before_a_person_also_where_the_friend_acts():
    text = "I was asked by a friend from the mosque to look something up, and declined."
    assert any("mosque" in passage for passage in flagged(text)) or "mosque" not in visible(text)


def test_he_after_a_park_that_bears_the_writers_name_is_somebody_else():
    known = KnownValues(full_name="Dean Fletcher")
    text = "A man slept by the lake in the Dean Park. He told everyone to go."
    assert "He told" in redact(text, known, LISTS).visible()


@pytest.mark.parametrize(
    "text",
    [
        "I came to Casework from the contact centre and learned the database in a week.",
        "I arrived in Accident and Emergency and triaged forty patients.",
        "When I moved to Jira, the backlog fell by half.",
        "Since I came to HR I have written three policies.",
        "I moved to the Fraud Team.",
        "I took a career break to study for my CIPFA qualification.",
        "I use British Sign Language with deaf customers.",
        "I am a member of the Chartered Institute of Personnel and Development.",
        "I am a fellow of the Institute of Leadership and Management.",
    ],
)
def test_a_move_at_work_a_skill_and_a_body_of_the_profession_tell_nothing_of_oneself(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I moved to Leeds in 2004 from Karachi.", "Karachi"),
        ("I came to Bradford as a child and went to school there.", "as a child"),
        ("Since I came to Britain I have worked nights.", "Britain"),
        ("My parents arrived in London from Jamaica.", "Jamaica"),
        ("I took a career break to look after my twins.", "twins"),
        ("I use British Sign Language at home.", "Sign Language"),
    ],
)
def test_a_move_between_countries_a_break_for_family_and_a_language_of_ones_own_are_hidden(text, told):
    assert told not in visible(text)
