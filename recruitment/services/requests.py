"""Adjustments, by reference, for the recruitment team: what was asked for, what is agreed, what was made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.adjustments import AdjustmentStanding, Agreed, check_agreed, standing_of
from recruitment.rules.applications import ADJUSTMENTS as LABELS
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import NotFound, Stale
from recruitment.rules.permissions import Permission
from recruitment.services.openings import record_opening
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application, SealedRecord
from recruitment.store.eligibility import is_running
from recruitment.store.quality_checklists import AgreedAdjustments
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.requests import open_adjustments, open_agreed
from recruitment.vault.sealing.requests import ADJUSTMENTS, seal_agreed

NOTHING_AGREED = Agreed()
ANSWERED_IN = tuple(state for state in CampaignState if state is not CampaignState.DRAFT)


@dataclass(frozen=True)
class AskedAdjustment:
    """What somebody asked for, never the opt-in, never a condition beyond their own words; and what is agreed."""

    reference: str
    adjustments: tuple[str, ...]
    detail: str
    agreed: Agreed = NOTHING_AGREED


@dataclass(frozen=True)
class ReadAdjustments:
    """`applications`: how many there were, withdrawn ones too; `entered_at`: when the agreed was last written.

    `kept`: what was agreed with everybody, whoever withdrew since among them.
    """

    asked: tuple[AskedAdjustment, ...]
    applications: int
    entered_at: datetime | None
    kept: Mapping[str, Agreed]


def read_adjustments(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> ReadAdjustments:
    """Everybody who asked for an adjustment, by reference; opened with one record. A read session."""
    require(session, actor, campaign_id, Permission.SEE_REQUESTS)
    rows = session.execute(
        select(Application.id, Application.reference, SealedRecord.blob)
        .join(
            SealedRecord,
            (SealedRecord.campaign_id == Application.campaign_id)
            & (SealedRecord.application_id == Application.id),
        )
        .where(
            Application.campaign_id == campaign_id,
            is_running(),
            SealedRecord.compartment == Compartment.REQUESTS,
            SealedRecord.part == ADJUSTMENTS,
        )
    ).all()
    held = session.get(AgreedAdjustments, campaign_id)
    applications = _applications(session, campaign_id)
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.REQUESTS,
        scope_id=campaign_id,
        records=None,
        ground="adjustments for the campaign's stages",
    )
    opened = open_adjustments(desk.vault, receipt, ((key, blob) for key, _, blob in rows))
    agreed = open_agreed(desk.vault, receipt, held.blob) if held else {}
    labels = dict(LABELS)
    found = [
        AskedAdjustment(
            reference,
            tuple(labels.get(code, code) for code in opened[key].adjustments),
            opened[key].adjustments_detail,
            agreed.get(reference, NOTHING_AGREED),
        )
        for key, reference, _ in rows
        if not opened[key].is_empty
    ]
    found.sort(key=lambda asked: asked.reference)
    return ReadAdjustments(tuple(found), applications, held.entered_at if held else None, agreed)


def _applications(session: Session, campaign_id: UUID) -> int:
    return session.scalar(select(func.count()).where(Application.campaign_id == campaign_id)) or 0


def agree_adjustments(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    found: ReadAdjustments,
    changes: Mapping[str, Agreed],
) -> ReadAdjustments:
    """Keep that the adjustments were looked at, and what is agreed; `found` was opened before this write began.

    `changes`: by reference, only of those who asked. Raises `Stale` when a colleague wrote in the meantime.
    The result is `found` with the moment at which it was last written.
    """
    campaign = require(session, actor, campaign_id, Permission.SEE_REQUESTS, lock=True)
    require_state(CampaignState(campaign.state), *ANSWERED_IN, act="agree adjustments")
    held = session.get(AgreedAdjustments, campaign_id, populate_existing=True)
    if changes and (held.entered_at if held else None) != found.entered_at:
        raise Stale("A colleague changed what is agreed while you wrote. Open the adjustments again.")
    asked = {one.reference: one.agreed for one in found.asked}
    if changes.keys() - asked.keys():
        raise NotFound
    for place, (reference, current) in enumerate(asked.items(), 1):
        if changes.get(reference, current) != current:
            check_agreed(changes[reference], str(place))
    now_agreed = {reference: changes.get(reference, current) for reference, current in asked.items()}
    at = _keep(session, actor, desk, campaign_id, found, now_agreed, is_changed=bool(changes) or held is None)
    if changes:
        record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="adjustments_agreed")
    return replace(found, entered_at=at)


def _keep(
    session: Session,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    found: ReadAdjustments,
    agreed: Mapping[str, Agreed],
    *,
    is_changed: bool,
) -> datetime:
    is_answered, is_made = standing_of(agreed.values())
    progress = {"applications": found.applications, "is_answered": is_answered, "is_made": is_made}
    held = session.get(AgreedAdjustments, campaign_id)
    if held is not None and not is_changed:
        # Only looked at: nothing that a colleague is writing becomes stale.
        for column, value in progress.items():
            setattr(held, column, value)
        at = held.entered_at
    else:
        blob = seal_agreed(desk.vault.public_keys(session, campaign_id), {**found.kept, **agreed})
        at = desk.now
        entered = {"entered_by": actor.id, "entered_at": at}
        session.merge(AgreedAdjustments(campaign_id=campaign_id, blob=blob, **progress, **entered))
    session.flush()
    return at


def adjustment_standing(session: Session, campaign_id: UUID) -> AdjustmentStanding | None:
    """How far the adjustments are; None where nobody opened them. Whoever calls it has asked for permission."""
    row = session.get(AgreedAdjustments, campaign_id)
    if row is None:
        return None
    covers_all = row.applications >= _applications(session, campaign_id)
    return AdjustmentStanding(covers_all, row.is_answered, row.is_made)
