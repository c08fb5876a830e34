"""Reads the rows of an export: comma-separated values with a header, or JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any, BinaryIO

from recruitment.rules.errors import Invalid
from recruitment.rules.import_mapping import Mapping
from recruitment.rules.imported_rows import LONGEST_TEXT

JSON_LINES = (".jsonl", ".ndjson")
_NOT_UTF8 = "The file is not in UTF-8. Export it again as “CSV UTF-8”, or save it with that encoding."


@dataclass(frozen=True)
class FileRow:
    """`number`: the row of the spreadsheet (the header is row 1), or the line of JSON Lines."""

    number: int
    fields: dict[str, Any] = field(default_factory=dict)
    problem: str = ""


def read_file(path: Path, mapping: Mapping) -> Iterator[FileRow]:
    """Every row, one after another; raise `Invalid` for a file that cannot be read as a whole."""
    return _read(path.suffix, lambda: path.open("rb"), mapping)


def read_upload(name: str, content: bytes, mapping: Mapping) -> Iterator[FileRow]:
    """The same of a file that a browser sent; it lies in memory and nowhere else."""
    return _read(PurePath(name).suffix, lambda: io.BytesIO(content), mapping)


def _read(ending: str, open_file: Callable[[], BinaryIO], mapping: Mapping) -> Iterator[FileRow]:
    if ending.lower() in JSON_LINES:
        return _read_json_lines(open_file)
    if ending.lower() == ".csv":
        return _read_csv(open_file, mapping)
    raise Invalid("The name of the file must end in .csv, .jsonl or .ndjson.", "file")


def _read_csv(open_file: Callable[[], BinaryIO], mapping: Mapping) -> Iterator[FileRow]:
    # A cell may hold a whole CV, and one that is too long is told by its row, so the reader must take more.
    csv.field_size_limit(LONGEST_TEXT * 10)
    with io.TextIOWrapper(open_file(), encoding="utf-8-sig", newline="") as lines:
        reader = csv.reader(lines, delimiter=mapping.delimiter, strict=True)
        number = 1
        try:
            header = [name.strip() for name in next(reader, [])]
            _check_header(header, mapping)
            for number, cells in enumerate(reader, 2):
                if not any(cell.strip() for cell in cells):
                    continue
                if len(cells) != len(header):
                    yield FileRow(number, problem=f"has {len(cells)} cells, the header has {len(header)}")
                else:
                    yield FileRow(number, dict(zip(header, cells, strict=True)))
        except UnicodeDecodeError:
            raise Invalid(_NOT_UTF8, "file") from None
        except csv.Error as broken:
            # From here on no one can tell where a row ends.
            raise Invalid(f"The file breaks off after row {number}: {broken}.", "file") from None


def _check_header(header: list[str], mapping: Mapping) -> None:
    if not any(header):
        raise Invalid("The file is empty.", "file")
    wrong = []
    for key, column in mapping.columns():
        if column not in header:
            wrong.append(f"{key}: the file has no column “{column}”")
        elif header.count(column) > 1:
            wrong.append(f"{key}: the file has {header.count(column)} columns “{column}”")
    if wrong:
        raise Invalid("; ".join(dict.fromkeys(wrong)) + ".", "file")


def _read_json_lines(open_file: Callable[[], BinaryIO]) -> Iterator[FileRow]:
    with open_file() as lines:
        for number, line in enumerate(lines, 1):
            raw = line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line
            if not raw.strip():
                continue
            try:
                fields = json.loads(raw.decode("utf-8"))
            except UnicodeDecodeError:
                yield FileRow(number, problem="is not in UTF-8")
            except (ValueError, RecursionError):
                yield FileRow(number, problem="is not one whole JSON object")
            else:
                if isinstance(fields, dict):
                    yield FileRow(number, fields)
                else:
                    yield FileRow(number, problem="is not one whole JSON object")
