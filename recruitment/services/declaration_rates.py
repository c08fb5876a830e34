"""Declaration rates, read from what was released or published and from nothing else."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.declaration_rates import DeclarationRate, rates_of
from recruitment.rules.errors import NotAllowed
from recruitment.rules.permissions import Role
from recruitment.rules.release_formats import tables_from_json
from recruitment.services.permissions import holds_anywhere, require_staff
from recruitment.store.campaigns import Campaign
from recruitment.store.publications import list_publications
from recruitment.store.releases import Release


def require_declaration_reader(session: Session, actor: Actor) -> None:
    """Raise unless the actor is an administrator of the organisation or the analyst of some campaign of it."""
    if not require_staff(session, actor).is_administrator and not holds_anywhere(session, actor, Role.ANALYST):
        raise NotAllowed


@dataclass(frozen=True)
class Told:
    """One release or publication. `key`: "release <id>" or "publication <id>"; `versions`: of the question set."""

    key: str
    title: str
    at: datetime
    versions: str
    rates: tuple[DeclarationRate, ...]

    @property
    def day(self) -> date:
        return self.at.date()

    def rate(self, characteristic: str) -> DeclarationRate | None:
        """None for what was not asked."""
        return next((each for each in self.rates if each.characteristic == characteristic), None)


def list_told(session: Session, *, actor: Actor) -> list[Told]:
    """Everything the organisation released or published, the latest first."""
    require_declaration_reader(session, actor)
    return told_of(session, actor)


def told_of(session: Session, actor: Actor) -> list[Told]:
    rows = session.execute(
        select(Release, Campaign.title)
        .join(Campaign, Campaign.id == Release.campaign_id)
        .where(Campaign.organisation_id == actor.organisation_id)
    )
    found = [
        _told(f"release {row.id.hex}", title, row.released_at, row.question_set, row.tables[0], row.base // 2)
        for row, title in rows
    ]
    for several in list_publications(session, actor.organisation_id):
        first, last = (f"{each.day} {each:%B %Y}" for each in (several.period_from, several.period_until))
        part = f", {several.part}" if several.part else ""
        title = f"{several.title}{part}, {first} to {last}"
        # Added up from its campaigns' figures, each rounded on its own.
        slack = several.base // 2 * (len(several.campaigns) if len(several.tables) > 1 else 1)
        key = f"publication {several.id.hex}"
        found.append(_told(key, title, several.released_at, several.question_set, several.tables[0], slack))
    return sorted(found, key=lambda one: (one.at, one.key), reverse=True)


def _told(key: str, title: str, at: datetime, versions: str, tables: object, slack: int) -> Told:
    return Told(key, title, at, versions, rates_of(tables_from_json(json.dumps(tables)), slack=slack))


def find_told(told: Sequence[Told], key: str) -> Told | None:
    return next((each for each in told if each.key == key), None)
