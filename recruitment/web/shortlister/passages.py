"""A redacted answer as paragraphs of lines; a hidden passage is a mark in the line, whatever it held."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol


class Part(Protocol):
    @property
    def text(self) -> str: ...
    @property
    def is_hidden(self) -> bool: ...


@dataclass(frozen=True)
class Piece:
    """`text` is None for a hidden passage: the page has nothing of it to show."""

    text: str | None


Line = tuple[Piece, ...]


def paragraphs_of(parts: Sequence[Part]) -> list[list[Line]]:
    """Blank lines part paragraphs; every other line end stays a line end."""
    lines: list[list[Piece]] = [[]]
    for part in parts:
        if part.is_hidden:
            lines[-1].append(Piece(None))
            continue
        first, *rest = part.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines[-1].append(Piece(first))
        lines.extend([Piece(text)] for text in rest)
    paragraphs: list[list[Line]] = [[]]
    for line in lines:
        if all(piece.text is not None and not piece.text.strip() for piece in line):
            paragraphs.append([])
        else:
            paragraphs[-1].append(tuple(piece for piece in line if piece.text != ""))
    return [paragraph for paragraph in paragraphs if paragraph]
