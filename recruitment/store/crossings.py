"""Two characteristics of a publication's people together: asked for, and published where that is safe."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class Crossing(Base):
    """It waits, is published (`tables`), or was refused (`refusal`, a sentence).

    `pair`: the name of one of the pairs that are fixed before anything is counted; `begun_at`: when a worker took
    it up last.
    """

    __tablename__ = "crossings"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    publication_id: Mapped[UUID] = mapped_column(ForeignKey("publications.id"))
    pair: Mapped[str]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    refusal: Mapped[str] = mapped_column(LongText, default="")
    tables: Mapped[list[Any] | None]

    __table_args__ = (UniqueConstraint("publication_id", "pair"),)


def list_crossings(session: Session, publication_id: UUID) -> Sequence[Crossing]:
    """Of one publication, in the order in which they were asked for."""
    found = select(Crossing).where(Crossing.publication_id == publication_id)
    return session.scalars(found.order_by(Crossing.asked_at, Crossing.pair)).all()


def list_published_crossings(session: Session, organisation_id: UUID) -> Sequence[Crossing]:
    """Every one that the organisation published."""
    found = select(Crossing).where(
        Crossing.organisation_id == organisation_id, Crossing.done_at.is_not(None), Crossing.refusal == ""
    )
    return session.scalars(found.order_by(Crossing.done_at, Crossing.id)).all()
