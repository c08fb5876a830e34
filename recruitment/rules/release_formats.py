"""How a release is kept and handed out: JSON for the record, CSV for a spreadsheet.

Source: OWASP, "CSV Injection" (a text that starts like a formula is run as one by spreadsheet programs).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from recruitment.rules.disclosure import (
    EXPLANATION,
    STAR,
    WITHHELD,
    Figure,
    ReleaseRow,
    ReleaseTable,
)
from recruitment.rules.equality_question_set import NOT_ASKED
from recruitment.rules.rounding import BASE
from recruitment.rules.sheets import Sheet, Value

RELEASE_VERSION = 1
_FORMULA_STARTERS = ("=", "+", "-", "@", "\t", "\r", "\n")


def _out(figures: Sequence[Figure]) -> list[int | str]:
    return [STAR if figure.shown is None else figure.shown for figure in figures]


def tables_to_json(tables: Sequence[ReleaseTable]) -> str:
    """One canonical text, fit for a digest; a withheld figure is "*", whatever it was withheld for."""
    content = {
        "version": RELEASE_VERSION,
        "tables": [
            {
                "characteristic": table.characteristic,
                "title": table.title,
                "stages": list(table.stages),
                "rows": [
                    {"code": row.code, "label": row.label, "figures": _out(row.figures)} for row in table.rows
                ],
                "total": _out(table.total),
                "declaration": _out(table.declaration),
                **({} if table.is_all_asked else {"is_all_asked": False}),
            }
            for table in tables
        ],
    }
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def _figures(kept: Any, stages: int) -> tuple[Figure, ...]:
    if not isinstance(kept, list) or len(kept) != stages:
        raise ValueError("A row of this release has not one figure for each stage.")
    if not all(figure == STAR or (type(figure) is int and figure >= 0) for figure in kept):
        raise ValueError("A figure of this release is neither a whole number nor withheld.")
    return tuple(WITHHELD if figure == STAR else Figure(figure) for figure in kept)


def tables_from_json(text: str) -> tuple[ReleaseTable, ...]:
    """Read what `tables_to_json` wrote; ValueError for another version or a figure that is none.

    Releases made before questions could be chosen have a row of those not asked though all were: it is left out.
    """
    content = json.loads(text)
    if not isinstance(content, dict) or content.get("version") != RELEASE_VERSION:
        raise ValueError("This release was written in another version.")
    return tuple(
        ReleaseTable(
            characteristic=table["characteristic"],
            title=table["title"],
            stages=tuple(table["stages"]),
            rows=tuple(
                ReleaseRow(row["label"], row["code"], _figures(row["figures"], len(table["stages"])))
                for row in table["rows"]
                if row["code"] != NOT_ASKED or not table.get("is_all_asked", True)
            ),
            total=_figures(table["total"], len(table["stages"])),
            declaration=_figures(table["declaration"], len(table["stages"])),
            is_all_asked=table.get("is_all_asked", True),
        )
        for table in content["tables"]
    )


def tables_to_sheets(
    tables: Sequence[ReleaseTable], *, base: int = BASE, explanation: str = ""
) -> tuple[Sheet, ...]:
    """One sheet for each table, and one that explains the asterisk; a figure is a number, an asterisk a text."""
    sheets = []
    for table in tables:
        rows: list[tuple[Value, ...]] = [("Answer", *(stage.capitalize() for stage in table.stages))]
        lines = [(row.label, row.figures) for row in table.rows]
        lines += [(table.answered, table.declaration), ("Everyone", table.total)]
        rows += [(label, *_out(figures)) for label, figures in lines]
        sheets.append(Sheet(table.title, tuple(rows)))
    return (*sheets, Sheet("About these figures", ((explanation or EXPLANATION.format(base=base),),)))


def plain_cell(text: str) -> str:
    """A text that no spreadsheet program runs as a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTERS) else text


def tables_to_csv(tables: Sequence[ReleaseTable], *, base: int = BASE, statement: Sequence[str] = ()) -> str:
    """All tables under one heading row, one line for each answer; then the explanation of the asterisk, and what
    the release states of its texts, one sentence a line."""
    out = io.StringIO()
    writer = csv.writer(out)
    stages = tables[0].stages if tables else ()
    writer.writerow(["Characteristic", "Answer", *(plain_cell(stage) for stage in stages)])
    for table in tables:
        lines = [(row.label, row.figures) for row in table.rows]
        lines += [(table.answered, table.declaration), ("Everyone", table.total)]
        for label, figures in lines:
            writer.writerow([plain_cell(table.title), plain_cell(label), *(figure.text for figure in figures)])
    writer.writerow([EXPLANATION.format(base=base)])
    writer.writerows([plain_cell(sentence)] for sentence in statement)
    return out.getvalue()
