"""Gender-coded words: the list as printed, the longest match, each word once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.adverts import Coded, Part, count_gender_words
from recruitment.rules.adverts.gender import GenderWords, read_gender_words
from recruitment.services.advert_lists import ADVERT_WORDS, load_advert_lists

LISTED = load_advert_lists().gender
UNSPARED = GenderWords(LISTED.entries, ())


def count(text, listed=LISTED):
    return count_gender_words([Part("a", "Advert", text)], listed)


def test_the_list_holds_the_42_masculine_and_40_feminine_entries_of_the_paper():
    assert len(LISTED.names(Coded.MASCULINE)) == 42
    assert len(LISTED.names(Coded.FEMININE)) == 40
    assert "impulsive" in LISTED.names(Coded.MASCULINE)
    assert "Gaucher" in (ADVERT_WORDS / "gender_coded.txt").read_text()


def test_the_published_example_scores_three_masculine_and_one_feminine():
    found = count("We need an ambitious, competitive leader to support the team", UNSPARED)
    assert found.found(Coded.MASCULINE) == ("ambitious", "competitive", "leader")
    assert found.found(Coded.FEMININE) == ("support",)
    assert found.score == -2


def test_phrases_that_fill_public_adverts_are_set_apart_and_counted_there():
    found = count("We need an ambitious, competitive leader to support the team")
    assert (found.score, found.count(Coded.SET_APART)) == (-3, 1)
    apart = count("Team Leader, responsible for an understanding of our NHS Trust. Disability Confident.")
    assert (apart.count(Coded.MASCULINE), apart.count(Coded.FEMININE)) == (0, 0)
    assert apart.count(Coded.SET_APART) == 5


@pytest.mark.parametrize(
    ("word", "entry"),
    [("dominant", "dominant"), ("domination", "domina*"), ("interpersonal", "interpersonal"),
     ("self-confidence", "self-confiden*"), ("Co-operative", "cooperat*"), ("highly-competitive", "compet*")],
)  # fmt: skip
def test_a_word_counts_once_under_its_longest_entry(word, entry):
    (only,) = count(word).coded
    assert only.entry == entry


@pytest.mark.parametrize("word", ["kindle", "actively", "decided", "opinions", "objectives", "naga", "logical"])
def test_an_entry_without_an_asterisk_matches_the_whole_word_only(word):
    assert count(word).coded == ()


def test_words_are_counted_per_hundred_words_of_the_text():
    found = count("ambitious " + "word " * 199)
    assert found.words == 200
    assert found.per_hundred(Coded.MASCULINE) == pytest.approx(0.5)
    assert count("").per_hundred(Coded.MASCULINE) == 0


@given(st.lists(st.sampled_from(["leader", "kind", "Team Leader", "analysis", "word", "self-reliant,", "whine."])))
def test_no_word_is_counted_twice_and_every_place_holds_its_word(words):
    text = " ".join(words)
    found = count(text)
    assert len({(each.start, each.end) for each in found.coded}) == len(found.coded) <= found.words
    assert all(text[each.start : each.end] == each.word for each in found.coded)


def test_an_entry_outside_every_section_is_refused():
    with pytest.raises(ValueError, match="stands in no section"):
        read_gender_words("leader\n[masculine]\n")
