"""The sample of texts for the second look, and the words that were hidden after the sift opened."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base


class SecondLook(Base):
    """A text drawn for the second look; looked at once it has a time, by somebody in this role."""

    __tablename__ = "second_looks"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    answer_id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    looked_at: Mapped[datetime | None]
    person_id: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    role: Mapped[str | None]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "answer_id"], ["answers.campaign_id", "answers.id"]),
        UniqueConstraint("campaign_id", "position"),
    )


class LeakSource(StrEnum):
    SECOND_LOOK = "second_look"
    REPORT = "report"


class Leak(Base):
    """Words that told, hidden in a text: kept as a keyed hash, by which the same words are known again.

    `is_marked` for the text in which the person marked them; not for others of the same application in which
    they stood as well.
    """

    __tablename__ = "leaks"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    answer_id: Mapped[UUID] = mapped_column(primary_key=True)
    words: Mapped[bytes] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[str]
    source: Mapped[str]
    is_marked: Mapped[bool]
    at: Mapped[datetime]

    __table_args__ = (ForeignKeyConstraint(["campaign_id", "answer_id"], ["answers.campaign_id", "answers.id"]),)
