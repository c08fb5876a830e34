"""One text that uses every place a word processor has, saved by LibreOffice as each kind of document."""

from __future__ import annotations

import fcntl
import io
import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from recruitment.services.documents import Unreadable, UnreadableDocument, read_document

_SOFFICE = shutil.which("soffice")
_SPECIMEN = Path(__file__).with_name("specimen.fodt")
_FORMATS = {
    "docx": "docx",
    "odt": "odt",
    "pdf": 'pdf:writer_pdf_Export:{"ExportNotes":{"type":"boolean","value":"true"}}',
    "doc": "doc",
    "rtf": "rtf",
}
_PROPERTIES = (
    "PropertyTitle PropertyAuthor PropertyEditor PropertyKeyword PropertyCustom ChangeAuthor CommentAuthor"
    " PictureTitle PictureDescription linkaddress"
).split()

pytestmark = pytest.mark.skipif(_SOFFICE is None, reason="no LibreOffice (soffice) on this machine")


@pytest.fixture(scope="session")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the specimen in every format, made once by whichever worker comes first."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "converted"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        shutil.copy(_SPECIMEN, folder)  # a lock is written beside what is opened
        for ending, wanted in _FORMATS.items():
            if not (folder / f"specimen.{ending}").exists():
                _convert(wanted, folder)
    return folder


def _convert(wanted: str, folder: Path) -> None:
    subprocess.run(
        [str(_SOFFICE), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}",
         "--convert-to", wanted, "--outdir", str(folder), str(folder / _SPECIMEN.name)],
        check=True,
        capture_output=True,
        timeout=120,
    )  # fmt: skip


def _canaries() -> set[str]:
    words = set(re.findall(r"Zan(?!</)\w+", _SPECIMEN.read_text()))
    assert len(words) == 24
    return words | {"Zanruns"}


def _raw(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return "\n".join(package.read(name).decode("utf-8", "replace") for name in package.namelist())


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_every_place_for_text_is_read_once_and_no_property_is(converted: Path, kind: str) -> None:
    content = (converted / f"specimen.{kind}").read_bytes()
    raw = _raw(content)
    read = read_document(content)
    assert (read.kind, read.pages) == (kind, 1)
    assert {word: read.text.count(word) for word in _canaries()} == dict.fromkeys(_canaries(), 1)
    kept = [word for word in _PROPERTIES if word in raw]
    assert len(kept) >= 9, "the properties stand in the file"
    assert not [word for word in _PROPERTIES if word in read.text]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_lines_come_in_the_order_of_reading_with_a_label_beside_its_value(converted: Path, kind: str) -> None:
    read = read_document((converted / f"specimen.{kind}").read_bytes()).text
    lines = [line for line in read.split("\n") if line]
    assert lines == [
        "Zanheader",
        "Zanheading",
        "Zanbody in Zanruns, then\tZantab",
        "Zanbreak",
        "Zanitem",
        "Zanlabel\tZanvalue",
        "Zanleft",
        "Zanunder",
        "Zanright",
        "Before Zaninserted after",
        "Before Zandeleted after",
        "With a note",
        "With another",
        "Commented",
        "A link: Zanlink",
        "A control: Zancontrol",
        "Unseen: Zanhidden",
        "Zansection",
        "Box:",
        "Zanbox",
        "Shape:",
        "Zanshape",
        "Picture:",
        "Zanlast",
        "Zanfootnote",
        "Zanendnote",
        "Zancomment",
        "Zanfooter",
    ]


def test_the_pdf_holds_the_same_but_what_is_not_printed(converted: Path) -> None:
    read = read_document((converted / "specimen.pdf").read_bytes())
    assert {word for word in _canaries() if word in read.text} == _canaries() - {"Zanhidden"}
    assert not [word for word in _PROPERTIES if word in read.text]
    assert re.search("Zanlabel.Zanvalue\nZanleft\nZanunder\nZanright\n", read.text)


@pytest.mark.parametrize(
    ("ending", "reason", "advice"),
    [
        ("doc", Unreadable.OLDER_WORD, "use ‘Save as’ to make a Word document (.docx) or a PDF"),
        ("rtf", Unreadable.RICH_TEXT, "use ‘Save as’ to make a Word document (.docx) or a PDF"),
    ],
)
def test_an_older_format_is_refused_with_what_to_do(
    converted: Path, ending: str, reason: Unreadable, advice: str
) -> None:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document((converted / f"specimen.{ending}").read_bytes())
    assert refusal.value.reason is reason
    assert advice in refusal.value.sentence
