"""The kinds of document that can be read, told apart by content and never by a file's name."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import filetype

from recruitment.services.documents.child_process import read_in_child
from recruitment.services.documents.outcomes import ReadingLimits, Unreadable, UnreadableDocument
from recruitment.services.documents.plain_text import decode_plain_text

_PDF_READER = Path(__file__).with_name("pdf_reader.py")

# Formats written in ordinary characters, which would otherwise pass for plain text.
_MARKUP = (b"{\\rtf", b"%!ps", b"<?xml", b"<!doctype", b"<html", b"mime-version:")


@dataclass(frozen=True)
class Kind:
    """`read` returns the text as it was found and the number of pages."""

    name: str
    matches: Callable[[bytes], bool]
    read: Callable[[bytes, ReadingLimits], tuple[str, int]]


def is_pdf(content: bytes) -> bool:
    return _without_lead(content).startswith(b"%PDF-")


def is_plain_text(content: bytes) -> bool:
    if _without_lead(content).lower().startswith(_MARKUP):
        return False
    return decode_plain_text(content) is not None


def read_pdf(content: bytes, limits: ReadingLimits) -> tuple[str, int]:
    return read_in_child(_PDF_READER, content, limits)


def read_plain_text(content: bytes, limits: ReadingLimits) -> tuple[str, int]:
    """Decoding parses nothing, so it needs no child."""
    text = decode_plain_text(content)
    if text is None:
        raise UnreadableDocument(Unreadable.DISGUISED, limits)
    return text, 1


# A further kind is one more entry here and, where there is a format to parse, a reader beside pdf_reader.py.
# Text comes before any guess by signature: "BM" or "MZ" at the start of a file may be a person's initials.
KINDS = (
    Kind("pdf", is_pdf, read_pdf),
    Kind("text", is_plain_text, read_plain_text),
)


def identify_kind(content: bytes, limits: ReadingLimits) -> Kind:
    """Raises UnreadableDocument: UNKNOWN_KIND for a format known by its signature, else DISGUISED."""
    for kind in KINDS:
        if kind.matches(content):
            return kind
    is_recognised = filetype.guess(content) is not None or _without_lead(content).lower().startswith(_MARKUP)
    raise UnreadableDocument(Unreadable.UNKNOWN_KIND if is_recognised else Unreadable.DISGUISED, limits)


def _without_lead(content: bytes) -> bytes:
    return content[:1024].removeprefix(codecs.BOM_UTF8).lstrip()
