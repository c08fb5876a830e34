"""A name once found: what stands in one list with it, and each of its words wherever they come again."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from recruitment.rules.redaction.folding import fold_word
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.name_runs import CAPITALISED, is_name_word, span
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.wordlists import WordLists

_BESIDE_A_NAME = re.compile(
    r"(?:,|,? and|,? or|/| &)[ ]([^\W\d_]+(?:[’'\-][^\W\d_]+)*)(?=[ \t](?!of\b)[a-z]|[.,;:)!?]|['’]s\b|$)"
)


def find_again(text: str, spans: Sequence[Span], lists: WordLists) -> Iterator[Span]:
    """What stands in one list with the name of a person, and each word of a name wherever it comes again."""
    names = [each for each in spans if each.kind is Kind.OTHER_NAME]
    covered = sorted((each.start, each.end) for each in spans)
    words: set[str] = set()
    for each in names:
        parts = [part for part in CAPITALISED.findall(text[each.start : each.end]) if _is_distinctive(part, lists)]
        words.update(parts if each.action is Action.HIDE or len(parts) == 1 else ())
        beside = _BESIDE_A_NAME.match(text, each.end)
        if beside is not None and _is_distinctive(beside[1], lists):
            words.add(beside[1])
    if not words:
        return
    # What is written with a small letter elsewhere is a word.
    words = {word for word in words if not _stands_alone(text, word.lower())}
    for match in CAPITALISED.finditer(text) if words else ():
        word = match[0]
        if word.endswith(("'s", "’s")):
            word = word[:-2]
        if word not in words or _AMONG_CAPITALS.match(text, match.start() + len(word)):
            continue
        if _CAPITAL_BEFORE.search(text, max(0, match.start() - 24), match.start()):
            continue
        index = bisect_right(covered, (match.start(), len(text))) - 1
        if index < 0 or covered[index][1] <= match.start():
            yield span(match.start(), match.start() + len(word), "word of a name, again", Action.FLAG)


def _stands_alone(text: str, word: str) -> bool:
    """Whether a word in plain small letters stands somewhere by itself."""
    at = text.find(word) if word.isascii() and word.isalpha() else -1
    while at >= 0:
        beside = text[max(0, at - 1) : at] + text[at + len(word) : at + len(word) + 1]
        if not any(character.isalnum() or character == "_" for character in beside):
            return True
        at = text.find(word, at + 1)
    return False


# A longer name, which is a body's as often as a person's.
_AMONG_CAPITALS = re.compile(r"[ \t\-&/][ \t]{0,2}[A-Z0-9&]|['’]s[ \t][A-Z]")
_CAPITAL_BEFORE = re.compile(r"\b[A-Z][\w.]{2,}[ \t\-/]{1,2}$")


def _is_distinctive(word: str, lists: WordLists) -> bool:
    """Whether a word of a name is seldom anything else."""
    low = word.lower()
    return (
        len(word) > 2
        and word.istitle()
        and is_name_word(word, lists)
        and not any(
            low in each or fold_word(word) in each
            for each in (lists.titles, lists.ranks, lists.ordinary_words, lists.universities)
        )
        and fold_word(word) not in lists.ordinary_given_names
    )
