"""A sift in which every score is in and shortlisters differ, each in their own way."""

from __future__ import annotations

from random import Random
from uuid import UUID

from sqlalchemy import select

from recruitment.commands.sample.scoring import score_sift
from recruitment.store.applications import Application
from tests.support.world import World

SHORTLISTERS = ("shortlister_one", "shortlister_two", "shortlister_three")


def score_all_differently(world: World, campaign_id: UUID, seed: int = 1) -> None:
    """The first is the harshest, the third the kindest; applications lie close together in the middle."""
    with world.staff_desk.sessions.reading() as session:
        query = select(Application.id).where(Application.campaign_id == campaign_id)
        ids = session.scalars(query.order_by(Application.reference)).all()
    abilities = {key: 0.5 + 0.4 * number / len(ids) for number, key in enumerate(ids)}
    scorers = [world.actor(part) for part in SHORTLISTERS]
    score_sift(world.staff_desk, campaign_id, scorers, abilities, Random(seed))
