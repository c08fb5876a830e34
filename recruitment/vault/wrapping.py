"""AES-256-GCM: wraps keys, and seals what rests under a working key."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from recruitment.vault.errors import CannotBeOpened

NONCE = 12  # bytes, NIST SP 800-38D


def encrypt(key: bytes, plaintext: bytes, binding: bytes) -> bytes:
    """Nonce and ciphertext; `binding` is authenticated and not stored."""
    nonce = os.urandom(NONCE)
    return nonce + AESGCM(key).encrypt(nonce, plaintext, binding)


def decrypt(key: bytes, blob: bytes, binding: bytes, record: str) -> bytes:
    """Raise `CannotBeOpened`, naming the record, for anything but the very blob made for this binding."""
    try:
        return AESGCM(key).decrypt(blob[:NONCE], blob[NONCE:], binding)
    except (InvalidTag, ValueError):
        raise CannotBeOpened(record) from None
