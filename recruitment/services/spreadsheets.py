"""Tables as files for a spreadsheet program: XLSX and ODS. Every text stays a text, also one like a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import cache
from typing import Any
from zipfile import ZipFile, ZipInfo

from recruitment.rules.sheets import Sheet, Value, sheet_names

# What XML 1.0 cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _text(value: str) -> str:
    return _UNWRITABLE.sub("\ufffd", value)


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """One sheet a table, its heading in bold and kept in view."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    bold = Font(bold=True)
    for name, sheet in zip(sheet_names(sheets), sheets, strict=True):
        page: Any = book.create_sheet(name)
        page.freeze_panes = "A2"
        for column, width in enumerate(_widths(sheet), 1):
            page.column_dimensions[get_column_letter(column)].width = width
        for place, row in enumerate(sheet.rows):
            cells = []
            for value in row:
                cell: Any = WriteOnlyCell(page, value=value if isinstance(value, int) else _text(value))
                if isinstance(value, str):
                    cell.data_type = "s"  # otherwise "=" would begin a formula
                if place == 0:
                    cell.font = bold
                cells.append(cell)
            page.append(cells)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _widths(sheet: Sheet) -> list[int]:
    """Of each column, in characters: what its longest value asks for, within reason."""
    found: list[int] = []
    for row in sheet.rows:
        found += [0] * (len(row) - len(found))
        for column, value in enumerate(row):
            found[column] = max(found[column], min(50, len(str(value)) + 2))
    return found


def to_ods(sheets: Sequence[Sheet]) -> bytes:
    """One table a sheet, with its heading row marked as one, which screen readers announce.

    The same sheets make the same bytes: no clock is asked, and nothing depends on what was written before.
    """
    _name_all_parts()
    return _undated(_ods(sheets))


@cache
def _name_all_parts() -> None:
    """The library names in a file what it has met since the process began, so it meets everything first."""
    _ods([Sheet("Sheet", (("Heading",), (1,)))])


def _undated(content: bytes) -> bytes:
    out = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as written, ZipFile(out, "w") as undated:
        for entry in written.infolist():
            head = ZipInfo(entry.filename)
            head.compress_type = entry.compress_type
            undated.writestr(head, written.read(entry))
    return out.getvalue()


def _ods(sheets: Sequence[Sheet]) -> bytes:
    from odf.opendocument import OpenDocumentSpreadsheet
    from odf.style import Style, TextProperties
    from odf.table import Table, TableHeaderRows, TableRow

    book = OpenDocumentSpreadsheet()
    bold = Style(name="Heading", family="table-cell")
    bold.addElement(TextProperties(fontweight="bold"))
    book.automaticstyles.addElement(bold)
    for name, sheet in zip(sheet_names(sheets), sheets, strict=True):
        table = Table(name=name)
        for place, row in enumerate(sheet.rows):
            line = TableRow()
            for value in row:
                line.addElement(_ods_cell(value, bold if place == 0 else None))
            if place == 0:
                heading = TableHeaderRows()
                heading.addElement(line)
                table.addElement(heading)
            else:
                table.addElement(line)
        book.spreadsheet.addElement(table)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _ods_cell(value: Value, style: Any) -> Any:
    from odf.table import TableCell
    from odf.text import P

    styled = {"stylename": style} if style is not None else {}
    if isinstance(value, int):
        cell = TableCell(valuetype="float", value=str(value), **styled)
    else:
        cell = TableCell(valuetype="string", **styled)
    cell.addElement(P(text=_text(str(value))))
    return cell
