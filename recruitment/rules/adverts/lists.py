"""The word lists and patterns that adverts are checked with, read from their files' text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass

from recruitment.rules.adverts.gender import GenderWords, read_gender_words
from recruitment.rules.adverts.hits import Severity
from recruitment.rules.adverts.patterns import Pattern, read_pattern, read_patterns

BOTH = "both"


@dataclass(frozen=True)
class Wording:
    """Wording that may shut people out, and where it is an ordinary requirement."""

    rule: str
    patterns: tuple[Pattern, ...]
    reason: str
    suggestion: str
    severity: Severity
    applies: str
    exceptions: tuple[Pattern, ...]
    unless_sentence: tuple[Pattern, ...]
    unless_advert: tuple[Pattern, ...]


@dataclass(frozen=True)
class Item:
    """What an advert should tell, and the words by which it is known to be told."""

    rule: str
    title: str
    patterns: tuple[Pattern, ...]
    reason: str
    suggestion: str


@dataclass(frozen=True)
class AdvertLists:
    gender: GenderWords
    wordings: tuple[Wording, ...]
    items: tuple[Item, ...]
    known_acronyms: frozenset[str]
    plain_words: tuple[tuple[Pattern, str], ...]
    """What is found, and the plainer word."""


class AdvertListError(ValueError):
    """A list of the advert check cannot be read; the sentence names the entry."""


def build_advert_lists(texts: Mapping[str, str]) -> AdvertLists:
    """From the text of each file by name, without its ending. AdvertListError where one is missing or wrong."""
    try:
        return AdvertLists(
            read_gender_words(texts["gender_coded"]),
            tuple(_wording(entry) for entry in tomllib.loads(texts["wordings"])["wording"]),
            tuple(_item(entry) for entry in tomllib.loads(texts["items"])["item"]),
            _acronyms(texts["acronyms"]),
            _plain(texts["plain_words"]),
        )
    except (KeyError, ValueError, TypeError) as wrong:
        raise AdvertListError(f"The lists of the advert check cannot be read: {wrong}") from wrong


def lines_of(text: str) -> list[str]:
    """The lines of a list without comments and empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _wording(entry: Mapping[str, object]) -> Wording:
    listed = {name: read_patterns(_texts(entry.get(name, []))) for name in ("patterns", "except")}
    return Wording(
        str(entry["rule"]),
        listed["patterns"],
        str(entry["reason"]),
        str(entry["suggestion"]),
        Severity(str(entry.get("severity", Severity.ASKS))),
        str(entry.get("applies", BOTH)),
        listed["except"],
        read_patterns(_texts(entry.get("unless_sentence", []))),
        read_patterns(_texts(entry.get("unless_advert", []))),
    )


def _texts(listed: object) -> list[str]:
    if not isinstance(listed, list) or not all(isinstance(each, str) for each in listed):
        raise TypeError(f"{listed!r} is not a list of texts")
    return listed


def _item(entry: Mapping[str, object]) -> Item:
    return Item(
        str(entry["rule"]),
        str(entry["title"]),
        read_patterns(_texts(entry["patterns"])),
        str(entry["reason"]),
        str(entry["suggestion"]),
    )


def _acronyms(text: str) -> frozenset[str]:
    return frozenset(word.strip().upper() for line in lines_of(text) for word in line.split(",") if word.strip())


def _plain(text: str) -> tuple[tuple[Pattern, str], ...]:
    pairs = (line.partition("=") for line in lines_of(text))
    return tuple((read_pattern(found.strip()), instead.strip()) for found, _, instead in pairs)
