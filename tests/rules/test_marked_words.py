"""Words marked in a released text go wherever they stand, and nothing else changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.marked_words import hide_words, is_markable, stand_in

TEXT = st.text(alphabet="aAbB ,.\n’é", max_size=12)
PIECES = st.lists(TEXT | st.integers(0, 9), max_size=8).map(
    lambda found: tuple(piece for piece in found if piece != "")
)
WORDS = st.text(alphabet="aAbB \n’é", min_size=2, max_size=5)


def shown(pieces) -> str:
    return "".join("\x00" if isinstance(piece, int) else piece for piece in pieces)


def whole_words(text: str, words: str) -> list[str]:
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return re.findall(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE)


def test_every_occurrence_is_hidden_whatever_its_capitals_and_line_breaks():
    pieces = ("Harbour master of Leith. As harbour\nmaster I wrote; the HARBOUR MASTER’s log.",)
    assert hide_words(pieces, "harbour master") == (-1, " of Leith. As ", -2, " I wrote; the ", -3, "’s log.")


def test_a_hidden_passage_keeps_its_number_and_a_new_one_gets_a_number_that_no_passage_ever_had():
    pieces = ("I, ", 0, ", ran the lido in Otley for ", 4, ".")
    assert hide_words(pieces, "Otley") == ("I, ", 0, ", ran the lido in ", -1, " for ", 4, ".")
    again = hide_words(hide_words(pieces, "Otley"), "lido")
    assert [piece for piece in again if isinstance(piece, int)] == [0, -2, -1, 4]


def test_neighbours_become_one_mark():
    assert hide_words(("Mayor ", 3, " of Otley"), "Mayor") == (-1, " of Otley")
    assert hide_words(("Mayor of Otley",), "of") == ("Mayor ", -1, " Otley")
    assert hide_words(hide_words(("Mayor of Otley",), "of"), "Mayor") == (-2, " Otley")


@pytest.mark.parametrize("marked", ["mayor hidden in Otley", "mayor [hidden] in Otley", "mayor hidden  in\nOtley"])
def test_words_marked_across_a_hidden_passage_take_it_along(marked):
    assert hide_words(
        (
            "As mayor ",
            2,
            " in Otley I wrote",
        ),
        marked,
    ) == ("As ", -1, " I wrote")


def test_a_mark_glued_to_its_neighbours_is_found_too():
    assert hide_words(
        (
            "the ",
            1,
            "’s only ferry",
        ),
        "hidden’s only ferry",
    ) == ("the ", -1)


def test_long_white_space_and_many_marks_take_no_time():
    pieces = tuple(piece for number in range(200) for piece in (number, " " * 200))
    marked = "ab " + "hidden " * 200 + "cd"
    assert hide_words(("ab ", *pieces, "ce"), marked) == ("ab ", *pieces, "ce")
    spaces = "x" + " " * 20_000
    assert hide_words((spaces, 1, "y"), "hidden cd") == (spaces, 1, "y")


def test_a_word_the_writer_wrote_themself_is_no_mark():
    assert hide_words(("the hidden harbour",), "the hidden harbour") == (-1,)


@pytest.mark.parametrize("marked", ["", " ", "hidden", "[hidden]", "a", ".,;", "’"])
def test_what_says_nothing_hides_nothing(marked):
    assert not is_markable(marked)
    assert hide_words(("a hidden . , ; ’ ", 1), marked) == ("a hidden . , ; ’ ", 1)


def test_inside_other_words_only_when_asked_and_only_where_it_stands_nowhere_by_itself():
    assert hide_words(("Scotland",), "Scot") == ("Scotland",)
    assert hide_words(("Scotland",), "Scot", inside_words=True) == (-1, "land")
    assert hide_words(("Scot of Scotland",), "Scot", inside_words=True) == (-1, " of Scotland")
    assert not stand_in(("Scotland",), "Scot")
    assert hide_words(("both about",), "Bo", inside_words=True) == ("both about",)


@given(PIECES, WORDS)
def test_afterwards_the_words_stand_nowhere_by_themselves(pieces, words):
    if is_markable(words):
        assert not whole_words(shown(hide_words(pieces, words)), words)
        assert not stand_in(hide_words(pieces, words), words)


@given(PIECES, WORDS)
def test_hiding_twice_is_hiding_once(pieces, words):
    once = hide_words(pieces, words)
    assert hide_words(once, words) == once


@given(PIECES, WORDS)
def test_what_is_still_shown_was_shown_before_in_the_same_order(pieces, words):
    before, after = shown(pieces).replace("\x00", ""), shown(hide_words(pieces, words)).replace("\x00", "")
    at = iter(before)
    assert all(character in at for character in after)


@given(PIECES, WORDS)
def test_words_that_do_not_stand_there_change_nothing(pieces, words):
    if not stand_in(pieces, words):
        assert hide_words(pieces, words) == pieces


@given(PIECES, WORDS)
def test_nothing_restorable_is_made_and_no_number_appears_twice(pieces, words):
    numbers = [piece for piece in hide_words(tuple(dict.fromkeys(pieces)), words) if isinstance(piece, int)]
    assert len(set(numbers)) == len(numbers)
    assert {number for number in numbers if number >= 0} <= {piece for piece in pieces if isinstance(piece, int)}
