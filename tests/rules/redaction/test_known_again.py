"""A corrected name is looked for again in a text that was redacted before, and nothing else is."""

from recruitment.rules.marked_words import flat_text, without_places
from recruitment.rules.redaction.known import KnownValues
from recruitment.rules.redaction.known_again import find_newly_known
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()


def test_a_corrected_name_is_hidden_as_a_name_and_not_as_a_word():
    pieces = ("I will go on. Ask Will Grace, or ", 3, ". W. Grace agreed by the grace of nobody.")
    earlier, known = KnownValues(full_name="Ann Other"), KnownValues(full_name="Will Grace")
    places = find_newly_known(flat_text(pieces), known, earlier, LISTS)
    shown = "|".join(piece if isinstance(piece, str) else "#" for piece in without_places(pieces, places))
    assert "Will" not in shown and "Grace" not in shown
    assert "I will go on" in shown and "by the grace of nobody" in shown
    assert find_newly_known("Nothing of it.", known, earlier, LISTS) == []
