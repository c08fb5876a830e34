"""Figures that peer bodies have published, from a table somebody typed off their reports: faults by line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from recruitment.rules.csv_lines import Fault, Line, read_lines, whole_number

NEEDED = ("body", "characteristic", "group", "stage", "percentage", "source", "year")
OPTIONAL = ("numerator", "denominator")
_YEAR = re.compile(r"(19|20)\d{2}([/-](\d{2}|\d{4}))?")


@dataclass(frozen=True)
class PublishedFigure:
    """One figure of one body; `percentage` 0 to 100 as printed, counts only where they were published too."""

    body: str
    characteristic: str
    group: str
    stage: str
    percentage: Decimal
    source: str
    year: str
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class Published:
    """Every figure of a table, or the faults of its lines: never some of the figures."""

    figures: tuple[PublishedFigure, ...] = ()
    faults: tuple[Fault, ...] = ()


def _percentage(text: str) -> Decimal | str:
    try:
        value = Decimal(text.removesuffix("%").strip())
    except InvalidOperation:
        return f"A percentage must be a number from 0 to 100: {text}."
    if not value.is_finite() or not 0 <= value <= 100:
        return f"A percentage must be a number from 0 to 100: {text}."
    return value


def _counts(line: Line) -> tuple[int | None, int | None] | str:
    found: list[int | None] = []
    for name in OPTIONAL:
        text = line.cells.get(name, "")
        number = whole_number(text) if text else None
        if isinstance(number, str):
            return number
        found.append(number)
    part, whole = found
    if (part is None) != (whole is None):
        return "Give both the numerator and the denominator, or neither."
    if part is not None and whole is not None and (not whole or part > whole):
        return f"The numerator must lie within the denominator: {part} of {whole}."
    return part, whole


def _decimals(value: Decimal) -> int:
    return max(0, -int(value.as_tuple().exponent))


def _figure(line: Line) -> PublishedFigure | str:
    for name in NEEDED:
        if not line.cells[name]:
            return f"There is nothing in the column “{name}”."
    percentage, counts = _percentage(line.cells["percentage"]), _counts(line)
    if isinstance(percentage, str):
        return percentage
    if isinstance(counts, str):
        return counts
    if not _YEAR.fullmatch(line.cells["year"]):
        return f"A year is written 2025 or 2025/26: {line.cells['year']}."
    part, whole = counts
    if part is not None and whole is not None:
        # As printed, to however many decimals: half a unit of the last, and no more.
        worked = Decimal(100 * part) / whole
        if abs(worked - percentage) > Decimal(10) ** -_decimals(percentage) * Decimal("0.5001"):
            return f"{part} of {whole} is {worked:.2f}%, not {percentage}%: check the three figures."
    cells = line.cells
    return PublishedFigure(
        body=cells["body"],
        characteristic=cells["characteristic"],
        group=cells["group"],
        stage=cells["stage"],
        percentage=percentage,
        source=cells["source"],
        year=cells["year"],
        numerator=part,
        denominator=whole,
    )


def read_published(text: str) -> Published:
    """The figures of a table with the columns of `NEEDED` and, if they are known, those of `OPTIONAL`."""
    held = read_lines(text, needed=NEEDED, optional=OPTIONAL)
    faults, figures = list(held.faults), []
    seen: dict[tuple[str, ...], int] = {}
    for line in held.lines:
        found = _figure(line)
        if isinstance(found, str):
            faults.append(Fault(line.number, found))
            continue
        key = tuple(
            text.casefold() for text in (found.body, found.characteristic, found.group, found.stage, found.year)
        )
        if key in seen:
            faults.append(Fault(line.number, f"This figure stands on line {seen[key]} already."))
        seen.setdefault(key, line.number)
        figures.append(found)
    if faults:
        return Published(faults=tuple(sorted(faults, key=lambda fault: fault.line)))
    return Published(tuple(figures))
