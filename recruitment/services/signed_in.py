"""Who a session cookie stands for, and the roles they hold: read afresh on every request."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import ActorKind
from recruitment.rules.permissions import Role
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.organisations import Organisation
from recruitment.store.people import Person, roles_in_campaign


@dataclass(frozen=True)
class Visitor:
    """`name` is empty for a candidate: nothing here may identify one."""

    kind: ActorKind
    id: UUID
    organisation_id: UUID
    name: str
    session_version: int


def find_visitor(session: Session, kind: str, visitor_id: str) -> Visitor | None:
    try:
        key = UUID(visitor_id)
    except ValueError:
        return None
    if kind == ActorKind.CANDIDATE:
        candidate = session.get(Candidate, key)
        if candidate is None:
            return None
        return Visitor(ActorKind.CANDIDATE, candidate.id, candidate.organisation_id, "", candidate.session_version)
    person = session.get(Person, key) if kind == ActorKind.STAFF else None
    if person is None or not person.is_active:
        return None
    return Visitor(ActorKind.STAFF, person.id, person.organisation_id, person.name, person.session_version)


def roles_of(
    session: Session, person_id: UUID, organisation_id: UUID, campaign_id: UUID | None
) -> frozenset[Role]:
    """Roles in a campaign of the person's own organisation; without one, what they are in the organisation."""
    if campaign_id is None:
        person = session.get(Person, person_id)
        return frozenset({Role.ADMINISTRATOR}) if person and person.is_administrator else frozenset()
    campaign = session.get(Campaign, campaign_id)
    if campaign is None or campaign.organisation_id != organisation_id:
        return frozenset()
    return roles_in_campaign(session, campaign_id, person_id)


def organisation_name(session: Session, organisation_id: UUID) -> str:
    organisation = session.get(Organisation, organisation_id)
    return organisation.name if organisation else ""
