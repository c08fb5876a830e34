"""Tables as files to download, in the format that the address ends with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from flask import Response

from recruitment.rules.disclosure import ReleaseTable
from recruitment.rules.release_formats import tables_to_csv, tables_to_sheets
from recruitment.rules.sheets import Sheet
from recruitment.services.spreadsheets import to_ods, to_xlsx

ENDINGS = ("csv", "xlsx", "ods")
_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
}


def slug(title: str) -> str:
    """The campaign's title as a file name: small letters, digits and hyphens, at most 60."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-") or "campaign"


def tables_file(
    tables: Sequence[ReleaseTable], ending: str, name: str, *, base: int, statement: Sequence[str] = ()
) -> Response:
    """A release's tables: CSV in one file, XLSX and ODS with a sheet for each."""
    if ending == "csv":
        return _attached(tables_to_csv(tables, base=base, statement=statement).encode(), ending, name)
    sheets = list(tables_to_sheets(tables, base=base))
    sheets += [Sheet("Beside these figures", tuple((sentence,) for sentence in statement))] if statement else []
    return sheets_file(sheets, ending, name)


def sheets_file(sheets: Sequence[Sheet], ending: str, name: str) -> Response:
    return _attached(to_xlsx(sheets) if ending == "xlsx" else to_ods(sheets), ending, name)


def _attached(content: bytes, ending: str, name: str) -> Response:
    response = Response(content, content_type=_TYPES[ending])
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug(name)}.{ending}")
    return response
