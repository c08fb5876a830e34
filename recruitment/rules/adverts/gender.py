"""Gender-coded words, counted per 100 words.

Source: Gaucher, Friesen and Kay (2011), Journal of Personality and Social Psychology 101(1), Appendix A; the list
is in words/gender_coded.txt. Each word counts once, under the longest entry that it matches, and an entry without
an asterisk matches a whole word only. Content drives an advert's appeal far more than these words, so the
count is a prompt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from recruitment.rules.adverts.hits import Part
from recruitment.rules.adverts.patterns import Pattern, read_patterns
from recruitment.rules.adverts.texts import fold, words_of


class Coded(StrEnum):
    MASCULINE = "masculine"
    FEMININE = "feminine"
    SET_APART = "set apart"


STUDY_MEANS = {Coded.MASCULINE: 0.83, Coded.FEMININE: 0.63}
"""Per 100 words in the adverts of the paper's first study."""


@dataclass(frozen=True)
class Entry:
    """`stem` in lower case; `is_open` where an asterisk lets letters, hyphens and figures follow."""

    name: str
    stem: str
    is_open: bool
    coded: Coded

    def matches(self, word: str) -> bool:
        return word.startswith(self.stem) if self.is_open else word == self.stem


@dataclass(frozen=True)
class GenderWords:
    entries: tuple[Entry, ...]
    """Longest stem first, so that the first match is the longest; a closed entry before an open one."""
    set_apart: tuple[Pattern, ...]

    @cached_property
    def by_letter(self) -> dict[str, tuple[Entry, ...]]:
        """First letter → the entries that begin with it, in their order."""
        letters = {entry.stem[0] for entry in self.entries}
        return {letter: tuple(e for e in self.entries if e.stem[0] == letter) for letter in letters}

    def find(self, word: str) -> Entry | None:
        """The longest entry that a word matches."""
        lower = word.lower()
        return next((entry for entry in self.by_letter.get(lower[:1], ()) if entry.matches(lower)), None)

    def names(self, coded: Coded) -> tuple[str, ...]:
        """The entries as printed in the paper, without spellings that were added."""
        return tuple(dict.fromkeys(entry.name for entry in self.entries if entry.coded is coded))


def read_gender_words(text: str) -> GenderWords:
    """From the file's text: sections in brackets, one entry a line, other spellings after "="."""
    sections: dict[Coded, list[str]] = {coded: [] for coded in Coded}
    here: list[str] | None = None
    for line in (raw.strip() for raw in text.splitlines()):
        if line.startswith("["):
            here = sections[Coded(line.strip("[]"))]
        elif line and not line.startswith("#"):
            if here is None:
                raise ValueError(f"{line!r} stands in no section")
            here.append(line)
    entries = [
        Entry(printed.strip(), spelling.strip().rstrip("*").lower(), spelling.strip().endswith("*"), coded)
        for coded in (Coded.MASCULINE, Coded.FEMININE)
        for line in sections[coded]
        for printed in [line.partition("=")[0]]
        for spelling in line.split("=")
    ]
    entries.sort(key=lambda entry: (-len(entry.stem), entry.is_open))
    return GenderWords(tuple(entries), read_patterns(sections[Coded.SET_APART]))


@dataclass(frozen=True)
class CodedWord:
    """A word of a part's text, the entry it matched, and as what it counts."""

    part: str
    start: int
    end: int
    word: str
    entry: str
    coded: Coded


@dataclass(frozen=True)
class GenderCount:
    words: int
    coded: tuple[CodedWord, ...]

    def count(self, coded: Coded) -> int:
        return sum(each.coded is coded for each in self.coded)

    def per_hundred(self, coded: Coded) -> float:
        """Per 100 words of the text; 0 where there are no words."""
        return 100 * self.count(coded) / self.words if self.words else 0.0

    @property
    def score(self) -> int:
        """Feminine less masculine words: below 0 the advert reads as coded masculine."""
        return self.count(Coded.FEMININE) - self.count(Coded.MASCULINE)

    def found(self, coded: Coded) -> tuple[str, ...]:
        """The words in lower case, each once, in order of the alphabet."""
        return tuple(sorted({each.word.lower() for each in self.coded if each.coded is coded}))


def count_gender_words(parts: Iterable[Part], listed: GenderWords) -> GenderCount:
    words, coded = 0, []
    for part in parts:
        text = fold(part.text)
        apart = [match.span() for pattern in listed.set_apart for match in pattern.finditer(text)]
        for word in words_of(text):
            words += 1
            coded += _coded(part.key, word, listed, apart)
    return GenderCount(words, tuple(coded))


def _coded(
    part: str, word: re.Match[str], listed: GenderWords, apart: Sequence[tuple[int, int]]
) -> list[CodedWord]:
    """The whole word if it matches, else the pieces of a compound that do: "highly-competitive" counts once."""
    pieces = [(word.start(), word.group())]
    if listed.find(word.group()) is None:
        pieces = [(word.start() + m.start(), m.group()) for m in re.finditer(r"[^\-/&+]+", word.group())]
    found = []
    for start, piece in pieces:
        entry = listed.find(piece)
        if entry is None:
            continue
        end = start + len(piece)
        is_apart = any(first <= start and end <= last for first, last in apart)
        found.append(CodedWord(part, start, end, piece, entry.name, Coded.SET_APART if is_apart else entry.coded))
    return found
