"""What somebody began to type for a candidate and left is taken over by a colleague who may enter them too.

Both stay without any other part in the campaign: the trail remembers either.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.entries import LEFT_ALONE, EntryFormat
from recruitment.rules.errors import NotFound, Stale, TooLate
from recruitment.services.desk import Desk
from recruitment.services.entries import own_entry, require_no_part
from recruitment.services.past_roles import campaigns_with_part
from recruitment.services.permissions import require_staff
from recruitment.services.trail import record_event
from recruitment.store.applications import Draft
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.candidates import Candidate
from recruitment.store.entries import Entry
from recruitment.store.people import Person
from recruitment.store.trail import TrailEvent
from recruitment.vault.sealing.contact import seal_address

_TAKEN = "entry_taken_over"
_NOT_LEFT = "Somebody is typing this application, or a colleague has taken it over."


@dataclass(frozen=True)
class LeftEntry:
    """Somebody else's, as far as can be told before it is taken over: nothing of the candidate."""

    id: UUID
    title: str
    format: EntryFormat
    begun_at: datetime
    by: str


def _left(actor: Actor, desk: Desk) -> Select[Entry, str, str]:
    """Not sent, another's, and left: said so, saved nothing for an hour, or no longer on the staff."""
    saved_at = func.coalesce(Draft.updated_at, Entry.begun_at)
    is_left: ColumnElement[bool] = or_(
        Entry.left_at.is_not(None), Person.is_active.is_(False), saved_at < desk.now - LEFT_ALONE
    )
    return (
        select(Entry, Campaign.title, Person.name)
        .join(Campaign, Campaign.id == Entry.campaign_id)
        .join(Person, Person.id == Entry.person_id)
        .outerjoin(Draft, and_(Draft.campaign_id == Entry.campaign_id, Draft.candidate_id == Entry.candidate_id))
        .where(
            Campaign.organisation_id == actor.organisation_id,
            Entry.sent_at.is_(None),
            Entry.person_id != actor.id,
            is_left,
        )
        .order_by(Entry.begun_at, Entry.id)
    )


def _line(row: Entry, title: str, name: str) -> LeftEntry:
    return LeftEntry(row.id, title, EntryFormat(row.format), row.begun_at, name)


def list_left(session: Session, *, actor: Actor, desk: Desk) -> list[LeftEntry]:
    """Those of campaigns in which the actor has no part, the oldest first."""
    if require_staff(session, actor).only_campaign_id is not None:
        return []
    found = session.execute(_left(actor, desk)).all()
    campaigns = {row.campaign_id for row, _, _ in found}
    inside = campaigns_with_part(session, actor.id, campaigns) if campaigns else set()
    return [_line(row, title, name) for row, title, name in found if row.campaign_id not in inside]


def read_left(session: Session, *, actor: Actor, desk: Desk, entry_id: UUID) -> LeftEntry:
    """`Stale` for one that is not left any more; `NotFound` for one's own, and for whoever has a part."""
    entry = session.scalars(select(Entry).where(Entry.id == entry_id)).one_or_none()
    if entry is None or entry.sent_at is not None or entry.person_id == actor.id:
        raise NotFound
    for one in list_left(session, actor=actor, desk=desk):
        if one.id == entry_id:
            return one
    require_no_part(session, actor, entry.campaign_id)
    raise Stale(_NOT_LEFT)


def leave_entry(session: Session, *, actor: Actor, desk: Desk, entry_id: UUID) -> None:
    """Let a colleague take it over at once, for instance because the actor turns out to know the candidate."""
    entry = own_entry(session, actor, entry_id, lock=True)
    if entry.sent_at is not None:
        raise TooLate("You have sent this application already.")
    if entry.left_at is not None:
        return
    entry.left_at = desk.now
    record_event(session, at=desk.now, chain_id=entry.campaign_id, actor=actor, event="entry_left")


def take_over(session: Session, *, actor: Actor, desk: Desk, entry_id: UUID) -> None:
    """Go on with what a colleague left; letters about it come to the actor. `Stale` where it is not left."""
    campaign_id = session.scalars(select(Entry.campaign_id).where(Entry.id == entry_id)).one_or_none()
    if campaign_id is None:
        raise NotFound
    # Held against roles that are given meanwhile; and of two who take it over, one comes first.
    lock_campaign(session, campaign_id)
    require_no_part(session, actor, campaign_id)
    person = require_staff(session, actor)
    entry = session.get(Entry, (campaign_id, entry_id), with_for_update=True, populate_existing=True)
    if entry is None or entry.sent_at is not None:
        raise NotFound
    if entry.person_id == actor.id:
        return
    if session.execute(_left(actor, desk).where(Entry.id == entry_id)).first() is None:
        raise Stale(_NOT_LEFT)
    before, entry.person_id, entry.left_at = entry.person_id, actor.id, None
    account = session.get_one(Candidate, entry.candidate_id, with_for_update={"key_share": True})
    keys = desk.vault.public_keys(session, actor.organisation_id)
    account.address_sealed = seal_address(keys, account.id, person.email)
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event=_TAKEN,
        entry=entry_id,
        person=before,
        format=entry.format,
    )


def who_took_over(session: Session, *, actor: Actor, entry_id: UUID) -> str:
    """The name of who types now what the actor typed before; empty for whoever never did."""
    found = session.execute(
        select(Entry.campaign_id, Person.name)
        .join(Person, Person.id == Entry.person_id)
        .where(Entry.id == entry_id, Person.organisation_id == actor.organisation_id, Person.id != actor.id)
    ).one_or_none()
    if found is None:
        return ""
    events = session.scalars(
        select(TrailEvent.detail).where(TrailEvent.chain_id == found.campaign_id, TrailEvent.event == _TAKEN)
    )
    wanted = {"entry": str(entry_id), "person": str(actor.id)}
    return str(found.name) if any(wanted.items() <= detail.items() for detail in events) else ""
