"""Substitutes: somebody of the pool sits for one candidate in place of a member with a conflict."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.entries import WHY_NO_PART
from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import PANEL_ROLES, Permission, Role, role_conflicts
from recruitment.services.desk import Desk
from recruitment.services.jobs import MATCH_RELATIONSHIPS, enqueue
from recruitment.services.panels import Seated
from recruitment.services.past_roles import has_entered, used_roles
from recruitment.services.permissions import require
from recruitment.services.trail import record_event
from recruitment.store.panels import Declaration, Substitution
from recruitment.store.people import CampaignRole, Person, roles_in_campaign
from recruitment.store.pool import PoolMembership


def substitutes_of(session: Session, campaign_id: UUID) -> list[Seated]:
    rows = session.execute(
        select(Person.id, Person.name, Person.email)
        .join(CampaignRole, CampaignRole.person_id == Person.id)
        .where(CampaignRole.campaign_id == campaign_id, CampaignRole.role == Role.SUBSTITUTE)
    )
    return [Seated(person_id, name, email, frozenset({Role.SUBSTITUTE})) for person_id, name, email in rows]


def name_substitute(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    application_id: UUID,
    member_id: UUID,
    substitute_id: UUID,
) -> None:
    """Have somebody of the pool sit for one candidate in place of a member with a conflict."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="name a substitute")
    row = session.get(Declaration, (campaign_id, application_id, member_id))
    if row is None or not row.is_conflict:
        raise Invalid("There is no conflict to sit in for.", "substitute")
    pooled = session.get(PoolMembership, substitute_id)
    if pooled is None or pooled.organisation_id != campaign.organisation_id:
        raise Invalid("Choose somebody from the panel pool.", "substitute")
    held = roles_in_campaign(session, campaign_id, substitute_id)
    if held & PANEL_ROLES:
        raise Invalid("They sit on this panel already.", "substitute")
    if has_entered(session, campaign_id, substitute_id):
        raise Invalid(WHY_NO_PART, "substitute")
    past = used_roles(session, campaign_id, substitute_id)
    if conflicts := role_conflicts(held | past | {Role.SUBSTITUTE}):
        raise Invalid(conflicts[0], "substitute")
    if Role.SUBSTITUTE not in held:
        session.add(
            CampaignRole(campaign_id=campaign_id, person_id=substitute_id, role=Role.SUBSTITUTE, given_at=desk.now)
        )
    session.merge(
        Substitution(
            campaign_id=campaign_id,
            application_id=application_id,
            member_id=member_id,
            substitute_id=substitute_id,
            named_by=actor.id,
            named_at=desk.now,
        )
    )
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="substitute_named",
        application=application_id,
        person=substitute_id,
        instead_of=member_id,
    )
    enqueue(session, desk=desk, kind=MATCH_RELATIONSHIPS, campaign_id=campaign_id)
