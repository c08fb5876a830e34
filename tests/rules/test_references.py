import re
from random import Random

from recruitment.rules.references import _UNWANTED, make_reference

SHAPE = re.compile(r"([B-DF-HJ-NP-TV-Z][AEIOU]){2}-([B-DF-HJ-NP-TV-Z][AEIOU]){2}-[1-9][0-9]")


def test_a_reference_is_two_sayable_words_and_a_number():
    random = Random(1)

    assert [one for one in (make_reference(random) for _ in range(2000)) if not SHAPE.fullmatch(one)] == []


def test_the_same_source_gives_the_same_references_and_another_gives_others():
    assert make_reference(Random(1)) == make_reference(Random(1))
    assert make_reference(Random(1)) != make_reference(Random(2))


def test_words_that_make_somebody_wince_are_never_drawn():
    random = Random(5)
    drawn = {word.lower() for _ in range(20_000) for word in make_reference(random).split("-")[:2]}

    assert {word for word in _UNWANTED if re.fullmatch("([bdfgklmnprstvz][aeiou]){2}", word)}
    assert drawn & _UNWANTED == set()


def test_references_seldom_clash():
    random = Random(7)

    assert len({make_reference(random) for _ in range(10_000)}) > 9_990
