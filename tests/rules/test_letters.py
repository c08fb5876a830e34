"""Which letter an application gets, what a wording may say, and what a person may decide of a letter."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid
from recruitment.rules.letter_wordings import (
    PLACEHOLDERS,
    LetterFacts,
    OwnScore,
    Wording,
    check_wording,
    compose,
    compose_both,
    guide_around,
    invented_facts,
    number_in_words,
    placeholders_of,
)
from recruitment.rules.letters import (
    TOLD,
    UNDER_WAY,
    LetterKind,
    LetterState,
    Settling,
    in_batches,
    letter_kind,
    settled_as,
)
from recruitment.services.letter_wordings import load_letter_texts

TEXTS = load_letter_texts()
FACTS = LetterFacts(
    "Casework officer", "Office for Fair Dealing", "ABC-DEF", "jobs@body.example", "https://jobs.example/ask",
    (OwnScore("Communicating", 2, Fraction(9, 2), 7, ((4, "Plain."), (5, "Plain, and\nchecked.")), ("Clear.",)),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("events", "state", "kind"),
    [
        ({"submitted", "not_shortlisted"}, CampaignState.FROZEN, None),
        ({"submitted", "not_shortlisted"}, CampaignState.REVEALED, LetterKind.NOT_SHORTLISTED),
        ({"submitted", "shortlisted"}, CampaignState.REVEALED, None),
        ({"shortlisted", "interviewed", "not_appointed"}, CampaignState.REVEALED, None),
        ({"shortlisted", "interviewed", "not_appointed"}, CampaignState.DECIDED, LetterKind.NOT_APPOINTED),
        ({"shortlisted", "interviewed", "reserve"}, CampaignState.TALLIED, LetterKind.RESERVE),
        ({"interviewed", "reserve", "offered", "appointed"}, CampaignState.RELEASED, LetterKind.OFFERED),
        ({"interviewed", "offered", "declined"}, CampaignState.DECIDED, LetterKind.DECLINED),
        ({"shortlisted", "withdrew"}, CampaignState.DECIDED, LetterKind.WITHDRAWN),
        ({"submitted", "withdrawn"}, CampaignState.REVEALED, LetterKind.WITHDRAWN),
        ({"shortlisted", "not_invited"}, CampaignState.REVEALED, LetterKind.NOT_INVITED),
        ({"shortlisted", "not_invited", "not_appointed"}, CampaignState.DECIDED, LetterKind.NOT_INVITED),
        ({"shortlisted", "not_invited", "withdrawn"}, CampaignState.DECIDED, LetterKind.WITHDRAWN),
        ({"shortlisted", "not_appointed"}, CampaignState.DECIDED, LetterKind.MISSED_INTERVIEW),
        ({"shortlisted", "not_appointed"}, CampaignState.REVEALED, None),
        ({"submitted", "not_eligible"}, CampaignState.FROZEN, None),
        ({"submitted", "not_eligible", "not_shortlisted"}, CampaignState.REVEALED, LetterKind.NOT_ELIGIBLE),
    ],
)
def test_an_application_is_due_the_letter_of_its_last_word_and_none_before_the_reveal(events, state, kind):
    assert letter_kind(events, state) is kind


def test_whoever_missed_a_test_is_told_that_and_not_that_they_were_below_a_minimum():
    events, state = {"shortlisted", "not_invited"}, CampaignState.REVEALED
    assert letter_kind(events, state, was_absent=True) is LetterKind.MISSED_TEST
    assert letter_kind({*events, "withdrawn"}, state, was_absent=True) is LetterKind.WITHDRAWN
    thanks = ("Thank you for coming", "Diolch am ddod")
    for kind, is_thanked in ((LetterKind.NOT_APPOINTED, True), (LetterKind.MISSED_INTERVIEW, False)):
        letter = compose_both(TEXTS, TEXTS.wordings[kind], invented_facts(TEXTS, kind))
        assert letter.welsh is not None
        assert [words in one.body for words, one in zip(thanks, (letter, letter.welsh), strict=True)] == (
            [is_thanked] * 2
        )


@pytest.mark.parametrize("kind", LetterKind)
def test_every_shipped_wording_keeps_to_its_own_rules_and_leaves_no_placeholder_unfilled(kind):
    wording = TEXTS.wordings[kind]
    check_wording(kind, wording)
    letter = compose(TEXTS, wording, invented_facts(TEXTS, kind))
    assert "{" in wording.body and "{" not in letter.body + letter.subject
    assert "\n\n\n" not in letter.body


@pytest.mark.parametrize("kind", LetterKind)
def test_every_shipped_wording_has_a_welsh_one_with_the_same_places_and_no_english_line_in_it(kind):
    wording = TEXTS.wordings[kind]
    for english, welsh in ((wording.subject, wording.welsh.subject), (wording.body, wording.welsh.body)):
        assert sorted(re.findall(r"{\w+}", english)) == sorted(re.findall(r"{\w+}", welsh))
    letter = compose(TEXTS, wording, invented_facts(TEXTS, kind), "cy")
    assert letter == compose_both(TEXTS, wording, invented_facts(TEXTS, kind)).welsh
    assert "Annwyl ymgeisydd ABC-DEF" in letter.body and "{" not in letter.body + letter.subject
    for line in TEXTS.lines.values():
        assert line.partition("{")[0].strip()[:12] not in letter.body or not line.partition("{")[0].strip()
    assert TEXTS.lines.keys() == TEXTS.welsh_lines.keys()
    for name, line in TEXTS.lines.items():
        assert sorted(re.findall(r"{\w+}", line)) == sorted(re.findall(r"{\w+}", TEXTS.welsh_lines[name]))


def test_whoever_reads_welsh_gets_english_where_a_wording_has_no_welsh():
    plain = Wording("Your application", "{scores} {how_to_ask}")
    assert compose(TEXTS, plain, FACTS, "cy") == compose(TEXTS, plain, FACTS)


def test_a_welsh_wording_keeps_to_the_same_rules():
    good = Wording("x", "{scores} {how_to_ask}")
    for welsh, field in (
        (Wording("", "{scores} {how_to_ask}"), "welsh_subject"),
        (Wording("x", "{scores}"), "welsh_body"),
        (Wording("x", "{scores} {how_to_ask} {rank}"), "welsh_body"),
    ):
        with pytest.raises(Invalid) as refusal:
            check_wording(LetterKind.NOT_APPOINTED, replace(good, welsh=welsh))
        assert refusal.value.field == field


def test_whoever_was_refused_on_requirements_is_told_the_reason_and_no_score():
    facts = replace(FACTS, sift=(), reason="Not on the register.")
    letter = compose(TEXTS, TEXTS.wordings[LetterKind.NOT_ELIGIBLE], facts)
    assert "The reason is: Not on the register." in letter.body
    assert "scores" not in letter.body and "shortlist" not in letter.body
    with pytest.raises(Invalid, match=r"Put \{reason\}"):
        check_wording(LetterKind.NOT_ELIGIBLE, Wording("x", "{how_to_ask}"))
    with pytest.raises(Invalid, match="not one of the placeholders"):
        check_wording(LetterKind.NOT_SHORTLISTED, Wording("x", "{scores} {how_to_ask} {reason}"))


def test_own_marks_of_a_test_are_told_without_the_minimum():
    facts = replace(FACTS, tests=(OwnScore("Written test", 0, Fraction(11), 20),))
    letter = compose(TEXTS, TEXTS.wordings[LetterKind.NOT_INVITED], facts)
    assert "Your marks in the test\n- Written test: 11 of 20" in letter.body
    assert "minimum" not in letter.body


@pytest.mark.parametrize(
    ("wording", "field"),
    [
        (Wording("", "{scores} {how_to_ask}"), "subject"),
        (Wording("x", ""), "body"),
        (Wording("x", "{scores} {how_to_ask} {rank}"), "body"),
        (Wording("x", "{scores} {how_to_ask} {}"), "body"),
        (Wording("x", "{scores} {how_to_ask} {vacancy}"), "body"),
        (Wording("You: {scores}", "{scores} {how_to_ask}"), "subject"),
        (Wording("x", "{how_to_ask}"), "body"),
        (Wording("x", "{scores}"), "body"),
        (Wording("x", "{scores} {how_to_ask}" + "x" * 10_000), "body"),
    ],
)
def test_a_wording_is_refused_that_tells_more_or_less_than_it_may(wording, field):
    check_wording(LetterKind.NOT_SHORTLISTED, Wording("x", "{scores} {how_to_ask} {limit}"))
    with pytest.raises(Invalid) as refusal:
        check_wording(LetterKind.NOT_SHORTLISTED, wording)
    assert refusal.value.field == field


def test_there_is_no_placeholder_for_a_rank_a_line_a_total_or_who_scored():
    assert not set(PLACEHOLDERS) & {"rank", "line", "total", "scorer", "name", "panel", "place"}
    assert "vacancy" in placeholders_of(LetterKind.OFFERED)
    assert "vacancy" not in placeholders_of(LetterKind.RESERVE)


def test_a_letter_tells_each_own_score_with_the_guide_on_both_sides_of_a_mean_and_the_reasons():
    letter = compose(TEXTS, TEXTS.wordings[LetterKind.NOT_SHORTLISTED], FACTS)
    assert "- Question 2, Communicating: 4.5 of 7" in letter.body
    assert "The scoring guide says of a 5: Plain, and checked." in letter.body
    assert "Reason: Clear." in letter.body
    assert "https://jobs.example/ask" in letter.body and "jobs@body.example" in letter.body
    assert "Disability Confident" not in letter.body


def test_what_a_person_typed_is_no_placeholder_in_a_letter():
    facts = LetterFacts(
        "{scores}", "Body", "ABC", "", "https://x", (OwnScore("{limit}", 1, Fraction(1), 7, (), ("{post}",)),)
    )
    letter = compose(TEXTS, TEXTS.wordings[LetterKind.NOT_SHORTLISTED], facts)
    assert "Thank you for applying for {scores}" in letter.body
    assert "Reason: {post}" in letter.body and "Question 1, {limit}: 1 of 7" in letter.body


def test_a_limit_on_disability_confident_interviews_is_explained_where_one_was_fixed():
    facts = LetterFacts("P", "B", "R", "", "https://x", limit=(8, "Three days of interviews."))
    letter = compose(TEXTS, TEXTS.wordings[LetterKind.NOT_SHORTLISTED], facts)
    assert "at most 8 interviews" in letter.body and "because: Three days of interviews." in letter.body
    assert "Nobody has scored what you sent." in letter.body


@pytest.mark.parametrize(
    ("value", "words"), [(Fraction(4), "4"), (Fraction(9, 2), "4.5"), (Fraction(13, 3), "4.33")]
)
def test_a_score_is_told_as_a_person_would_write_it(value, words):
    assert number_in_words(value) == words


def test_the_guide_is_told_only_where_it_says_something():
    assert guide_around(Fraction(9, 2), {4: "Four", 5: "Five", 6: "Six"}) == ((4, "Four"), (5, "Five"))
    assert guide_around(Fraction(3), {4: "Four"}) == ()


def test_only_a_person_brings_a_letter_in_doubt_back_and_never_one_that_was_taken():
    assert settled_as(LetterState.IN_DOUBT, Settling.ARRIVED) is LetterState.TAKEN
    assert settled_as(LetterState.IN_DOUBT, Settling.AGAIN) is LetterState.QUEUED
    assert settled_as(LetterState.NO_ADDRESS, Settling.OTHERWISE) is LetterState.TOLD_OTHERWISE
    for state in (*TOLD, *UNDER_WAY):
        for settling in Settling:
            with pytest.raises(Invalid):
                settled_as(state, settling)
    with pytest.raises(Invalid):
        settled_as(LetterState.REFUSED, Settling.ARRIVED)


def test_batches_hold_everything_once():
    assert [len(part) for part in in_batches(list(range(60)))] == [25, 25, 10]
    assert [one for part in in_batches(list(range(60))) for one in part] == list(range(60))
