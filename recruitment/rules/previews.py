"""A redaction explained to its writer: which words are hidden, at which marks, and why."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from recruitment.rules.redaction import MARKER, REASONS, Kind, Passage, Redaction, Replaced, Span

_ORDER = {kind: place for place, kind in enumerate(Kind)}


@dataclass(frozen=True)
class PreviewPart:
    """A piece as shortlisters read it; `mark` numbers a hidden one, from 1, for the writer alone."""

    text: str
    mark: int | None = None
    is_neutral: bool = False


@dataclass(frozen=True)
class HiddenWords:
    """Words that are hidden for one reason, at one mark or several.

    `also`: what else was found in the same passage. `is_asked`: the writer says that they were hidden wrongly.
    """

    words: str
    kind: Kind
    also: tuple[Kind, ...]
    marks: tuple[int, ...]
    places: tuple[tuple[int, int], ...]
    may_ask: bool
    is_asked: bool

    @property
    def also_reasons(self) -> tuple[str, ...]:
        return tuple(REASONS[kind] for kind in self.also)


@dataclass(frozen=True)
class HiddenGroup:
    """All words that are hidden for one reason."""

    kind: Kind
    entries: tuple[HiddenWords, ...]

    @property
    def reason(self) -> str:
        return REASONS[self.kind]

    @property
    def marks(self) -> tuple[int, ...]:
        return tuple(mark for entry in self.entries for mark in entry.marks)


@dataclass(frozen=True)
class ReadAs:
    """Words of the writer's that everybody reads in neutral ones."""

    words: str
    replacement: str
    times: int


@dataclass(frozen=True)
class OwnWords:
    """Words that the writer has hidden, and the marks that stand for them."""

    words: str
    marks: tuple[int, ...]


def in_one_line(text: str) -> str:
    return " ".join(text.split())


def preview_parts(redaction: Redaction) -> tuple[PreviewPart, ...]:
    """The text as shortlisters read it, with the numbers of its marks."""
    parts = []
    for piece in redaction.pieces:
        if isinstance(piece, Passage):
            parts.append(PreviewPart(MARKER, piece.ordinal + 1))
        elif isinstance(piece, Replaced):
            parts.append(PreviewPart(piece.replacement, is_neutral=True))
        else:
            parts.append(PreviewPart(piece.text))
    return tuple(parts)


def spans_in(redaction: Redaction, piece: Passage | Replaced) -> tuple[Span, ...]:
    """What was found in a hidden or replaced piece, in order."""
    first = bisect_left(redaction.spans, piece.start, key=_start)
    return redaction.spans[first : bisect_left(redaction.spans, piece.end, key=_start)]


def _start(span: Span) -> int:
    return span.start


def _end(passage: Passage) -> int:
    return passage.end


def kinds_in(redaction: Redaction, passage: Passage) -> tuple[Kind, ...]:
    """Every kind found in a passage, the one it is hidden for first."""
    return tuple(dict.fromkeys((passage.kind, *(span.kind for span in spans_in(redaction, passage)))))


def passages_of(redaction: Redaction) -> tuple[Passage, ...]:
    return tuple(piece for piece in redaction.pieces if isinstance(piece, Passage))


def hidden_words(redaction: Redaction) -> tuple[HiddenWords, ...]:
    """The hidden words, those that read and are hidden alike as one, in the order of the text.

    What the writer alone hides is left out: `own_words` has it.
    """
    found: dict[tuple[str, tuple[Kind, ...], bool], list[Passage]] = {}
    for passage in passages_of(redaction):
        every = kinds_in(redaction, passage)
        kinds = tuple(kind for kind in every if kind is not Kind.ASKED)
        if kinds:
            key = (in_one_line(passage.text).casefold(), kinds, Kind.ASKED in every)
            found.setdefault(key, []).append(passage)
    return tuple(
        HiddenWords(
            words=in_one_line(passages[0].text),
            kind=kinds[0],
            also=kinds[1:],
            marks=tuple(passage.ordinal + 1 for passage in passages),
            places=tuple((passage.start, passage.end) for passage in passages),
            may_ask=not is_own and kinds[0] is not Kind.HIDDEN_BEFORE,
            is_asked=any(passage.is_disputed for passage in passages),
        )
        for (_, kinds, is_own), passages in found.items()
    )


def hidden_groups(redaction: Redaction) -> tuple[HiddenGroup, ...]:
    """The hidden words by reason: first what names somebody, then what tells about them."""
    groups: dict[Kind, list[HiddenWords]] = {}
    for entry in hidden_words(redaction):
        groups.setdefault(entry.kind, []).append(entry)
    return tuple(HiddenGroup(kind, tuple(groups[kind])) for kind in sorted(groups, key=_ORDER.__getitem__))


def read_as(redaction: Redaction) -> tuple[ReadAs, ...]:
    """The words read in neutral ones, those that read alike as one, in the order of the text."""
    found: dict[tuple[str, str], list[Replaced]] = {}
    for piece in redaction.pieces:
        if isinstance(piece, Replaced):
            key = (in_one_line(piece.text).casefold(), piece.replacement.casefold())
            found.setdefault(key, []).append(piece)
    return tuple(
        ReadAs(in_one_line(pieces[0].text), pieces[0].replacement, len(pieces)) for pieces in found.values()
    )


def own_words(redaction: Redaction, hidden: Iterable[tuple[int, int]]) -> tuple[OwnWords, ...]:
    """What the writer has hidden, at the places `hidden`, in the order of the text."""
    found: dict[str, tuple[str, dict[int, None]]] = {}
    passages = passages_of(redaction)
    for start, end in sorted(hidden):
        words = redaction.original[start:end]
        _, marks = found.setdefault(in_one_line(words).casefold(), (words, {}))
        at = bisect_right(passages, start, key=_end)
        while at < len(passages) and passages[at].start < end:
            marks[passages[at].ordinal + 1] = None
            at += 1
    return tuple(OwnWords(words, tuple(marks)) for words, marks in found.values())
