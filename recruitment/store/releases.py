"""Sealed tallies, and the releases made from them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base


class Tally(Base):
    """A campaign's exact counts, sealed in the organisation's `counts` compartment.

    `cut_off`: the last day that is counted, where the outcomes were not final then; None where they were.
    """

    __tablename__ = "tallies"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    blob: Mapped[bytes]
    question_set: Mapped[str]
    tallied_at: Mapped[datetime]
    cut_off: Mapped[date | None]


class Release(Base):
    """A frozen set of disclosure-controlled tables: the only plaintext ever made from equality answers."""

    __tablename__ = "releases"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    tables: Mapped[list[Any]]
    threshold: Mapped[int]
    base: Mapped[int]
    question_set: Mapped[str]
    leaks: Mapped[dict[str, Any] | None]
    released_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[datetime]

    __table_args__ = (Index(None, "campaign_id"),)
