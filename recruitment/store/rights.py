"""What candidates asked for by right, and what became of it."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class RightsRequest(Base):
    """`candidate_id` and `application_id` refer to rows that retention erases.

    `sealed`: a correction, or what is said with the request; gone once it is answered. `ground`: of a restriction.
    `told_at`: when a letter went about the answer, or that a restriction ends; `ends_at`: when it does, or did.
    """

    __tablename__ = "rights_requests"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    candidate_id: Mapped[UUID]
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id"))
    application_id: Mapped[UUID | None]
    reference: Mapped[str] = mapped_column(default="")
    kind: Mapped[str]
    standing: Mapped[str]
    sealed: Mapped[bytes | None]
    asked_at: Mapped[datetime]
    due_on: Mapped[date]
    answered_at: Mapped[datetime | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(LongText, default="")
    ground: Mapped[str | None]
    told_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]

    __table_args__ = (Index(None, "organisation_id", "standing"), Index(None, "candidate_id"))
