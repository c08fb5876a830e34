"""Candidates are told of a closing time that moved: everybody who has begun to write, or the one who asked."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from recruitment.rules.closing_times import FOR_EVERYBODY, ClosingKind, ClosingStanding
from recruitment.services.outgoing import seal_to_candidates
from recruitment.services.post import post_sealed
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Draft
from recruitment.store.campaigns import Campaign
from recruitment.store.closing_times import ClosingRequest
from recruitment.store.organisations import Organisation

_UK = ZoneInfo("Europe/London")


def in_words(at: datetime) -> str:
    """A moment as a letter tells it, in UK time."""
    uk = at.astimezone(_UK)
    return f"{uk:%H:%M} on {uk:%A} {uk.day} {uk:%B %Y} (UK time)"


def letter_of(kind: ClosingKind, title: str, until: datetime | None, contact: str) -> tuple[str, str]:
    """Subject and body; without `until` the closing time stays as it was."""
    if until is None:
        return (
            "Your request for more time",
            f"You asked for more time to apply: {title}.\n\nWe cannot give you more time. "
            f"You can ask us why: {contact}\n",
        )
    if kind in FOR_EVERYBODY:
        return (
            "The closing time of a vacancy has changed",
            f"{title}\n\nYou can now send your application until {in_words(until)}. You have begun one, and not "
            "sent it yet. Sign in to go on with it.\n",
        )
    return (
        "You have more time to apply",
        f"{title}\n\nYou can send your application until {in_words(until)}. Sign in to start it or go on with it. "
        "The people who score your answers are not told.\n",
    )


def tell_closing_time(desk: StaffDesk, campaign_id: UUID, closing_id: UUID) -> int:
    """Post the letters of one decision, once; how many."""
    with desk.sessions.reading() as session:
        row = session.get(ClosingRequest, (campaign_id, closing_id))
        if row is None or row.told_at is not None:
            return 0
        campaign = session.get_one(Campaign, campaign_id)
        contact = session.get_one(Organisation, campaign.organisation_id).contact
        writing = session.scalars(select(Draft.candidate_id).where(Draft.campaign_id == campaign_id)).all()
    # Whose request it was may be gone, thrown away or erased: then nobody is told, and never everybody.
    of_one = [row.candidate_id] if row.candidate_id else []
    until = row.until if row.standing == ClosingStanding.AGREED else None
    subject, body = letter_of(ClosingKind(row.kind), campaign.title, until, contact)
    sealed = seal_to_candidates(
        desk,
        organisation_id=campaign.organisation_id,
        candidate_ids=writing if row.kind in FOR_EVERYBODY else of_one,
        subject=subject,
        body=body,
        ground="to tell candidates of a closing time",
    )
    with desk.sessions.writing() as session:
        kept = session.get(ClosingRequest, (campaign_id, closing_id), with_for_update=True)
        if kept is None or kept.told_at is not None:
            return 0
        kept.told_at = desk.now
        for message_id, blob in sealed:
            post_sealed(
                session, desk=desk, organisation_id=campaign.organisation_id, message_id=message_id, blob=blob
            )
    return len(sealed)
