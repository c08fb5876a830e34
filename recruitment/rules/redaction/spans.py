"""What redaction returns: the spans its rules found, and the text cut into shown and hidden pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

MARKER = "[hidden]"
"""One marker for everything: neither kind, length nor confidence can be read from it."""

LINE_BREAK = re.compile(r"[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_NOTHING_TO_READ = re.compile(r"[\W_]*")


class Action(StrEnum):
    """Whether a span is hidden for good, or hidden until a person restores it."""

    HIDE = "hide"
    FLAG = "flag"


@dataclass(frozen=True)
class Span:
    """Characters `start` to `end` (exclusive) of the original, and the rule that found them."""

    start: int
    end: int
    kind: str
    rule: str
    action: Action


@dataclass(frozen=True)
class Shown:
    """A piece that shortlisters read."""

    text: str


@dataclass(frozen=True)
class Passage:
    """A hidden piece; `ordinal` counts hidden pieces from 0, and only a wholly doubtful one is restorable."""

    ordinal: int
    start: int
    end: int
    text: str
    kind: str
    rules: tuple[str, ...]
    restorable: bool


Piece = Shown | Passage


@dataclass(frozen=True)
class Redaction:
    """A text's spans in order, and its pieces, which together are the whole original."""

    original: str
    spans: tuple[Span, ...]
    pieces: tuple[Piece, ...]

    def visible(self, restored: frozenset[int] = frozenset()) -> str:
        """What shortlisters read once the passages numbered in `restored` are shown; others stay hidden."""
        return "".join(_reading(piece, restored) for piece in self.pieces)


def _reading(piece: Piece, restored: frozenset[int]) -> str:
    if isinstance(piece, Shown) or (piece.restorable and piece.ordinal in restored):
        return piece.text
    return MARKER


def ordered(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans inside the text, cut at line breaks so that lines survive, sorted, each once."""
    kept: set[Span] = set()
    for span in spans:
        start, end = max(0, span.start), min(len(text), span.end)
        for line_start, line_end in _lines_between(text, start, end):
            kept.add(Span(line_start, line_end, span.kind, span.rule, span.action))
    return tuple(sorted(kept, key=lambda span: (span.start, span.end, span.rule)))


def _lines_between(text: str, start: int, end: int) -> Iterable[tuple[int, int]]:
    for gap in LINE_BREAK.finditer(text, start, end) if start < end else ():
        if gap.start() > start:
            yield start, gap.start()
        start = gap.end()
    if start < end:
        yield start, end


def runs(text: str, spans: Sequence[Span]) -> list[tuple[int, int, list[Span]]]:
    """Ordered spans joined where nothing readable stands between them in a line: (start, end, members)."""
    joined: list[tuple[int, int, list[Span]]] = []
    for span in spans:
        if joined:
            start, end, members = joined[-1]
            if span.start <= end or _joins(text, end, span.start):
                members.append(span)
                joined[-1] = (start, max(end, span.end), members)
                continue
        joined.append((span.start, span.end, [span]))
    return joined


def _joins(text: str, end: int, start: int) -> bool:
    between = _NOTHING_TO_READ.fullmatch(text, end, start)
    return between is not None and LINE_BREAK.search(text, end, start) is None


def cut(text: str, spans: Sequence[Span]) -> tuple[Piece, ...]:
    """The text as shown and hidden pieces, in order, with nothing left out."""
    pieces: list[Piece] = []
    at = 0
    for ordinal, (start, end, members) in enumerate(runs(text, spans)):
        if start > at:
            pieces.append(Shown(text[at:start]))
        hides = [span for span in members if span.action is Action.HIDE]
        rules = tuple(dict.fromkeys(span.rule for span in members))
        kind = (hides or members)[0].kind
        pieces.append(Passage(ordinal, start, end, text[start:end], kind, rules, not hides))
        at = end
    if at < len(text):
        pieces.append(Shown(text[at:]))
    return tuple(pieces)
