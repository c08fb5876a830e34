"""A text as words and numbers, with what stands between them: the one reading that all phrase rules share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
_ENDS = re.compile(r"[.;!?•●▪■◦·✓➢❖|\x00\t]|\n[ \t]*\n| {4}|…|--")
_BREAKS = re.compile(r"[.,;:!?•●▪■◦·✓➢❖|()\[\]\n\x00\t–—\"“”]| - | {3}|…|--")
# What most often stands between two words, read as `Tokens.follows` and `Tokens.breaks` read it.
_GAPS = {" ": (True, False), "\n": (True, True), ", ": (True, True), "": (True, False), ". ": (False, True)}
# A heading in capitals with the line below it: RIGHT TO WORKSkilled Worker visa.
GLUED = re.compile(r"[A-Z](?<=[A-Z]{4})(?=[A-Z][a-z]{3})")
_ORDINALS = re.compile(r"(?:st|nd|rd|th)$")


@dataclass(frozen=True)
class Tokens:
    """`words` are lower-case with straight apostrophes; `starts` and `ends` are places in `text`."""

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]

    @cached_property
    def count(self) -> int:
        return len(self.words)

    def __len__(self) -> int:
        return self.count

    @cached_property
    def _gaps(self) -> tuple[list[bool], list[bool]]:
        """For each token: whether it continues the one before, and whether punctuation or a line parts the two."""
        known = dict(_GAPS)
        text, ends, starts = self.text, self.ends, self.starts
        follows, breaks = [False], [True]
        for index in range(1, len(self.words)):
            between = text[ends[index - 1] : starts[index]]
            found = known.get(between)
            if found is None:
                found = (len(between) <= 8 and _ENDS.search(between) is None, _BREAKS.search(between) is not None)
                if len(known) < 2000:
                    known[between] = found
            goes_on, is_break = found
            if not between and not (self.words[index].isdecimal() or self.words[index - 1].isdecimal()):
                goes_on, is_break = False, True  # a heading and the line below it
            if not goes_on and between in (". ", ".") and self.words[index - 1] in _ABBREVIATIONS:
                goes_on = True
            follows.append(goes_on)
            breaks.append(is_break)
        return follows, breaks

    @cached_property
    def follows(self) -> list[bool]:
        """For each token: whether it continues the one before it (no end of a sentence or cell between)."""
        return self._gaps[0]

    @cached_property
    def breaks(self) -> list[bool]:
        """For each token: whether a sentence, a line, a cell, a bracket or an item of a list may begin with it."""
        return self._gaps[1]

    def with_writer_in_third_person(self) -> Tokens:
        """The same tokens read as the writer's own words, where a reference says he or she of the writer."""
        return replace(self, words=[_THIRD_TO_FIRST.get(word, word) for word in self.words])

    def is_segment_start(self, index: int) -> bool:
        """Whether a token opens a sentence, a line, a cell, a bracket or an item of a list with semicolons."""
        return index == 0 or (self.breaks[index] and self.text[self.ends[index - 1] : self.starts[index]] != ", ")

    def is_segment_end(self, index: int) -> bool:
        """Whether a token closes a clause: punctuation, a line's end or the end of the text follows."""
        return index + 1 >= len(self.words) or self.breaks[index + 1]

    def is_capitalised(self, index: int) -> bool:
        return self.text[self.starts[index]].isupper()


_ABBREVIATIONS = frozenset(
    {"st", "mr", "mrs", "ms", "dr", "prof", "rev", "revd", "fr", "sgt", "insp", "no", "dept", "hon", "supt", "det"}
)


_THIRD_TO_FIRST = {
    "he": "i",
    "she": "i",
    "his": "my",
    "her": "my",
    "him": "me",
    "he's": "i'm",
    "she's": "i'm",
    "has": "have",
    "is": "am",
}


def _parted(span: tuple[int, int], glued: set[int]) -> Iterator[tuple[int, int]]:
    """A token's span, cut where a heading runs into it."""
    start, end = span
    for place in range(start + 1, end):
        if place in glued:
            yield start, place
            start = place
    yield start, end


def read_tokens(text: str) -> Tokens:
    """The tokens of a text, in one pass."""
    spans = [match.span() for match in _TOKEN.finditer(text)]
    glued = {match.end() for match in GLUED.finditer(text)}
    if glued:
        spans = [part for span in spans for part in _parted(span, glued)]
    low = text.lower().replace("’", "'")
    if len(low) == len(text) and "Σ" not in text:
        words = [low[start:end] for start, end in spans]
    else:
        # Small letters that take more room, or depend on the letters around them.
        words = [text[start:end].lower().replace("’", "'") for start, end in spans]
    return Tokens(text, words, [start for start, _ in spans], [end for _, end in spans])
