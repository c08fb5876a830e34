"""Questions of tests and interviews: unambiguous, plain, one thing asked."""

from __future__ import annotations

import pytest

from recruitment.rules.adverts import Part, PartKind, Severity, check_advert, check_questions
from recruitment.services.advert_lists import load_advert_lists

LISTS = load_advert_lists()


def rules(text):
    return [hit.rule for hit in check_questions([Part("q", "Question 1", text, PartKind.QUESTION)], LISTS)]


@pytest.mark.parametrize(
    "text",
    [
        "Describe a time when you resolved a complaint.",
        "How would you plan the first month of this work?",
        "Tell us about a decision that you made with little evidence.",
        "When a colleague disagrees with you, what do you do?",
        "What have you done to include somebody who was left out?",
        "Upload your CV.",
        "Can you tell us about a project that you led?",
        "Please give an example of work with a colleague on sick leave.",
        "You manage health and safety for a site. How do you begin?",
    ],
)
def test_a_plain_question_that_asks_one_thing_is_left_alone(text):
    assert rules(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("What did you do and how did it end?", "several_things_asked"),
        ("Describe a conflict, and explain what you learnt.", "several_things_asked"),
        ("Why this job? What do you bring?", "several_things_asked"),
        ("Describe work with partners and/or the public.", "ambiguous_question"),
        ("Explain what you do often.", "ambiguous_question"),
        ("Don't you think that fairness matters most?", "leading_question"),
        ("How important is diversity to you?", "leading_question"),
        ("Do you have experience of budgets?", "closed_question"),
        ("Communicating and influencing", "nothing_asked"),
        ("Describe how you utilise systems.", "plain_word"),
        ("How did you lead the PQRS?", "unexplained_acronym"),
    ],
)
def test_a_question_that_could_mislead_is_told(text, rule):
    assert rule in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "How many days of sickness absence did you have last year?",
        "Do you have a disability?",
        "Do you have children?",
        "Are you pregnant?",
        "How old are you?",
        "Where are you from?",
    ],
)
def test_questions_that_the_law_rules_out_before_an_offer_stop(text):
    hits = check_questions([Part("q", "Question 1", text, PartKind.QUESTION)], LISTS)
    assert any(hit.severity is Severity.STOPS for hit in hits)


def test_questions_among_the_parts_of_an_advert_do_not_count_for_the_advert_itself():
    parts = [Part("a", "Advert", "A job."), Part("q", "Question 1", "Do you lead?", PartKind.QUESTION)]
    found = check_advert(parts, LISTS)
    assert found.gender.words == 2
    assert [hit.rule for hit in found.hits if hit.part == "q"] == ["closed_question"]
    assert check_advert(parts[1:], LISTS).gender.words == 0
