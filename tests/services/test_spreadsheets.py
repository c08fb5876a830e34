"""Spreadsheets hold what was put into them, as text where it was text, and open in LibreOffice."""

from __future__ import annotations

import csv
import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from recruitment.rules.sheets import Sheet, sheet_names
from recruitment.services.spreadsheets import to_ods, to_xlsx

SHEETS = [
    Sheet("Ethnic group", (("Group", "Submitted"), ("=1+1", 40), ("Black, African", "*"), ("Total", 45))),
    Sheet("Sex", (("Group", "Submitted"), ("Female", 25))),
]
_SOFFICE = shutil.which("soffice")
_CALC = _SOFFICE and Path(_SOFFICE).resolve().with_name("libsclo.so").exists()


def test_a_text_like_a_formula_stays_a_text_and_a_number_a_number() -> None:
    book = load_workbook(io.BytesIO(to_xlsx(SHEETS)))
    assert book.sheetnames == ["Ethnic group", "Sex"]
    page = book["Ethnic group"]
    assert [[cell.value for cell in row] for row in page.iter_rows()] == [list(row) for row in SHEETS[0].rows]
    assert page["A2"].data_type == "s"
    assert page["B2"].data_type == "n"


@pytest.mark.skipif(not _CALC, reason="no LibreOffice Calc on this machine")
@pytest.mark.parametrize(("ending", "write"), [("xlsx", to_xlsx), ("ods", to_ods)])
def test_libreoffice_reads_the_same_table(ending: str, write, tmp_path: Path) -> None:
    file = tmp_path / f"tables.{ending}"
    file.write_bytes(write(SHEETS))
    subprocess.run(
        [_SOFFICE, "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "csv",
         "--outdir", str(tmp_path), str(file)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    rows = list(csv.reader(io.StringIO((tmp_path / "tables.csv").read_text("utf-8"))))
    assert rows == [[str(value) for value in row] for row in SHEETS[0].rows]


@given(st.lists(st.text(max_size=40), max_size=8))
def test_names_of_sheets_are_ones_that_excel_takes(titles: list[str]) -> None:
    names = sheet_names([Sheet(title, ()) for title in titles])
    assert len({name.lower() for name in names}) == len(titles)
    assert all(0 < len(name) <= 31 and not set("[]:*?/\\'") & set(name) for name in names)


@given(st.text(max_size=20))
def test_any_text_can_be_written(text: str) -> None:
    sheet = [Sheet("Any", (("Heading",), (text,)))]
    assert load_workbook(io.BytesIO(to_xlsx(sheet))).sheetnames == ["Any"]
    assert to_ods(sheet)[:2] == b"PK"


def test_the_same_sheets_make_the_same_open_document_whenever_and_after_whatever() -> None:
    first = to_ods([])
    assert to_ods(SHEETS) == to_ods(SHEETS)
    assert to_ods([]) == first
    with zipfile.ZipFile(io.BytesIO(first)) as book:
        assert {entry.date_time[0] for entry in book.infolist()} == {1980}
