"""Words and sentences of an advert, with their places; how long and how hard they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

WORD = re.compile(r"[^\W_]+(?:['’&+/-][^\W_]+)*")
# A full stop ends a sentence where a capital, a figure or a quotation mark comes next.
_STOP = re.compile(r"[.!?][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])")
_LINE = re.compile(r"[^\S\n]*\n\s*")
_SHORTENED = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|approx|incl|no|dr|mr|mrs|ms|prof|st|vs|p\.a|p\.w|a\.m|p\.m)|\b[A-Z])\.$", re.I
)
_VOWELS = re.compile(r"[aeiouy]+")
# The e that is not heard: make, whole, makes, worked; but table, services, wanted.
_SILENT = re.compile(r"(?:[^aeiouyl]e|[aeiouy]le|[^aeiouyscxzgh]es|[^aeiouytd]ed)$")
# Two vowels that are heard apart: material, experience, create; but nation, patient, social.
_TWO = re.compile(r"(?:(?<![tcsgx])i(?:a|o|u|en)|crea(?=t))")


@dataclass(frozen=True)
class Sentence:
    """Characters `start` to `end` of a text, and how many words they hold."""

    start: int
    end: int
    words: int


def fold(text: str) -> str:
    """The text with typographic apostrophes and spaces made plain; every character keeps its place."""
    return text.translate({0x2019: "'", 0x2018: "'", 0xA0: " ", 0x2011: "-", 0x2010: "-"})


def sentences_of(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text; a line of a list is one of its own, a line broken within a sentence is not."""
    found = []
    start = 0
    for end in (*_ends(text), len(text)):
        first = start + len(text[start:end]) - len(text[start:end].lstrip())
        last = start + len(text[start:end].rstrip())
        words = sum(1 for _ in WORD.finditer(text, first, last)) if last > first else 0
        if words:
            found.append(Sentence(first, last, words))
        start = end
    return tuple(found)


def _ends(text: str) -> list[int]:
    ends = {stop.end() for stop in _STOP.finditer(text) if not _is_shortened(text, stop.start())}
    ends |= {line.end() for line in _LINE.finditer(text) if _ends_line(text, line)}
    return sorted(ends)


def _is_shortened(text: str, stop: int) -> bool:
    return text[stop] == "." and _SHORTENED.search(text, max(0, stop - 8), stop + 1) is not None


def _ends_line(text: str, line: re.Match[str]) -> bool:
    """A line that goes on with a small letter after no stop was only broken; an empty line always ends."""
    before, after = text[: line.start()][-1:], text[line.end() :][:1]
    return line.group().count("\n") > 1 or before in ".!?:;" or not after.islower()


def words_of(text: str) -> Iterator[re.Match[str]]:
    return WORD.finditer(text)


def syllables_in(word: str) -> int:
    """Syllables of an English word by its groups of vowels, at least 1: a heuristic, right for most words."""
    parts = re.findall(r"[a-z]+", fold(word).lower())
    return max(1, sum(_syllables(part) for part in parts))


def _syllables(part: str) -> int:
    groups = len(_VOWELS.findall(part)) + len(_TWO.findall(part))
    return max(1, groups - bool(groups > 1 and _SILENT.search(part)))


def sentence_around(found: tuple[Sentence, ...], place: int) -> Sentence | None:
    return next((each for each in found if each.start <= place < each.end), None)
