"""What is asked about each text found: to note it for a catalogue, or to say it in another language."""

from __future__ import annotations

import re
from html import unescape
from typing import Protocol

from recruitment.rules.messages import Catalogue

_CODE = re.compile(
    r"govuk-|site-|__|^[/#.]|\.(html|js|css)$|^\w+(\.\w+)+$|^[A-Z_0-9]{2,}$|^[^\s]+/[^\s]+$|^--|=\""
)
_LETTER = re.compile(r"[^\W\d_]")
_PLACES = re.compile(r"\{[^{}]*\}|</?[0-9]+/?>")
_OUTER_SPACE = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)


class Texts(Protocol):
    """`say` and `say_around` return None where a text stays as it is."""

    def say(self, text: str) -> str | None: ...

    def say_around(self, text: str) -> str | None: ...

    def note_count(self, singular: str, plural: str | None = None) -> None: ...


def has_words(text: str) -> bool:
    """Whether anything is left to read once places and entities are taken out."""
    return bool(_LETTER.search(unescape(_PLACES.sub("", text))))


def is_spoken(text: str, *, is_shown: bool) -> bool:
    """Whether words in quotation marks are for a reader: shown as they are, or with the look of a text."""
    if not has_words(text) or _CODE.search(text.strip()):
        return False
    return is_shown or text[0].isupper() or " " in text.strip()


def parted(text: str) -> tuple[str, str, str]:
    """White space before, the words with single spaces, white space after."""
    match = _OUTER_SPACE.fullmatch(text)
    before, words, after = match.groups() if match else ("", text, "")
    return before, re.sub(r"\s+", " ", words), after


class Noted:
    """Collects the texts, for a catalogue; changes nothing."""

    def __init__(self) -> None:
        self.texts: set[str] = set()
        self.counts: dict[str, str] = {}

    def say(self, text: str) -> str | None:
        if '="' not in text:
            # A piece of a tag that an expression has cut is no text.
            self.texts.add(text)
        return None

    def say_around(self, text: str) -> str | None:
        return self.say(parted(text)[1])

    def note_count(self, singular: str, plural: str | None = None) -> None:
        self.counts[f"{{count}} {singular}"] = f"{{count}} {plural or singular + 's'}"


class Said:
    """Says each text as a catalogue has it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def say(self, text: str) -> str | None:
        return self.catalogue.texts.get(text)

    def say_around(self, text: str) -> str | None:
        before, words, after = parted(text)
        said = self.say(words)
        return None if said is None else f"{before}{said}{after}"

    def note_count(self, singular: str, plural: str | None = None) -> None:
        """Counts are said when a page is made."""
