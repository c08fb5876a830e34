"""A text as words and numbers, with what stands between them: the one reading that all phrase rules share."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate

_TOKEN = re.compile(r"([^\W\d_]+(?:['’][^\W\d_]+)*|\d+)")
_ENDS = re.compile(r"[.;!?•●▪■◦·✓➢❖|\x00\t]|\n[ \t]*\n| {4}|…|--")
_BREAKS = re.compile(r"[.,;:!?•●▪■◦·✓➢❖|()\[\]\n\x00\t–—\"“”]| - | {3}|…|--")
# A heading in capitals with the line below it: RIGHT TO WORKSkilled Worker visa.
_GLUED = re.compile(r"[A-Z](?<=[A-Z]{4})(?=[A-Z][a-z]{3})")
_ORDINALS = re.compile(r"(?:st|nd|rd|th)$")


class _Gaps(dict[str, tuple[bool, bool]]):
    """What stands between two words: whether the second continues the first, and whether something parts them."""

    def __missing__(self, between: str) -> tuple[bool, bool]:
        goes_on = len(between) <= 8 and _ENDS.search(between) is None
        self[between] = found = (goes_on, _BREAKS.search(between) is not None)
        return found


# Where the words on both sides decide.
_DECIDED_BY_WORDS = frozenset({"", ".", ". "})


@dataclass(frozen=True)
class Tokens:
    """`words` are lower-case with straight apostrophes; `starts` and `ends` are places in `text`.

    `gaps`: for each token what stands before it, back to the one before.
    """

    text: str
    words: Sequence[str]
    starts: Sequence[int]
    ends: Sequence[int]
    gaps: Sequence[str]

    @cached_property
    def count(self) -> int:
        return len(self.words)

    def __len__(self) -> int:
        return self.count

    @cached_property
    def _parted(self) -> tuple[list[bool], list[bool]]:
        """For each token: whether it continues the one before, and whether punctuation or a line parts the two."""
        words, gaps, read = self.words, self.gaps, _Gaps()
        found = [read[between] for between in gaps]
        follows, breaks = [goes_on for goes_on, _ in found], [is_break for _, is_break in found]
        for index in [at for at, between in enumerate(gaps) if between in _DECIDED_BY_WORDS and at]:
            if not gaps[index]:
                is_number = words[index].isdecimal() or words[index - 1].isdecimal()
                follows[index], breaks[index] = is_number, not is_number  # a heading and the line below it
            elif words[index - 1] in _ABBREVIATIONS:
                follows[index] = True
        follows[:1], breaks[:1] = [False], [True]
        return follows, breaks

    @cached_property
    def follows(self) -> list[bool]:
        """For each token: whether it continues the one before it (no end of a sentence or cell between)."""
        return self._parted[0]

    @cached_property
    def breaks(self) -> list[bool]:
        """For each token: whether a sentence, a line, a cell, a bracket or an item of a list may begin with it."""
        return self._parted[1]

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


def _cut(span: tuple[int, int], glued: set[int]) -> Iterator[tuple[int, int]]:
    """A token's span, cut where a heading runs into it."""
    start, end = span
    for place in range(start + 1, end):
        if place in glued:
            yield start, place
            start = place
    yield start, end


def find_glued(text: str) -> tuple[int, ...]:
    """Where a heading in capitals runs into the line below it."""
    return tuple(match.end() for match in _GLUED.finditer(text))


def read_tokens(text: str, glued: Sequence[int] | None = None) -> Tokens:
    """The tokens of a text, in one pass; `glued`: what `find_glued` found in it, if that is known."""
    low = text.lower().replace("’", "'")
    # Small letters that take more room, or depend on the letters around them, are made word by word.
    is_even = len(low) == len(text) and "Σ" not in text
    pieces = _TOKEN.split(low if is_even else text)
    places = list(accumulate(map(len, pieces)))
    words, gaps, starts, ends = pieces[1::2], pieces[:-1:2], places[:-1:2], places[1::2]
    glued = find_glued(text) if glued is None else glued
    if glued:
        spans = [part for span in zip(starts, ends, strict=True) for part in _cut(span, set(glued))]
        starts, ends = [start for start, _ in spans], [end for _, end in spans]
        words = [(low if is_even else text)[start:end] for start, end in spans]
        gaps = [text[end:start] for end, start in zip([0, *ends[:-1]], starts, strict=True)]
    if not is_even:
        words = [word.lower().replace("’", "'") for word in words]
    return Tokens(text, words, starts, ends, gaps)
