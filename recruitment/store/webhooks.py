"""Where other systems hear what happens here, and the ledger of what was sent to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Row, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base, LongText
from recruitment.store.campaigns import Campaign


class Webhook(Base):
    """`secret`: what messages are signed with, wrapped so that only the staff site and the worker read it."""

    __tablename__ = "webhooks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    url: Mapped[str] = mapped_column(LongText)
    events: Mapped[list[Any]]
    secret: Mapped[bytes]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "organisation_id", "ended_at"),)


class WebhookDelivery(Base):
    """One message to one receiver: `next_at` while it is tried again, `status` of the last answer."""

    __tablename__ = "webhook_deliveries"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    webhook_id: Mapped[UUID] = mapped_column(ForeignKey("webhooks.id"))
    event: Mapped[str]
    body: Mapped[str] = mapped_column(LongText)
    made_at: Mapped[datetime]
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]
    status: Mapped[int | None]
    failure: Mapped[str] = mapped_column(default="")

    __table_args__ = (Index(None, "webhook_id", "made_at"), Index(None, "made_at"))


def listening_in(session: Session, campaign_id: UUID) -> Sequence[Row[UUID, list[Any], str]]:
    """(id, events, title of the campaign) for each webhook of the campaign's organisation."""
    return session.execute(
        select(Webhook.id, Webhook.events, Campaign.title)
        .join(Campaign, Campaign.organisation_id == Webhook.organisation_id)
        .where(Campaign.id == campaign_id, Webhook.ended_at.is_(None))
    ).all()
