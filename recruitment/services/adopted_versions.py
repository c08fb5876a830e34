"""What a body adopted in versions (rules for panels, periods, the checklist): when, by whom and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.services.permissions import require_administrator
from recruitment.store.people import Person
from recruitment.store.pool import PanelPolicy
from recruitment.store.quality_checklists import ChecklistTemplate
from recruitment.store.retention import RetentionPeriods

Adopted = type[PanelPolicy] | type[RetentionPeriods] | type[ChecklistTemplate]


@dataclass(frozen=True)
class AdoptedVersion:
    """`made_by` is empty where the installation itself made it."""

    version: int
    reason: str
    made_by: str
    made_at: datetime


def list_adopted(session: Session, *, actor: Actor, of: Adopted) -> list[AdoptedVersion]:
    """The latest first; what is shipped is not among them. Administrators only."""
    require_administrator(session, actor)
    rows = session.execute(
        select(of.version, of.reason, Person.name, of.made_at)
        .outerjoin(Person, Person.id == of.made_by)
        .where(of.organisation_id == actor.organisation_id)
        .order_by(of.version.desc())
    )
    return [AdoptedVersion(version, reason, name or "", at) for version, reason, name, at in rows]
