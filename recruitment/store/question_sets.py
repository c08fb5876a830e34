"""Which equality questions a body asks, in versions; and its drives to have more of them answered."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText


class EqualityQuestionSet(Base):
    """One version, which never changes; a campaign keeps the one that was newest when it opened.

    `content`: the wordings chosen and the reasons given (`rules/question_sets.py`).
    """

    __tablename__ = "equality_question_sets"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    content: Mapped[dict[str, Any]]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


class DeclarationDrive(Base):
    """A time in which a body tried to have more people answer some of its equality questions.

    `questions`: characteristics; `set_version`: the question set with the wording that is tried.
    """

    __tablename__ = "declaration_drives"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    title: Mapped[str]
    aim: Mapped[str] = mapped_column(LongText)
    questions: Mapped[list[Any]]
    set_version: Mapped[int | None]
    begins: Mapped[date]
    ends: Mapped[date]
    # A release or publication each, as "release <id>" or "publication <id>"; empty until it is chosen.
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    conclusion: Mapped[str] = mapped_column(LongText, default="")
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    changed_at: Mapped[datetime]

    __table_args__ = (Index("ix_declaration_drives_begins", "organisation_id", "begins"),)


def newest_question_set(session: Session, organisation_id: UUID) -> EqualityQuestionSet | None:
    """None where the body never chose, and asks what is shipped."""
    return session.scalars(
        select(EqualityQuestionSet)
        .where(EqualityQuestionSet.organisation_id == organisation_id)
        .order_by(EqualityQuestionSet.version.desc())
        .limit(1)
    ).one_or_none()


def list_drives(session: Session, organisation_id: UUID) -> Sequence[DeclarationDrive]:
    """The latest begun first."""
    held = select(DeclarationDrive).where(DeclarationDrive.organisation_id == organisation_id)
    return session.scalars(held.order_by(DeclarationDrive.begins.desc(), DeclarationDrive.id)).all()
