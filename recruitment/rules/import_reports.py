"""What a file would bring to a campaign that has part of it already: new, unchanged, changed and erased rows.

Rows are told by their number, never by a reference: whoever holds the file would know whose it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class RowChange(StrEnum):
    """What of a row differs from what was imported of it before."""

    DETAILS = "details"
    ANSWERS = "answers"
    BOTH = "details and answers"


@dataclass(frozen=True)
class ChangedRow:
    number: int
    change: RowChange


@dataclass(frozen=True)
class ImportReport:
    """Numbers of rows; `characters`: how long the new rows' texts are together.

    `uncompared`: there already, from before fingerprints were kept. `withdrawn` rows are not compared either.
    """

    rows: int
    new: int
    unchanged: int
    changed: tuple[ChangedRow, ...] = ()
    erased: int = 0
    withdrawn: int = 0
    uncompared: int = 0
    characters: int = 0


def change_between(before: bytes, now: bytes) -> RowChange | None:
    """Compare fingerprints: of details, then of answers, of the same length."""
    half = len(now) // 2
    details, answers = before[:half] != now[:half], before[half:] != now[half:]
    if details and answers:
        return RowChange.BOTH
    if details or answers:
        return RowChange.DETAILS if details else RowChange.ANSWERS
    return None


FEW = 5
"""New rows below which whoever holds the file could tell by what is new which reference is whose."""


def why_few(report: ImportReport) -> str:
    """What an import of few new rows would give away, and what to do instead; empty where nothing."""
    if not 0 < report.new < FEW:
        return ""
    return (
        f"Only {_rows(report.new)} {_are(report.new)} new. Whoever knows the file and sees which references come "
        f"in could tell whose they are. Wait until there are {FEW} or more. Or import the last ones together, "
        "after applications have closed."
    )


def report_sentences(report: ImportReport) -> list[str]:
    """What the file would do, and what it would not, in the order in which a recruiter asks."""
    said = [f"{_rows(report.new)} would be imported." if report.new else "No row is new."]
    if few := why_few(report):
        said.append(few)
    if report.unchanged:
        said.append(f"{_rows(report.unchanged)} {_are(report.unchanged)} there already, and unchanged.")
    if report.changed:
        number = len(report.changed)
        said.append(f"{_rows(number)} changed since {_were(number)} imported. Nothing of that is taken over.")
    if report.withdrawn:
        said.append(f"{_rows(report.withdrawn)} {_are(report.withdrawn)} there already, and withdrawn since.")
    if report.erased:
        said.append(f"{_rows(report.erased)} {_are(report.erased)} not imported: erased at the person's request.")
    if report.uncompared:
        said.append(f"{_rows(report.uncompared)} {_are(report.uncompared)} there already, and cannot be compared.")
    return said


def _rows(number: int) -> str:
    return f"{number:,} {'row' if number == 1 else 'rows'}"


def _are(number: int) -> str:
    return "is" if number == 1 else "are"


def _were(number: int) -> str:
    return "it was" if number == 1 else "they were"
