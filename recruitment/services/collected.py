"""What each body collects, why, who sees it and how long: read by everybody, from its periods in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.collected import BY_COMPARTMENT, ELSEWHERE, CollectedLine, lines_of
from recruitment.rules.errors import NotFound
from recruitment.rules.retention import Periods
from recruitment.services.desk import Desk
from recruitment.services.permissions import require_administrator
from recruitment.services.question_sets import current_set
from recruitment.services.retention_periods import current_periods
from recruitment.store.campaigns import Campaign
from recruitment.store.organisations import Organisation, find_organisation
from recruitment.store.people import Person
from recruitment.store.retention import latest_periods


@dataclass(frozen=True)
class CollectedByBody:
    """`since`: when its periods were set; None where it has set none of its own."""

    organisation_id: UUID
    name: str
    contact: str
    periods: Periods
    lines: tuple[CollectedLine, ...]
    since: datetime | None


def list_bodies(session: Session) -> list[tuple[str, str]]:
    """Short name and name of every body."""
    rows = session.execute(select(Organisation.slug, Organisation.name).order_by(Organisation.name))
    return [(slug, name) for slug, name in rows]


def read_collected(session: Session, slug: str) -> CollectedByBody:
    """`NotFound` for a body that is not there."""
    body = find_organisation(session, slug)
    if body is None:
        raise NotFound
    return read_collected_by(session, body.id)


def read_collected_by(session: Session, organisation_id: UUID) -> CollectedByBody:
    body = session.get_one(Organisation, organisation_id)
    periods = current_periods(session, body.id)
    row = latest_periods(session, body.id)
    return CollectedByBody(
        body.id,
        body.name,
        body.contact,
        periods,
        lines_of(periods, current_set(session, body.id)),
        row.made_at if row else None,
    )


@dataclass(frozen=True)
class InstallationFacts:
    """What the shipped documents are filled with. `lines`: by compartment, or by the name of another place."""

    slug: str
    collected: CollectedByBody
    lines: dict[str, CollectedLine]
    people: int
    campaigns: int
    database: str
    question_set: str


def read_installation_facts(session: Session, *, actor: Actor, desk: Desk) -> InstallationFacts:
    """Administrators only."""
    require_administrator(session, actor)
    body = session.get_one(Organisation, actor.organisation_id)
    found = read_collected_by(session, body.id)
    people = select(func.count()).where(Person.organisation_id == body.id, Person.is_active)
    campaigns = select(func.count()).where(
        Campaign.organisation_id == body.id, Campaign.state != CampaignState.DRAFT
    )
    return InstallationFacts(
        body.slug,
        found,
        dict(zip((*BY_COMPARTMENT, *ELSEWHERE), found.lines, strict=True)),
        session.scalar(people) or 0,
        session.scalar(campaigns) or 0,
        "SQLite, on the same machine" if desk.sessions.is_sqlite else "PostgreSQL",
        current_set(session, body.id).version,
    )
