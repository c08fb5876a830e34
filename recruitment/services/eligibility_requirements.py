"""What a campaign requires of candidates is laid down before it opens."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.eligibility import AskedRequirement, Requirement, check_requirements
from recruitment.rules.permissions import Permission
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.eligibility import EligibilityRequirement
from recruitment.vault.compartments import Compartment


def set_requirements(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, words: Mapping[Requirement, str]
) -> None:
    """Lay down what candidates must meet, before the campaign opens: whoever applies answers the same."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.DRAFT, act="change what candidates must meet")
    asked = check_requirements(words)
    keep_requirements(session, desk, campaign_id, asked)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="eligibility_set",
        requirements=[one.requirement.value for one in asked],
    )


def keep_requirements(
    session: Session, desk: StaffDesk, campaign_id: UUID, asked: tuple[AskedRequirement, ...]
) -> None:
    """Store them in place of what was; a campaign made before there was the compartment gets it now."""
    session.execute(delete(EligibilityRequirement).where(EligibilityRequirement.campaign_id == campaign_id))
    session.add_all(
        EligibilityRequirement(campaign_id=campaign_id, requirement=one.requirement, words=one.words)
        for one in asked
    )
    if asked and Compartment.ELIGIBILITY not in desk.vault.public_keys(session, campaign_id).keys:
        desk.vault.make_compartments(session, campaign_id, (Compartment.ELIGIBILITY,), desk.now)
    session.flush()
