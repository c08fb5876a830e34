"""Templates that a body keeps of its own campaigns."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base


class KeptTemplate(Base):
    """One template: stages, questions and criteria with their guides as JSON; nothing of a person."""

    __tablename__ = "campaign_templates"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    title: Mapped[str]
    content: Mapped[dict[str, Any]]
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


def list_kept_templates(session: Session, organisation_id: UUID) -> Sequence[KeptTemplate]:
    """By title."""
    return session.scalars(
        select(KeptTemplate)
        .where(KeptTemplate.organisation_id == organisation_id)
        .order_by(KeptTemplate.title, KeptTemplate.id)
    ).all()
