"""Submitted applications as their own candidate sees them: where each stands, and withdrawal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.eligibility import EligibilityStanding
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.services.appointments import free_on_withdrawal
from recruitment.services.desk import Desk
from recruitment.services.drafts import is_open
from recruitment.services.rankings import leave_ranking
from recruitment.services.sift_counts import answers_of, counting
from recruitment.services.trail import record_event
from recruitment.store import applications as rows
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.closing_times import personal_closings
from recruitment.store.eligibility import EligibilityCheck
from recruitment.store.sift import Allocation, AllocationState


@dataclass(frozen=True)
class OwnApplication:
    """`stage` is one of: draft, closed_draft, submitted, eligible, not_eligible, shortlisted, not_shortlisted,
    appointed, reserve, not_appointed, withdrawn. `is_earlier`: withdrawn, and another was sent in its place."""

    campaign_id: UUID
    title: str
    closes_at: datetime
    reference: str | None
    stage: str
    can_withdraw: bool
    can_apply_again: bool = False
    is_earlier: bool = False


def _stage(campaign: Campaign, kinds: set[str], checked: str | None = None) -> str:
    """What the candidate is told: nothing of the sift before the reveal, no outcome before all are final."""
    state = CampaignState(campaign.state)
    if kinds & {rows.StageEventKind.WITHDRAWN, rows.StageEventKind.WITHDREW}:
        return "withdrawn"
    if checked == EligibilityStanding.REFUSED:
        return "not_eligible"
    if has_reached(state, CampaignState.DECIDED):
        for kind in (
            rows.StageEventKind.APPOINTED,
            rows.StageEventKind.DECLINED,
            rows.StageEventKind.RESERVE,
            rows.StageEventKind.NOT_APPOINTED,
        ):
            if kind in kinds:
                return kind.value
    if rows.StageEventKind.NOT_INVITED in kinds:
        return "not_invited"
    if has_reached(state, CampaignState.REVEALED):
        return "shortlisted" if rows.StageEventKind.SHORTLISTED in kinds else "not_shortlisted"
    return "eligible" if checked else "submitted"


def _is_open(campaign: Campaign, own: datetime | None, now: datetime) -> bool:
    in_time = campaign.state in (CampaignState.OPEN, CampaignState.SIFTING) and own is not None and now < own
    return is_open(campaign, now) or in_time


def list_own_applications(session: Session, *, actor: Actor, desk: Desk) -> list[OwnApplication]:
    """Drafts and applications of the candidate, latest closing date first."""
    if actor.kind is not ActorKind.CANDIDATE:
        raise NotAllowed
    own = personal_closings(session, actor.id)
    drafts = session.scalars(
        select(Campaign)
        .join(rows.Draft, rows.Draft.campaign_id == Campaign.id)
        .where(rows.Draft.candidate_id == actor.id)
    ).all()
    drafting = {campaign.id for campaign in drafts}
    found = [
        OwnApplication(
            campaign.id,
            campaign.title,
            max(campaign.closes_at, own.get(campaign.id, campaign.closes_at)),
            None,
            "draft" if _is_open(campaign, own.get(campaign.id), desk.now) else "closed_draft",
            False,
        )
        for campaign in drafts
    ]
    submitted = session.execute(
        select(rows.Application, Campaign, rows.StageEvent.kind, EligibilityCheck.standing)
        .join(Campaign, Campaign.id == rows.Application.campaign_id)
        .join(
            rows.StageEvent,
            (rows.StageEvent.campaign_id == rows.Application.campaign_id)
            & (rows.StageEvent.application_id == rows.Application.id),
        )
        .outerjoin(
            EligibilityCheck,
            (EligibilityCheck.campaign_id == rows.Application.campaign_id)
            & (EligibilityCheck.application_id == rows.Application.id),
        )
        .where(rows.is_of(actor.id))
    )
    grouped: dict[UUID, tuple[rows.Application, Campaign, set[str], str | None]] = {}
    for application, campaign, kind, found_there in submitted:
        grouped.setdefault(application.id, (application, campaign, set(), found_there))[2].add(kind)
    for application, campaign, kinds, checked in grouped.values():
        stage = _stage(campaign, kinds, checked)
        can_withdraw = stage != "withdrawn" and not has_reached(
            CampaignState(campaign.state), CampaignState.DECIDED
        )
        is_earlier = application.candidate_id is None
        is_free = stage == "withdrawn" and not is_earlier and campaign.id not in drafting
        found.append(
            OwnApplication(
                campaign.id,
                campaign.title,
                campaign.closes_at,
                application.reference,
                stage,
                can_withdraw,
                can_apply_again=is_free and is_open(campaign, desk.now),
                is_earlier=is_earlier,
            )
        )
    return sorted(found, key=lambda own: (own.closes_at, own.campaign_id, not own.is_earlier), reverse=True)


def own_application(session: Session, *, actor: Actor, campaign_id: UUID) -> rows.Application:
    """The candidate's submitted application in a campaign, or `NotFound`."""
    if actor.kind is not ActorKind.CANDIDATE:
        raise NotAllowed
    found = session.scalars(
        select(rows.Application).where(
            rows.Application.campaign_id == campaign_id, rows.Application.candidate_id == actor.id
        )
    ).one_or_none()
    if found is None:
        raise NotFound
    return found


def earlier_applications(session: Session, *, actor: Actor, campaign_id: UUID) -> list[rows.Application]:
    """What the candidate withdrew in a campaign before sending the present application, the first one first."""
    if actor.kind is not ActorKind.CANDIDATE:
        raise NotAllowed
    query = select(rows.Application).where(
        rows.Application.campaign_id == campaign_id, rows.Application.earlier_candidate_id == actor.id
    )
    return list(session.scalars(query.order_by(rows.Application.submitted_at, rows.Application.id)))


def give_way(session: Session, *, actor: Actor, campaign_id: UUID) -> None:
    """Make room for another application of the candidate: what was withdrawn stays, as an earlier one.

    Raise `Invalid` for an application that stands.
    """
    try:
        application = own_application(session, actor=actor, campaign_id=campaign_id)
    except NotFound:
        return
    if application.withdrawn_at is None:
        raise Invalid("You have an application here already. Withdraw it before you send another.")
    application.candidate_id, application.earlier_candidate_id = None, actor.id
    session.flush()


def withdraw_application(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> None:
    """Take an application out of the campaign; its answers leave every shortlister's queue."""
    application = own_application(session, actor=actor, campaign_id=campaign_id)
    # Whoever scores, moderates or freezes meanwhile waits, and so does a second click.
    campaign = lock_campaign(session, campaign_id)
    session.refresh(application)
    if application.withdrawn_at is not None:
        return
    if has_reached(CampaignState(campaign.state), CampaignState.DECIDED):
        raise TooLate("The outcomes are final, so there is nothing left to withdraw from.")
    application.withdrawn_at = desk.now
    session.add(
        rows.StageEvent(
            campaign_id=campaign_id,
            application_id=application.id,
            kind=rows.StageEventKind.WITHDRAWN,
            at=desk.now,
        )
    )
    answers = answers_of(session, campaign_id, application.id)
    with counting(session, campaign_id, answers):
        session.execute(
            update(Allocation)
            .where(Allocation.campaign_id == campaign_id, Allocation.answer_id.in_(answers))
            .values(state=AllocationState.SET_ASIDE)
        )
    leave_ranking(session, campaign_id, application.id)
    free_on_withdrawal(session, desk=desk, application=application)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="application_withdrawn",
        application=application.id,
    )
