"""Small packages that would unpack to much, nest deeply or grow: they end at a limit, and soon."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from recruitment.services.documents import ReadingLimits, Unreadable, UnreadableDocument, read_document
from tests.support.packages import docx_of, docx_parts, odt_of, odt_parts, zip_of

_PARAGRAPH = "<w:p><w:r><w:t>Text</w:t></w:r></w:p>"
_SMALL = ReadingLimits(unpacked=100_000)


@contextmanager
def _refused(reason: Unreadable, *, within: float = 15) -> Iterator[None]:
    begun = time.monotonic()
    with pytest.raises(UnreadableDocument) as refusal:
        yield
    assert refusal.value.reason is reason
    assert time.monotonic() - begun < within


def _padded(kilobytes: int) -> str:
    return _PARAGRAPH + f"<!-- {'x' * 1000} -->" * kilobytes


@pytest.mark.parametrize("make", [docx_of, odt_of], ids=["docx", "odt"])
def test_a_part_that_unpacks_to_more_than_the_limit_is_stopped(make: Callable[[str], bytes]) -> None:
    body = "<text:p>Text</text:p>" + _padded(50)
    assert read_document(make(body), limits=_SMALL).text == "Text"
    bomb = make("<text:p>Text</text:p>" + _padded(110))
    assert len(bomb) < 10_000
    with _refused(Unreadable.TOOK_TOO_LONG):
        read_document(bomb, limits=_SMALL)


def test_all_parts_together_are_counted() -> None:
    with _refused(Unreadable.TOOK_TOO_LONG):
        read_document(docx_of(_padded(40), header1=_padded(40), footer1=_padded(40)), limits=_SMALL)


def test_three_hundred_megabytes_of_markup_in_one_file_are_stopped() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in docx_parts("").items():
            if name != "word/document.xml":
                archive.writestr(name, part)
        with archive.open("word/document.xml", "w") as part:
            part.write(b"<d>")
            for _ in range(300):
                part.write(b" " * 1024**2)
    assert len(written.getvalue()) < 1_000_000
    with _refused(Unreadable.TOOK_TOO_LONG):
        read_document(written.getvalue())


def test_a_part_that_says_it_is_smaller_than_it_is_gets_nowhere() -> None:
    content = docx_of(_padded(200))
    size = struct.pack("<I", len(docx_parts(_padded(200))["word/document.xml"].encode()))
    assert content.count(size) == 2, "in the part's head and in the directory"
    with _refused(Unreadable.BROKEN):
        read_document(content.replace(size, struct.pack("<I", 400)), limits=_SMALL)


def test_pictures_however_large_are_not_unpacked() -> None:
    parts: dict[str, str | bytes] = {**docx_parts(_PARAGRAPH), "word/media/image1.png": bytes(100 * 1024**2)}
    assert read_document(zip_of(parts)).text == "Text"


def test_a_package_of_very_many_members_is_stopped() -> None:
    parts = docx_parts(_PARAGRAPH) | {f"word/media/{number}.png": "" for number in range(3000)}
    with _refused(Unreadable.TOOK_TOO_LONG):
        read_document(zip_of(parts))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_package_packed_as_no_word_processor_packs_is_broken(method: int) -> None:
    with _refused(Unreadable.BROKEN):
        read_document(zip_of(docx_parts(_PARAGRAPH), method))


@pytest.mark.parametrize(
    ("kind", "part"), [("docx", "word/document.xml"), ("docx", "[Content_Types].xml"), ("odt", "content.xml")]
)
@pytest.mark.parametrize(
    "declared",
    [
        '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">',
        '<!ENTITY a SYSTEM "file:///etc/passwd">',
        '<!ENTITY % a SYSTEM "http://127.0.0.1/a.dtd"> %a;',
    ],
    ids=["growing", "file", "network"],
)
def test_declared_entities_are_refused(kind: str, part: str, declared: str) -> None:
    parts = docx_parts(_PARAGRAPH) if kind == "docx" else odt_parts("<text:p>Text</text:p>")
    assert read_document(zip_of(parts)).text == "Text"
    parts[part] = f"<!DOCTYPE d [{declared}]>{parts[part]}"
    with _refused(Unreadable.BROKEN):
        read_document(zip_of(parts))


@pytest.mark.parametrize(
    "content",
    [
        docx_of("<w:tbl><w:tr><w:tc>" * 100_000 + _PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 100_000),
        odt_of("<text:section>" * 100_000 + "<text:p>Text</text:p>" + "</text:section>" * 100_000),
    ],
    ids=["docx", "odt"],
)
def test_elements_nested_very_deeply_are_broken(content: bytes) -> None:
    with _refused(Unreadable.BROKEN):
        read_document(content)


def test_tables_nested_as_a_person_might_are_read() -> None:
    body = "<w:tbl><w:tr><w:tc>" * 20 + _PARAGRAPH + "</w:tc></w:tr></w:tbl>" * 20
    assert read_document(docx_of(body)).text == "Text"


@pytest.mark.parametrize(
    "content",
    [
        docx_of("<w:p><w:r><w:t>word </w:t></w:r></w:p>" * 300),
        docx_of("<w:p/>" * 2000),
        odt_of("<text:p>word </text:p>" * 300),
        odt_of("<text:p>word<text:s text:c='99999999'/>word</text:p>" * 20),
    ],
    ids=["docx", "docx of empty lines", "odt", "odt of spaces"],
)
def test_a_document_with_more_characters_than_allowed_is_too_long(content: bytes) -> None:
    with _refused(Unreadable.TOO_LONG):
        read_document(content, limits=ReadingLimits(characters=1000))


def test_a_document_that_takes_too_long_is_stopped_at_the_time_limit() -> None:
    content = docx_of(_PARAGRAPH + "<w:r/>" * 8_000_000)
    with _refused(Unreadable.TOOK_TOO_LONG, within=6):
        read_document(content, limits=ReadingLimits(seconds=2))
