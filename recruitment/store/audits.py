"""Inclusion audits: who audits what period, the campaigns drawn, and what was found in each."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class InclusionAudit(Base):
    """An audit of the campaigns closed in a period; `method` and `reason` are empty until its sample is drawn."""

    __tablename__ = "inclusion_audits"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    auditor_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    directorate: Mapped[str]
    period_from: Mapped[date]
    period_until: Mapped[date]
    template_version: Mapped[int]
    appointed_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    appointed_at: Mapped[datetime]
    method: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(LongText, default="")
    population: Mapped[int] = mapped_column(default=0)
    drawn_at: Mapped[datetime | None]
    summary: Mapped[str] = mapped_column(LongText, default="")
    completed_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "organisation_id"),)


class AuditedCampaign(Base):
    __tablename__ = "audited_campaigns"

    audit_id: Mapped[UUID] = mapped_column(ForeignKey("inclusion_audits.id"), primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)


class AuditJudgement(Base):
    """What an auditor found on one item in one campaign. An auditor sees no names, so the note holds none."""

    __tablename__ = "audit_judgements"

    audit_id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    judgement: Mapped[str]
    note: Mapped[str] = mapped_column(LongText, default="")
    judged_at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["audit_id", "campaign_id"], ["audited_campaigns.audit_id", "audited_campaigns.campaign_id"]
        ),
    )
