"""The vault as the staff site and the worker have it: makes compartments, and unwraps their private keys."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from recruitment.store.keys import (
    CompartmentKey,
    KeyStoreIdentity,
    WrappedPrivateKey,
    WrappedWorkingKey,
)
from recruitment.store.session import Sessions
from recruitment.vault import hpke
from recruitment.vault.bindings import bind
from recruitment.vault.compartments import Compartment, signed_statement
from recruitment.vault.errors import CannotBeOpened, ForeignKeyStore, KeyDestroyed
from recruitment.vault.masters import KeyProvider, KeyPurpose
from recruitment.vault.receipts import Receipt
from recruitment.vault.signing import sign
from recruitment.vault.working import WorkingPurpose, WorkingVault, working_binding
from recruitment.vault.wrapping import decrypt, encrypt


def _private_binding(scope_id: UUID, compartment: Compartment) -> bytes:
    return bind("private key", scope_id, compartment)


class PrivateVault(WorkingVault):
    """A `WorkingVault` that can also open, given a receipt."""

    def __init__(self, keys: KeyProvider, key_store: Sessions) -> None:
        super().__init__(keys, key_store)
        private = keys.load(KeyPurpose.PRIVATE_MASTER)
        signing = keys.load(KeyPurpose.SIGNING)
        for key in (private, signing):
            if key.installation != self.installation:
                raise ForeignKeyStore(f"{key.purpose} key")
        self._private_master = private.material
        self._signing_key = signing.material

    def check_key_store(self) -> None:
        super().check_key_store()
        with self.key_store.reading() as session:
            identity = session.query(KeyStoreIdentity).one()
        try:
            decrypt(self._private_master, identity.private_check, bind("check", "private"), "key store")
        except CannotBeOpened:
            raise ForeignKeyStore("private master key") from None

    def claim_key_store(self) -> None:
        """Write this installation's identity into an empty key store."""
        with self.key_store.writing() as session:
            session.add(
                KeyStoreIdentity(
                    installation_id=self.installation,
                    private_check=encrypt(self._private_master, b"private", bind("check", "private")),
                    working_check=encrypt(self._working_master, b"working", bind("check", "working")),
                )
            )

    def make_recovery_key(self) -> str:
        """A key to print: groups of five letters and digits that bring lost master keys back.

        What it wraps lies in the key store; the printed key itself is kept nowhere.
        """
        secret = secrets.token_bytes(32)
        everything = self._private_master + self._working_master + self._signing_key
        with self.key_store.writing() as session:
            identity = session.query(KeyStoreIdentity).one()
            identity.recovery = encrypt(secret, everything, bind("recovery", self.installation))
        digits = secret.hex().upper()
        return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))

    def make_compartments(
        self, session: Session, scope_id: UUID, compartments: tuple[Compartment, ...], now: datetime
    ) -> None:
        """Make key pairs: private halves into the key store (committed first), public ones, signed, here."""
        pairs = {compartment: hpke.make_key_pair() for compartment in compartments}
        with self.key_store.writing() as store:
            for compartment, (private, _) in pairs.items():
                wrapped = encrypt(self._private_master, private, _private_binding(scope_id, compartment))
                store.add(WrappedPrivateKey(scope_id=scope_id, compartment=compartment, wrapped=wrapped))
        for compartment, (_, public) in pairs.items():
            session.add(
                CompartmentKey(
                    scope_id=scope_id,
                    compartment=compartment,
                    public_key=public,
                    signature=sign(self._signing_key, signed_statement(scope_id, compartment, public)),
                    created_at=now,
                )
            )
        session.flush()

    def make_working_keys(self, scope_id: UUID, purposes: tuple[WorkingPurpose, ...]) -> None:
        with self.key_store.writing() as store:
            for purpose in purposes:
                wrapped = encrypt(
                    self._working_master, secrets.token_bytes(32), working_binding(scope_id, purpose)
                )
                store.add(WrappedWorkingKey(scope_id=scope_id, purpose=purpose, wrapped=wrapped))

    def destroy_working_key(self, scope_id: UUID, purpose: WorkingPurpose) -> bool:
        """Destroy a working key; what it sealed is gone with it. Whether there was one."""
        with self.key_store.writing() as store:
            row = store.get(WrappedWorkingKey, (scope_id, purpose))
            if row is not None:
                store.delete(row)
        self.forget()
        return row is not None

    def destroy_keys(self, scope_id: UUID) -> None:
        """End of retention: every private and working key of a campaign or organisation."""
        with self.key_store.writing() as store:
            store.execute(delete(WrappedPrivateKey).where(WrappedPrivateKey.scope_id == scope_id))
            store.execute(delete(WrappedWorkingKey).where(WrappedWorkingKey.scope_id == scope_id))
        self.forget()

    def opener(self, receipt: Receipt) -> hpke.Opener:
        """The private key that a receipt entitles to, for one batch."""
        compartment = Compartment(receipt.compartment)
        with self.key_store.reading() as store:
            row = store.get(WrappedPrivateKey, (receipt.scope_id, compartment))
        name = f"{compartment} key of {receipt.scope_id}"
        if row is None:
            raise KeyDestroyed(name)
        private = decrypt(self._private_master, row.wrapped, _private_binding(receipt.scope_id, compartment), name)
        return hpke.Opener(private)

    def wrap_for_staff_site(self, record: UUID, secret: bytes) -> bytes:
        """Seal a second factor so that only the staff site can check it."""
        return encrypt(self._private_master, secret, bind("staff factor", record))

    def unwrap_for_staff_site(self, record: UUID, blob: bytes) -> bytes:
        return decrypt(self._private_master, blob, bind("staff factor", record), f"second factor of {record}")

    def sign_head(self, chain_id: UUID, number: int, digest: bytes) -> bytes:
        return sign(self._signing_key, bind("trail head", chain_id, number, digest))


def recover_master_keys(recovery_key: str, blob: bytes, installation: UUID) -> tuple[bytes, bytes, bytes]:
    """Private master, working master and signing key from the printed recovery key.

    Raise `CannotBeOpened` for a mistyped key.
    """
    digits = "".join(recovery_key.split()).replace("-", "")
    try:
        secret = bytes.fromhex(digits)
        if len(secret) != 32:
            raise ValueError
    except ValueError:
        raise CannotBeOpened("recovery key") from None
    everything = decrypt(secret, blob, bind("recovery", installation), "recovery key")
    return everything[:32], everything[32:64], everything[64:]
