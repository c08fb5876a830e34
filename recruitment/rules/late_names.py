"""A name that is corrected after an application was sent: it is hidden further in what shortlisters read.

The answers were made unreadable for the name as it was typed. Nothing else is looked for, and nothing comes back.
"""

from __future__ import annotations

from collections.abc import Iterator

from recruitment.rules.marked_words import Pieces, hide_places
from recruitment.rules.redaction.folding import fold
from recruitment.rules.redaction.known import KnownValues, name_forms
from recruitment.rules.redaction.names import find_names
from recruitment.rules.redaction.sentences import split_sentences
from recruitment.rules.redaction.wordlists import WordLists


def hide_late_name(pieces: Pieces, name: str, lists: WordLists) -> Pieces:
    """The pieces with every form of the name hidden; an ordinary word only where it stands as a name."""
    known = KnownValues(full_name=name)
    forms = name_forms(known, lists.ordinary_words, lists.particles, lists.diminutives)

    def find(text: str) -> Iterator[tuple[int, int]]:
        return ((one.start, one.end) for one in find_names(text, fold(text), forms, split_sentences(text)))

    return hide_places(pieces, find)
