"""A real clamd with one signature of our own, since its signatures are not ours to download in a test."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from recruitment.services.documents import Scanner

MARKER = "these words stand in for a virus"


@dataclass(frozen=True)
class RunningScanner:
    unix: str
    tcp: str


@contextmanager
def running_scanner(*settings: str) -> Iterator[RunningScanner]:
    """`settings`: further lines of its configuration."""
    program = shutil.which("clamd", path="/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin")
    if program is None:
        pytest.skip("no clamd on this machine")
    # Not below pytest's folder: the path of a socket has room for about a hundred characters.
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as reserved:
        folder, port = Path(name), reserved.getsockname()[1]
        (folder / "own.ndb").write_text(f"Own.Marker:0:*:{MARKER.encode().hex()}\n")
        lines = (
            "Foreground yes", f"DatabaseDirectory {folder}", f"LocalSocket {folder}/socket",
            "TCPAddr 127.0.0.1", f"TCPSocket {port}", *settings,
        )  # fmt: skip
        (folder / "configuration").write_text("\n".join(lines) + "\n")
        reserved.close()
        with subprocess.Popen(
            [program, f"--config-file={folder / 'configuration'}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            try:
                started = RunningScanner(f"unix://{folder}/socket", f"tcp://127.0.0.1:{port}")
                _wait_for(started, process)
                yield started
            finally:
                process.kill()


def _wait_for(started: RunningScanner, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while not (Scanner(started.unix).is_available() and Scanner(started.tcp).is_available()):
        assert process.poll() is None and time.monotonic() < until, "clamd did not start"
        time.sleep(0.05)
