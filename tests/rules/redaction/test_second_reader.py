"""The second reader flags what probably tells something and no rule took; it never hides, and leaves work."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import Action, KnownValues, redact
from recruitment.rules.redaction.clause_weights import Clause, WeightsError, read_weights
from recruitment.rules.redaction.clauses import Whole
from recruitment.rules.redaction.second_reader import Reading
from recruitment.rules.redaction.sentences import split_sentences
from recruitment.services.wordlists import load_word_lists
from tests.support.redaction_corpus import read_corpus
from tests.support.train_second_reader import is_unread, read_sentences

LISTS, RULES_ALONE = load_word_lists(), load_word_lists(weights=None)
NOBODY = KnownValues(full_name="")
HELD_OUT = [each for each in read_sentences() if each.is_held_out]
OPENED = "I am a Sikh. My husband is deaf. I speak some Punjabi.\n\n"
"""What makes a text one that tells something already, and that a person looks at for a doubt of the rules."""


def _is_all_shown(text: str, lists=LISTS) -> bool:
    return not redact(text, NOBODY, lists).spans


def _stays_among_what_is_told(sentence: str, lists=LISTS) -> bool:
    """Whether a sentence is left as it is in a text of which other passages tell something."""
    spans = redact(OPENED + sentence, NOBODY, lists).spans
    return all(span.end <= len(OPENED) for span in spans)


def test_of_sentences_never_met_it_finds_many_that_no_rule_took_and_takes_little_of_work():
    telling = [each.text for each in HELD_OUT if each.kind]
    work = [each.text for each in HELD_OUT if not each.kind]
    assert min(len(telling), len(work)) > 80
    left_by_rules = [text for text in telling if _stays_among_what_is_told(text, RULES_ALONE)]
    assert len(left_by_rules) > len(telling) / 4
    assert sum(map(_stays_among_what_is_told, left_by_rules)) <= len(left_by_rules) * LEFT
    assert sum(not _is_all_shown(text) for text in work) <= len(work) * TAKEN


LEFT, TAKEN = 0.68, 0.05
"""Shares of November 2026, with a small margin: to be tightened, never loosened."""


def test_it_flags_and_never_hides():
    own = [
        span
        for each in read_corpus("mixed")
        for span in redact(each.text, each.known, LISTS).spans
        if span.rule == "the second reader"
    ]
    assert own and {span.action for span in own} == {Action.FLAG}


def test_what_the_rules_hid_stays_hidden_when_it_reads_too():
    for each in read_corpus("short"):
        alone = {span for span in redact(each.text, each.known, RULES_ALONE).spans if span.action is Action.HIDE}
        both = {span for span in redact(each.text, each.known, LISTS).spans if span.action is Action.HIDE}
        assert alone <= both, each.id


def test_a_text_that_tells_something_already_is_read_more_closely():
    doubtful = "I have a small shrine at home."
    assert _is_all_shown(doubtful)
    stays_by_rules = _stays_among_what_is_told(doubtful, RULES_ALONE)
    assert stays_by_rules
    assert not _stays_among_what_is_told(doubtful)


@pytest.mark.parametrize(
    "text",
    [
        "I led the team that replaced the ledger, and the audit found no errors.",
        "Python, SQL, Java and Docker",
        "January 2014 to March 2016",
        "",
        "…",
        "7",
    ],
)
def test_plain_work_and_nothing_at_all_stay(text):
    assert _is_all_shown(text)


def test_the_score_is_the_sum_of_the_weights_of_all_that_is_seen():
    text = read_corpus("care")[4].text
    reading = Reading(Whole(text, split_sentences(text)), redact(text, NOBODY, RULES_ALONE).spans)
    weights = LISTS.weights
    candidates = list(reading.candidates())
    assert len(candidates) > 10
    for each in candidates:
        total = weights.weights["#bias"] + sum(
            weights.weights.get(seen, 0.0) for seen in weights.seen(each.clause)
        )
        assert weights.score(each.clause) == pytest.approx(total)


def test_no_text_that_measures_was_learnt_from():
    measuring = [each for folder in ("varied", "own") for each in read_corpus(folder) if is_unread(each, folder)]
    assert len(measuring) > 200


def test_weights_that_cannot_be_read_name_their_line():
    with pytest.raises(WeightsError, match="Line 2"):
        read_weights("# a comment\nheavy\tfamily\n", {})
    with pytest.raises(WeightsError, match="Line 1"):
        read_weights("1.0\tfamily\tno such kind\n", {})


def test_without_weights_nothing_is_read_again():
    text = "I have a small shrine at home."
    score = RULES_ALONE.weights.score(Clause(Whole(text, split_sentences(text)).tokens, range(3)))
    is_shown = _is_all_shown(text, RULES_ALONE)
    assert (score, is_shown) == (0.0, True)
