"""Which vacancies the people on a revealed shortlist applied for, and which they would like best.

Shortlisters score the answers alone and never read this; the panel reads it where it fills the vacancies.
"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.permissions import Permission
from recruitment.services.reveals import revealed_campaign, visible_entries
from recruitment.store.applications import Preference
from recruitment.store.campaigns import Vacancy


@dataclass(frozen=True)
class Wishes:
    """Titles of vacancies with their places, in the campaign's order; `first`: empty without a first choice."""

    applied_for: tuple[str, ...]
    first: str


def read_wishes(session: Session, *, actor: Actor, campaign_id: UUID) -> dict[UUID, Wishes]:
    """Application → wishes, in one statement, for those whose names the reader may see; `TooSoon` before that.

    Empty where the campaign has one vacancy.
    """
    campaign = revealed_campaign(session, actor, campaign_id, Permission.SEE_NAMES)
    entries = visible_entries(session, actor, campaign)
    found: dict[UUID, list[tuple[str, bool]]] = {}
    for application_id, title, location, is_first in session.execute(
        select(Preference.application_id, Vacancy.title, Vacancy.location, Preference.is_first)
        .join(
            Vacancy,
            (Vacancy.campaign_id == Preference.campaign_id) & (Vacancy.id == Preference.vacancy_id),
        )
        .where(Preference.campaign_id == campaign_id, Preference.application_id.in_(entries))
        .order_by(Vacancy.position)
    ):
        said = f"{title} ({location})" if location else title
        found.setdefault(application_id, []).append((said, bool(is_first)))
    return {
        key: Wishes(tuple(said for said, _ in each), next((said for said, is_first in each if is_first), ""))
        for key, each in found.items()
    }
