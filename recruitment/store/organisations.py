"""Organisations: bodies that recruit; several may share one installation."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class Organisation(Base):
    __tablename__ = "organisations"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    name: Mapped[str]
    slug: Mapped[str] = mapped_column(unique=True)
    contact: Mapped[str] = mapped_column(LongText, default="")
    # The month with whose last day the reporting year ends.
    year_end: Mapped[int] = mapped_column(default=3, server_default=text("3"))
    # Empty where the installation's own are used.
    service_name: Mapped[str] = mapped_column(default="", server_default=text("''"))
    sender_name: Mapped[str] = mapped_column(default="", server_default=text("''"))
    created_at: Mapped[datetime]


class Installation(Base):
    """One row: the identity that keys, key store and database must share. `digest_hour`: in UK time."""

    __tablename__ = "installation"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    created_at: Mapped[datetime]
    digest_hour: Mapped[int] = mapped_column(default=7, server_default=text("7"))


def find_organisation(session: Session, slug: str) -> Organisation | None:
    return session.scalars(select(Organisation).where(Organisation.slug == slug)).one_or_none()


def read_installation(session: Session) -> UUID | None:
    """None in an empty database, with or without tables."""
    if not inspect(session.connection()).has_table(Installation.__tablename__):
        return None
    return session.scalars(select(Installation.id)).one_or_none()
