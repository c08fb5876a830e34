"""Uploads are scanned by a real clamd, which knows one harmless signature that stands here only."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from recruitment.services.documents import (
    BadScannerAddress,
    Scanner,
    Unreadable,
    UnreadableDocument,
    read_document,
)
from tests.support.packages import docx_of
from tests.support.virus_scanner import MARKER, RunningScanner, running_scanner

_CLEAN = docx_of("<w:p><w:r><w:t>I led a team.</w:t></w:r></w:p>")
_INFECTED = docx_of(f"<w:p><w:r><w:t>{MARKER}</w:t></w:r></w:p>")


@pytest.fixture(scope="module")
def clamd() -> Iterator[RunningScanner]:
    with running_scanner() as started:
        yield started


def _reason(content: bytes, scanner: Scanner) -> Unreadable:
    with pytest.raises(UnreadableDocument) as refusal:
        read_document(content, scanner=scanner)
    return refusal.value.reason


def test_an_infected_document_is_refused_and_a_clean_one_is_read(clamd: RunningScanner) -> None:
    assert read_document(_INFECTED).text == MARKER
    for address in (clamd.unix, clamd.tcp):
        assert read_document(_CLEAN, scanner=Scanner(address)).text == "I led a team."
        assert _reason(_INFECTED, Scanner(address)) is Unreadable.INFECTED


def test_a_file_is_scanned_before_it_is_read(clamd: RunningScanner) -> None:
    content = b"%PDF-1.7 " + MARKER.encode()
    assert _reason(content, Scanner(clamd.unix)) is Unreadable.INFECTED


def test_the_largest_file_allowed_is_scanned_whole(clamd: RunningScanner) -> None:
    filler = b"Word after word. " * 616_000
    assert 10_000_000 < len(filler + MARKER.encode()) < 10 * 1024**2
    assert _reason(filler + MARKER.encode(), Scanner(clamd.unix)) is Unreadable.INFECTED
    assert _reason(filler, Scanner(clamd.unix)) is Unreadable.TOO_LONG


def test_a_file_that_the_scanner_finds_too_large_is_refused() -> None:
    with running_scanner("StreamMaxLength 1M") as strict:
        assert _reason(b"word " * 400_000, Scanner(strict.unix)) is Unreadable.NOT_SCANNED


def test_the_scanner_is_asked_whether_it_is_there(clamd: RunningScanner) -> None:
    assert Scanner(clamd.unix).is_available()
    assert Scanner(clamd.tcp).is_available()


def test_where_nothing_answers_the_upload_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    for scanner in (Scanner(f"unix://{tmp_path}/none"), Scanner(f"tcp://127.0.0.1:{port}")):
        assert not scanner.is_available()
        assert _reason(_CLEAN, scanner) is Unreadable.NOT_SCANNED


def test_a_scanner_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        scanner = Scanner(f"tcp://127.0.0.1:{server.getsockname()[1]}", seconds=0.5)
        begun = time.monotonic()
        assert _reason(_CLEAN, scanner) is Unreadable.NOT_SCANNED
        assert time.monotonic() - begun < 3


@pytest.mark.parametrize("answer", [b"", b"stream: OK, or not\0", b"x" * 100_000, b"INSTREAM: broken. ERROR\0"])
def test_an_answer_that_is_not_clear_counts_as_none(answer: bytes) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer_once() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(100_000)
                connection.sendall(answer)

        thread = threading.Thread(target=answer_once)
        thread.start()
        assert _reason(_CLEAN, Scanner(f"tcp://127.0.0.1:{server.getsockname()[1]}")) is Unreadable.NOT_SCANNED
        thread.join()


@pytest.mark.parametrize(
    "address", ["", "/run/clamd.ctl", "unix:run/clamd.ctl", "tcp://host", "tcp://host:x", "http://a:1"]
)
def test_an_address_that_cannot_be_is_refused_with_an_example(address: str) -> None:
    with pytest.raises(BadScannerAddress, match="unix:///path"):
        Scanner(address)
