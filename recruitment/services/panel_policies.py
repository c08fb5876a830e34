"""An organisation's rules for its panels, in versions; a campaign keeps the one it started with."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.panel_policies import (
    DEFAULT_POLICY,
    FIRST_POLICY,
    Policy,
    check_one_of_each,
    check_policy,
    read_policy,
    write_policy,
)
from recruitment.rules.panels import RULES
from recruitment.services.adopted_versions import AdoptedVersion, list_adopted
from recruitment.services.desk import Desk
from recruitment.services.permissions import require_administrator
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.pool import PanelPolicy, latest_policy


def current_policy(session: Session, organisation_id: UUID) -> tuple[int, Policy]:
    """The version that a campaign opened today would keep, and the policy."""
    row = latest_policy(session, organisation_id)
    return (row.version, read_policy(row.policy)) if row else (DEFAULT_POLICY.version, DEFAULT_POLICY)


def policy_of(session: Session, campaign: Campaign) -> Policy:
    """The policy a campaign started with; while it is prepared, the current one.

    A campaign that opened before there were policies keeps what was asked then: two people, a chair, an inclusion
    lead and a question.
    """
    version = campaign.panel_policy_version
    if version is None:
        return current_policy(session, campaign.organisation_id)[1] if campaign.state == "draft" else FIRST_POLICY
    row = session.get(PanelPolicy, (campaign.organisation_id, version))
    return read_policy(row.policy) if row else DEFAULT_POLICY


def adopt_policy(session: Session, *, actor: Actor, desk: Desk, policy: Policy, reason: str) -> int:
    """Make a new version; campaigns that have opened keep theirs. Administrators only."""
    require_administrator(session, actor)
    check_policy(policy, {name: rule.is_composition for name, rule in RULES.items()})
    check_one_of_each(policy)
    latest = latest_policy(session, actor.organisation_id)
    if latest is not None and not reason.strip():
        raise Invalid("Say why the rules change.", "reason")
    version = latest.version + 1 if latest else 1
    session.add(
        PanelPolicy(
            organisation_id=actor.organisation_id,
            version=version,
            policy=write_policy(replace(policy, version=version)),
            reason=reason.strip(),
            made_by=None if actor.kind == "system" else actor.id,
            made_at=desk.now,
        )
    )
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=actor.organisation_id,
        actor=actor,
        event="panel_policy_adopted",
        version=version,
        reason=reason.strip(),
    )
    return version


def list_policy_versions(session: Session, *, actor: Actor) -> list[AdoptedVersion]:
    return list_adopted(session, actor=actor, of=PanelPolicy)


def read_policy_version(session: Session, *, actor: Actor, version: int) -> Policy:
    require_administrator(session, actor)
    row = session.get(PanelPolicy, (actor.organisation_id, version))
    if row is None:
        raise NotFound
    return read_policy(row.policy)
