"""Names after titles and ranks, and titles that stand alone: both tell sex as well as a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from recruitment.rules.redaction.folding import fold_word
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.name_runs import (
    COURT,
    is_a_body,
    is_citation,
    looks_like_a_name,
    names_after,
    span,
)
from recruitment.rules.redaction.spans import Action, Span
from recruitment.rules.redaction.wordlists import WordLists

# The same, but for those that open with a small letter of English.
_WITH_CAPITAL = re.compile(r"[^\W\d_a-z](?<![^\W\d_].)(?<![^\W\d_]['’\-].)[^\W\d_]*(?:['’\-][^\W\d_]+)*")


def find_titled(text: str, lists: WordLists) -> Iterator[Span]:
    """Titles and ranks with the names after them; a title that stands alone tells sex as well."""
    for match in _WITH_CAPITAL.finditer(text):
        word = match[0]
        if not word[0].isupper() or ((low := word.lower()) not in lists.titles and low not in lists.ranks):
            continue
        if _is_no_title(text, match, lists):
            continue
        hole = _HOLE_AFTER.match(text, match.end())
        if hole is not None:
            yield Span(match.start(), hole.end(), Kind.TITLE, "title of the writer", Action.HIDE)
            continue
        end = names_after(text, match.end(), lists, wrapped=True)
        if text[match.end() : match.end() + 9] in (" Justice ", " Recorder"):
            continue
        if low in _STAND_ALONE and end == match.end():
            if low != "ms" or word == "Ms":
                yield Span(match.start(), match.end(), Kind.TITLE, "title", Action.HIDE)
            continue
        if end == match.end() or is_citation(text, match.start(), end) or is_a_body(text, end):
            continue
        if word == "MS" and _is_a_program(text[match.end() : end], lists):
            continue
        first = text[match.end() : end].strip(" .\t\n")
        if low in COURT and not lists.given_names & {fold_word(part) for part in first.split()[:1]}:
            continue
        if low in _WEAK_RANKS and not looks_like_a_name(first, lists) and len(first.split()) < 2:
            continue
        yield span(match.start(), end, "name after a title or rank")


def _is_no_title(text: str, match: re.Match[str], lists: WordLists) -> bool:
    """Whether a word that can be a title is none here: Sir/Madam, and two capitals such as FR."""
    low = match[0].lower()
    if low in ("sir", "madam") and text[match.end() : match.end() + 1] in "/,\n":
        return True
    return match[0].isupper() and len(low) == 2 and low in lists.titles and low not in ("mr", "ms")


def _is_a_program(name: str, lists: WordLists) -> bool:
    """MS Exchange is a program; MS DEBORAH is a person in a text of capitals."""
    first = name.split()[0]
    return not first.isupper() and not looks_like_a_name(first, lists)


# The writer's name, hidden already, and words with capitals that stand with it.
_HOLE_AFTER = re.compile(r"\.? ?\x00(?: [A-Z][a-z]+[A-Z]\w*)?")

_STAND_ALONE = frozenset({"mr", "mrs", "ms", "miss", "mx"})

_WEAK_RANKS = frozenset(
    "officer general major captain nurse matron commander governor father brother sister lady lord master "
    "canon bishop "
    "ci so cm wm gm po co sr mp acc justice commissioner staff firefighter ff ps gen master hon detective "
    "inspector sergeant superintendent "
    "constable pastor deacon imam rabbi sir dame".split()
)
