"""A campaign's panel: what was found of it, waived, declared, booked, challenged and ticked off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from recruitment.store.base import Base, LongText


class PanelCheck(Base):
    """The findings on one membership at one time; `purpose` says what for: asked, booking or day."""

    __tablename__ = "panel_checks"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str]
    day: Mapped[date | None]
    policy_version: Mapped[int]
    members: Mapped[list[Any]]
    findings: Mapped[list[Any]]
    is_blocked: Mapped[bool]
    checked_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    checked_at: Mapped[datetime]

    __table_args__ = (Index("ix_panel_checks_checked_at", "campaign_id", "checked_at"),)


class PanelWaiver(Base):
    """A blocking rule set aside for one membership, once somebody outside the campaign approved it."""

    __tablename__ = "panel_waivers"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str]
    members: Mapped[list[Any]]
    reason: Mapped[str] = mapped_column(LongText)
    who_was_asked: Mapped[str] = mapped_column(LongText)
    asked_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime]
    is_approved: Mapped[bool | None]
    decision_reason: Mapped[str] = mapped_column(LongText, default="")
    decided_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]


class PanelReason(Base):
    """Why a panel goes ahead with a rule on composition unmet, and who was asked to sit."""

    __tablename__ = "panel_reasons"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    rule: Mapped[str]
    members: Mapped[list[Any]]
    reason: Mapped[str] = mapped_column(LongText)
    who_was_asked: Mapped[str] = mapped_column(LongText)
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]


def _entry() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["campaign_id", "application_id"],
        ["shortlist_entries.campaign_id", "shortlist_entries.application_id"],
    )


class Booking(Base):
    """When and where one candidate is interviewed."""

    __tablename__ = "bookings"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    day: Mapped[date]
    begins: Mapped[str]
    # 0 where nobody said how long.
    minutes: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    place: Mapped[str] = mapped_column(default="")
    adjustments: Mapped[bytes | None]
    booked_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    booked_at: Mapped[datetime]

    __table_args__ = (_entry(), Index("ix_bookings_day", "campaign_id", "day"))


class Substitution(Base):
    """Somebody who sits for one candidate in place of a member with a conflict."""

    __tablename__ = "substitutions"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    member_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    substitute_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    named_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    named_at: Mapped[datetime]

    __table_args__ = (_entry(),)


class Declaration(Base):
    """What a member declared of one candidate, and what was ruled; texts under the sift key."""

    __tablename__ = "declarations"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    knows: Mapped[bool]
    nature: Mapped[bytes | None]
    declared_at: Mapped[datetime]
    is_conflict: Mapped[bool | None]
    ruled_at: Mapped[datetime | None]

    __table_args__ = (_entry(),)


class RelationshipMatching(Base):
    """A member against whom what candidates declared was matched; once for each."""

    __tablename__ = "relationship_matchings"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    matched_at: Mapped[datetime]


class RelationshipMatch(Base):
    """A candidate declared that they know this member; how, under the sift key."""

    __tablename__ = "relationship_matches"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    nature: Mapped[bytes | None]

    __table_args__ = (_entry(),)


class ConflictVoice(Base):
    """Whether one person, the chair or (where it is about the chair) another member, sees a conflict, and why."""

    __tablename__ = "conflict_voices"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    person_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    voice_id: Mapped[UUID] = mapped_column(ForeignKey("people.id"), primary_key=True)
    is_conflict: Mapped[bool]
    reason: Mapped[bytes | None]
    at: Mapped[datetime]

    __table_args__ = (
        ForeignKeyConstraint(
            ["campaign_id", "application_id", "person_id"],
            ["declarations.campaign_id", "declarations.application_id", "declarations.person_id"],
            name="fk_conflict_voices_declarations",
        ),
    )


class InterviewQuestion(Base):
    """One question of the interview pack, the same for every candidate."""

    __tablename__ = "interview_questions"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    position: Mapped[int]
    text: Mapped[str] = mapped_column(LongText)
    criterion_id: Mapped[UUID | None]

    __table_args__ = (
        ForeignKeyConstraint(["campaign_id", "criterion_id"], ["criteria.campaign_id", "criteria.id"]),
    )


class AgreedScore(Base):
    """What the panel agreed for one criterion after all had scored; the members' own scores stay."""

    __tablename__ = "agreed_scores"

    campaign_id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID] = mapped_column(primary_key=True)
    criterion_id: Mapped[UUID] = mapped_column(primary_key=True)
    value: Mapped[int]
    reason: Mapped[bytes | None]
    agreed_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    agreed_at: Mapped[datetime]

    __table_args__ = (
        _entry(),
        ForeignKeyConstraint(["campaign_id", "criterion_id"], ["criteria.campaign_id", "criteria.id"]),
    )


class Challenge(Base):
    """A member's challenge to a decision, which the chair answers before outcomes are final."""

    __tablename__ = "challenges"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    id: Mapped[UUID] = mapped_column(primary_key=True)
    application_id: Mapped[UUID | None]
    raised_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    raised_at: Mapped[datetime]
    text: Mapped[bytes | None]
    answer: Mapped[bytes | None]
    answered_by: Mapped[UUID | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None]


class ChecklistEntry(Base):
    """What the inclusion lead answered to one item of their checklist."""

    __tablename__ = "checklist_entries"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[str]
    note: Mapped[bytes | None]
    entered_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    entered_at: Mapped[datetime]
