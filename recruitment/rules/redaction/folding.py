"""Letters compared without case, accents or invisible characters (Unicode Standard Annex 15, NFKD)."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Folded:
    """A folded text; `origin[i]` is where its character i stood (None: at i); one more marks the end."""

    text: str
    origin: Sequence[int] | None

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
    pieces = [letters[ord(character)] for character in text]
    folded = "".join(pieces)
    if len(folded) == len(text) and all(pieces):
        return Folded(folded, None)
    origin = [index for index, piece in enumerate(pieces) for _ in piece]
    origin.append(len(text))
    return Folded(folded, origin)


def spellings(word: str) -> frozenset[str]:
    """A word folded, both without its marks and with them typed as letters."""
    composed = unicodedata.normalize("NFC", word).lower()
    return frozenset(fold(form).text for form in (word, composed.translate(_TYPED)))
