"""Binds a sealed record to its place, so that a blob moved elsewhere cannot be opened there."""

from __future__ import annotations

from uuid import UUID

SUITE = b"recruitment/1 DHKEM(X25519, HKDF-SHA256) HKDF-SHA256 AES-256-GCM"


def bind(*parts: str | bytes | int | UUID) -> bytes:
    """Each part as bytes behind its length in four bytes: no two lists of parts give the same bytes."""
    out = bytearray()
    for part in (SUITE, *parts):
        if isinstance(part, UUID):
            raw = part.bytes
        elif isinstance(part, int):
            raw = part.to_bytes(8, "big")
        elif isinstance(part, str):
            raw = part.encode()
        else:
            raw = part
        out += len(raw).to_bytes(4, "big") + raw
    return bytes(out)
