"""What a body publishes over several campaigns, hands out under a duty, and compares itself with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class Publication(Base):
    """A frozen release over several campaigns: a run of them, or the campaigns of a period.

    `campaigns`: their ids, as text; `part`: what is counted of them, such as one grade; empty for everything;
    `remarks`: what must stand beside its figures (`rules/publication_remarks.py`).
    """

    __tablename__ = "publications"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str]
    title: Mapped[str]
    part: Mapped[str] = mapped_column(default="")
    period_from: Mapped[date]
    period_until: Mapped[date]
    campaigns: Mapped[list[Any]]
    tables: Mapped[list[Any]]
    threshold: Mapped[int]
    base: Mapped[int]
    question_set: Mapped[str]
    # None in publications made before there were any.
    remarks: Mapped[dict[str, Any] | None]
    released_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    released_at: Mapped[datetime]

    __table_args__ = (Index(None, "organisation_id", "released_at"),)


class PublicationRequest(Base):
    """A publication that somebody asked for and the worker works out: it waits, is published, or was refused.

    `refusal`: why, as a sentence; `begun_at`: when a worker took it up last.
    """

    __tablename__ = "publication_requests"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str]
    part: Mapped[str] = mapped_column(default="")
    value: Mapped[str] = mapped_column(default="")
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    begun_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    publication_id: Mapped[UUID | None] = mapped_column(ForeignKey("publications.id"))
    refusal: Mapped[str] = mapped_column(LongText, default="")

    __table_args__ = (Index("ix_publication_requests_asked", "organisation_id", "asked_at"),)


class RestrictedReturn(Base):
    """Exact counts of a period handed to one recipient under a duty: asked by one person, agreed by another.

    `digest`: of what was handed out, which is itself kept nowhere.
    """

    __tablename__ = "restricted_returns"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    recipient: Mapped[str]
    basis: Mapped[str] = mapped_column(LongText)
    period_from: Mapped[date]
    period_until: Mapped[date]
    campaigns: Mapped[list[Any]]
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    agreed_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime | None]
    made_at: Mapped[datetime | None]
    digest: Mapped[bytes | None]

    __table_args__ = (Index(None, "organisation_id"),)


class Target(Base):
    """A share that a body aims at: of which answers together, at which stages (none named: all)."""

    __tablename__ = "targets"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    characteristic: Mapped[str]
    codes: Mapped[list[Any]]
    called: Mapped[str]
    stages: Mapped[list[Any]]
    per_cent: Mapped[int]
    source: Mapped[str] = mapped_column(LongText, default="")
    set_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]

    __table_args__ = (Index(None, "organisation_id"),)


class Comparison(Base):
    """With whom a body compares itself: the areas of its catchment, and figures that its peers published."""

    __tablename__ = "comparisons"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    areas: Mapped[list[Any]]
    peers: Mapped[str] = mapped_column(LongText, default="")
    set_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    set_at: Mapped[datetime]


def list_publications(session: Session, organisation_id: UUID) -> Sequence[Publication]:
    """The latest first."""
    found = select(Publication).where(Publication.organisation_id == organisation_id)
    return session.scalars(found.order_by(Publication.released_at.desc(), Publication.id)).all()
