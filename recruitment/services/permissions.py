"""Asks, before every act on a campaign, whether the actor may."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.errors import NotAllowed, NotFound, TooLate
from recruitment.rules.permissions import Permission, Role, permissions_of
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole, Person


def require(
    session: Session,
    actor: Actor,
    campaign_id: UUID,
    permission: Permission,
    *,
    lock: bool = False,
    even_closed: bool = False,
) -> Campaign:
    """The campaign, when the actor may do this in it; otherwise `NotAllowed`, which looks like "not found".

    `lock` holds the campaign's row for this transaction, for acts that move the campaign on: `TooLate` once its
    checklist is signed, but for acts that are `even_closed`.
    """
    if actor.kind is not ActorKind.STAFF:
        raise NotAllowed
    held = (CampaignRole.campaign_id == Campaign.id) & (CampaignRole.person_id == actor.id)
    query = (
        select(Campaign, CampaignRole.role)
        .outerjoin(CampaignRole, held)
        .where(Campaign.id == campaign_id, Campaign.organisation_id == actor.organisation_id)
    )
    if lock:
        # Read anew: what was loaded before the lock may have changed while we waited for it.
        query = query.with_for_update(of=Campaign).execution_options(populate_existing=True)
    found = session.execute(query).all()
    if not found:
        raise NotFound
    if permission not in permissions_of(Role(role) for _, role in found if role is not None):
        raise NotAllowed
    campaign: Campaign = found[0][0]
    if lock and campaign.closed_at is not None and not even_closed:
        raise TooLate("This campaign is closed: its checklist is signed. Nothing of it can be changed any more.")
    return campaign


def require_staff(session: Session, actor: Actor) -> Person:
    """The person behind an actor; `NotAllowed` unless they are staff of the actor's organisation."""
    person = session.get(Person, actor.id) if actor.kind is ActorKind.STAFF else None
    if person is None or person.organisation_id != actor.organisation_id:
        raise NotAllowed
    return person


def holds_anywhere(session: Session, actor: Actor, role: Role) -> bool:
    """Whether somebody holds a role in any campaign of the organisation."""
    held = (
        select(CampaignRole.campaign_id)
        .join(Campaign, Campaign.id == CampaignRole.campaign_id)
        .where(
            CampaignRole.person_id == actor.id,
            CampaignRole.role == role,
            Campaign.organisation_id == actor.organisation_id,
        )
        .limit(1)
    )
    return session.scalars(held).first() is not None


def require_administrator(session: Session, actor: Actor) -> None:
    """Raise unless the actor is an administrator of their organisation, or the installation's own hand."""
    if actor.kind is ActorKind.SYSTEM:
        return
    person = session.get(Person, actor.id)
    if person is None or not person.is_administrator or person.organisation_id != actor.organisation_id:
        raise NotAllowed


def campaigns_of(session: Session, actor: Actor) -> list[tuple[Campaign, frozenset[Role]]]:
    """The campaigns somebody has a role in, latest closing date first, with the roles."""
    rows = session.execute(
        select(Campaign, CampaignRole.role)
        .join(CampaignRole, CampaignRole.campaign_id == Campaign.id)
        .where(CampaignRole.person_id == actor.id, Campaign.organisation_id == actor.organisation_id)
        .order_by(Campaign.closes_at.desc(), Campaign.id)
    )
    found: dict[UUID, tuple[Campaign, set[Role]]] = {}
    for campaign, role in rows:
        found.setdefault(campaign.id, (campaign, set()))[1].add(Role(role))
    return [(campaign, frozenset(roles)) for campaign, roles in found.values()]
