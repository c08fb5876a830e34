"""The writer's own names: each form that can be matched with certainty, and ordinary words with care.

No regular expression is made from a name: Python's `re` keeps the patterns it compiles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from recruitment.rules.redaction.folding import LETTERS, Folded
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.known import LONG_ENOUGH_ALONE, NameForms
from recruitment.rules.redaction.name_shapes import (
    POSSESSIVE,
    between_capitals,
    hide,
    inside_longer_words,
    lone_initials,
    misspelt,
    occurrences,
    spaced_letters,
    whole_word,
    written_together,
)
from recruitment.rules.redaction.sentences import Sentences
from recruitment.rules.redaction.spans import Action, Span

_GAP = re.compile(r"[ \t\xa0\-'’._,()\"/–]{0,3}(?:([^\W\d_])[ \t\xa0\-'’._]{1,3}){0,2}")


_INITIALS_BEFORE = re.compile(r"(?:(?<![^\W_])[^\W\d_][. \t'’_\-]{1,2}){1,3}$")

_ABBREVIATION_AFTER = re.compile(r"(?:,?[ \t]{1,2}|-|\.[ ]?)([^\W\d_]{1,3})(?![^\W_])")

_HANDLE = re.compile(r"@[\w.\-]{1,64}")


@dataclass(frozen=True)
class _Hit:
    """A word of the folded text that is a part of a name; `start` and `end` are places in the original."""

    folded_start: int
    folded_end: int
    start: int
    end: int
    word: str
    is_certain: bool
    is_capitalised: bool


def find_names(text: str, folded: Folded, forms: NameForms, sentences: Sentences) -> Iterator[Span]:
    """Every form of the known names."""
    here = folded.letters
    if not forms.parts.isdisjoint(here) or any(part + "s" in here for part in forms.ordinary):
        for run in _runs_of_parts(text, folded, forms):
            yield from _name_run(text, folded, forms, run)
            yield from _ordinary_words(text, forms, run, sentences)
    if not forms.glued.isdisjoint(here):
        yield from written_together(text, folded, forms)
    yield from inside_longer_words(text, folded, forms)
    yield from between_capitals(text, folded, forms)
    yield from spaced_letters(text, folded, forms)
    yield from lone_initials(text, folded, forms)
    yield from _local_part(text, folded, forms)
    yield from misspelt(text, folded, forms, here)


def _runs_of_parts(text: str, folded: Folded, forms: NameForms) -> Iterator[list[_Hit]]:
    """Parts of a name that stand next to each other."""
    parts, run = forms.parts, list[_Hit]()
    if not parts:
        return
    plurals = {part + "s" for part in forms.ordinary if len(part) >= LONG_ENOUGH_ALONE} - parts
    # Most words of a text are no part of a name: the few that are need not be looked for among them all.
    for first, last in folded.places((parts | plurals) & folded.letters):
        word = folded.text[first:last]
        word = word if word in parts else word[:-1]
        start, end = folded.bounds(first, last)
        hit = _Hit(first, last, start, end, word, word in forms.certain, text[start].isupper())
        if run and not _are_neighbours(folded, forms, run[-1], hit):
            yield run
            run = []
        run.append(hit)
    if run:
        yield run


def _are_neighbours(folded: Folded, forms: NameForms, first: _Hit, second: _Hit) -> bool:
    """Whether nothing but initials and punctuation stands between two parts."""
    if second.folded_start - first.folded_end > 12:
        return False
    between = _GAP.fullmatch(folded.text, first.folded_end, second.folded_start)
    return bool(between) and forms.letters.issuperset(
        LETTERS.findall(folded.text, first.folded_end, second.folded_start)
    )


def _is_a_name(run: list[_Hit]) -> bool:
    """Whether a run holds a part that is no ordinary word, or different ones with capitals."""
    return any(hit.is_certain for hit in run) or len({hit.word for hit in run if hit.is_capitalised}) >= 2


def _name_run(text: str, folded: Folded, forms: NameForms, run: list[_Hit]) -> Iterator[Span]:
    """A name in any case and order, with its initials, abbreviations and possessive."""
    if not _is_a_name(run):
        return
    in_capitals = any(hit.is_capitalised for hit in run)
    kept = [hit.is_certain or hit.is_capitalised or not in_capitals or hit.word in forms.particles for hit in run]
    members = [hit for hit, is_kept in zip(run, kept, strict=True) if is_kept]
    for (first, is_first), (second, is_second) in pairwise(zip(run, kept, strict=True)):
        if is_first and is_second:
            yield hide(first.start, second.end, "name")
    for hit in members:
        owned = POSSESSIVE.match(text, hit.end)
        yield hide(hit.start, owned.end() if owned else hit.end, "name")
    yield from _initials_before(text, folded, forms, members[0])
    yield from _abbreviations_after(text, forms, members[-1])


def _initials_before(text: str, folded: Folded, forms: NameForms, first: _Hit) -> Iterator[Span]:
    lead_start = max(0, first.folded_start - 12)
    lead = _INITIALS_BEFORE.search(folded.text[lead_start : first.folded_start])
    if not lead:
        return
    initials = {part[0] for part in forms.parts}
    letters = [match for match in LETTERS.finditer(lead[0]) if match[0] in initials]
    start = folded.at(lead_start + lead.start() + letters[0].start()) if letters else first.start
    if letters and text[start].isupper():
        yield hide(start, first.start, "initials before a name")


_SHORT_WORDS = frozenset({"i", "a", "an", "as", "in", "so", "it"})


def _abbreviations_after(text: str, forms: NameForms, last: _Hit) -> Iterator[Span]:
    end = last.end
    for _ in range(3):
        match = _ABBREVIATION_AFTER.match(text, end)
        if not match or not match[1][0].isupper():
            return
        short, stop = match[1].lower(), text[match.end() : match.end() + 1]
        is_initials = match[1].isupper() and forms.letters.issuperset(short)
        if not is_initials and not any(part.startswith(short) for part in forms.parts):
            return
        if short in _SHORT_WORDS and stop not in {"", ".", "-", "\n", "\r", ",", ")", '"'}:
            return
        yield hide(match.start(1), match.end(1), "abbreviation after a name")
        end = match.end()


def _ordinary_words(text: str, forms: NameForms, run: list[_Hit], sentences: Sentences) -> Iterator[Span]:
    """An ordinary word as a name: hidden with a capital, or with its sentence where that is unclear."""
    if _is_a_name(run):
        return
    for hit in run:
        beside = text[hit.start - 1 : hit.start] + text[hit.end : hit.end + 1]
        if any(character in "_@" or character.isdigit() for character in beside):
            yield hide(hit.start, hit.end, "ordinary word in a handle or file name")
        elif _is_labelled_or_alone(text, hit):
            yield hide(hit.start, hit.end, "ordinary word as a name")
        elif hit.is_capitalised:
            yield from _capitalised_word(text, hit, sentences)
            yield from _abbreviations_after(text, forms, hit)


_NAME_LABEL = re.compile(
    r"(?:name|names|forenames?|surname|signed|signature|known as|called|regards|thanks|cheers|yours)\W{1,4}\Z",
    re.IGNORECASE,
)


def _is_labelled_or_alone(text: str, hit: _Hit) -> bool:
    """Whether an ordinary word stands after a label, or alone on a line after an empty one: a signature."""
    if _NAME_LABEL.search(text[max(0, hit.start - 24) : hit.start]):
        return True
    return text[max(0, hit.start - 2) : hit.start] == "\n\n" and text[hit.end : hit.end + 1] in ("", "\n")


def _capitalised_word(text: str, hit: _Hit, sentences: Sentences) -> Iterator[Span]:
    """A capital away from a sentence's start makes it a name; at the start, what follows decides.

    Shown at the start of a sentence, an ordinary word tells nobody that it is a name.
    """
    start, end = sentences.around(hit.start)
    is_unclear = sentences.is_start(hit.start) or text[start:end].isupper()
    if is_unclear and not _is_followed_as_person(text, hit, start, end):
        return
    line = text.rfind("\n", 0, hit.start) + 1
    signed = _SIGNED.match(text, hit.end)
    if signed and _OPENS_LINE.fullmatch(text, line, hit.start):
        yield hide(line, signed.end(), "signature")
        return
    owned = POSSESSIVE.match(text, hit.end)
    yield hide(hit.start, owned.end() if owned else hit.end, "ordinary word as a name")


_AS_PERSON = re.compile(
    r"['’]s\b|[ \t]+(?:is|was|has|had|does|did|says|leads|works|always|never|simply|really|can|could|would"
    r"|manages|makes|gives|"
    r"takes|brings|deals|keeps|stays|gets|knows|handles|shows|goes|delivers|supports|runs|also|and I|here|led"
    r"|wrote|rewrote|"
    r"said|made|gave|took|brought|dealt|kept|got|went|came|knew|ran|built|held|sent|met|set|put|found|taught|thought|bought|"
    r"spent|drew|grew|threw|began|chose|spoke|drove|felt|saw|sat|stood|understood|won|lost|paid|told|sold|heard|left|fixed|"
    r"(?!need|indeed|speed|feed|seed|breed)[a-z]{2,}ed)\b"
)

# Nothing, or initials.
_OPENS_LINE = re.compile(r"[ \t\"“‘'(–\-]*(?:[A-Z]\.?[ ]?){0,3}")

_SIGNED = re.compile(r"[ \t\"“‘'(–\-]*(?:[A-Z][\w.'’\-]*[ ,.]{0,2}){0,3}(?:x+|:-?\))?[ \t.,!)\"”]*(?:\n|$)")


def _is_followed_as_person(text: str, hit: _Hit, start: int, end: int) -> bool:
    if _AS_PERSON.match(text, hit.end) is not None:
        return True
    line = text.rfind("\n", 0, hit.start) + 1
    return _OPENS_LINE.fullmatch(text, line, hit.start) is not None and _SIGNED.match(text, hit.end) is not None


def _local_part(text: str, folded: Folded, forms: NameForms) -> Iterator[Span]:
    """The e-mail address's local part wherever it stands."""
    for at in occurrences(folded.text, forms.local_part):
        start, end = whole_word(text, folded, at, at + len(forms.local_part))
        yield Span(start, end, Kind.EMAIL, "local part of the e-mail address", Action.HIDE)


def find_handles(text: str, hidden: list[Span]) -> Iterator[Span]:
    """Handles that hold something hidden, hidden whole."""
    starts = {span.start for span in hidden}
    for match in _HANDLE.finditer(text):
        if any(place in starts for place in range(match.start(), match.end())):
            yield hide(match.start(), match.end(), "handle with a name")
