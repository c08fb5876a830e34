"""Reads the catalogues of texts, one `messages.po` a language, and says days and moments in a language."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache
from gettext import c2py
from pathlib import Path

from babel.dates import format_date
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

import recruitment
from recruitment.rules.messages import ENGLISH, Catalogue

LOCALES = Path(recruitment.__file__).parent / "locales"
"""The folder of the catalogues that come with the package."""
LANGUAGES = (ENGLISH, "cy")
"""The languages that candidates may read in, English first."""

MADE = "put together in Python"
"""The comment of a text that is found by its fixed words (`Catalogue.say_made`)."""


def catalogue_file(language: str, folder: Path = LOCALES) -> Path:
    return folder / language / "LC_MESSAGES" / "messages.po"


def read_messages(path: Path) -> Catalog:
    """Every message of a catalogue's file, translated or not; ValueError names a line that cannot be read."""
    with path.open("rb") as file:
        return read_po(file, abort_invalid=True)


@cache
def load_catalogue(language: str, folder: Path = LOCALES) -> Catalogue:
    """The translated texts of a language, read once for a process; English has none to read."""
    if language == ENGLISH:
        return Catalogue()
    held = read_messages(catalogue_file(language, folder))
    texts: dict[str, str] = {}
    counts: dict[str, tuple[str, ...]] = {}
    made: set[str] = set()
    for message in held:
        name, said = message.id, message.string
        if not name or not said or message.fuzzy:
            continue
        if isinstance(name, str):
            texts[name] = str(said)
            made.update([name] if MADE in message.auto_comments else [])
        elif all(said):
            counts[name[0]] = tuple(said)
    return Catalogue(language, texts, counts, frozenset(made), c2py(held.plural_expr))


UK_TIME = "(UK time)"
_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_DAY = re.compile(rf"\b(\d{{1,2}}) ({'|'.join(_MONTHS)}) (\d{{4}})\b")
_MOMENT = re.compile(rf"\b(\d\d:\d\d) on ({'|'.join(calendar.day_name)}) (?=\d)")


def days_said(text: str, catalogue: Catalogue) -> str:
    """A letter's days and moments, written as English writes them, in the language of the catalogue."""
    if catalogue.language == ENGLISH:
        return text
    text = _MOMENT.sub(lambda match: catalogue.say("{time} on {day}", time=match[1], day=""), text)
    text = text.replace(UK_TIME, catalogue.say(UK_TIME))
    return _DAY.sub(
        lambda match: day_in_words(dt.date(int(match[3]), _MONTHS[match[2]], int(match[1])), catalogue), text
    )


def day_in_words(day: dt.date, catalogue: Catalogue, *, has_weekday: bool = False) -> str:
    """Return "22 November 2026", or "22 Tachwedd 2026"; with its weekday before it where somebody has to come."""
    if catalogue.language == ENGLISH:
        return f"{f'{day:%A} ' if has_weekday else ''}{day.day} {day:%B %Y}"
    return format_date(day, f"{'EEEE ' if has_weekday else ''}d MMMM y", locale=catalogue.language)
