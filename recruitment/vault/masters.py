"""Master keys, and where they come from."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
import stat
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol
from uuid import UUID

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from recruitment.vault.errors import DevelopmentKey, MissingKey, UnusableKey


class KeyPurpose(StrEnum):
    PRIVATE_MASTER = "private-master"
    WORKING_MASTER = "working-master"
    SIGNING = "signing"
    VERIFYING = "verifying"
    PUBLIC_SESSIONS = "public-sessions"
    STAFF_SESSIONS = "staff-sessions"


STAFF_ONLY = frozenset({KeyPurpose.PRIVATE_MASTER, KeyPurpose.SIGNING, KeyPurpose.STAFF_SESSIONS})
PUBLIC_SITE_KEYS = frozenset({KeyPurpose.WORKING_MASTER, KeyPurpose.VERIFYING, KeyPurpose.PUBLIC_SESSIONS})


@dataclass(frozen=True, repr=False)
class Key:
    """32 secret bytes (public ones for `VERIFYING`) with what they are for. Never printed."""

    purpose: KeyPurpose
    installation: UUID
    is_development: bool
    material: bytes

    def __repr__(self) -> str:
        return f"<Key {self.purpose} of {self.installation}>"

    def to_line(self) -> str:
        grade = "development" if self.is_development else "production"
        secret = base64.urlsafe_b64encode(self.material).decode()
        return f"recruitment-key 1 {self.purpose} {grade} {self.installation} {secret}\n"

    @classmethod
    def from_line(cls, line: str, purpose: KeyPurpose) -> Key:
        fields = line.split()
        try:
            magic, version, named, grade, installation, secret = fields
            material = base64.urlsafe_b64decode(secret)
            if (magic, version, named) != ("recruitment-key", "1", purpose) or len(material) != 32:
                raise ValueError
            if grade not in ("development", "production"):
                raise ValueError
            return cls(purpose, UUID(installation), grade == "development", material)
        except (ValueError, binascii.Error):
            raise UnusableKey(
                f"The {purpose} key cannot be read: the file was altered or is another key. "
                "Put the right file back, or use “recruitment keys recover” with the printed recovery key."
            ) from None


class KeyProvider(Protocol):
    """Gives keys by purpose; a folder here, a cloud key service later."""

    def load(self, purpose: KeyPurpose) -> Key: ...


class FolderKeys:
    """Keys as files `PURPOSE.key` in a folder (mode 0600), or as a mounted secret of the same shape.

    `only` limits what this process may ever read: the public site's provider refuses private keys.
    """

    def __init__(
        self, folder: Path, *, allow_development: bool, only: frozenset[KeyPurpose] | None = None
    ) -> None:
        self.folder = folder
        self.allow_development = allow_development
        self.only = only

    def load(self, purpose: KeyPurpose) -> Key:
        if self.only is not None and purpose not in self.only:
            raise MissingKey(f"The {purpose} key is withheld from this process.")
        path = self.folder / f"{purpose}.key"
        try:
            mode = path.stat().st_mode
            line = path.read_text(errors="replace")
        except OSError:
            raise MissingKey(
                f"The {purpose} key is missing: {path} cannot be read. Run “recruitment install” for a new "
                "installation, or put the key back from its backup."
            ) from None
        key = Key.from_line(line, purpose)
        if key.is_development and not self.allow_development:
            raise DevelopmentKey(purpose)
        if mode & (stat.S_IRWXG | stat.S_IRWXO) and not key.is_development:
            raise UnusableKey(f"Other users may read {path}. Run: chmod 600 {path}")
        return key

    def store(self, key: Key) -> None:
        """Write a key for its owner alone; an existing one is never overwritten."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self.folder / f"{key.purpose}.key"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as out:
            out.write(key.to_line())
            out.flush()
            os.fsync(out.fileno())


def make_keys(installation: UUID, *, is_development: bool) -> dict[KeyPurpose, Key]:
    """A fresh set of keys for one installation."""
    signing = Ed25519PrivateKey.generate()
    raw: dict[KeyPurpose, bytes] = {
        purpose: secrets.token_bytes(32)
        for purpose in KeyPurpose
        if purpose not in (KeyPurpose.SIGNING, KeyPurpose.VERIFYING)
    }
    raw[KeyPurpose.SIGNING] = signing.private_bytes(
        serialization.Encoding.Raw, serialization.PrivateFormat.Raw, serialization.NoEncryption()
    )
    raw[KeyPurpose.VERIFYING] = signing.public_key().public_bytes(
        serialization.Encoding.Raw, serialization.PublicFormat.Raw
    )
    return {purpose: Key(purpose, installation, is_development, material) for purpose, material in raw.items()}
