"""Work that need not be in the request, and messages that wait, sealed, to be sent."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class Job(Base):
    __tablename__ = "jobs"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str]
    detail: Mapped[dict[str, Any]]
    run_after: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    failure: Mapped[str] = mapped_column(LongText, default="")

    __table_args__ = (Index(None, "run_after"),)


class Message(Base):
    """A whole message, address and all, sealed in the organisation's `contact` compartment."""

    __tablename__ = "messages"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    blob: Mapped[bytes]
    created_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "organisation_id", "created_at"),)


def take_job(session: Session, now: datetime, last: tuple[str, ...] = ()) -> Job | None:
    """The next due job, locked for this transaction; other workers skip it (SQLite has one writer anyway).

    `last`: kinds that are taken once nothing else is due.
    """
    order = (Job.kind.in_(last), Job.run_after, Job.id)
    query = select(Job).where(Job.run_after <= now).order_by(*order).limit(1)
    return session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
