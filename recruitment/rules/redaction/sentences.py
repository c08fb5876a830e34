"""Where sentences begin and end, and lines where there are no sentences."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from recruitment.rules.redaction.tokens import find_glued

# A line break, the end of a sentence, a bullet, or a gap as wide as a column's.
# `re` skips quickly to one of the characters that a pattern opens with; each alternative then looks back at it.
_BREAK = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_BULLET = r"•●▪■◦·✓✔➢❖\uf0b7\uf095"
_BOUNDARY = re.compile(
    rf"[{_BREAK}.!?…{_BULLET} \xa0\t](?:(?<=[{_BREAK}])[{_BREAK}]*|(?<=[.!?…])[\"'”’)\]]{{0,2}}(?=\s)"
    rf"|(?<=[{_BULLET}])|(?<=[ \xa0])[ \xa0]{{3,}}|(?<=\t)\t+)"
)
_QUOTES = " \t\xa0\"'“”‘’([{*-–—_>"
_SPACE = re.compile(r"\s*")
_LEAD = re.compile(r"[\W_]*")
_OPENS = re.compile(r"[:;.!?…•●▪■◦·✓✔➢❖|\uf0b7\uf095\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")


@dataclass(frozen=True)
class Sentences:
    """The starts of a text's sentences, in order, beginning with 0, and the text's length."""

    text: str
    starts: tuple[int, ...]
    glued: tuple[int, ...] = ()
    """The starts of lines that a heading runs into."""

    def around(self, position: int) -> tuple[int, int]:
        """Start and end of the sentence that holds a position."""
        index = bisect_right(self.starts, position)
        end = self.starts[index] if index < len(self.starts) else len(self.text)
        start = _SPACE.match(self.text, self.starts[index - 1], position)
        return start.end() if start else self.starts[index - 1], end

    def is_start(self, position: int) -> bool:
        """Whether a word at this position could owe its capital to the place alone."""
        start, _ = self.around(position)
        if _LEAD.fullmatch(self.text, start, position):
            return True
        before = self.text[max(start, position - 6) : position].rstrip(_QUOTES)
        return not before or _OPENS.match(before, len(before) - 1) is not None


def split_sentences(text: str) -> Sentences:
    """The sentences of a text, in one pass."""
    starts = [0, *(boundary.end() for boundary in _BOUNDARY.finditer(text))]
    glued = find_glued(text)
    return Sentences(text, tuple(sorted({*starts, *glued}) if glued else starts), glued)
