"""Walks through XML without building a tree, and without anything that lets a small file grow.

This is expat with a declaration of an entity refused, as defusedxml does it; defusedxml itself builds trees or
speaks SAX, whose Python layer doubles the time, and limits no nesting. A document type is let pass (old
OpenDocument manifests name one), since expat fetches nothing that it points to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol
from xml.parsers import expat

from .refusals import BROKEN, Refused

_DEEPEST = 400  # a table within a table adds about eight
_BETWEEN = " "  # cannot stand in a name


class Visitor(Protocol):
    """Names are "prefix:local" with the prefixes that the reader gave, whichever the document uses."""

    def start(self, name: str, attributes: Mapping[str, str]) -> bool:
        """Whether to go inside; if not, nothing of this element is told any more, its end neither."""

    def characters(self, name: str, text: str) -> None:
        """Text that stands directly inside the element `name`."""

    def end(self, name: str) -> None: ...


class _Names(dict[str, str]):
    """ "address local" -> "prefix:local"; an unknown address has the prefix "?"."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._prefixes = prefixes

    def __missing__(self, name: str) -> str:
        address, _, local = name.rpartition(_BETWEEN)
        short = f"{self._prefixes.get(address, '?')}:{local}" if address else local
        if len(self) < 10_000:
            self[name] = short
        return short


def walk(pieces: Iterable[bytes], prefixes: Mapping[str, str], visitor: Visitor) -> None:
    """`prefixes`: a namespace's address -> the prefix that the visitor knows it by."""
    names = _Names(prefixes)
    inside: list[str] = []
    skipped = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal skipped
        if skipped or not visitor.start(
            short := names[name], {names[key]: value for key, value in attributes.items()}
        ):
            skipped += 1
            return
        inside.append(short)
        if len(inside) > _DEEPEST:
            raise Refused(BROKEN)

    def end(_name: str) -> None:
        nonlocal skipped
        if skipped:
            skipped -= 1
        else:
            visitor.end(inside.pop())

    def characters(text: str) -> None:
        if inside and not skipped:
            visitor.characters(inside[-1], text)

    def refuse(*_: Any) -> int:
        raise Refused(BROKEN)

    parser = expat.ParserCreate(namespace_separator=_BETWEEN)
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = characters
    parser.EntityDeclHandler = refuse
    parser.UnparsedEntityDeclHandler = refuse
    parser.ExternalEntityRefHandler = refuse
    parser.SkippedEntityHandler = refuse
    for piece in pieces:
        parser.Parse(piece, False)
    parser.Parse(b"", True)
