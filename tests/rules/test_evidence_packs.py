"""A pack shows any altered byte, and says what was changed."""

from __future__ import annotations

import hashlib
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.evidence_packs import PackHead, PackReading, fingerprint, read_pack, write_pack

HEAD = PackHead("Ombudsman", "c" * 32, "Caseworkers – Ŵ", "2026-11-26T12:00:00+00:00", 41, "ab" * 32)
FILES = {"report.html": b"<p>Report</p>", "scores.csv": b"reference,score\nC7,4\n", "empty.json": b""}
KEY = b"k" * 32


def _sign(message: bytes) -> bytes:
    return hashlib.sha512(KEY + message).digest()


def _is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    return hashlib.sha512(key + message).digest() == signature


PACK = write_pack(HEAD, FILES, KEY, _sign)


def _read(content: bytes, **also: bytes) -> PackReading:
    return read_pack(content, _is_signed, **also)


def _rewritten(change: dict[str, bytes | None]) -> bytes:
    """The pack with entries replaced, added, or left out (None), as a person with a ZIP program would."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PACK)) as old, zipfile.ZipFile(made, "w") as new:
        for name in [*old.namelist(), *(name for name in change if name not in old.namelist())]:
            held = change[name] if name in change else old.read(name)
            if held is not None:
                new.writestr(name, held)
    return made.getvalue()


def test_a_pack_is_read_as_it_was_written() -> None:
    found = _read(PACK, key=KEY)
    assert found.problems == ()
    assert found.head == HEAD
    assert found.files == FILES


def test_any_zip_program_opens_a_pack() -> None:
    with zipfile.ZipFile(io.BytesIO(PACK)) as archive:
        assert archive.testzip() is None
        assert archive.read("scores.csv") == FILES["scores.csv"]


def test_the_same_files_make_the_same_bytes() -> None:
    assert write_pack(HEAD, dict(reversed(FILES.items())), KEY, _sign) == PACK


@given(st.integers(0, len(PACK) - 1), st.integers(1, 255))
def test_a_pack_altered_in_any_byte_is_refused_with_a_reason(at: int, change: int) -> None:
    altered = PACK[:at] + bytes([PACK[at] ^ change]) + PACK[at + 1 :]
    assert _read(altered).problems


@pytest.mark.parametrize("name", ["report.html", "scores.csv"])
def test_a_byte_altered_inside_a_file_is_said_of_that_file(name: str) -> None:
    at = PACK.index(FILES[name])
    altered = PACK[:at] + bytes([PACK[at] ^ 1]) + PACK[at + 1 :]
    assert _read(altered).problems == (f"{name} was altered: its content changed.",)


def test_every_byte_counts() -> None:
    for at in range(len(PACK)):
        assert _read(PACK[:at] + bytes([PACK[at] ^ 0x20]) + PACK[at + 1 :]).problems, at


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"scores.csv": b"reference,score\nC7,7!\n"}, "scores.csv was altered: 21 bytes became 22."),
        ({"scores.csv": None}, "scores.csv is missing."),
        ({"more.txt": b"more"}, "more.txt was added."),
        ({"manifest.sig": b"00\n"}, "The signature does not fit"),
        ({"verifying-key.txt": b"not hex\n"}, "The signature does not fit"),
        ({"manifest.json": b"{}"}, "manifest.json cannot be read"),
    ],
)
def test_what_was_changed_is_said(change: dict[str, bytes | None], said: str) -> None:
    assert any(said in problem for problem in _read(_rewritten(change)).problems)


def test_a_pack_zipped_anew_with_the_same_files_is_told_from_the_one_that_was_made() -> None:
    (problem,) = _read(_rewritten({})).problems
    assert "the files themselves are as signed" in problem


@pytest.mark.parametrize("more", [b"\x00", b"PK"])
def test_bytes_added_at_either_end_are_noticed(more: bytes) -> None:
    assert _read(PACK + more).problems
    assert _read(more + PACK).problems


@given(st.integers(0, len(PACK) - 1))
def test_a_pack_cut_short_is_refused(length: int) -> None:
    assert _read(PACK[:length]).problems


@given(st.binary(max_size=300))
def test_whatever_else_is_offered_is_refused_in_words(content: bytes) -> None:
    assert _read(content).problems


def test_a_pack_signed_with_another_key_is_refused_when_the_right_key_is_known() -> None:
    other = b"o" * 32
    forged = write_pack(HEAD, FILES, other, lambda message: hashlib.sha512(other + message).digest())
    assert _read(forged).problems == ()  # consistent in itself, which is why the fingerprint must be compared
    assert any("not the key you gave" in problem for problem in _read(forged, key=KEY).problems)


def test_a_fingerprint_is_read_aloud_in_groups() -> None:
    assert len(fingerprint(KEY).split()) == 8
    assert fingerprint(KEY) != fingerprint(b"o" * 32)
