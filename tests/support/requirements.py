"""A campaign that requires a registration, and its check, as tests want them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import select

from recruitment.rules.eligibility import EligibilityDecision, EligibilityStanding
from recruitment.services import eligibility_checks
from recruitment.store.applications import Application
from recruitment.store.eligibility import EligibilityCheck, EligibilityRequirement
from tests.support.world import World

CONFIRMED = EligibilityDecision(EligibilityStanding.CONFIRMED, "Looked up in the register.")


def a_requirement(campaign_id: UUID) -> EligibilityRequirement:
    words = "You are on the register of nurses."
    return EligibilityRequirement(campaign_id=campaign_id, requirement="registration", words=words)


def add_requirement_and_check(session: Any, campaign_id: UUID, by: UUID, now: Any) -> None:
    session.add(a_requirement(campaign_id))
    first = session.scalars(select(Application.id).where(Application.campaign_id == campaign_id)).first()
    session.add(
        EligibilityCheck(
            campaign_id=campaign_id, application_id=first, standing="confirmed", checked_by=by, checked_at=now
        )
    )


def check_requirements(world: World, campaign_id: UUID, refusal: EligibilityDecision | None = None) -> list[str]:
    """Require a registration and check everybody: whoever declared one gets `refusal`, if there is one, the rest
    are confirmed. The details that were declared."""
    desk, asked = world.staff_desk, {"actor": world.actor("recruiter"), "campaign_id": campaign_id}
    with desk.sessions.writing() as session:
        session.add(a_requirement(campaign_id))
    with desk.sessions.reading() as session:
        found = eligibility_checks.open_checks(session, desk=desk, **asked)
    decisions = {one.reference: refusal if one.answers and refusal else CONFIRMED for one in found}
    with desk.sessions.writing() as session:
        eligibility_checks.decide_eligibility(session, desk=desk, **asked, decisions=decisions)
    return [answer.detail for one in found for answer in one.answers.values()]
