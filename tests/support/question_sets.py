"""A body's equality questions, changed by its administrator, and answers of a campaign to them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from recruitment.rules.equality_questions import check_answers
from recruitment.services.question_sets import asked_in, current_set, save_set
from recruitment.store.applications import Application
from recruitment.store.equality import EqualityRow
from recruitment.vault.sealing.equality import seal_equality_answers
from tests.support.world import World


def choose(world: World, reasons: dict[str, str] | None = None, **changes: str) -> int:
    """Save a new version: item → wording, or "off"; the rest as it was."""
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        held = current_set(session, world.organisation_id)
        return save_set(
            session,
            actor=world.actor("recruiter"),
            desk=desk,
            chosen={**held.chosen, **changes},
            reasons=held.reasons if reasons is None else reasons,
            seen=held.number,
        )


def answer_as(world: World, campaign_id: UUID, *given: dict[str, str]) -> None:
    """Replace the answers of a campaign's applications: the first gives the first, and so on round."""
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        asked, keys = asked_in(session, campaign_id), desk.vault.public_keys(session, campaign_id)
        found: Any = select(Application.id).where(Application.campaign_id == campaign_id).order_by(Application.id)
        for place, application_id in enumerate(session.scalars(found)):
            answers = check_answers(given[place % len(given)], asked)
            blob = seal_equality_answers(keys, application_id, desk.now, answers)
            session.add(EqualityRow(campaign_id=campaign_id, id=desk.new_id(), blob=blob))
