"""Tables as spreadsheets have them: a title, and rows of texts and whole numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

Value = str | int


@dataclass(frozen=True)
class Sheet:
    """One table; the first row is its heading. A withheld figure is a text, never an empty or a nought."""

    title: str
    rows: tuple[tuple[Value, ...], ...]


_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_NAME = 31


def sheet_names(sheets: Sequence[Sheet]) -> list[str]:
    """A name for each that Excel takes: at most 31 characters, none of []:*?/\\', no two alike in any case.

    Source: ECMA-376 as Excel applies it (the limits are the program's, not the format's).
    """
    names: list[str] = []
    for number, sheet in enumerate(sheets, 1):
        plain = _NOT_IN_A_NAME.sub(" ", sheet.title).strip() or f"Table {number}"
        name = plain[:_LONGEST_NAME].strip()
        if name.lower() in {each.lower() for each in names} or name.lower() == "history":
            ending = f" {number}"
            name = plain[: _LONGEST_NAME - len(ending)].strip() + ending
        names.append(name)
    return names
