"""Plain text in the encodings people have, and files that only pass for it."""

from __future__ import annotations

import io
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from recruitment.services.documents import (
    ReadDocument,
    ReadingLimits,
    Unreadable,
    UnreadableDocument,
    read_document,
)
from recruitment.services.documents.plain_text import clean_text

_TEXT = "Zoë O’Neill\nI led a team – twelve people"


def _reason(content: bytes, limits: ReadingLimits | None = None) -> Unreadable:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(content, limits=limits or ReadingLimits())
    return refusal.value.reason


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_in_each_common_encoding(encoding: str) -> None:
    assert read_document(_TEXT.encode(encoding)) == ReadDocument(_TEXT, "text", 1)


def test_utf_16_is_read_in_either_order_of_bytes() -> None:
    assert read_document(b"\xfe\xff" + _TEXT.encode("utf-16-be")).text == _TEXT
    assert read_document(b"\xff\xfe" + _TEXT.encode("utf-16-le")).text == _TEXT


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r", "\x0c", "\u2028"])
def test_every_kind_of_line_end_becomes_the_same(line_end: str) -> None:
    assert read_document(f"One  {line_end}Two{line_end}".encode()).text == "One\nTwo"


def test_a_decomposed_letter_is_composed() -> None:
    assert read_document("Zoe\u0308".encode()).text == "Zo\u00eb"


def test_what_cannot_be_seen_does_not_break_a_name() -> None:
    broken = "Jo\u200bhn Sm\u00adith \u202eDoe\u202c Ali\u200dce \ufb01rst \x9aend\x1a"
    assert clean_text(broken) == "John Smith Doe Alice first end"


def test_a_joiner_that_spelling_needs_is_kept() -> None:
    assert clean_text("می\u200cخواهم") == "می\u200cخواهم"


@pytest.mark.parametrize("initials", ["BM Jones", "MZ Khan", "II* grade", "GIF maker", "%PDF is a format"])
def test_text_that_begins_like_another_format_is_still_text(initials: str) -> None:
    assert read_document(initials.encode()).text == initials


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", b"\xef\xbb\xbf", "\u200b\n".encode()])
def test_a_file_without_a_character_is_empty(content: bytes) -> None:
    assert _reason(content) is Unreadable.EMPTY


def test_a_file_over_the_limit_is_too_large_and_the_sentence_says_the_limit() -> None:
    limits = ReadingLimits(bytes=1024**2)
    assert read_document(b"a" * 1000, limits=limits).text == "a" * 1000
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(b"a" * (1024**2 + 1), limits=limits)
    assert refusal.value.reason is Unreadable.TOO_LARGE
    assert refusal.value.sentence.startswith("The file must be 1 MB or smaller.")


def test_text_with_too_many_characters_is_too_long() -> None:
    assert len(read_document("é".encode() * 200_000).text) == 200_000
    assert _reason("é".encode() * 200_001) is Unreadable.TOO_LONG


def _png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(written, "PNG")
    return written.getvalue()


def _zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("cv.txt", _TEXT)
    return written.getvalue()


def _tar() -> bytes:
    written = io.BytesIO()
    with tarfile.open(fileobj=written, mode="w") as archive:
        archive.addfile(tarfile.TarInfo("cv.txt"))
    return written.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(_png(), id="png"),
        pytest.param(_zip(), id="zip"),
        pytest.param(_tar(), id="tar"),
        pytest.param(Path(sys.executable).read_bytes()[:200_000], id="program"),
        pytest.param(b"\n<!DOCTYPE html><p>Zoe", id="html"),
    ],
)
def test_another_format_is_of_unknown_kind(content: bytes) -> None:
    assert _reason(content) is Unreadable.UNKNOWN_KIND


@pytest.mark.parametrize(
    "content", [b"My CV\x00\x01", b"My CV \x1b[31m", b"\x81\x8d\x8f", b"\xff\xfeA\x00\x00\x00"]
)
def test_text_with_control_characters_is_disguised(content: bytes) -> None:
    assert _reason(content) is Unreadable.DISGUISED


@pytest.mark.parametrize("reason", list(Unreadable))
def test_every_refusal_says_what_is_wrong_and_then_what_to_do(reason: Unreadable) -> None:
    sentence = UnreadableDocument(reason, ReadingLimits()).sentence
    first, _, advice = sentence.partition(". ")
    assert first and advice.endswith(".")
    assert "{" not in sentence


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


@given(st.binary(max_size=200).filter(lambda content: b"%PDF-" not in content))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    try:
        assert read_document(content).kind == "text"
    except UnreadableDocument as refusal:
        assert refusal.reason in {
            Unreadable.EMPTY, Unreadable.DISGUISED, Unreadable.UNKNOWN_KIND, Unreadable.RICH_TEXT,
        }  # fmt: skip
