"""Groups of a body, what each gets and when, the reports made for them, and what was left out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class GovernanceGroup(Base):
    """A board, steering group, sub-group or staff network; what has ended gets nothing more."""

    __tablename__ = "governance_groups"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    kind: Mapped[str]
    name: Mapped[str]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "organisation_id"),)


class CalendarEntry(Base):
    """What a group gets, and when; it begins with the first day on which something can be due.

    `month`: of a yearly entry, otherwise 0; `plan_id`: the one plan whose actions are in it; None: all plans.
    """

    __tablename__ = "calendar_entries"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    group_id: Mapped[UUID] = mapped_column(ForeignKey("governance_groups.id"))
    title: Mapped[str]
    source: Mapped[str] = mapped_column(default="")
    rhythm: Mapped[str]
    month: Mapped[int]
    working_days: Mapped[int]
    has_figures: Mapped[bool]
    has_actions: Mapped[bool]
    plan_id: Mapped[UUID | None] = mapped_column(ForeignKey("action_plans.id"))
    begins: Mapped[date]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "organisation_id"), Index(None, "group_id"))


class GroupReport(Base):
    """A frozen report: its `content` is never written again, and `digest` of it stands in the trail."""

    __tablename__ = "group_reports"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    entry_id: Mapped[UUID] = mapped_column(ForeignKey("calendar_entries.id"))
    period_until: Mapped[date]
    content: Mapped[dict[str, Any]]
    digest: Mapped[bytes]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    given_on: Mapped[date | None]
    given_note: Mapped[str] = mapped_column(LongText, default="")
    given_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    given_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "organisation_id", "entry_id"),)


class LeftOutReport(Base):
    """Something due that is not given, with the reason."""

    __tablename__ = "left_out_reports"

    entry_id: Mapped[UUID] = mapped_column(ForeignKey("calendar_entries.id"), primary_key=True)
    period_until: Mapped[date] = mapped_column(primary_key=True)
    reason: Mapped[str] = mapped_column(LongText)
    left_out_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    left_out_at: Mapped[datetime]
