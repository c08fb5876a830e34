"""Reads a table that somebody saved from a spreadsheet, keeping the number of each line for what is said of it.

Pure: text in, lines out. Source of the quirks: RFC 4180; Excel's "CSV UTF-8" (byte order mark), its list
separator of the region (semicolon), its "CSV" (Windows-1252) and "Unicode text" (UTF-16, tabs), its `sep=` line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(r'"?sep=([,;|\t])"?[ ,;|\t]*', re.IGNORECASE)
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_GROUPED = re.compile(r"\d{1,3}(?:([, '’])\d{3})(?:\1\d{3})*")
_WHOLE = re.compile(r"\d{1,9}(?:[.,]0{1,2})?")
_NEGATIVE = re.compile(r"[-−–]\s*\d.*|\(\s*\d.*\)")
_WITHHELD = re.compile(r"\*|[<≤].*|c|x|-|–|\.\.|:|n/?a|\[[a-z]\]", re.IGNORECASE)


@dataclass(frozen=True)
class Fault:
    """What is wrong with one line (counted from 1), in a sentence that says what to do."""

    line: int
    sentence: str


@dataclass(frozen=True)
class Line:
    """One line under the heading: the number of the line it starts on, and a text for each known column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Lines:
    """The lines that could be read, and the faults of those that could not; `columns` as in the heading."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def decode(held: bytes) -> str:
    """The text of a saved file: UTF-16 or UTF-8 by its mark, else UTF-8, else Windows-1252 as Excel saves it."""
    if held[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return held.decode("utf-16", errors="replace")
    try:
        return held.decode("utf-8-sig")
    except UnicodeDecodeError:
        return held.decode("cp1252", errors="replace")


def plain(text: str) -> str:
    """A cell without what a spreadsheet wrapped it in: `="12"`, hard spaces, spaces at the ends and doubled."""
    text = text.strip()
    wrapped = _FORMULA_TEXT.fullmatch(text)
    return " ".join((wrapped.group(1) if wrapped else text).split())


def whole_number(text: str) -> int | str:
    """The number of people a cell holds (1200, "1,200", 1200.0), or the sentence that says why it holds none."""
    text = plain(text)
    if not text:
        return "There is no count: write 0 where there is nobody."
    if _NEGATIVE.fullmatch(text):
        return f"A count cannot be negative: {text}."
    if text.isascii() and (grouped := _GROUPED.fullmatch(text)):
        return int(text.replace(grouped.group(1), ""))
    if text.isascii() and _WHOLE.fullmatch(text):
        return int(re.split("[.,]", text)[0])
    if _WITHHELD.fullmatch(text):
        return f"“{text}” stands for a figure that was withheld: exact counts are needed here."
    return f"A count must be a whole number of people, without words or decimals: {text}."


def _delimiter(heading: str) -> str:
    # Whichever cuts the heading most: names of columns hold none of them.
    return max(_DELIMITERS, key=heading.count)


def _records(text: str) -> tuple[list[tuple[int, list[str]]], list[Fault]]:
    rows = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    first = next((at for at, row in enumerate(rows) if row.strip()), None)
    if first is None:
        return [], []
    named = _SEPARATOR_LINE.fullmatch(rows[first])
    skipped = first + 1 if named else first
    heading = next((row for row in rows[skipped:] if row.strip()), "")
    delimiter = named.group(1) if named else _delimiter(heading)
    reader = csv.reader((f"{row}\n" for row in rows[skipped:]), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    start = skipped + 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return found, []
        except csv.Error:
            sentence = "A quotation mark is open or stands in the middle of a cell; what follows was not read."
            return found, [Fault(start, sentence)]
        if any(plain(cell) for cell in cells):
            found.append((start, [plain(cell) for cell in cells]))
        start = skipped + reader.line_num + 1


def _heading_faults(number: int, names: Sequence[str], needed: Sequence[str], known: Sequence[str]) -> list[Fault]:
    faults = []
    for name in needed:
        if name not in names:
            faults.append(Fault(number, f"The column “{name}” is missing."))
    for name in dict.fromkeys(names):
        if name and name not in known:
            faults.append(Fault(number, f"The column “{name}” is unknown: columns are {', '.join(known)}."))
        elif name and list(names).count(name) > 1:
            faults.append(Fault(number, f"The column “{name}” stands there twice."))
    return faults


def read_lines(text: str, *, needed: Sequence[str], optional: Sequence[str] = ()) -> Lines:
    """Every line that is not empty, its cells by the name of their column (in lower case).

    A fault of the heading leaves no lines. Columns without a name are passed over where they are empty.
    """
    records, faults = _records(text)
    if not records:
        return Lines((), (), tuple(faults) or (Fault(1, "The file is empty."),))
    (number, heading), *rest = records
    names = [name.casefold().replace(" ", "_") for name in heading]
    wrong = _heading_faults(number, names, needed, (*needed, *optional))
    if wrong:
        return Lines(tuple(names), (), (*wrong, *faults))
    lines = []
    broken = []
    for number, cells in rest:
        beyond = [cell for at, cell in enumerate(cells) if cell and (at >= len(names) or not names[at])]
        if beyond:
            broken.append(
                Fault(number, f"There is more on this line than the heading has columns for: {beyond[0]}.")
            )
            continue
        held = dict(zip(names, cells, strict=False))
        lines.append(Line(number, {name: held.get(name, "") for name in names if name}))
    return Lines(tuple(name for name in names if name), tuple(lines), (*broken, *faults))
