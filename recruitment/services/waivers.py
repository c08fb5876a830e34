"""Going ahead although a rule is unmet: a waiver of a blocking one, a recorded reason for one on composition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.rules.panels import RULES, composition_rules
from recruitment.rules.permissions import Permission
from recruitment.services.desk import Desk
from recruitment.services.panel_checks import findings_now, lacking_reasons
from recruitment.services.permissions import require
from recruitment.services.pool import require_recruiting
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.panels import PanelReason, PanelWaiver
from recruitment.store.people import Person, roles_in_campaign

LONGEST = 2_000


def _texts(reason: str, who_was_asked: str) -> tuple[str, str]:
    for name, text, missing in (
        ("reason", reason, "Say why the panel goes ahead."),
        ("who_was_asked", who_was_asked, "Say who was asked, and when. If nobody could be, say so."),
    ):
        if not text.strip():
            raise Invalid(missing, name)
        if len(text) > LONGEST:
            raise Invalid(f"Shorten this to {LONGEST:,} characters or fewer.", name)
    return reason.strip(), who_was_asked.strip()


def ask_waiver(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, rule: str, reason: str, who_was_asked: str
) -> UUID:
    """Ask that a blocking rule be waived for the panel as it is; it counts once somebody outside approved it."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    checked = findings_now(session, campaign, today=desk.now.date())
    if rule not in {each.rule for each in checked.findings if each.is_blocking}:
        raise Invalid("This rule does not block the panel.", "rule")
    reason, who_was_asked = _texts(reason, who_was_asked)
    waiting = session.scalars(
        select(PanelWaiver).where(
            PanelWaiver.campaign_id == campaign_id, PanelWaiver.rule == rule, PanelWaiver.is_approved.is_(None)
        )
    ).all()
    if any(tuple(row.members) == checked.members for row in waiting):
        raise Invalid("A waiver of this rule waits for approval already.", "rule")
    waiver_id = desk.new_id()
    session.add(
        PanelWaiver(
            campaign_id=campaign_id,
            id=waiver_id,
            rule=rule,
            members=list(checked.members),
            reason=reason,
            who_was_asked=who_was_asked,
            asked_by=actor.id,
            asked_at=desk.now,
        )
    )
    session.flush()
    _record(session, desk, actor, campaign_id, "panel_waiver_asked", rule=rule, reason=reason, asked=who_was_asked)
    return waiver_id


@dataclass(frozen=True)
class WaitingWaiver:
    campaign_id: UUID
    id: UUID
    campaign: str
    rule: str
    title: str
    reason: str
    who_was_asked: str
    asked_by: str
    asked_at: datetime
    members: tuple[str, ...]


def list_waiting_waivers(session: Session, *, actor: Actor) -> list[WaitingWaiver]:
    """Waivers the actor may decide on: of campaigns of the organisation in which they have no role."""
    require_recruiting(session, actor)
    rows = session.execute(
        select(PanelWaiver, Campaign.title, Person.name)
        .join(Campaign, Campaign.id == PanelWaiver.campaign_id)
        .join(Person, Person.id == PanelWaiver.asked_by)
        .where(Campaign.organisation_id == actor.organisation_id, PanelWaiver.is_approved.is_(None))
        .order_by(PanelWaiver.asked_at, PanelWaiver.id)
    ).all()
    found = []
    for row, campaign, name in rows:
        if _is_outside(session, row, actor):
            people = session.scalars(
                select(Person.name)
                .where(Person.id.in_([UUID(each) for each in row.members]))
                .order_by(Person.name)
            )
            found.append(
                WaitingWaiver(
                    row.campaign_id,
                    row.id,
                    campaign,
                    row.rule,
                    RULES[row.rule].title,
                    row.reason,
                    row.who_was_asked,
                    name,
                    row.asked_at,
                    tuple(people),
                )
            )
    return found


def _is_outside(session: Session, waiver: PanelWaiver, actor: Actor) -> bool:
    """Whether somebody has no part in the campaign: no role, and no seat on the panel in question."""
    if waiver.asked_by == actor.id or str(actor.id) in waiver.members:
        return False
    return not roles_in_campaign(session, waiver.campaign_id, actor.id)


def decide_waiver(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    waiver_id: UUID,
    is_approved: bool,
    reason: str,
) -> None:
    """Approve or refuse a waiver, as somebody outside the campaign."""
    require_recruiting(session, actor)
    row = session.get(PanelWaiver, (campaign_id, waiver_id), with_for_update=True)
    campaign = session.get(Campaign, campaign_id)
    if row is None or campaign is None or campaign.organisation_id != actor.organisation_id:
        raise NotFound
    if not _is_outside(session, row, actor):
        raise NotAllowed
    if campaign.closed_at is not None:
        raise TooLate("This campaign is closed: its checklist is signed.")
    if row.is_approved is not None:
        raise TooLate("Somebody has decided on this waiver already.")
    if not reason.strip():
        raise Invalid("Give the reason for your decision.", "reason")
    row.is_approved, row.decision_reason = is_approved, reason.strip()[:LONGEST]
    row.decided_by, row.decided_at = actor.id, desk.now
    session.flush()
    _record(
        session,
        desk,
        actor,
        campaign_id,
        "panel_waiver_decided",
        rule=row.rule,
        approved=is_approved,
        reason=reason,
    )


def give_reason(
    session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, rule: str, reason: str, who_was_asked: str
) -> None:
    """Record why the panel goes ahead with a rule on composition unmet, and who was asked to sit."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    checked = findings_now(session, campaign, today=desk.now.date())
    if rule not in composition_rules() or rule not in {
        each.rule for each in lacking_reasons(session, campaign_id, checked)
    }:
        raise Invalid("This rule needs no reason.", "rule")
    reason, who_was_asked = _texts(reason, who_was_asked)
    session.add(
        PanelReason(
            campaign_id=campaign_id,
            id=desk.new_id(),
            rule=rule,
            members=list(checked.members),
            reason=reason,
            who_was_asked=who_was_asked,
            entered_by=actor.id,
            entered_at=desk.now,
        )
    )
    session.flush()
    _record(session, desk, actor, campaign_id, "panel_reason_given", rule=rule, reason=reason, asked=who_was_asked)


@dataclass(frozen=True)
class ReadWaiver:
    rule: str
    title: str
    reason: str
    who_was_asked: str
    is_approved: bool | None
    decision_reason: str
    is_of_this_panel: bool


def read_waivers(session: Session, campaign_id: UUID, members: Sequence[str]) -> list[ReadWaiver]:
    """Every waiver asked in a campaign whose panel is `members` now; the caller has asked for permission."""
    rows = session.scalars(
        select(PanelWaiver)
        .where(PanelWaiver.campaign_id == campaign_id)
        .order_by(PanelWaiver.asked_at, PanelWaiver.id)
    )
    return [
        ReadWaiver(
            row.rule,
            RULES[row.rule].title,
            row.reason,
            row.who_was_asked,
            row.is_approved,
            row.decision_reason,
            tuple(row.members) == tuple(members),
        )
        for row in rows
    ]


def _record(session: Session, desk: Desk, actor: Actor, campaign_id: UUID, event: str, **detail: object) -> None:
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event=event, **detail)
