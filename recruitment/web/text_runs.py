"""Runs of pieces that are one text for a reader, and the same run put together again from a translation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jinja2 import nodes

from recruitment.rules.messages import PLACE
from recruitment.web.html_pieces import READ_OUT, Hole, Piece, Tag, Text
from recruitment.web.texts import Texts, has_words, parted

_HOLE = "\ue000"
_ATTRIBUTE = re.compile(rf"(?<![\w-])(?:{'|'.join(READ_OUT)})\s*=\s*\"([^\"]*)")
_QUIET = (nodes.Filter, nodes.Call, nodes.Test, nodes.CondExpr, nodes.Getitem)


def joined_tags(pieces: Sequence[Piece]) -> list[Piece]:
    """A tag that expressions stand in is one piece."""
    made: list[Piece] = []
    for piece in pieces:
        last = made[-1] if made else None
        if (
            isinstance(piece, Tag)
            and isinstance(last, Tag)
            and last.name
            and not last.is_ended
            and not piece.is_begun
        ):
            made[-1] = Tag([*last.parts, *piece.parts], last.is_begun, piece.is_ended, last.name, last.is_closing)
        else:
            made.append(piece)
    return made


def runs_of(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """Each run is one text with the tags within its line, or a single tag that parts texts."""
    run: list[Piece] = []
    for piece in joined_tags(pieces):
        if isinstance(piece, Tag) and not piece.is_within_a_line:
            yield from _whole(run)
            yield [piece]
            run = []
        else:
            run.append(piece)
    yield from _whole(run)


def _whole(run: list[Piece]) -> Iterator[list[Piece]]:
    """The run without what goes round it; parted at every tag where they are not in pairs."""
    if not run:
        return
    pairs = _pairs(run)
    if pairs is None:
        part: list[Piece] = []
        for piece in run:
            if isinstance(piece, Tag):
                yield from _whole(part)
                yield [piece]
                part = []
            else:
                part.append(piece)
        yield from _whole(part)
        return
    yield from _unwrapped(run, pairs)


def _pairs(run: Sequence[Piece]) -> dict[int, int] | None:
    opened: list[int] = []
    pairs: dict[int, int] = {}
    for place, piece in enumerate(run):
        if not isinstance(piece, Tag) or piece.is_alone:
            continue
        if not piece.is_closing:
            opened.append(place)
            continue
        if not opened:
            return None
        before = opened.pop()
        start = run[before]
        if not isinstance(start, Tag) or start.name != piece.name:
            return None
        pairs[before] = place
    return None if opened else pairs


def _unwrapped(run: list[Piece], pairs: dict[int, int]) -> Iterator[list[Piece]]:
    first, last = 0, len(run) - 1
    while first < last and _is_blank(run[first]):
        first += 1
    while last > first and _is_blank(run[last]):
        last -= 1
    if pairs.get(first) == last and last > first + 1:
        yield from ([piece] for piece in run[: first + 1])
        yield from _whole(run[first + 1 : last])
        yield from ([piece] for piece in run[last:])
    else:
        yield run


def _is_blank(piece: Piece) -> bool:
    return isinstance(piece, Text) and not piece.words.strip()


@dataclass
class _Named:
    """A run as a text with places, and what stands in each place."""

    text: str
    places: dict[str, list[nodes.Expr]]


def put_together(run: Sequence[Piece], texts: Texts) -> list[nodes.Expr]:
    """The run as a template's output, translated where `texts` has something to say."""
    named = _named(run, texts)
    before, words, after = parted(named.text)
    if not has_words(words):
        return _filled(named.text, named.places)
    said = texts.say(words)
    return _filled(named.text if said is None else f"{before}{said}{after}", named.places)


def _named(run: Sequence[Piece], texts: Texts) -> _Named:
    words: list[str] = []
    places: dict[str, list[nodes.Expr]] = {}
    opened: list[int] = []
    count = 0
    for piece in run:
        if isinstance(piece, Text):
            words.append(piece.words)
        elif isinstance(piece, Hole):
            words.append(_place_for(piece, places))
        elif len(run) == 1:
            words.append(_kept([piece], texts, places))
        else:
            if piece.is_closing:
                mark = f"</{opened.pop()}>"
            else:
                count += 1
                mark = f"<{count}/>" if piece.is_alone else f"<{count}>"
                opened += [] if piece.is_alone else [count]
            places[mark] = _tag_parts(piece, texts)
            words.append(mark)
    return _Named("".join(words), places)


def _kept(run: Sequence[Tag], texts: Texts, places: dict[str, list[nodes.Expr]]) -> str:
    """A tag that stands alone: nothing in it is a text but the attributes that are read out."""
    mark = "<0/>"
    places[mark] = _tag_parts(run[0], texts)
    return mark


def _place_for(hole: Hole, places: dict[str, list[nodes.Expr]]) -> str:
    name = _name_of(hole.original)
    mark, number = f"{{{name}}}", 1
    while mark in places:
        number += 1
        mark = f"{{{name}_{number}}}"
    places[mark] = [hole.shown]
    return mark


def _name_of(node: nodes.Node) -> str:
    if isinstance(node, nodes.Name):
        return node.name
    if isinstance(node, nodes.Getattr):
        return node.attr
    if isinstance(node, nodes.Filter) and node.node is not None:
        return _name_of(node.node)
    if isinstance(node, nodes.Getitem):
        return _name_of(node.node)
    return "value"


def _tag_parts(tag: Tag, texts: Texts) -> list[nodes.Expr]:
    """The tag as it is put on the page, with the attributes that are read out translated."""
    holes = [part for part in tag.parts if isinstance(part, Hole)]
    written = "".join(_HOLE if isinstance(part, Hole) else part for part in tag.parts)
    made: list[nodes.Expr] = []
    end, used = 0, 0
    for match in _ATTRIBUTE.finditer(written):
        before = written[end : match.start(1)]
        made += _with_holes(before, holes[used : used + before.count(_HOLE)])
        used += before.count(_HOLE)
        inside = match[1].count(_HOLE)
        pieces: list[Piece] = []
        for place, words in enumerate(match[1].split(_HOLE)):
            pieces += [holes[used + place - 1]] if place else []
            pieces += [Text(words)] if words else []
        made += put_together(pieces, texts) if pieces else []
        used += inside
        end = match.end(1)
    return made + _with_holes(written[end:], holes[used:])


def _with_holes(words: str, holes: Sequence[Hole]) -> list[nodes.Expr]:
    made: list[nodes.Expr] = []
    for place, part in enumerate(words.split(_HOLE)):
        made += [holes[place - 1].shown] if place else []
        made += [nodes.TemplateData(part)] if part else []
    return made


def _filled(text: str, places: dict[str, list[nodes.Expr]]) -> list[nodes.Expr]:
    made: list[nodes.Expr] = []
    end = 0
    for match in re.compile(rf"{PLACE.pattern}").finditer(text):
        if match[0] not in places:
            continue
        made += [nodes.TemplateData(text[end : match.start()])] if match.start() > end else []
        made += places[match[0]]
        end = match.end()
    return made + ([nodes.TemplateData(text[end:])] if end < len(text) else [])
