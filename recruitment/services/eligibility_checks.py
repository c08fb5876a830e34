"""A named recruiter confirms or refuses what candidates declared, by reference, before the sift opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, system_actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.eligibility import (
    AskedRequirement,
    EligibilityAnswer,
    EligibilityDecision,
    EligibilityStanding,
    check_decision,
    confirmation_letter,
    refusal_letter,
)
from recruitment.rules.errors import NotFound, TooLate
from recruitment.rules.permissions import Permission
from recruitment.services.desk import Desk
from recruitment.services.eligibility import CHECKED_IN, settle_refused
from recruitment.services.jobs import TELL_ELIGIBILITY, enqueue
from recruitment.services.late_applications import hand_out_late
from recruitment.services.openings import record_opening
from recruitment.services.outgoing import seal_to_candidates
from recruitment.services.permissions import require
from recruitment.services.post import post_sealed
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store import eligibility as rows
from recruitment.store.applications import Application, SealedRecord, is_in_use
from recruitment.store.campaigns import Campaign
from recruitment.store.organisations import Organisation
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.eligibility import open_decisions, open_eligibility
from recruitment.vault.sealing.eligibility import ANSWERS, DECISION, seal_decision

AT_ONCE = 25
_GROUND = "to check the requirements of the post"


@dataclass(frozen=True)
class EligibilityProgress:
    """`refused` and `confirmed` among those that stand; `is_open`: whether anything may still be decided."""

    title: str
    asked: tuple[AskedRequirement, ...]
    waiting: int
    confirmed: int
    refused: int
    is_open: bool


@dataclass(frozen=True)
class ToCheck:
    """One application, by reference. `answers`: nothing where it came from another system."""

    application_id: UUID
    reference: str
    answers: Mapping[str, EligibilityAnswer]
    decision: EligibilityDecision | None = None


def read_progress(session: Session, *, actor: Actor, campaign_id: UUID) -> EligibilityProgress:
    campaign = require(session, actor, campaign_id, Permission.CHECK_ELIGIBILITY)
    found = {
        standing: number
        for standing, number in session.execute(
            select(rows.EligibilityCheck.standing, func.count())
            .join(
                Application,
                (Application.campaign_id == rows.EligibilityCheck.campaign_id)
                & (Application.id == rows.EligibilityCheck.application_id),
            )
            .where(rows.EligibilityCheck.campaign_id == campaign_id, Application.withdrawn_at.is_(None))
            .group_by(rows.EligibilityCheck.standing)
        )
    }
    return EligibilityProgress(
        campaign.title,
        rows.requirements_of(session, campaign_id),
        session.scalar(rows.waiting_count(campaign_id)) or 0,
        found.get(EligibilityStanding.CONFIRMED, 0),
        found.get(EligibilityStanding.REFUSED, 0),
        campaign.state in CHECKED_IN,
    )


def open_checks(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, references: tuple[str, ...] = ()
) -> tuple[ToCheck, ...]:
    """The next that wait, or those of `references` (decided ones too); opened with one record. A read session.

    Nothing but what was declared of the requirements is opened: no name, no answer.
    """
    campaign = require(session, actor, campaign_id, Permission.CHECK_ELIGIBILITY)
    require_state(CampaignState(campaign.state), *CHECKED_IN, act="check the requirements")
    query = rows.waiting_for_check([campaign_id])
    if references:
        query = select(Application).where(
            Application.campaign_id == campaign_id,
            Application.reference.in_(references),
            is_in_use(),
        )
    found = session.scalars(query.order_by(Application.reference).limit(AT_ONCE)).all()
    if references and len(found) < len(set(references)):
        raise NotFound
    if campaign.state != CampaignState.OPEN:
        _require_undecided(session, campaign_id, [one.id for one in found])
    if not found:
        return ()
    sealed = session.scalars(
        select(SealedRecord).where(
            SealedRecord.campaign_id == campaign_id,
            SealedRecord.application_id.in_([one.id for one in found]),
            SealedRecord.compartment == Compartment.ELIGIBILITY,
        )
    ).all()
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.ELIGIBILITY,
        scope_id=campaign_id,
        records=[one.id for one in found],
        ground=_GROUND,
    )

    def of(part: str) -> list[tuple[UUID, bytes]]:
        return [(row.application_id, row.blob) for row in sealed if row.part == part]

    declared = open_eligibility(desk.vault, receipt, of(ANSWERS))
    decided = open_decisions(desk.vault, receipt, of(DECISION))
    return tuple(
        ToCheck(
            one.id,
            one.reference,
            {answer.requirement: answer for answer in declared.get(one.id, ())},
            decided.get(one.id),
        )
        for one in found
    )


def decide_eligibility(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    decisions: Mapping[str, EligibilityDecision],
) -> int:
    """Keep what was found, by reference, until the sift opens; how many. Whoever is refused is written to.

    The actor's name stays with each. `Invalid` names the reference whose reason is missing.
    """
    campaign = require(session, actor, campaign_id, Permission.CHECK_ELIGIBILITY, lock=True)
    require_state(CampaignState(campaign.state), *CHECKED_IN, act="check the requirements")
    if not rows.requirements_of(session, campaign_id):
        raise TooLate("This campaign asks for nothing that is checked.")
    for reference, decision in decisions.items():
        check_decision(decision, reference)
    found = session.scalars(
        select(Application).where(
            Application.campaign_id == campaign_id,
            Application.reference.in_(list(decisions)),
            is_in_use(),
        )
    ).all()
    if campaign.state != CampaignState.OPEN:
        _require_undecided(session, campaign_id, [one.id for one in found])
    keys = desk.vault.public_keys(session, campaign_id)
    for one in sorted(found, key=lambda row: row.reference):
        decision = decisions[one.reference]
        session.merge(
            SealedRecord(
                campaign_id=campaign_id,
                application_id=one.id,
                compartment=Compartment.ELIGIBILITY,
                part=DECISION,
                blob=seal_decision(keys, one.id, decision),
            )
        )
        check = session.get(rows.EligibilityCheck, (campaign_id, one.id)) or rows.EligibilityCheck(
            campaign_id=campaign_id, application_id=one.id
        )
        was_refused = check.standing == EligibilityStanding.REFUSED
        check.standing, check.checked_by, check.checked_at, check.told_at = (
            decision.standing,
            actor.id,
            desk.now,
            None,
        )
        session.add(check)
        session.flush()
        is_told = was_refused or decision.standing is EligibilityStanding.REFUSED
        if is_told and one.candidate_id is not None:
            enqueue(session, desk=desk, kind=TELL_ELIGIBILITY, campaign_id=campaign_id, application_id=one.id)
        record_event(
            session,
            at=desk.now,
            chain_id=campaign_id,
            actor=actor,
            event=f"eligibility_{decision.standing.value}",
            application=one.id,
        )
        if campaign.state == CampaignState.SIFTING and decision.standing is EligibilityStanding.CONFIRMED:
            hand_out_late(session, actor=actor, desk=desk, campaign=campaign, application_id=one.id)
    if campaign.state == CampaignState.SIFTING:
        settle_refused(session, desk=desk, campaign_id=campaign_id)
    return len(found)


def _require_undecided(session: Session, campaign_id: UUID, application_ids: list[UUID]) -> None:
    """Once the sift is open only an application that came late is still checked, once."""
    if rows.checks_of(session, campaign_id, application_ids):
        raise TooLate("The sift has opened, so what was found before can no longer change.")


def reasons_to_post(
    desk: StaffDesk, actor: Actor, campaign_id: UUID, application_ids: list[UUID]
) -> dict[UUID, str]:
    """Application → why it was refused, for the letters of the post room; opened with one record."""
    with desk.sessions.reading() as session:
        sealed = session.execute(
            select(SealedRecord.application_id, SealedRecord.blob).where(
                SealedRecord.campaign_id == campaign_id,
                SealedRecord.application_id.in_(application_ids),
                SealedRecord.compartment == Compartment.ELIGIBILITY,
                SealedRecord.part == DECISION,
            )
        ).all()
    if not sealed:
        return {}
    receipt = record_opening(
        desk,
        actor=actor,
        compartment=Compartment.ELIGIBILITY,
        scope_id=campaign_id,
        records=[key for key, _ in sealed],
        ground="to send a letter on the outcome",
    )
    opened = open_decisions(desk.vault, receipt, [(key, blob) for key, blob in sealed])
    return {key: decision.reason for key, decision in opened.items()}


def tell_checked(desk: StaffDesk, campaign_id: UUID, application_id: UUID) -> None:
    """The worker writes to somebody who was refused, once, with the reason; or that it was put right."""
    key = (campaign_id, application_id)
    with desk.sessions.reading() as session:
        check, application = session.get(rows.EligibilityCheck, key), session.get(Application, key)
        sealed = session.get(SealedRecord, (*key, Compartment.ELIGIBILITY, DECISION))
        if check is None or check.told_at is not None or sealed is None:
            return
        if application is None or application.candidate_id is None or application.withdrawn_at is not None:
            return
        campaign = session.get_one(Campaign, campaign_id)
        body = session.get_one(Organisation, campaign.organisation_id)
    ground = "to tell a candidate what the check of the requirements found"
    receipt = record_opening(
        desk,
        actor=system_actor(body.id),
        compartment=Compartment.ELIGIBILITY,
        scope_id=campaign_id,
        records=[application_id],
        ground=ground,
    )
    decision = open_decisions(desk.vault, receipt, [(application_id, sealed.blob)])[application_id]
    about = (body.name, campaign.title, application.reference)
    is_refused = decision.standing is EligibilityStanding.REFUSED
    subject, text = refusal_letter(*about, decision.reason) if is_refused else confirmation_letter(*about)
    letters = seal_to_candidates(
        desk,
        organisation_id=body.id,
        candidate_ids=[application.candidate_id],
        subject=subject,
        body=text,
        ground=ground,
    )
    with desk.sessions.writing() as session:
        held = session.get(rows.EligibilityCheck, key, with_for_update=True, populate_existing=True)
        if held is None or held.told_at is not None or held.checked_at != check.checked_at:
            return
        held.told_at = desk.now
        for message_id, blob in letters:
            post_sealed(session, desk=desk, organisation_id=body.id, message_id=message_id, blob=blob)
