"""Candidates' questions about their letters: that one was asked and answered is open, what was said is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base


class CandidateQuestion(Base):
    __tablename__ = "candidate_questions"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID]
    question: Mapped[bytes]
    asked_at: Mapped[datetime]
    answer: Mapped[bytes | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]

    def sealed_parts(self) -> list[tuple[str, bytes]]:
        """Part → blob, of what there is."""
        return [("question", self.question), *([("answer", self.answer)] if self.answer else [])]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "application_id"], ["applications.campaign_id", "applications.id"]),
        Index("ix_candidate_questions_application", "campaign_id", "application_id"),
    )


def questions_of(session: Session, campaign_id: UUID, application_id: UUID) -> Sequence[CandidateQuestion]:
    return session.scalars(
        select(CandidateQuestion)
        .where(CandidateQuestion.campaign_id == campaign_id, CandidateQuestion.application_id == application_id)
        .order_by(CandidateQuestion.asked_at, CandidateQuestion.id)
    ).all()
