"""What reading a document can end in, and the limits it is read under."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class ReadingLimits:
    """Sizes in bytes, time in seconds of the wall clock (and of processor time)."""

    bytes: int = 10 * 1024**2
    pages: int = 50
    characters: int = 200_000
    seconds: int = 20
    memory: int = 1024**3


@dataclass(frozen=True)
class ReadDocument:
    """`kind` is "pdf" or "text"; `pages` is 1 for plain text, which has none."""

    text: str
    kind: str
    pages: int


class Unreadable(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too large"
    ENCRYPTED = "encrypted"
    IMAGE_ONLY = "image only"
    DISGUISED = "disguised"
    BROKEN = "broken"
    TOO_LONG = "too long"
    UNKNOWN_KIND = "unknown kind"
    TOOK_TOO_LONG = "took too long"


_SENTENCES = {
    Unreadable.EMPTY: "The file is empty. Check that you chose the right file, then upload it again.",
    Unreadable.TOO_LARGE: (
        "The file must be {megabytes} MB or smaller. Take out any pictures, save it again, then upload it."
    ),
    Unreadable.ENCRYPTED: (
        "The file is protected with a password. Save a copy without a password, then upload the copy."
    ),
    Unreadable.IMAGE_ONLY: (
        "We could not find any text in this file. It may be a scan or a photograph. "
        "Upload the document you wrote, saved as a PDF or as plain text."
    ),
    Unreadable.DISGUISED: (
        "The file is not a document we can read. Open it in the program you wrote it in, "
        "save it as a PDF, then upload the PDF."
    ),
    Unreadable.BROKEN: (
        "The file is damaged or incomplete. Open it on your device to check it, save it as a PDF again, "
        "then upload the new copy."
    ),
    Unreadable.TOO_LONG: (
        "The document must be no longer than {pages} pages and {characters:,} characters. "
        "Shorten it, then upload it again."
    ),
    Unreadable.UNKNOWN_KIND: (
        "The file must be a PDF or plain text. If you wrote it in Word or another program, "
        "save it as a PDF, then upload the PDF."
    ),
    Unreadable.TOOK_TOO_LONG: (
        "The file is too complicated for us to read. Save it as a PDF again without pictures or effects, "
        "or as plain text, then upload the new copy."
    ),
}


class UnreadableDocument(Exception):
    """A document that cannot be read; `sentence` tells the candidate what to do about it.

    Neither carries anything from the document itself, so both may be logged.
    """

    def __init__(self, reason: Unreadable, limits: ReadingLimits) -> None:
        self.reason = reason
        self.sentence = _SENTENCES[reason].format(
            megabytes=f"{limits.bytes / 1024**2:.3g}", pages=limits.pages, characters=limits.characters
        )
        super().__init__(self.sentence)
