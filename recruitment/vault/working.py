"""The vault as both sites have it: working keys, keyed hashes and public keys, and nothing that opens."""

from __future__ import annotations

import hashlib
import hmac
import threading
import time
from enum import StrEnum
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from sqlalchemy.orm import Session

from recruitment.store.keys import KeyStoreIdentity, WrappedWorkingKey
from recruitment.store.session import Sessions
from recruitment.vault.bindings import bind
from recruitment.vault.compartments import PublicKeys, load_public_keys
from recruitment.vault.errors import CannotBeOpened, ForeignKeyStore, KeyDestroyed, MissingKey
from recruitment.vault.masters import KeyProvider, KeyPurpose
from recruitment.vault.wrapping import decrypt, encrypt

OLD = "/old"  # what a key is called in the key store after it was turned, while it still opens
CACHED_SECONDS = 60.0  # a destroyed key is forgotten by every process within a minute


class WorkingPurpose(StrEnum):
    DRAFTS = "drafts"
    SIFT = "sift"
    ACCOUNTS = "accounts"


def working_binding(scope_id: UUID, purpose: WorkingPurpose) -> bytes:
    return bind("working key", scope_id, purpose)


class WorkingVault:
    """Seals to anybody, opens nothing that was sealed."""

    def __init__(self, keys: KeyProvider, key_store: Sessions) -> None:
        working = keys.load(KeyPurpose.WORKING_MASTER)
        verifying = keys.load(KeyPurpose.VERIFYING)
        self.installation = working.installation
        self.is_development = working.is_development
        self.key_store = key_store
        self.verifying_key = verifying.material
        self._working_master = working.material
        self._blind = self._derive("lookup")
        self._tokens = self._derive("tokens")
        self._cache: dict[tuple[UUID, WorkingPurpose], tuple[float, bytes]] = {}
        self._lock = threading.Lock()
        if verifying.installation != self.installation:
            raise ForeignKeyStore("verifying key")

    def _derive(self, label: str) -> bytes:
        return HKDFExpand(SHA256(), 32, bind("derived", label)).derive(self._working_master)

    def check_key_store(self) -> None:
        """Raise unless the key store belongs to this installation and to this working master key."""
        identity = None
        if self.key_store.has_table(KeyStoreIdentity.__tablename__):
            with self.key_store.reading() as session:
                identity = session.query(KeyStoreIdentity).one_or_none()
        if identity is None:
            raise MissingKey("The key store is empty. Run “recruitment install” first.")
        if identity.installation_id != self.installation:
            raise ForeignKeyStore("key store")
        try:
            decrypt(self._working_master, identity.working_check, bind("check", "working"), "key store")
        except CannotBeOpened:
            raise ForeignKeyStore("working master key") from None

    def _working_key(self, scope_id: UUID, purpose: WorkingPurpose) -> bytes:
        now = time.monotonic()
        with self._lock:
            held = self._cache.get((scope_id, purpose))
        if held is not None and held[0] > now:
            return held[1]
        with self.key_store.reading() as session:
            row = session.get(WrappedWorkingKey, (scope_id, purpose))
        if row is None:
            with self._lock:
                self._cache.pop((scope_id, purpose), None)
            raise KeyDestroyed(f"{purpose} key of {scope_id}")
        key = decrypt(
            self._working_master,
            row.wrapped,
            working_binding(scope_id, purpose),
            f"{purpose} key of {scope_id}",
        )
        with self._lock:
            self._cache[scope_id, purpose] = (now + CACHED_SECONDS, key)
        return key

    def forget(self) -> None:
        """Drop unwrapped keys from memory."""
        with self._lock:
            self._cache.clear()

    def encrypt(
        self, scope_id: UUID, purpose: WorkingPurpose, record: str, plaintext: bytes, version: int = 1
    ) -> bytes:
        key = self._working_key(scope_id, purpose)
        return encrypt(key, plaintext, bind(purpose, scope_id, record, version))

    def decrypt(
        self, scope_id: UUID, purpose: WorkingPurpose, record: str, blob: bytes, version: int = 1
    ) -> bytes:
        """Raise `CannotBeOpened` naming the record, or `KeyDestroyed`.

        A key may have been turned since this process cached it, or since the record was sealed.
        """
        binding = bind(purpose, scope_id, record, version)
        try:
            return decrypt(self._working_key(scope_id, purpose), blob, binding, record)
        except CannotBeOpened:
            for key in self._turned_keys(scope_id, purpose):
                try:
                    return decrypt(key, blob, binding, record)
                except CannotBeOpened:
                    continue
            raise

    def _turned_keys(self, scope_id: UUID, purpose: WorkingPurpose) -> list[bytes]:
        """The present key, read anew, and the one before it; none where it was never turned."""
        with self.key_store.reading() as session:
            rows = [session.get(WrappedWorkingKey, (scope_id, name)) for name in (purpose, f"{purpose}{OLD}")]
        binding, name = working_binding(scope_id, purpose), f"{purpose} key of {scope_id}"
        return [decrypt(self._working_master, row.wrapped, binding, name) for row in rows if row is not None]

    def public_keys(self, session: Session, scope_id: UUID) -> PublicKeys:
        return load_public_keys(session, self.verifying_key, scope_id)[0]

    def public_keys_of_each(self, session: Session, *scope_ids: UUID) -> list[PublicKeys]:
        return load_public_keys(session, self.verifying_key, *scope_ids)

    def blind(self, kind: str, scope_id: UUID, value: str) -> bytes:
        """A keyed hash by which a value can be found again without being kept: addresses, external ids."""
        return hmac.digest(self._blind, bind(kind, scope_id, value.strip().casefold()), hashlib.sha256)

    def hash_token(self, token: str) -> bytes:
        return hmac.digest(self._tokens, bind("token", token), hashlib.sha256)
