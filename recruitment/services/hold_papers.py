"""What a hold keeps: collected under its own key, read through it alone, and erased once it is released.

No equality answer is among it: nobody keeps one person's. Records of tie-breaks tell of several people at once and
are left out; read them before the campaign's period ends.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, system_actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.errors import NotAllowed, NotFound, TooSoon
from recruitment.rules.holds import IN_FORCE, HoldStanding
from recruitment.services.application_papers import staff_papers
from recruitment.services.holds import require_holding
from recruitment.services.openings import record_opening
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application, SealedRecord
from recruitment.store.correspondence import questions_of
from recruitment.store.holds import Hold, HoldRecord, list_holds
from recruitment.store.keys import CompartmentKey
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.holding import (
    HELD,
    HeldPapers,
    open_hold,
    reseal_correspondence,
    reseal_into_hold,
)
from recruitment.vault.sealing.hold import PAPERS, seal_papers


def collect_hold(desk: StaffDesk, hold_id: UUID) -> None:
    """Seal the application's records and papers to the hold's key, in place of what was collected before.

    The worker does it when the hold is agreed, and again right before the campaign's records are erased.
    """
    with desk.sessions.reading() as session:
        hold = session.get_one(Hold, hold_id)
        if (
            hold.standing not in IN_FORCE
            or session.get(Application, (hold.campaign_id, hold.application_id)) is None
        ):
            return
        keys = desk.vault.public_keys(session, hold_id)
        rows = session.scalars(
            select(SealedRecord).where(
                SealedRecord.campaign_id == hold.campaign_id, SealedRecord.application_id == hold.application_id
            )
        ).all()
        if not rows and hold.collected_at is not None:
            return  # erased since; what was collected stays
        asked = questions_of(session, hold.campaign_id, hold.application_id)
        papers = seal_papers(keys, staff_papers(session, desk, hold.campaign_id, hold.application_id))
    held = [(PAPERS, papers)]
    # Not every campaign has every compartment: only what there is is opened, and recorded.
    present = {row.compartment for row in rows}
    for compartment in (one for one in HELD if one in present):
        receipt = record_opening(
            desk,
            actor=system_actor(hold.organisation_id),
            compartment=compartment,
            scope_id=hold.campaign_id,
            records=[hold.application_id],
            ground="to keep it for a claim under its own key",
        )
        blobs = [(row.application_id, row.part, row.blob) for row in rows if row.compartment == compartment]
        held += reseal_into_hold(desk.vault, receipt, keys, blobs)
    if asked:
        receipt = record_opening(
            desk,
            actor=system_actor(hold.organisation_id),
            compartment=Compartment.CORRESPONDENCE,
            scope_id=hold.campaign_id,
            records=[row.id for row in asked],
            ground="to keep it for a claim under its own key",
        )
        said = [(row.id, part, blob) for row in asked for part, blob in row.sealed_parts()]
        held += reseal_correspondence(desk.vault, receipt, keys, said)
    with desk.sessions.writing() as session:
        session.execute(delete(HoldRecord).where(HoldRecord.hold_id == hold_id))
        session.add_all(HoldRecord(hold_id=hold_id, part=part, blob=blob) for part, blob in held)
        kept = session.get_one(Hold, hold_id)
        kept.collected_at = desk.now
        record_event(
            session,
            at=desk.now,
            chain_id=kept.campaign_id,
            actor=system_actor(kept.organisation_id),
            event="hold_collected",
            hold=hold_id,
            reference=kept.reference,
            parts=len(held),
        )


def read_papers(session: Session, *, actor: Actor, desk: StaffDesk, hold_id: UUID) -> HeldPapers:
    """All that a hold keeps, for the two people who placed it; a read session, recorded.

    `TooSoon` before the reveal: a hold is no way round the second person at it.
    """
    hold = session.get(Hold, hold_id)
    if hold is None or hold.organisation_id != actor.organisation_id:
        raise NotFound
    campaign = require_holding(session, actor, hold.campaign_id)
    if actor.id not in (hold.asked_by, hold.decided_by) or hold.standing not in IN_FORCE:
        raise NotAllowed
    if not has_reached(CampaignState(campaign.state), CampaignState.REVEALED):
        raise TooSoon("The papers can be read once the shortlist of this campaign is revealed, or it has ended.")
    if hold.collected_at is None:
        raise TooSoon("The papers are being moved under the hold. Try again in a minute.")
    blobs = session.execute(select(HoldRecord.part, HoldRecord.blob).where(HoldRecord.hold_id == hold_id)).all()
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.HOLD,
        scope_id=hold_id,
        records=[hold_id],
        ground=f"a claim: {hold.kind}",
        chain_id=hold.campaign_id,
    )
    return open_hold(desk.vault, receipt, ((part, blob) for part, blob in blobs))


def collect_again(desk: StaffDesk, campaign_id: UUID) -> int:
    """Before a campaign's records are erased: every hold on one of them takes what came since; how many holds."""
    with desk.sessions.reading() as session:
        holds = [hold.id for hold in list_holds(session, campaign_id, *IN_FORCE)]
    for hold_id in holds:
        collect_hold(desk, hold_id)
    return len(holds)


def erase_released(desk: StaffDesk, organisation_id: UUID) -> int:
    """Destroy the keys of released holds, then what they kept; how many."""
    with desk.sessions.reading() as session:
        released = session.scalars(
            select(Hold.id).where(Hold.organisation_id == organisation_id, Hold.standing == HoldStanding.RELEASED)
        ).all()
    for hold_id in released:
        desk.vault.destroy_keys(hold_id)
        with desk.sessions.writing() as session:
            hold = session.get_one(Hold, hold_id)
            session.execute(delete(HoldRecord).where(HoldRecord.hold_id == hold_id))
            session.execute(delete(CompartmentKey).where(CompartmentKey.scope_id == hold_id))
            hold.standing = HoldStanding.ERASED
            record_event(
                session,
                at=desk.now,
                chain_id=hold.campaign_id,
                actor=system_actor(organisation_id),
                event="hold_erased",
                hold=hold_id,
                reference=hold.reference,
            )
    return len(released)
