"""Fresh references of a campaign's applications."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.references import make_reference
from recruitment.services.desk import Desk
from recruitment.store import applications as rows


def free_references(session: Session, desk: Desk, campaign_id: UUID, wanted: int) -> list[str]:
    """Fresh references, none of them taken in this campaign."""
    found: list[str] = []
    while len(found) < wanted:
        drawn = {make_reference(desk.random) for _ in range(wanted - len(found))} - set(found)
        taken = set(
            session.scalars(
                select(rows.Application.reference).where(
                    rows.Application.campaign_id == campaign_id, rows.Application.reference.in_(drawn)
                )
            )
        )
        found += sorted(drawn - taken)
    # In no order: handed out to a list sorted by name, they must not sort like it.
    desk.random.shuffle(found)
    return found
