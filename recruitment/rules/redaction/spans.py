"""What redaction returns: the spans its rules found, and the text cut into shown and hidden pieces."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from recruitment.rules.redaction.kinds import Kind

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
    """Characters `start` to `end` (exclusive) of the original, and the rule that found them.

    `replacement`: words that everybody may read instead (they, 3 years); empty where the marker stands.
    `is_apart`: a doubt that stays one, for a person to restore, also right beside what is hidden.
    """

    start: int
    end: int
    kind: Kind
    rule: str
    action: Action
    replacement: str = ""
    is_apart: bool = False


@dataclass(frozen=True)
class Shown:
    """A piece that shortlisters read."""

    text: str


@dataclass(frozen=True)
class Replaced:
    """A piece of the original, `text`, read in neutral words: they for she, 3 years for dates."""

    start: int
    end: int
    text: str
    replacement: str
    kind: Kind
    rules: tuple[str, ...]


@dataclass(frozen=True)
class Passage:
    """A hidden piece; `ordinal` counts hidden pieces from 0.

    Only a wholly doubtful one is restorable, and one of which the candidate says that it was hidden wrongly.
    """

    ordinal: int
    start: int
    end: int
    text: str
    kind: Kind
    rules: tuple[str, ...]
    restorable: bool
    is_disputed: bool = False


Piece = Shown | Replaced | Passage


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
    if isinstance(piece, Replaced):
        return piece.replacement
    if isinstance(piece, Shown) or (piece.restorable and piece.ordinal in restored):
        return piece.text
    return MARKER


def ordered(text: str, spans: Iterable[Span]) -> tuple[Span, ...]:
    """The spans inside the text, cut at line breaks so that lines survive, sorted, each once."""
    return with_more(text, (), spans)


def with_more(text: str, found: Sequence[Span], more: Iterable[Span]) -> tuple[Span, ...]:
    """Ordered spans with more of them, ordered."""
    kept = set(found)
    for span in more:
        if 0 <= span.start < span.end <= len(text) and not LINE_BREAK.search(text, span.start, span.end):
            kept.add(span)
            continue
        start, end = max(0, span.start), min(len(text), span.end)
        for line_start, line_end in _lines_between(text, start, end):
            kept.add(replace(span, start=line_start, end=line_end))
    return tuple(sorted(kept, key=lambda span: (span.start, span.end, span.rule, span.kind)))


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
    members: list[Span] = []
    start = end = 0
    are_apart = False  # whether each member of the run is
    for span in spans:
        if members and (
            span.start < end
            or (
                # What lies far away need not be looked at closely.
                (span.start == end or not (text[end].isalnum() or text[span.start - 1].isalnum()))
                and span.is_apart is are_apart
                and not span.replacement
                # A run of several is hidden whole, whatever its parts would be replaced by.
                and not (len(members) == 1 and members[0].replacement)
                # Two markers of an earlier time stay two, as that left them.
                and not span.kind is members[-1].kind is Kind.HIDDEN_BEFORE
                and _joins(text, end, span.start)
            )
        ):
            members.append(span)
            end = max(end, span.end)
            are_apart = are_apart and span.is_apart
            continue
        if members:
            joined.append((start, end, members))
        start, end, members, are_apart = span.start, span.end, [span], span.is_apart
    if members:
        joined.append((start, end, members))
    return joined


def settled(text: str, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans as they take effect: what is doubtful in a run that is hidden anyhow is hidden with it.

    Nobody can restore such a passage (see `Passage`), so it is no doubt to put before a person.
    """
    found: list[Span] = []
    for _, _, members in runs(text, spans):
        is_hidden = any(span.action is Action.HIDE for span in members)
        for span in members:
            found.append(replace(span, action=Action.HIDE) if is_hidden and span.action is Action.FLAG else span)
    return tuple(found)


def _joins(text: str, end: int, start: int) -> bool:
    between = _NOTHING_TO_READ.fullmatch(text, end, start)
    return between is not None and LINE_BREAK.search(text, end, start) is None


def cut(text: str, spans: Sequence[Span], disputed: Sequence[tuple[int, int]] = ()) -> tuple[Piece, ...]:
    """The text as shown, replaced and hidden pieces, in order, with nothing left out.

    `disputed`: places of which the candidate says that they were hidden wrongly.
    """
    pieces: list[Piece] = []
    at = ordinal = 0
    for start, end, members in runs(text, spans):
        if start > at:
            pieces.append(Shown(text[at:start]))
        rules = tuple(dict.fromkeys(span.rule for span in members))
        hides = [span for span in members if span.action is Action.HIDE]
        kind = (hides or members)[0].kind
        if len(members) == 1 and members[0].replacement:
            pieces.append(Replaced(start, end, text[start:end], members[0].replacement, kind, rules))
        else:
            is_disputed = any(first < end and start < last for first, last in disputed)
            restorable = not hides or is_disputed
            pieces.append(Passage(ordinal, start, end, text[start:end], kind, rules, restorable, is_disputed))
            ordinal += 1
        at = end
    if at < len(text):
        pieces.append(Shown(text[at:]))
    return tuple(pieces)
