"""A template's own words as pieces of a page: text, tags and holes for expressions, read one after another.

Control structures may stand inside a tag, so where the reading has got to is kept from one stretch to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from jinja2 import nodes

_WITHIN_A_LINE = frozenset("a abbr b br cite code em i kbd mark q small span strong sub sup time".split())
_ALONE = frozenset({"br"})
_RAW = frozenset({"script", "style", "pre", "textarea"})
READ_OUT = ("title", "aria-label", "alt", "placeholder")
_TAG = re.compile(r"<(?=[a-zA-Z/!])")
_TAG_NAME = re.compile(r"<(/?)([a-zA-Z][\w-]*)")
_ATTRIBUTE_BEFORE = re.compile(r"([\w-]+)\s*=\s*\Z")


@dataclass
class Text:
    words: str


@dataclass
class Hole:
    """An expression: as it is shown, and as the template holds it, which names its place."""

    shown: nodes.Expr
    original: nodes.Expr


@dataclass
class Tag:
    """A tag, or the part of one that a control structure has left whole."""

    parts: list[str | Hole]
    is_begun: bool = False
    is_ended: bool = False
    name: str = ""
    is_closing: bool = False

    @property
    def is_within_a_line(self) -> bool:
        return self.is_begun and self.is_ended and self.name in _WITHIN_A_LINE

    @property
    def is_alone(self) -> bool:
        return self.name in _ALONE


Piece = Text | Hole | Tag


@dataclass
class Html:
    """Where the reading of a page has got to; `quote` is the mark that ends the attribute it is in."""

    is_in_tag: bool = False
    quote: str = ""
    is_read_out: bool = False
    raw: str = ""
    name: str = ""
    is_closing: bool = False

    def copy(self) -> Html:
        return replace(self)

    def read(self, data: str) -> Iterator[Text | Tag]:
        """The pieces of one stretch of a template's words."""
        at = 0
        while at < len(data):
            if self.is_in_tag:
                end = self._tag_end(data, at)
                is_ended = not self.is_in_tag
                begun = data[at] == "<" and bool(_TAG.match(data, at))
                yield Tag([data[at:end]], begun, is_ended, self.name, self.is_closing)
            else:
                end = self._text_end(data, at)
                if end > at:
                    yield Tag([data[at:end]]) if self.raw else Text(data[at:end])
                if end < len(data):
                    self._open(data, end)
            at = end

    def _text_end(self, data: str, at: int) -> int:
        if self.raw:
            end = data.find(f"</{self.raw}", at)
            return len(data) if end < 0 else end
        match = _TAG.search(data, at)
        return match.start() if match else len(data)

    def _open(self, data: str, at: int) -> None:
        match = _TAG_NAME.match(data, at)
        self.name, self.is_closing = (match[2].lower(), bool(match[1])) if match else ("", False)
        self.is_in_tag, self.quote, self.is_read_out, self.raw = True, "", False, ""

    def _tag_end(self, data: str, at: int) -> int:
        for position in range(at, len(data)):
            letter = data[position]
            if self.quote:
                if letter == self.quote:
                    self.quote, self.is_read_out = "", False
            elif letter in "\"'":
                named = _ATTRIBUTE_BEFORE.search(data, max(at, position - 60), position)
                self.quote, self.is_read_out = letter, bool(named and named[1] in READ_OUT)
            elif letter == ">":
                self.is_in_tag = False
                self.raw = self.name if self.name in _RAW and not self.is_closing else ""
                return position + 1
        return len(data)
