"""Public keys of compartments, signed; and the key store's own tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, KeyStoreBase


class CompartmentKey(Base):
    """The public half of a compartment's key pair. `scope_id` is a campaign or an organisation."""

    __tablename__ = "compartment_keys"

    scope_id: Mapped[UUID] = mapped_column(primary_key=True)
    compartment: Mapped[str] = mapped_column(primary_key=True)
    public_key: Mapped[bytes]
    signature: Mapped[bytes]
    created_at: Mapped[datetime]


class KeyStoreIdentity(KeyStoreBase):
    """One row: whose key store this is, with a known value under each master key to tell a wrong one early."""

    __tablename__ = "identity"

    installation_id: Mapped[UUID] = mapped_column(primary_key=True)
    private_check: Mapped[bytes]
    working_check: Mapped[bytes]
    recovery: Mapped[bytes | None]


class WrappedPrivateKey(KeyStoreBase):
    """A compartment's private key under the private master key."""

    __tablename__ = "private_keys"

    scope_id: Mapped[UUID] = mapped_column(primary_key=True)
    compartment: Mapped[str] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes]


class WrappedWorkingKey(KeyStoreBase):
    """A working key (drafts, sift, accounts) under the working master key."""

    __tablename__ = "working_keys"

    scope_id: Mapped[UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes]


def public_keys_of(session: Session, *scope_ids: UUID) -> Sequence[CompartmentKey]:
    return session.scalars(select(CompartmentKey).where(CompartmentKey.scope_id.in_(scope_ids))).all()


def every_public_key(session: Session) -> Iterator[CompartmentKey]:
    """Row by row: memory does not grow with the number of campaigns."""
    yield from session.scalars(select(CompartmentKey).execution_options(yield_per=500))
