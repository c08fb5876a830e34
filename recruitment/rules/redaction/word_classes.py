"""What one word of a phrase may be: a word, an entry of a list, a number in some range."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from recruitment.rules.redaction.tokens import Tokens

NUMBER_WORDS = frozenset(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred couple few".split()
)

FIGURES = "#"


_TENS = {
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 25, "thirty": 30, "forty": 40,
    "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
}  # fmt: skip

AGES = (15, 89)

LONG_SERVICE = (25, 60)
"""Years from which a length of service tells an age."""


def _is_between(figures: str, least: int, most: int) -> bool:
    return len(figures) < 4 and least <= int(figures) <= most


def _is_number(word: str) -> bool:
    return word.isdecimal() or word in NUMBER_WORDS


class Class:
    """A word list as phrases: first word → the words that follow, longest first.

    In a phrase `#` stands for any number, `~` for any word.
    """

    def __init__(self, entries: Iterable[str]) -> None:
        found: dict[str, set[tuple[str, ...]]] = {}
        for entry in entries:
            first, *rest = entry.replace("-", " ").split()
            found.setdefault(first, set()).add(tuple(rest))
        self.phrases = {
            first: sorted(endings, key=lambda words: (-len(words), words)) for first, endings in found.items()
        }
        # First word → whether it stands alone, and second word → endings; under None those whose second word is
        # no fixed one.
        self._by_first: dict[str, tuple[bool, dict[str | None, list[tuple[str, ...]]]]] = {}
        for first, endings in self.phrases.items():
            filed: dict[str | None, list[tuple[str, ...]]] = {}
            for ending in endings:
                if ending:
                    filed.setdefault(None if ending[0] in ("#", "~") else ending[0], []).append(ending)
            self._by_first[first] = () in endings, filed
        self._has_numbers = "#" in self.phrases
        self.first_words = frozenset(self.phrases.keys() | (NUMBER_WORDS if self._has_numbers else set()))

    def seconds(self, first: str) -> frozenset[str] | None:
        """The words of which one must follow `first` in every entry that begins with it; None for any or none."""
        endings = self.phrases[first]
        is_any = any(not rest or rest[0] in ("#", "~") for rest in endings)
        return None if is_any else frozenset(rest[0] for rest in endings)

    def end(self, tokens: Tokens, at: int) -> int | None:
        """The token index after the entry that begins at `at`, the longest where their first words agree."""
        word = tokens.words[at]
        entry = self._by_first.get(word)
        if entry is not None:
            is_alone, filed = entry
            end = self._end(tokens, at, filed) if filed else None
            if end is not None:
                return end
            if is_alone:
                return at + 1
        if self._has_numbers and _is_number(word):
            is_alone, filed = self._by_first["#"]
            end = self._end(tokens, at, filed)
            return at + 1 if end is None and is_alone else end
        return None

    def _end(self, tokens: Tokens, at: int, filed: Mapping[str | None, Sequence[tuple[str, ...]]]) -> int | None:
        if at + 1 < tokens.count:
            second = tokens.words[at + 1]
            if second in filed:
                for rest in filed[second]:
                    if self._goes_on(tokens, at, rest):
                        return at + 1 + len(rest)
            if None in filed:
                for rest in filed[None]:
                    if self._goes_on(tokens, at, rest):
                        return at + 1 + len(rest)
        return None

    @staticmethod
    def _goes_on(tokens: Tokens, at: int, rest: tuple[str, ...]) -> bool:
        if at + len(rest) >= tokens.count:
            return False
        words = tokens.words
        for offset, wanted in enumerate(rest, at + 1):
            if words[offset] != wanted and wanted != "~" and not (wanted == "#" and _is_number(words[offset])):
                return False
        return False not in tokens.follows[at + 1 : at + 1 + len(rest)]


@dataclass(frozen=True)
class Test:
    """What one word may be."""

    words: frozenset[str] = frozenset()
    classes: tuple[Class, ...] = ()
    number: bool = False
    year: bool = False
    between: tuple[int, int] | None = None
    capital: bool = False
    anything: bool = False
    edge: bool = False

    @cached_property
    def fixed(self) -> frozenset[str]:
        """The single words that pass whatever stands around them, as far as they can be listed."""
        numbers = NUMBER_WORDS if self.number else frozenset[str]()
        least, most = self.between or (1, 0)
        return self.words | numbers | {word for word, value in _TENS.items() if least <= value <= most}

    @cached_property
    def is_fixed(self) -> bool:
        """Whether no other word passes."""
        return not (
            self.classes or self.number or self.year or self.between or self.capital or self.anything or self.edge
        )

    @cached_property
    def _class_words(self) -> frozenset[str]:
        return frozenset[str]().union(*(each.first_words for each in self.classes))

    def end(self, tokens: Tokens, at: int) -> int | None:
        """The token index after what passes at `at`: a single word before an entry of a list."""
        word = tokens.words[at]
        if word in self.fixed or self.anything or (self.capital and tokens.is_capitalised(at)):
            return at + 1
        if word.isdecimal():
            if self._takes_figures(word):
                return at + 1
        elif word not in self._class_words:
            return None
        for each in self.classes:
            end = each.end(tokens, at)
            if end is not None:
                return end
        return None

    def _takes_figures(self, word: str) -> bool:
        return (
            self.number
            or (self.year and len(word) == 4 and word[:2] in ("19", "20"))
            or (self.between is not None and _is_between(word, *self.between))
        )

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The words with which something that passes can begin; figures for any number."""
        firsts = set(self.words)
        for each in self.classes:
            firsts |= each.phrases.keys()
        if self.number or self.year or self.between or any(word.isdecimal() for word in firsts):
            firsts.add(FIGURES)
        if FIGURES in firsts and not self.year:
            firsts |= NUMBER_WORDS
        return frozenset(firsts)
