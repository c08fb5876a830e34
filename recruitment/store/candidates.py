"""Candidate accounts, found by a keyed hash of the address, and their one-time sign-in links."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base


class Candidate(Base):
    __tablename__ = "candidates"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    address_hash: Mapped[bytes]
    address_sealed: Mapped[bytes]
    session_version: Mapped[int] = mapped_column(default=1)
    created_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("organisation_id", "address_hash"),)


class SignInLink(Base):
    """A one-time link. The address waits under a working key, and is erased when the link is used or old."""

    __tablename__ = "sign_in_links"

    token_hash: Mapped[bytes] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    campaign_id: Mapped[UUID | None]
    waiting: Mapped[bytes | None]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


def find_candidate(session: Session, organisation_id: UUID, address_hash: bytes) -> Candidate | None:
    return session.scalars(
        select(Candidate).where(
            Candidate.organisation_id == organisation_id, Candidate.address_hash == address_hash
        )
    ).one_or_none()
