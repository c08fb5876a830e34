"""Which answers wait most urgently for a decision on their hidden passages, and what counts as the same words."""

from recruitment.rules.clearance import WaitingPassage, could_tell, harm
from recruitment.rules.redaction import Kind


def passage(text: str, kind: Kind = Kind.RELIGION, is_disputed: bool = False) -> WaitingPassage:
    return WaitingPassage(text, kind, is_disputed)


def test_a_dispute_of_the_candidate_weighs_more_than_any_number_of_hidden_words():
    disputed = harm([passage("Sunday school", is_disputed=True)])
    assert disputed > harm([passage("word " * 500), passage("word " * 500)])


def test_among_undisputed_answers_the_one_that_loses_more_words_comes_first():
    assert harm([passage("two words"), passage("and three more")]) > harm([passage("only four words here")])


def test_words_are_the_same_whatever_their_capitals_and_spaces_but_only_of_one_kind():
    assert passage("at  the Temple").words == passage("At the\ntemple").words
    assert passage("the temple").words != passage("the temples").words
    assert passage("Jordan", Kind.OTHER_NAME).words != passage("Jordan", Kind.NATIONALITY).words


def test_every_kind_is_explained_in_words_for_staff():
    assert all(could_tell(kind).strip() and could_tell(kind)[0].islower() for kind in Kind)
    assert could_tell(Kind.RELIGION) != could_tell(Kind.DISABILITY)
