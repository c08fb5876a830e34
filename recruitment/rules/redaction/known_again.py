"""What is newly known of a writer is hidden in a text that was redacted before, and nothing else is changed.

A name that its owner corrects may stand in their text as it is right, unhidden because the form had it wrong. The
other rules are not run again: what somebody outside the sift restored meanwhile stays restored.
"""

from __future__ import annotations

from recruitment.rules.redaction.details import find_known_details, find_town_beside
from recruitment.rules.redaction.folding import fold
from recruitment.rules.redaction.known import KnownValues, name_forms
from recruitment.rules.redaction.names import find_handles, find_names
from recruitment.rules.redaction.remains import find_remains
from recruitment.rules.redaction.sentences import split_sentences
from recruitment.rules.redaction.spans import ordered
from recruitment.rules.redaction.wordlists import WordLists

Place = tuple[int, int]


def find_newly_known(text: str, known: KnownValues, earlier: KnownValues, lists: WordLists) -> list[Place]:
    """Places [start, end) that `known` tells of and `earlier` does not, in the text as it is read now.

    What was known earlier and is readable all the same was restored by a person.
    """
    before = _places(text, earlier, lists)
    return [
        (start, end)
        for start, end in _places(text, known, lists)
        if not any(first <= start and end <= last for first, last in before)
    ]


def _places(text: str, known: KnownValues, lists: WordLists) -> list[Place]:
    forms = name_forms(known, lists.ordinary_words, lists.particles, lists.diminutives)
    sentences, folded = split_sentences(text), fold(text)
    found = [*find_known_details(folded, known), *find_names(text, folded, forms, sentences)]
    found += find_town_beside(text, folded, known, list(found))
    found += find_handles(text, found)
    spans = ordered(text, found)
    while remains := list(find_remains(text, spans, forms, sentences)):
        spans = ordered(text, [*spans, *remains])
    return [(span.start, span.end) for span in spans]
