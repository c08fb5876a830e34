"""A campaign that no recruiter can sign in to any more: an administrator names another, with a reason.

Only there: as long as one recruiter is left, recruiters name each other, and no administrator gives a part in a
campaign. Nobody names themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, NotFound, TooLate
from recruitment.rules.permissions import Role
from recruitment.services.campaigns import find_staff
from recruitment.services.permissions import require_administrator
from recruitment.services.reasons import check_reason
from recruitment.services.roles import check_role
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole, Person


@dataclass(frozen=True)
class WithoutRecruiter:
    id: UUID
    title: str
    closes_at: datetime


def has_recruiter() -> ColumnElement[bool]:
    """Whether a recruiter is left who can still sign in."""
    return (
        select(CampaignRole.person_id)
        .join(Person, Person.id == CampaignRole.person_id)
        .where(CampaignRole.campaign_id == Campaign.id, CampaignRole.role == Role.RECRUITER, Person.is_active)
        .correlate(Campaign)
        .exists()
    )


def list_without_recruiter(session: Session, *, actor: Actor) -> list[WithoutRecruiter]:
    """Campaigns that are not closed and that nobody can go on with, those that close first at the front."""
    require_administrator(session, actor)
    rows = session.execute(
        select(Campaign.id, Campaign.title, Campaign.closes_at)
        .where(Campaign.organisation_id == actor.organisation_id, Campaign.closed_at.is_(None), ~has_recruiter())
        .order_by(Campaign.closes_at, Campaign.id)
    )
    return [WithoutRecruiter(*row) for row in rows]


def list_nameable(session: Session, *, actor: Actor) -> list[tuple[UUID, str, str]]:
    """Id, name and address of everybody who could be named: nobody names themselves."""
    require_administrator(session, actor)
    found = find_staff(session, actor.organisation_id)
    return [(person.id, person.name, person.email) for person in found if person.id != actor.id]


def name_recruiter(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, person_id: UUID, reason: str
) -> None:
    """Make somebody the recruiter of a campaign that has none. `Invalid` names the entry that is wrong."""
    require_administrator(session, actor)
    campaign = session.get(Campaign, campaign_id, with_for_update=True, populate_existing=True)
    if campaign is None or campaign.organisation_id != actor.organisation_id:
        raise NotFound
    if campaign.closed_at is not None:
        raise TooLate("This campaign is closed: its checklist is signed. Nothing of it can be changed any more.")
    if session.scalar(select(Campaign.id).where(Campaign.id == campaign_id, has_recruiter())) is not None:
        raise TooLate("This campaign has a recruiter. They name others on its page People.")
    if person_id == actor.id:
        raise Invalid("You cannot name yourself. Another administrator can name you.", "person")
    if not reason.strip():
        raise Invalid("Give the reason: it goes on the record.", "reason")
    check_reason(reason)
    try:
        check_role(session, campaign, person_id, Role.RECRUITER)
    except Invalid as refusal:
        raise Invalid(refusal.sentence, "person") from None
    held = CampaignRole(campaign_id=campaign_id, person_id=person_id, role=Role.RECRUITER, given_at=desk.now)
    session.add(held)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="recruiter_named",
        person=person_id,
        reason=reason.strip(),
    )
