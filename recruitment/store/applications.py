"""Applications as they rest: redacted answers under the sift key, and sealed records by compartment."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ColumnElement, ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint, false, or_, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.store.base import Base


class Draft(Base):
    """An application being written, whole under the campaign's drafts key; gone once submitted."""

    __tablename__ = "drafts"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    candidate_id: Mapped[UUID] = mapped_column(ForeignKey("candidates.id"))
    version: Mapped[int] = mapped_column(default=1)
    sealed: Mapped[bytes]
    updated_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("campaign_id", "candidate_id"),)


class DraftDocument(Base):
    """An uploaded file with its text, under the drafts key."""

    __tablename__ = "draft_documents"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    draft_id: Mapped[UUID] = mapped_column(primary_key=True)
    question_id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "draft_id"], ["drafts.campaign_id", "drafts.id"], ondelete="CASCADE"),
    )


class Application(Base):
    """`earlier_candidate_id`: who withdrew it and then sent another, which has `candidate_id` instead.

    `restricted_at`: since when it is stored and not used (UK GDPR Article 18).
    """

    __tablename__ = "applications"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    candidate_id: Mapped[UUID | None] = mapped_column(ForeignKey("candidates.id"))
    earlier_candidate_id: Mapped[UUID | None]
    reference: Mapped[str]
    external_id_hash: Mapped[bytes | None]
    # Of an imported one: fingerprints of details and answers, 32 bytes each, to see whether its row changed.
    import_fingerprints: Mapped[bytes | None]
    submitted_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    restricted_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("campaign_id", "reference"),
        UniqueConstraint("campaign_id", "external_id_hash"),
        UniqueConstraint("campaign_id", "candidate_id"),
        Index(None, "candidate_id"),
        Index(None, "earlier_candidate_id"),
    )


def is_in_use() -> ColumnElement[bool]:
    """Whether an application is neither withdrawn nor restricted."""
    return Application.withdrawn_at.is_(None) & Application.restricted_at.is_(None)


class Preference(Base):
    """A vacancy of the campaign that an application is for; `is_first`: the one the candidate would like best."""

    __tablename__ = "preferences"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    vacancy_id: Mapped[UUID] = mapped_column(primary_key=True)
    is_first: Mapped[bool] = mapped_column(default=False, server_default=false())

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "application_id"], ["applications.campaign_id", "applications.id"]),
        ForeignKeyConstraint(["campaign_id", "vacancy_id"], ["vacancies.campaign_id", "vacancies.id"]),
    )


class Answer(Base):
    """A redacted answer under the sift key: pieces of text and numbered hidden passages."""

    __tablename__ = "answers"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID]
    question_id: Mapped[UUID]
    redacted: Mapped[bytes]
    has_restorable: Mapped[bool] = mapped_column(default=False)

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "application_id"], ["applications.campaign_id", "applications.id"]),
        ForeignKeyConstraint(["campaign_id", "question_id"], ["questions.campaign_id", "questions.id"]),
        UniqueConstraint("campaign_id", "application_id", "question_id"),
        # Those that wait for clearance, without looking at every text.
        Index(
            "ix_answers_restorable",
            *("campaign_id", "id"),
            sqlite_where=text("has_restorable = 1"),
            postgresql_where=text("has_restorable"),
        ),
    )


class SealedRecord(Base):
    """What is withheld: one sealed blob per compartment and part (`identity`, or a document's question)."""

    __tablename__ = "sealed_records"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    compartment: Mapped[str] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(primary_key=True, default="")
    blob: Mapped[bytes]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "application_id"], ["applications.campaign_id", "applications.id"]),
    )


class StageEventKind(StrEnum):
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"
    NOT_ELIGIBLE = "not_eligible"
    SHORTLISTED = "shortlisted"
    NOT_SHORTLISTED = "not_shortlisted"
    NOT_PAST_FIRST_SIFT = "not_past_first_sift"
    TESTED = "tested"
    NOT_INVITED = "not_invited"
    INTERVIEWED = "interviewed"
    OFFERED = "offered"
    APPOINTED = "appointed"
    RESERVE = "reserve"
    NOT_APPOINTED = "not_appointed"
    WITHDREW = "withdrew"
    DECLINED = "declined"


class StageEvent(Base):
    """The stage history of an application: added to, never changed."""

    __tablename__ = "stage_events"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "application_id"], ["applications.campaign_id", "applications.id"]),
    )


def is_of(candidate_id: UUID) -> ColumnElement[bool]:
    """Whether an application is the candidate's own, replaced ones too."""
    return or_(Application.candidate_id == candidate_id, Application.earlier_candidate_id == candidate_id)


def find_application(session: Session, campaign_id: UUID, application_id: UUID) -> Application | None:
    return session.get(Application, (campaign_id, application_id))
