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
    unpacked: int = 64 * 1024**2


@dataclass(frozen=True)
class ReadDocument:
    """`kind` is "pdf", "docx", "odt" or "text"; `pages` is 1 for all but PDF, which alone says how many it has."""

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
    OLDER_WORD = "older Word"
    RICH_TEXT = "rich text"
    TOOK_TOO_LONG = "took too long"
    INFECTED = "infected"
    NOT_SCANNED = "not scanned"


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
        "Upload the document you wrote, not a picture of it."
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
        "The file must be a PDF, Word document (.docx), OpenDocument text (.odt) or plain text. "
        "Open it in the program you wrote it in, save it as one of these, then upload the new copy."
    ),
    Unreadable.OLDER_WORD: (
        "The file is an older kind of Word document (.doc). Open it in Word or another word processor, "
        "use ‘Save as’ to make a Word document (.docx) or a PDF, then upload the new copy."
    ),
    Unreadable.RICH_TEXT: (
        "The file is in rich text format (.rtf). Open it in Word or another word processor, "
        "use ‘Save as’ to make a Word document (.docx) or a PDF, then upload the new copy."
    ),
    Unreadable.TOOK_TOO_LONG: (
        "The file is too complicated for us to read. Save it as a PDF again without pictures or effects, "
        "or as plain text, then upload the new copy."
    ),
    Unreadable.INFECTED: (
        "The file contains a virus or other harmful software. "
        "Check your device for viruses, make the document again, then upload the new copy."
    ),
    Unreadable.NOT_SCANNED: (
        "We could not check the file for viruses just now, so we have not kept it. "
        "Upload it again in a few minutes."
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
