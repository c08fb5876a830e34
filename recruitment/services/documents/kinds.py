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

_READERS = Path(__file__).with_name("readers")

# Formats written in ordinary characters, which would otherwise pass for plain text.
_RICH_TEXT = b"{\\rtf"
_MARKUP = (_RICH_TEXT, b"%!ps", b"<?xml", b"<!doctype", b"<html", b"mime-version:")

_ZIP = b"PK\x03\x04"
# Microsoft's compound file: what Word wrote before .docx, and the wrapping of a .docx that has a password.
# The names of its streams say which.
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_WORD_STREAM = "WordDocument".encode("utf-16-le")


@dataclass(frozen=True)
class Kind:
    """`read` returns the text as it was found and the number of pages."""

    name: str
    matches: Callable[[bytes], bool]
    read: Callable[[bytes, ReadingLimits], tuple[str, int]]


def is_pdf(content: bytes) -> bool:
    return _without_lead(content).startswith(b"%PDF-")


def is_office_package(content: bytes) -> bool:
    """Whether it may be a Word document. Names in a ZIP are not packed, so they can be seen without unpacking;
    what the package really is, its reader finds out."""
    return content.startswith(_ZIP) and b"[Content_Types].xml" in content


def is_open_document(content: bytes) -> bool:
    return content.startswith(_ZIP) and b"META-INF/manifest.xml" in content


def is_plain_text(content: bytes) -> bool:
    if _without_lead(content).lower().startswith(_MARKUP):
        return False
    return decode_plain_text(content) is not None


def read_pdf(content: bytes, limits: ReadingLimits) -> tuple[str, int]:
    return read_in_child(_READERS / "pdf.py", content, limits)


def read_docx(content: bytes, limits: ReadingLimits) -> tuple[str, int]:
    return read_in_child(_READERS / "docx.py", content, limits)


def read_odt(content: bytes, limits: ReadingLimits) -> tuple[str, int]:
    return read_in_child(_READERS / "odt.py", content, limits)


def read_plain_text(content: bytes, limits: ReadingLimits) -> tuple[str, int]:
    """Decoding parses nothing, so it needs no child."""
    text = decode_plain_text(content)
    if text is None:
        raise UnreadableDocument(Unreadable.DISGUISED, limits)
    return text, 1


# A further kind is one more entry here and, where there is a format to parse, a reader beside the others.
# Text comes before any guess by signature: "BM" or "MZ" at the start of a file may be a person's initials.
KINDS = (
    Kind("pdf", is_pdf, read_pdf),
    Kind("docx", is_office_package, read_docx),
    Kind("odt", is_open_document, read_odt),
    Kind("text", is_plain_text, read_plain_text),
)


def identify_kind(content: bytes, limits: ReadingLimits) -> Kind:
    """Raises UnreadableDocument: DISGUISED where not even the format's signature is known."""
    for kind in KINDS:
        if kind.matches(content):
            return kind
    raise UnreadableDocument(_explain_other_kind(content), limits)


def _explain_other_kind(content: bytes) -> Unreadable:
    lead = _without_lead(content).lower()
    if lead.startswith(_RICH_TEXT):
        return Unreadable.RICH_TEXT
    if content.startswith(_COMPOUND):
        if _ENCRYPTED_PACKAGE in content:
            return Unreadable.ENCRYPTED
        return Unreadable.OLDER_WORD if _WORD_STREAM in content else Unreadable.UNKNOWN_KIND
    is_recognised = filetype.guess(content) is not None or lead.startswith(_MARKUP)
    return Unreadable.UNKNOWN_KIND if is_recognised else Unreadable.DISGUISED


def _without_lead(content: bytes) -> bytes:
    return content[:1024].removeprefix(codecs.BOM_UTF8).lstrip()
