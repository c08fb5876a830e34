"""Reads an uploaded document to clean text under limits."""

from __future__ import annotations

from recruitment.services.documents.kinds import identify_kind
from recruitment.services.documents.outcomes import (
    ReadDocument,
    ReadingLimits,
    Unreadable,
    UnreadableDocument,
)
from recruitment.services.documents.plain_text import clean_text
from recruitment.services.documents.scanning import Scanner, ScannerUnavailable

_DEFAULT_LIMITS = ReadingLimits()


def read_document(
    content: bytes, *, scanner: Scanner | None = None, limits: ReadingLimits = _DEFAULT_LIMITS
) -> ReadDocument:
    """Raises UnreadableDocument, whose sentence tells the candidate what to do.

    There is no parameter for the file's name: a name often holds the candidate's own.
    """
    if len(content) > limits.bytes:
        raise UnreadableDocument(Unreadable.TOO_LARGE, limits)
    if not content.strip():
        raise UnreadableDocument(Unreadable.EMPTY, limits)
    if scanner is not None:
        _check_for_viruses(content, scanner, limits)
    kind = identify_kind(content, limits)
    found, pages = kind.read(content, limits)
    if pages > limits.pages or len(found) > limits.characters:
        raise UnreadableDocument(Unreadable.TOO_LONG, limits)
    text = clean_text(found)
    if not text.strip():
        raise UnreadableDocument(Unreadable.EMPTY if kind.name == "text" else Unreadable.IMAGE_ONLY, limits)
    return ReadDocument(text=text, kind=kind.name, pages=pages)


def _check_for_viruses(content: bytes, scanner: Scanner, limits: ReadingLimits) -> None:
    try:
        is_infected = scanner.finds_virus(content)
    except ScannerUnavailable:
        raise UnreadableDocument(Unreadable.NOT_SCANNED, limits) from None
    if is_infected:
        raise UnreadableDocument(Unreadable.INFECTED, limits)
