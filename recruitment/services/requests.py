"""Adjustments, by reference, for the recruitment team."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.applications import ADJUSTMENTS as LABELS
from recruitment.rules.permissions import Permission
from recruitment.services.openings import record_opening
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.applications import Application, SealedRecord
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.requests import open_adjustments
from recruitment.vault.sealing.requests import ADJUSTMENTS


@dataclass(frozen=True)
class AskedAdjustment:
    """What somebody asked for; never the opt-in, never a condition beyond their own words."""

    reference: str
    adjustments: tuple[str, ...]
    detail: str


def read_adjustments(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID
) -> list[AskedAdjustment]:
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
            Application.withdrawn_at.is_(None),
            SealedRecord.compartment == Compartment.REQUESTS,
            SealedRecord.part == ADJUSTMENTS,
        )
    ).all()
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.REQUESTS,
        scope_id=campaign_id,
        records=None,
        ground="adjustments for the campaign's stages",
    )
    opened = open_adjustments(desk.vault, receipt, ((key, blob) for key, _, blob in rows))
    labels = dict(LABELS)
    found = [
        AskedAdjustment(
            reference,
            tuple(labels.get(code, code) for code in opened[key].adjustments),
            opened[key].adjustments_detail,
        )
        for key, reference, _ in rows
        if not opened[key].is_empty
    ]
    return sorted(found, key=lambda asked: asked.reference)
