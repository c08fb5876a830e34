"""Signs that a sentence of the writer's own tells an origin or an age, whatever its words: for a person to see.

A city far away, a letter that English does not write, a year of the last century. None of them is a rule by
itself; beside I, my or we they are seldom about work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from recruitment.rules.redaction.clauses import Whole
from recruitment.rules.redaction.folding import fold_word
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.subjects import FIRST
from recruitment.rules.redaction.wordlists import WordLists

_FOREIGN_LETTER = re.compile(r"[À-ÖØ-öø-ɏḀ-ỿ]")
# Letters and words that English has borrowed.
_BORROWED = frozenset(
    "café cafés fiancé fiancée fiancés fiancées naïve résumé résumés cliché clichés née façade "
    "façades protégé protégée touché décor crèche crèches pâté soufflé entrée élite régime rôle "
    "coöperate mêlée début détente cortège à purée attaché communiqué exposé flambé glacé passé "
    "risqué sauté séance soirée éclair über doppelgänger vis-à-vis".split()
)
_YEAR = re.compile(r"1(?<![\w£$€.,/-].)9(?:4[5-9]|[5-8]\d|9[0-5])(?![\w%]|[.,/]\d)")
_OF_A_LAW = re.compile(
    r"(?:\b(?:Acts?|Orders?|Regulations?|Rules|Code|Convention|Directive|Treaty|Measure)[ ,]{1,2}(?:\d+ of )?|\()$"
)
_LONGEST = 22
_WIDEST = 300


def find_signs(whole: Whole, spans: Sequence[Span], lists: WordLists) -> Iterator[Span]:
    """Clauses beside I, my or we that hold such a sign."""
    text = whole.text
    hits = [*_places(whole, lists), *_letters(whole), *_years(text)]
    if not hits:
        return
    covered = bytearray(len(text) + 1)
    for span in spans:
        covered[span.start : span.end] = b"\x01" * (span.end - span.start)
    tokens, sentences, clauses = whole.tokens, whole.sentences, whole.clauses
    done: set[int] = set()
    for place, kind in sorted(hits):
        number = clauses.number(place)
        if covered[place] or number in done:
            continue
        low, high = sentences.around(place)
        low, high = max(low, place - _WIDEST), min(high, place + _WIDEST)
        first, last = clauses.range(number)
        own = clauses.words_between(low, high)
        if FIRST.isdisjoint(own) or last - first > _LONGEST:
            continue
        done.add(number)
        left = [at for at in range(first, last) if not covered[tokens.starts[at]]]
        if left:
            here = next(at for at in left if tokens.ends[at] > place)
            start = end = here
            while start - 1 in left:
                start -= 1
            while end + 1 in left:
                end += 1
            place_of = tokens.starts[start], tokens.ends[end]
            yield Span(*place_of, kind, f"a sign in a sentence of one's own: {kind}", Action.FLAG, is_apart=True)


def _places(whole: Whole, lists: WordLists) -> Iterator[tuple[int, Kind]]:
    places = lists.world_places
    here = {word: fold_word(word) for word in whole.capitals}
    for match in _CAPITALISED.finditer(whole.text) if any(low in places for low in here.values()) else ():
        if here[match[0]] in places and not match[0].isupper():
            yield match.start(), Kind.NATIONALITY
    for match in _TWO_WORDS.finditer(whole.text) if not _first_words(places).isdisjoint(here.values()) else ():
        if fold_word(match[0] + match[1]) in places:
            yield match.start(), Kind.NATIONALITY


@lru_cache(maxsize=4)
def _first_words(places: frozenset[str]) -> frozenset[str]:
    """The first words of places of several."""
    return frozenset(place.partition(" ")[0] for place in places if " " in place)


_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]*")
# Its first letter, with the rest ahead, so that the second word can open another place.
_TWO_WORDS = re.compile(r"[A-ZÀ-ÖØ-Þ](?<!\w.)(?=([^\W\d_]{1,30} [A-ZÀ-ÖØ-Þ][^\W\d_]{1,30}))")


def _letters(whole: Whole) -> Iterator[tuple[int, Kind]]:
    if whole.text.isascii() or _FOREIGN_LETTER.search(whole.text) is None:
        return
    for index, word in enumerate(whole.tokens.words):
        if not word.isascii() and word not in _BORROWED and _FOREIGN_LETTER.search(word):
            yield whole.tokens.starts[index], Kind.NATIONALITY


def _years(text: str) -> Iterator[tuple[int, Kind]]:
    for match in _YEAR.finditer(text):
        if _OF_A_LAW.search(text, max(0, match.start() - 24), match.start()) is None:
            yield match.start(), Kind.AGE
