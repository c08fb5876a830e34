"""Periods that an organisation set, what retention has erased, where a cut trail begins, and keys being turned."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, Table, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from recruitment.rules.retention import RetentionKind
from recruitment.store.base import Base, LongText


class RetentionPeriods(Base):
    """One version of an organisation's periods, in months by kind."""

    __tablename__ = "retention_periods"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    months: Mapped[dict[str, Any]]
    reason: Mapped[str] = mapped_column(LongText)
    made_by: Mapped[UUID] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime]


class CampaignEnd(Base):
    """When a campaign's outcomes became final, kept apart from the trail, which is cut one day."""

    __tablename__ = "campaign_ends"

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"), primary_key=True)
    ended_at: Mapped[datetime]


class RetentionAct(Base):
    """What was erased, as numbers of rows by table; `campaign_id` is None for what belongs to the organisation."""

    __tablename__ = "retention_acts"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"))
    campaign_id: Mapped[UUID | None] = mapped_column(ForeignKey("campaigns.id"))
    kind: Mapped[str]
    rows: Mapped[dict[str, Any]]
    done_at: Mapped[datetime]

    __table_args__ = (Index(None, "organisation_id", "done_at"), Index(None, "campaign_id"))


class TrailStart(Base):
    """Where a chain begins whose older events were erased: the last erased link, signed."""

    __tablename__ = "trail_starts"

    chain_id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[int]
    digest: Mapped[bytes]
    signature: Mapped[bytes]
    cut_at: Mapped[datetime]


class KeyTurn(Base):
    """An organisation whose keys are being turned: the new ones seal, the old ones still open for a while."""

    __tablename__ = "key_turns"

    organisation_id: Mapped[UUID] = mapped_column(ForeignKey("organisations.id"), primary_key=True)
    begun_at: Mapped[datetime]


# What goes with a campaign, by kind; every other table of a campaign is kept, and a test asks why.
ERASED: Mapping[RetentionKind, tuple[str, ...]] = {
    RetentionKind.APPLICATIONS: (
        "drafts", "draft_documents", "entries", "closing_requests", "recognitions", "applications",
        "preferences", "answers",
        "sealed_records", "stage_events",
        "allocations", "scores", "sift_counts", "blind_totals", "sample_scores", "moderations",
        "moderation_proposals", "clearance_decisions",
        "leaks", "second_looks", "shortlist_entries", "interview_scores", "agreed_scores", "outcomes",
        "reserve_calls", "bookings", "appointments", "stage_marks", "first_sift_results",
        "challenges", "tie_breaks", "relationship_matches", "declarations", "conflict_voices", "substitutions",
        "checklist_entries", "agreed_adjustments", "letters", "paper_letters", "eligibility_checks",
        "equality_rows", "equality_rewrites", "candidate_questions",
    ),
    RetentionKind.EQUALITY_ANSWERS: ("equality_rows", "equality_rewrites"),
    RetentionKind.PANELS: ("relationship_matchings", "panel_checks", "panel_waivers", "panel_reasons"),
}  # fmt: skip

KEPT: Mapping[str, str] = {
    "actions": "what a body means to do differently, of no candidate",
    "advert_hits": "words of the advert",
    "advert_looks": "who looked at the advert",
    "anchors": "the scoring guide",
    "audit_judgements": "an auditor's findings, without candidates",
    "audited_campaigns": "which campaigns were audited",
    "campaign_ends": "when the campaign ended",
    "campaign_sources": "how many heard of the campaign where, of no candidate",
    "campaign_roles": "who may read what stays of the campaign",
    "composition_answers": "verdicts told already: without them later ones could be subtracted",
    "criteria": "what was scored",
    "first_sifts": "on which criterion a first sift was held or not, and why, of no candidate",
    "holds": "that papers were kept for a claim, by whom and why; the papers lie under the hold's own key",
    "eligibility_requirements": "what was asked of everybody, as the advert had it",
    "interview_questions": "what was asked",
    "outside_scorers": "who was let in from outside, by whom and why, of no candidate",
    "quality_entries": "the checklist, of no candidate",
    "quality_signatures": "the signed checklist, of no candidate",
    "question_criteria": "what was scored",
    "questions": "what was asked",
    "releases": "published figures",
    "retention_acts": "what was erased",
    "rights_requests": "that a right was asked for and answered; what is sealed goes once it is done",
    "sign_in_links": "erased two hours after they lapse",
    "sample_answers": "invented answers, of no candidate",
    "slot_plans": "how times were offered, of no candidate",
    "slots": "which times were offered, not to whom",
    "stage_markings": "the minimum of a test, and that it was held",
    "stages": "the campaign's own list",
    "tallies": "the counts in it are blanked by a clock of their own; that there was a count stays",
    "vacancies": "the posts",
}


def tables_of(kind: RetentionKind) -> Sequence[Table]:
    """The tables of a kind, those that refer to others first, so that they can be erased in this order."""
    return [table for table in reversed(Base.metadata.sorted_tables) if table.name in ERASED[kind]]


def latest_periods(session: Session, organisation_id: UUID) -> RetentionPeriods | None:
    return session.scalars(
        select(RetentionPeriods)
        .where(RetentionPeriods.organisation_id == organisation_id)
        .order_by(RetentionPeriods.version.desc())
        .limit(1)
    ).one_or_none()


def was_erased(session: Session, campaign_id: UUID, kind: RetentionKind) -> datetime | None:
    """When this kind of a campaign's records was erased; None while they are there."""
    return session.scalars(
        select(RetentionAct.done_at)
        .where(RetentionAct.campaign_id == campaign_id, RetentionAct.kind == kind)
        .order_by(RetentionAct.done_at)
        .limit(1)
    ).first()
