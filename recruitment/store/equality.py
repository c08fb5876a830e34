"""Sealed equality answers: a random key, the campaign, and nothing else."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base


class EqualityRow(Base):
    """No foreign key, no moment, no counter: nothing by which a row could be joined to an application.

    `WITHOUT ROWID` on SQLite, so that rows lie in the order of their random keys, not of their arrival.
    """

    __tablename__ = "equality_rows"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    blob: Mapped[bytes]

    __table_args__ = ({"sqlite_with_rowid": False},)


class EqualityRewrite(Base):
    """When a campaign's rows were last rewritten in random order, and how many there were."""

    __tablename__ = "equality_rewrites"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    rows: Mapped[int]
    at: Mapped[datetime]


def count_rows(session: Session, campaign_id: UUID) -> int:
    return (
        session.scalar(select(func.count()).select_from(EqualityRow).where(EqualityRow.campaign_id == campaign_id))
        or 0
    )
