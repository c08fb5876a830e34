import pytest

from recruitment.rules.disputes import ask_to_show, count_asked, follow_disputes, keep_own_hidden, leave_hidden
from recruitment.rules.redaction import KnownValues, Passage, redact
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(full_name="Folasade Varnheskold")
TEXT = "The Folasade garden was mine. We closed it; the Folasade garden reopened. Varnheskold did it."


def redacted(text: str, disputed=(), hidden=()):
    return keep_own_hidden(redact(text, KNOWN, LISTS, also_hide=hidden, disputed=disputed))


def passages(redaction) -> list[Passage]:
    return [piece for piece in redaction.pieces if isinstance(piece, Passage)]


def mark_of(redaction, words: str) -> int:
    return next(piece.ordinal + 1 for piece in passages(redaction) if piece.text == words)


def test_asking_covers_every_place_of_the_same_words_and_no_other():
    before = redacted(TEXT)
    assert [piece.text for piece in passages(before)] == ["Folasade", "Folasade", "Varnheskold"]
    after = ask_to_show(before, (), mark_of(before, "Folasade"))
    assert [TEXT[start:end] for start, end in after] == ["Folasade", "Folasade"]
    asked = redacted(TEXT, after)
    assert [piece.is_disputed for piece in passages(asked)] == [True, True, False]
    assert count_asked([asked, before]) == 1


def test_what_is_asked_for_stays_hidden_to_everybody():
    before = redacted(TEXT)
    asked = redacted(TEXT, ask_to_show(before, (), mark_of(before, "Folasade")))
    assert asked.visible() == before.visible()
    assert "Folasade" not in asked.visible()


def test_leaving_it_hidden_after_all_takes_those_places_back_and_no_other():
    before = redacted(TEXT)
    both = ask_to_show(
        before, ask_to_show(before, (), mark_of(before, "Folasade")), mark_of(before, "Varnheskold")
    )
    left = leave_hidden(redacted(TEXT, both), both, mark_of(before, "Folasade"))
    assert [TEXT[start:end] for start, end in left] == ["Varnheskold"]


@pytest.mark.parametrize("mark", [0, -1, 4, 10**12])
def test_a_mark_that_is_not_there_changes_nothing(mark):
    assert ask_to_show(redacted(TEXT), (), mark) is None
    assert leave_hidden(redacted(TEXT), (), mark) is None


def test_what_the_writer_hid_cannot_be_asked_for():
    garden = TEXT.index("garden")
    hidden = ((garden, garden + 6),)
    found = redacted(TEXT, hidden=hidden)
    assert passages(found)[0].text == "Folasade garden"
    assert ask_to_show(found, (), 1) is None


def test_hiding_more_beside_what_was_asked_for_ends_the_asking_there():
    disputed = ask_to_show(redacted(TEXT), (), 1)
    garden = TEXT.index("garden")
    first, second, _ = passages(redacted(TEXT, disputed, ((garden, garden + 6),)))
    assert (first.text, first.is_disputed, first.restorable) == ("Folasade garden", False, False)
    assert (second.text, second.is_disputed, second.restorable) == ("Folasade", True, True)


def test_a_mark_typed_by_the_writer_cannot_be_asked_for():
    assert ask_to_show(redacted("I wrote [hidden] here."), (), 1) is None


def test_the_asking_follows_the_words_when_the_text_changes():
    disputed = ask_to_show(redacted(TEXT), (), 1)
    changed = "At long last " + TEXT
    followed = follow_disputes(TEXT, disputed, redacted(changed))
    assert [changed[start:end] for start, end in followed] == ["Folasade", "Folasade"]


def test_the_asking_goes_with_the_words_and_never_passes_to_longer_ones():
    disputed = ask_to_show(redacted(TEXT), (), 1)
    changed = "I, Folasade Varnheskold, did it."
    assert [piece.text for piece in passages(redacted(changed))] == ["Folasade Varnheskold"]
    assert follow_disputes(TEXT, disputed, redacted(changed)) == ()
    assert follow_disputes(TEXT, disputed, redacted("Nothing of the kind.")) == ()
