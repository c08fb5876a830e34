"""Has an uploaded file scanned for viruses by clamd, before anything reads it; nothing but its bytes is sent."""

from __future__ import annotations

import socket
import struct
import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from recruitment.rules.errors import Refusal

_PIECE = 256 * 1024
_LONGEST_ANSWER = 4096
_CLEAN = b"stream: OK"
_FOUND = b" FOUND"
_SECONDS_FOR_PING = 3.0


class ScannerUnavailable(Exception):
    """clamd could not be asked, or did not say whether the file is clean."""


class BadScannerAddress(Refusal):
    def __init__(self) -> None:
        super().__init__("Set RECRUITMENT_CLAMD to unix:///path/to/clamd.ctl or tcp://host:3310, or to nothing.")


@dataclass(frozen=True)
class Scanner:
    """`address` is unix:///path or tcp://host:port; `seconds` is for the whole of one scan."""

    address: str
    seconds: float = 30.0

    def __post_init__(self) -> None:
        self._target()

    def finds_virus(self, content: bytes) -> bool:
        """Raises ScannerUnavailable where there is no clear answer, so that nothing unscanned is let in."""
        pieces = (content[start : start + _PIECE] for start in range(0, len(content), _PIECE))
        stream = b"".join(struct.pack("!I", len(piece)) + piece for piece in pieces)
        answer = self._ask(b"zINSTREAM\0" + stream + struct.pack("!I", 0), self.seconds)
        if answer.endswith(_FOUND):
            return True
        if answer != _CLEAN:
            raise ScannerUnavailable
        return False

    def is_available(self) -> bool:
        try:
            return self._ask(b"zPING\0", _SECONDS_FOR_PING) == b"PONG"
        except ScannerUnavailable:
            return False

    def _ask(self, question: bytes, seconds: float) -> bytes:
        """The answer without the zero byte that ends it."""
        until = time.monotonic() + seconds
        try:
            with self._connect(seconds) as connection:
                connection.sendall(question)
                answer = b""
                while not answer.endswith(b"\0") and len(answer) <= _LONGEST_ANSWER:
                    connection.settimeout(max(0.01, until - time.monotonic()))
                    received = connection.recv(_LONGEST_ANSWER)
                    if not received:
                        break
                    answer += received
        except OSError:
            raise ScannerUnavailable from None
        return answer.rstrip(b"\0")

    def _connect(self, seconds: float) -> socket.socket:
        target = self._target()
        if isinstance(target, tuple):
            return socket.create_connection(target, seconds)
        connection = socket.socket(socket.AF_UNIX)
        try:
            connection.settimeout(seconds)
            connection.connect(target)
        except OSError:
            connection.close()
            raise
        return connection

    def _target(self) -> str | tuple[str, int]:
        try:
            parts = urlsplit(self.address)
            port = parts.port
        except ValueError:
            raise BadScannerAddress from None
        if self.address.startswith("unix:///"):
            return parts.path
        if parts.scheme == "tcp" and parts.hostname and port:
            return parts.hostname, port
        raise BadScannerAddress
