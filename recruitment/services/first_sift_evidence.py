"""What a campaign's records say of its first sift: for the checklist, and for the pack of evidence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from recruitment.rules.first_sifts import FirstSiftFacts
from recruitment.store.applications import Answer, Application, is_in_use
from recruitment.store.campaigns import Campaign, Criterion
from recruitment.store.eligibility import is_running
from recruitment.store.first_sifts import (
    FirstSiftResult,
    count_in_first_sift,
    find_first_sift,
    is_lead,
)
from recruitment.store.sift import Allocation, AllocationState, Score
from recruitment.store.trail import TrailEvent

_NUMBERED = ("first_sift_named", "campaign_opened", "first_sift_closed", "answer_scored")
_OF_CRITERIA = ("criterion_added", "criterion_changed")
_LEAST = 2


def first_sift_facts(session: Session, campaign: Campaign) -> FirstSiftFacts | None:
    """None where none was planned. The caller has asked for permission."""
    row = find_first_sift(session, campaign.id)
    if row is None:
        return None
    first, last = _places(session, campaign.id)
    lead = session.get_one(Criterion, (campaign.id, row.criterion_id))
    return FirstSiftFacts(
        was_held=bool(row.was_held),
        minimum=lead.minimum,
        named=last.get("first_sift_named"),
        opened=first.get("campaign_opened"),
        closed=last.get("first_sift_closed"),
        first_score=first.get("answer_scored"),
        last_change=_last_change(session, campaign.id, row.criterion_id),
        still=count_in_first_sift(session, campaign.id),
        short=count_short_of_scorers(session, campaign, is_lead()),
    )


def _places(session: Session, campaign_id: UUID) -> tuple[dict[str, int], dict[str, int]]:
    """Event → its first and its last place in the trail."""
    found = session.execute(
        select(TrailEvent.event, func.min(TrailEvent.number), func.max(TrailEvent.number))
        .where(TrailEvent.chain_id == campaign_id, TrailEvent.event.in_(_NUMBERED))
        .group_by(TrailEvent.event)
    ).all()
    return {event: first for event, first, _ in found}, {event: last for event, _, last in found}


def _last_change(session: Session, campaign_id: UUID, criterion_id: UUID) -> int | None:
    found = session.execute(
        select(TrailEvent.number, TrailEvent.detail)
        .where(TrailEvent.chain_id == campaign_id, TrailEvent.event.in_(_OF_CRITERIA))
        .order_by(TrailEvent.number.desc())
    )
    return next((number for number, detail in found if detail.get("criterion") == str(criterion_id)), None)


def count_short_of_scorers(session: Session, campaign: Campaign, which: ColumnElement[bool]) -> int:
    """Answers of those that stand with fewer shortlisters' scores than asked for, or than two."""
    wanted = max(_LEAST, campaign.shortlisters_per_answer)
    scored = (
        select(Allocation.answer_id, func.count(func.distinct(Allocation.person_id)).label("scorers"))
        .join(Score, (Score.campaign_id == Allocation.campaign_id) & (Score.allocation_id == Allocation.id))
        .where(Allocation.campaign_id == campaign.id, Allocation.state == AllocationState.OPEN)
        .group_by(Allocation.answer_id)
        .subquery()
    )
    lacking = (
        select(func.count())
        .select_from(Answer)
        .join(
            Application,
            (Application.campaign_id == Answer.campaign_id) & (Application.id == Answer.application_id),
        )
        .outerjoin(scored, scored.c.answer_id == Answer.id)
        .where(
            Answer.campaign_id == campaign.id,
            is_running(),
            which,
            func.coalesce(scored.c.scorers, 0) < wanted,
        )
    )
    return session.scalar(lacking) or 0


def first_sift_rules(session: Session, campaign_id: UUID) -> dict[str, Any] | None:
    """None where the advert said nothing of a first sift. Its line is the minimum of the criterion."""
    row = find_first_sift(session, campaign_id)
    if row is None:
        return None
    lead = session.get_one(Criterion, (campaign_id, row.criterion_id))
    return {"criterion": lead.name, "line": lead.minimum, "held": row.was_held, "reason": row.reason}


def first_sift_rows(session: Session, campaign_id: UUID) -> tuple[tuple[str | int, ...], ...]:
    """Who was read in full, by reference, beneath a heading; the scores stand among those of the sift."""
    rows = session.execute(
        select(Application.reference, FirstSiftResult.is_past)
        .join(
            FirstSiftResult,
            (FirstSiftResult.campaign_id == Application.campaign_id)
            & (FirstSiftResult.application_id == Application.id),
        )
        .where(Application.campaign_id == campaign_id, is_in_use())
        .order_by(Application.reference)
    )
    results = ((reference, "read in full" if past else "below the minimum") for reference, past in rows)
    return (("Reference", "Result of the first sift"), *results)
