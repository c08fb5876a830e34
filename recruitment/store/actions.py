"""Plans and their actions; an action may come from a campaign, whose next one then begins with it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class ActionPlan(Base):
    __tablename__ = "action_plans"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    title: Mapped[str]
    indicators: Mapped[str] = mapped_column(LongText, default="")
    sources: Mapped[str] = mapped_column(LongText, default="")
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]

    __table_args__ = (Index(None, "organisation_id"),)


class Action(Base):
    __tablename__ = "actions"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    plan_id: Mapped[UUID] = mapped_column(ForeignKey("action_plans.id"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id"))
    objective: Mapped[str] = mapped_column(LongText, default="")
    what: Mapped[str] = mapped_column(LongText)
    lead: Mapped[str]
    due: Mapped[date]
    status: Mapped[str]
    progress: Mapped[str] = mapped_column(LongText, default="")
    outcome: Mapped[str] = mapped_column(LongText, default="")
    evidence: Mapped[str] = mapped_column(LongText, default="")
    changed_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    changed_at: Mapped[datetime]

    __table_args__ = (Index(None, "organisation_id", "status"), Index(None, "plan_id"))
