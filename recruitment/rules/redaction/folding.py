"""Letters compared without case, accents or invisible characters (Unicode Standard Annex 15, NFKD)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

# Letters that carry no separable mark in Unicode, as they are written without it.
_BARE = {
    "ø": "o",
    "ł": "l",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "æ": "ae",
    "œ": "oe",
    "ı": "i",
    "ħ": "h",
    "’": "'",
    "‘": "'",
}
# The same letters (and umlauts) as many people type them: Müller, Mueller; Søren, Soeren.
_TYPED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_LONGEST = 3


class _Letters(dict[int, str]):
    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    low = character.lower()
    if low in _BARE:
        return _BARE[low]
    if unicodedata.category(character) == "Cf":
        return ""
    parts = unicodedata.normalize("NFKD", character).casefold()
    folded = "".join(_BARE.get(c, c) for c in parts if unicodedata.category(c)[0] != "M")
    # A mark alone, and the few ligatures that stand for whole phrases, gain nothing from being taken apart.
    return folded if len(folded) <= _LONGEST else character


_LETTERS = _Letters()
LETTERS = re.compile(r"[^\W\d_]+")
_WORD = re.compile(r"[^\W_]+")
_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-Þ][^\W\d_]*")
_NOT_ASCII = re.compile(r"([^\x00-\x7f]+)")
_MARKS = bytes(code for code in range(128) if not chr(code).isalnum())


@dataclass(frozen=True)
class Folded:
    """A folded text; `origin[i]` is where its character i stood (None: at i); one more marks the end."""

    text: str
    origin: Sequence[int] | None

    @cached_property
    def words(self) -> list[tuple[int, int, str]]:
        """Its runs of letters and digits: (start, end, run)."""
        return [(*match.span(), match[0]) for match in _WORD.finditer(self.text)]

    @cached_property
    def stream(self) -> str:
        """Its letters and digits alone."""
        runs = _NOT_ASCII.split(self.text)
        if any(map(str.isalnum, "".join(runs[1::2]))):
            return "".join(_WORD.findall(self.text))
        return "".join(runs[::2]).encode().translate(None, _MARKS).decode()

    @cached_property
    def letters(self) -> frozenset[str]:
        """Its runs of letters, each once."""
        return frozenset(LETTERS.findall(self.text))

    def places(self, words: Iterable[str]) -> list[tuple[int, int]]:
        """Where any of some words stands as a whole run of letters, in order."""
        text, found = self.text, list[tuple[int, int]]()
        for word in words:
            at = text.find(word)
            while at >= 0:
                end = at + len(word)
                if not (at and LETTERS.match(text, at - 1, at)) and not LETTERS.match(text, end, end + 1):
                    found.append((at, end))
                at = text.find(word, at + 1)
        return sorted(found)

    def at(self, position: int) -> int:
        """The original position of a folded one."""
        return position if self.origin is None else self.origin[position]

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """Original start and end of folded characters `start` to `end`, with any invisible ones inside."""
        if self.origin is None:
            return start, end
        return self.origin[start], max(self.origin[end - 1] + 1, self.origin[start] + 1)


def fold(text: str) -> Folded:
    """The text folded, with the way back to the original's positions."""
    if text.isascii():
        return Folded(text.lower(), None)
    letters = _LETTERS
    runs = _NOT_ASCII.split(text)
    if all(len(letters[ord(character)]) == 1 for run in runs[1::2] for character in run):
        runs[::2] = [run.lower() for run in runs[::2]]
        runs[1::2] = ["".join([letters[ord(character)] for character in run]) for run in runs[1::2]]
        return Folded("".join(runs), None)
    pieces = [letters[ord(character)] for character in text]
    folded = "".join(pieces)
    origin = [index for index, piece in enumerate(pieces) for _ in piece]
    origin.append(len(text))
    return Folded(folded, origin)


def capital_words(text: str) -> frozenset[str]:
    """The runs of letters that open with a capital, each once: what a pattern of names needs may be missing."""
    return frozenset(_CAPITALISED.findall(text))


def capitals_of(pattern: str) -> frozenset[str]:
    """The words of a pattern that open with a capital; where their last letter may be missing, both forms."""
    words = re.findall(r"[A-ZÀ-ÖØ-Þ][^\W\d_]+\??", pattern)
    return frozenset([word.rstrip("?") for word in words] + [word[:-2] for word in words if word.endswith("?")])


def fold_word(word: str) -> str:
    """A word folded; most are in plain letters."""
    return word.lower() if word.isascii() else fold(word).text


def in_small_letters(text: str) -> str:
    """A text in small letters as `re.IGNORECASE` compares them.

    A pattern that ignores case needs its letters here, so that most texts are told apart by `in` alone.
    """
    low = text.lower()
    return low if low.isascii() else low.replace("ſ", "s").replace("ı", "i").replace("i\u0307", "i")


def holds_any(text: str, needed: Iterable[str]) -> bool:
    """Whether a text holds one of the strings without which a pattern cannot match."""
    for each in needed:  # noqa: SIM110 - a generator would cost more than the tests
        if each in text:
            return True
    return False


def spellings(word: str) -> frozenset[str]:
    """A word folded, both without its marks and with them typed as letters."""
    composed = unicodedata.normalize("NFC", word).lower()
    return frozenset(fold(form).text for form in (word, composed.translate(_TYPED)))
