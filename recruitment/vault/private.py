"""The vault as the staff site and the worker have it: makes compartments, and unwraps their private keys."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import datetime
from uuid import UUID

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from sqlalchemy import delete, select
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
from recruitment.vault.working import OLD, WorkingPurpose, WorkingVault, working_binding
from recruitment.vault.wrapping import decrypt, encrypt

NEXT = "/next"  # what a key is called in the key store until the database names it


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

    def destroy_private_key(self, scope_id: UUID, compartment: Compartment) -> bool:
        """Destroy what opens one compartment; whether there was a key."""
        with self.key_store.writing() as store:
            row = store.get(WrappedPrivateKey, (scope_id, compartment))
            if row is not None:
                store.delete(row)
        return row is not None

    def opener(self, receipt: Receipt, *, is_present_only: bool = False) -> hpke.Opener:
        """The private key that a receipt entitles to, for one batch; while it is turned, the old one with it."""
        compartment = Compartment(receipt.compartment)
        names = (
            (compartment.value,)
            if is_present_only
            else (compartment.value, f"{compartment}{NEXT}", f"{compartment}{OLD}")
        )
        found = self._private_keys(receipt.scope_id, compartment, names)
        if not found:
            raise KeyDestroyed(f"{compartment} key of {receipt.scope_id}")
        return hpke.Opener(*found.values())

    def _private_keys(self, scope_id: UUID, compartment: Compartment, names: tuple[str, ...]) -> dict[str, bytes]:
        """The private keys stored under these names, in this order."""
        with self.key_store.reading() as store:
            rows = {
                row.compartment: row.wrapped
                for row in store.scalars(
                    select(WrappedPrivateKey).where(
                        WrappedPrivateKey.scope_id == scope_id, WrappedPrivateKey.compartment.in_(names)
                    )
                )
            }
        binding, what = _private_binding(scope_id, compartment), f"{compartment} key of {scope_id}"
        return {name: decrypt(self._private_master, rows[name], binding, what) for name in names if name in rows}

    def prepare_turn(self, scope_id: UUID, compartments: tuple[Compartment, ...]) -> None:
        """New private keys beside the present ones, in the key store; nothing is sealed to them yet."""
        with self.key_store.writing() as store:
            for compartment in compartments:
                private, _ = hpke.make_key_pair()
                wrapped = encrypt(self._private_master, private, _private_binding(scope_id, compartment))
                store.merge(
                    WrappedPrivateKey(scope_id=scope_id, compartment=f"{compartment}{NEXT}", wrapped=wrapped)
                )

    def name_next_keys(
        self, session: Session, scope_id: UUID, compartments: tuple[Compartment, ...], now: datetime
    ) -> None:
        """In the database: from this commit on everybody seals to the new keys."""
        for compartment in compartments:
            name = f"{compartment}{NEXT}"
            public = hpke.public_half(self._private_keys(scope_id, compartment, (name,))[name])
            row = session.get_one(CompartmentKey, (scope_id, compartment), with_for_update=True)
            row.public_key, row.created_at = public, now
            row.signature = sign(self._signing_key, signed_statement(scope_id, compartment, public))
        session.flush()

    def promote_next_keys(
        self,
        session: Session,
        scope_id: UUID,
        compartments: tuple[Compartment, ...],
        purposes: tuple[WorkingPurpose, ...],
    ) -> None:
        """In the key store: the new keys take the place of the present ones, which open for a while as old ones.

        May be repeated: what was promoted before is left alone.
        """
        named = {
            compartment: session.get_one(CompartmentKey, (scope_id, compartment)).public_key
            for compartment in compartments
        }
        with self.key_store.writing() as store:
            moved = False
            for compartment, public in named.items():
                coming = store.get(WrappedPrivateKey, (scope_id, f"{compartment}{NEXT}"))
                if coming is None:
                    continue
                binding, what = _private_binding(scope_id, compartment), f"{compartment} key of {scope_id}"
                if hpke.public_half(decrypt(self._private_master, coming.wrapped, binding, what)) != public:
                    continue
                present = store.get_one(WrappedPrivateKey, (scope_id, compartment))
                store.merge(
                    WrappedPrivateKey(
                        scope_id=scope_id, compartment=f"{compartment}{OLD}", wrapped=present.wrapped
                    )
                )
                present.wrapped = coming.wrapped
                store.delete(coming)
                moved = True
            for purpose in purposes if moved else ():
                held = store.get_one(WrappedWorkingKey, (scope_id, purpose))
                store.merge(WrappedWorkingKey(scope_id=scope_id, purpose=f"{purpose}{OLD}", wrapped=held.wrapped))
                held.wrapped = encrypt(
                    self._working_master, secrets.token_bytes(32), working_binding(scope_id, purpose)
                )
        self.forget()

    def destroy_old_keys(self, scope_id: UUID) -> None:
        """The end of a turn: what was sealed before it, and not anew since, cannot be opened by anybody."""
        with self.key_store.writing() as store:
            for table, column in (
                (WrappedPrivateKey, WrappedPrivateKey.compartment),
                (WrappedWorkingKey, WrappedWorkingKey.purpose),
            ):
                store.execute(delete(table).where(table.scope_id == scope_id, column.like(f"%{OLD}")))
        self.forget()

    def wrap_for_staff_site(self, record: UUID, secret: bytes) -> bytes:
        """Seal a second factor so that only the staff site can check it."""
        return encrypt(self._private_master, secret, bind("staff factor", record))

    def unwrap_for_staff_site(self, record: UUID, blob: bytes) -> bytes:
        return decrypt(self._private_master, blob, bind("staff factor", record), f"second factor of {record}")

    def fingerprint(self, kind: str, scope_id: UUID, record: str, value: str) -> bytes:
        """A keyed hash of 32 bytes that only the staff site can make, to see whether withheld words changed.

        The public site's keys cannot test a guess against it (promise 2).
        """
        key = HKDFExpand(SHA256(), 32, bind("derived", "fingerprints")).derive(self._private_master)
        return hmac.digest(key, bind(kind, scope_id, record, value), hashlib.sha256)

    def sign_head(self, chain_id: UUID, number: int, digest: bytes) -> bytes:
        return sign(self._signing_key, bind("trail head", chain_id, number, digest))

    def sign_statement(self, statement: bytes) -> bytes:
        """Sign what `bind` made for a purpose of its own; never bytes that came from outside."""
        return sign(self._signing_key, statement)


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
