"""HPKE (RFC 9180), single shot: anybody may seal to a public key, only its private half opens."""

from __future__ import annotations

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from recruitment.vault.errors import CannotBeOpened

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
OVERHEAD = 48  # bytes: encapsulated key and tag


def make_key_pair() -> tuple[bytes, bytes]:
    """Private and public key, 32 raw bytes each."""
    private = X25519PrivateKey.generate()
    return (
        private.private_bytes(
            serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
        ),
        private.public_key().public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw),
    )


def seal(public_key: bytes, plaintext: bytes, binding: bytes) -> bytes:
    return _SUITE.encrypt(plaintext, X25519PublicKey.from_public_bytes(public_key), info=binding)


class Opener:
    """Holds private keys for as long as a batch takes: one, or while keys are turned the new and the old."""

    def __init__(self, *private_keys: bytes) -> None:
        self._keys = [X25519PrivateKey.from_private_bytes(key) for key in private_keys]

    def open(self, blob: bytes, binding: bytes, record: str) -> bytes:
        for key in self._keys:
            try:
                return _SUITE.decrypt(blob, key, info=binding)
            except (InvalidTag, ValueError):
                continue
        raise CannotBeOpened(record)


def public_half(private_key: bytes) -> bytes:
    return (
        X25519PrivateKey.from_private_bytes(private_key)
        .public_key()
        .public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    )
