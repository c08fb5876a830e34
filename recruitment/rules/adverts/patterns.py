"""The signs in which wordings are written, made into expressions that find them.

Words stand next to each other whatever space, hyphen or colon is between them. `*` ends the beginning of a word,
`(a|b)` is one of several, `[a]` may be missing, `#` is a number, `...` stands for up to four words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_TOKEN = re.compile(r"\[[^\]]*\]|\([^)]*\)|\S+")
_BETWEEN = r"[\s\-–—:]+"
_GAP = r"(?:[\s,:\-–—]+[\w'&/]+){0,4}?"
_NUMBER = r"\d[\d.,]*(?:\s?[-–]\s?\d+)?\+?"
_ANY = r"[\w'\-]*"


@dataclass(frozen=True)
class Pattern:
    """`needed`: letters in lower case that every match holds; that a text lacks them is quick to see."""

    expression: re.Pattern[str]
    needed: str

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.expression.finditer(text) if self.needed in text.lower() else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        return next(self.finditer(text), None)


def read_pattern(written: str) -> Pattern:
    """ValueError, naming it, for a pattern that begins with what may be missing or holds nothing."""
    expression, is_begun = "", False
    for token in _TOKEN.findall(written):
        if token in ("...", "[...]"):
            expression += _GAP
            continue
        body = _body(token)
        if token.startswith("["):
            expression += f"(?:{_BETWEEN}{body})?" if is_begun else f"(?:{body}{_BETWEEN})?"
            continue
        expression += f"{_BETWEEN}{body}" if is_begun else body
        is_begun = True
    if not is_begun:
        raise ValueError(f"The pattern {written!r} holds no word that must be there.")
    return Pattern(re.compile(rf"(?<!\w){expression}(?!\w)", re.IGNORECASE), _needed(written))


def _needed(written: str) -> str:
    words = (token for token in _TOKEN.findall(written) if token[0] not in "([.#" and "#" not in token)
    return max((word.rstrip("*").lower() for word in words), key=len, default="")


def read_patterns(written: Iterable[str]) -> tuple[Pattern, ...]:
    return tuple(read_pattern(each) for each in written)


def _body(token: str) -> str:
    if token[0] in "([" and token[-1] in ")]":
        token = token[1:-1]
    alternatives = [_BETWEEN.join(_word(word) for word in each.split()) for each in token.split("|")]
    return alternatives[0] if len(alternatives) == 1 else f"(?:{'|'.join(alternatives)})"


def _word(word: str) -> str:
    if word == "#":
        return _NUMBER
    stem = word.rstrip("*")
    escaped = re.escape(stem).replace(r"\#", _NUMBER)
    return escaped + (_ANY if word.endswith("*") else "")
