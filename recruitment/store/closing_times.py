"""Closing times that moved, or that somebody wants moved: for a whole campaign, or for one candidate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.rules.closing_times import ClosingStanding
from recruitment.store.applications import Application
from recruitment.store.base import Base, LongText


class ClosingRequest(Base):
    """Asked (by a candidate), proposed by one person, agreed or refused by another.

    `code`: by which a candidate's request is spoken of; `ground` tells nothing of a person.
    """

    __tablename__ = "closing_requests"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    candidate_id: Mapped[UUID | None] = mapped_column(ForeignKey("candidates.id"))
    code: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    standing: Mapped[str]
    ground: Mapped[str] = mapped_column(default="")
    reason: Mapped[str] = mapped_column(LongText, default="")
    closed_before: Mapped[datetime]
    until: Mapped[datetime | None]
    asked_at: Mapped[datetime]
    proposed_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    proposed_at: Mapped[datetime | None]
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "candidate_id"),)


def personal_closing(session: Session, campaign_id: UUID, candidate_id: UUID) -> datetime | None:
    """The latest closing time that was agreed for one candidate alone."""
    return session.scalar(
        select(func.max(ClosingRequest.until)).where(
            ClosingRequest.campaign_id == campaign_id,
            ClosingRequest.candidate_id == candidate_id,
            ClosingRequest.standing == ClosingStanding.AGREED,
        )
    )


def personal_closings(session: Session, candidate_id: UUID) -> dict[UUID, datetime]:
    """Campaign → the latest closing time that was agreed for one candidate, in one statement."""
    found = session.execute(
        select(ClosingRequest.campaign_id, ClosingRequest.until).where(
            ClosingRequest.candidate_id == candidate_id, ClosingRequest.standing == ClosingStanding.AGREED
        )
    )
    latest: dict[UUID, datetime] = {}
    for campaign_id, until in found:
        if until is not None:
            latest[campaign_id] = max(until, latest.get(campaign_id, until))
    return latest


def last_personal_closing(session: Session, campaign_id: UUID) -> datetime | None:
    """When the last candidate with a closing time of their own must have sent their application.

    Who has sent it, and not withdrawn it, does not count.
    """
    sent = select(Application.candidate_id).where(
        Application.campaign_id == campaign_id,
        Application.candidate_id.is_not(None),
        Application.withdrawn_at.is_(None),
    )
    return session.scalar(
        select(func.max(ClosingRequest.until)).where(
            ClosingRequest.campaign_id == campaign_id,
            ClosingRequest.candidate_id.not_in(sent),
            ClosingRequest.standing == ClosingStanding.AGREED,
        )
    )


def list_closing_requests(session: Session, campaign_id: UUID) -> Iterable[ClosingRequest]:
    """Oldest first."""
    return session.scalars(
        select(ClosingRequest)
        .where(ClosingRequest.campaign_id == campaign_id)
        .order_by(ClosingRequest.asked_at, ClosingRequest.id)
    ).all()
