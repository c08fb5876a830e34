"""A controlled release of a file of counts: its tables as they may be published, and the audit for the body."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from recruitment.rules.count_comparisons import known_codes
from recruitment.rules.count_files import CountFile, Rows, is_missing
from recruitment.rules.disclosure import (
    DECLARED,
    EXPLANATION,
    EXPLANATION_EXACT,
    TOTAL,
    WITHHELD,
    Cell,
    Controlled,
    Figure,
    Inside,
    Line,
    Mode,
    ReleaseRow,
    ReleaseTable,
    Rules,
    Shape,
    control,
)
from recruitment.rules.release_formats import plain_cell

SCOPE = "file"


@dataclass(frozen=True)
class AuditedCell:
    """One protected figure and the interval an attacker can narrow it to; `high` None: without end."""

    characteristic: str
    answer: str
    stage: str
    low: int
    high: int | None


@dataclass(frozen=True)
class CountRelease:
    """`audit` says what an asterisk stands for: it is never published. `withheld` counts the asterisks."""

    rules: Rules
    tables: tuple[ReleaseTable, ...]
    explanation: str
    audit: tuple[AuditedCell, ...]
    is_whole: bool
    withheld: int


def _key(at: int) -> str:
    # Names of the file might be "total" or "declared", which are the release's own.
    return f"c{at:03}"


def _row(at: int) -> str:
    return f"g{at:03}"


def _lies_within(parts: Sequence[Sequence[int]], whole: Sequence[int]) -> bool:
    """Whether the parts come to no more than the whole, at each stage and among those who left after it."""

    def leavers(row: Sequence[int]) -> list[int]:
        return [*row, *(before - after for before, after in pairwise(row))]

    summed = [sum(numbers) for numbers in zip(*map(leavers, parts), strict=True)]
    return all(part <= all_of_it for part, all_of_it in zip(summed, leavers(whole), strict=True))


def _inside(file: CountFile, counts: Rows) -> list[Inside]:
    """Ethnic backgrounds within their group, and a group that is counted twice within itself, where the figures
    bear it out: a reader knows the nesting and would use it.
    """
    names = list(file.groups)
    found = []
    for outer, inner in ((a, b) for a in range(len(names)) for b in range(len(names)) if a != b):
        small = {at: known_codes("ethnic_background", group) for at, group in enumerate(file.groups[names[inner]])}
        for at, group in enumerate(file.groups[names[outer]]):
            whole = known_codes("ethnic_background", group)
            within = [part for part, codes in small.items() if codes and codes <= whole]
            rows = tuple(map(_row, within))
            held = [counts[names[inner]][file.groups[names[inner]][part]] for part in within]
            if rows and _lies_within(held, counts[names[outer]][group]):
                found.append(Inside(_key(outer), _row(at), _key(inner), rows))
    return found


def _laid_out(file: CountFile) -> tuple[Shape, dict[Cell, int]]:
    rows = file.pooled()
    numbers = {Cell(SCOPE, TOTAL, TOTAL, at): total for at, total in enumerate(file.totals(rows))}
    lines = []
    for place, (name, groups) in enumerate(file.groups.items()):
        missing = frozenset(_row(at) for at, group in enumerate(groups) if is_missing(group))
        lines.append(Line(_key(place), tuple(_row(at) for at in range(len(groups))), missing))
        for stage in range(len(file.stages)):
            for at, group in enumerate(groups):
                numbers[Cell(SCOPE, _key(place), _row(at), stage)] = rows[name][group][stage]
            spoken = sum(rows[name][group][stage] for group in groups if not is_missing(group))
            if missing:
                numbers[Cell(SCOPE, _key(place), DECLARED, stage)] = spoken
    return Shape(file.stages, tuple(lines), tuple(_inside(file, rows))), numbers


def _tables(file: CountFile, figures: Mapping[Cell, int | None]) -> tuple[ReleaseTable, ...]:
    def series(line: str, row: str) -> tuple[Figure, ...]:
        shown = [figures[Cell(SCOPE, line, row, at)] for at in range(len(file.stages))]
        return tuple(WITHHELD if number is None else Figure(number) for number in shown)

    total = series(TOTAL, TOTAL)
    return tuple(
        ReleaseTable(
            characteristic=name,
            title=name,
            stages=file.stages,
            rows=tuple(ReleaseRow(group, group, series(_key(place), _row(at))) for at, group in enumerate(groups)),
            total=total,
            declaration=series(_key(place), DECLARED) if any(map(is_missing, groups)) else total,
        )
        for place, (name, groups) in enumerate(file.groups.items())
    )


def _audit(file: CountFile, controlled: Controlled) -> tuple[AuditedCell, ...]:
    names = {
        (_key(place), _row(at)): (name, group)
        for place, (name, groups) in enumerate(file.groups.items())
        for at, group in enumerate(groups)
    }
    names |= {(_key(place), DECLARED): (name, "Gave an answer") for place, name in enumerate(file.groups)}
    names[TOTAL, TOTAL] = ("", "Everyone")
    return tuple(
        AuditedCell(*names[cell.line, cell.row], file.stages[cell.stage], found.low, found.high)
        for cell, found in controlled.audit().items()
    )


def release_counts(file: CountFile, rules: Rules) -> CountRelease:
    """The counts of all scopes of the file together, controlled as one set. ValueError as `control`."""
    shape, numbers = _laid_out(file)
    controlled = control({SCOPE: shape}, numbers, rules)
    exact = rules.mode is Mode.KEEP_TOTALS
    return CountRelease(
        rules,
        _tables(file, controlled.figures),
        EXPLANATION_EXACT if exact else EXPLANATION.format(base=rules.base),
        _audit(file, controlled),
        controlled.is_whole,
        sum(shown is None for shown in controlled.figures.values()),
    )


def table_to_csv(table: ReleaseTable, explanation: str) -> str:
    """One published table; no cell is run as a formula (OWASP, "CSV Injection")."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([plain_cell(table.title), *map(plain_cell, table.stages)])
    lines = [(row.label, row.figures) for row in table.rows]
    lines += [("Gave an answer", table.declaration), ("Everyone", table.total)]
    writer.writerows([plain_cell(label), *(figure.text for figure in figures)] for label, figures in lines)
    writer.writerow([explanation])
    return out.getvalue()


def file_names(tables: tuple[ReleaseTable, ...]) -> tuple[str, ...]:
    """A name for each table's file, in order, of letters, digits and hyphens: no two alike."""
    slugs = (re.sub(r"[^a-z0-9]+", "-", table.title.lower()).strip("-")[:60] for table in tables)
    return tuple(f"{at:02}-{slug or 'table'}.csv" for at, slug in enumerate(slugs, start=1))
