"""Wordings of outcome letters, and a durable row for every letter with how far it has come."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, func, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class LetterWording(Base):
    """One version of a body's wording for one outcome; it never changes. `written_by` None: as it was shipped.

    The Welsh is empty where there is none.
    """

    __tablename__ = "letter_wordings"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    subject: Mapped[str]
    body: Mapped[str] = mapped_column(LongText)
    welsh_subject: Mapped[str] = mapped_column(default="", server_default=text("''"))
    welsh_body: Mapped[str] = mapped_column(LongText, default="", server_default=text("''"))
    written_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    written_at: Mapped[datetime]
    approved_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    approved_at: Mapped[datetime | None]


class OutcomeLetter(Base):
    """One letter to one application. Its text is made when it is handed over, and is not kept.

    `part` tells letters of one kind apart (the question that one answers); `version` is the wording's. `attempts`
    numbers hand-overs, so that a late answer of the mail server is not taken for that of a later one.
    """

    __tablename__ = "letters"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID]
    kind: Mapped[str]
    part: Mapped[str] = mapped_column(default="")
    version: Mapped[int]
    batch: Mapped[UUID]
    state: Mapped[str]
    attempts: Mapped[int] = mapped_column(default=0)
    queued_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    queued_at: Mapped[datetime]
    handing_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    settled_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    failure: Mapped[str] = mapped_column(default="")

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "application_id"], ["applications.campaign_id", "applications.id"]),
        # What makes "never twice" true whatever is pressed twice.
        UniqueConstraint("campaign_id", "application_id", "kind", "part"),
        Index(None, "campaign_id", "batch"),
        Index(None, "campaign_id", "state"),
    )


def newest_wordings(session: Session, organisation_id: UUID, *, is_approved: bool) -> dict[str, LetterWording]:
    """Kind → its newest version, of all or of those approved."""
    held = select(LetterWording.kind, func.max(LetterWording.version).label("version")).where(
        LetterWording.organisation_id == organisation_id
    )
    if is_approved:
        held = held.where(LetterWording.approved_at.is_not(None))
    newest = held.group_by(LetterWording.kind).subquery()
    rows = session.scalars(
        select(LetterWording)
        .join(newest, (newest.c.kind == LetterWording.kind) & (newest.c.version == LetterWording.version))
        .where(LetterWording.organisation_id == organisation_id)
    )
    return {row.kind: row for row in rows}
