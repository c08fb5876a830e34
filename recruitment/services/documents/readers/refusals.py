"""Why a reader gives no text: words that the process outside knows as `Unreadable`."""

from __future__ import annotations


class Refused(Exception):
    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


BROKEN = "broken"
ENCRYPTED = "encrypted"
TOO_LONG = "too long"
TOOK_TOO_LONG = "took too long"
UNKNOWN_KIND = "unknown kind"
