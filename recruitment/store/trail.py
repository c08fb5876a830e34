"""The trail: hash chains of what was done, one per campaign and one per organisation for the rest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base


class TrailEvent(Base):
    __tablename__ = "trail_events"

    chain_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str]
    event: Mapped[str]
    detail: Mapped[dict[str, Any]]
    previous: Mapped[bytes]
    digest: Mapped[bytes]


class TrailHead(Base):
    """The last link of a chain; its row is what writers of one chain queue for."""

    __tablename__ = "trail_heads"

    chain_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    digest: Mapped[bytes]


class SignedHead(Base):
    """A head as the worker signed it: a rewritten chain no longer contains it."""

    __tablename__ = "signed_heads"

    chain_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[bytes]
    signature: Mapped[bytes]
    signed_at: Mapped[datetime]


def lock_head(session: Session, chain_id: UUID) -> TrailHead | None:
    return session.scalars(select(TrailHead).where(TrailHead.chain_id == chain_id).with_for_update()).one_or_none()


def read_chain(session: Session, chain_id: UUID, *, after: int = 0, limit: int = 200) -> Sequence[TrailEvent]:
    return session.scalars(
        select(TrailEvent)
        .where(TrailEvent.chain_id == chain_id, TrailEvent.number > after)
        .order_by(TrailEvent.number)
        .limit(limit)
    ).all()
