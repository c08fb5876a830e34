"""Numbers in another system for the applications of a campaign, as an import leaves them."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select

from recruitment.store.applications import Application, SealedRecord
from recruitment.vault.compartments import Compartment
from recruitment.vault.sealing.origin import seal_origin
from tests.support.world import World


def number_applications(world: World, campaign_id: UUID, but: int = 0) -> dict[UUID, str]:
    """Application → its number, EXT-000 by reference; the last `but` were made here and get none."""
    with world.staff_desk.sessions.writing() as session:
        query = select(Application.id).where(Application.campaign_id == campaign_id)
        ids = session.scalars(query.order_by(Application.reference)).all()
        numbers = {key: f"EXT-{place:03}" for place, key in enumerate(ids[: len(ids) - but])}
        keys = world.staff_desk.vault.public_keys(session, campaign_id)
        session.add_all(
            SealedRecord(
                campaign_id=campaign_id, application_id=key, compartment=Compartment.ORIGIN, part="",
                blob=seal_origin(keys, key, number),
            )
            for key, number in numbers.items()
        )  # fmt: skip
    return numbers
