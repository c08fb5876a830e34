"""Closes a campaign in which nobody is left who could be shortlisted or appointed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached, require_state
from recruitment.rules.errors import Invalid, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.services.eligibility import settle_refused
from recruitment.services.interviews import withdrawn_applications
from recruitment.services.jobs import enqueue
from recruitment.services.outcomes import TALLY_CAMPAIGN
from recruitment.services.outside_scorers import end_outside_scorers
from recruitment.services.permissions import require
from recruitment.services.rankings import forget_ranking, has_somebody_able
from recruitment.services.shortlists import frozen_shortlist, not_shortlisted_as
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import Application, StageEvent, StageEventKind
from recruitment.store.campaigns import Campaign
from recruitment.store.closing_times import last_personal_closing
from recruitment.store.eligibility import is_running, is_standing
from recruitment.store.first_sifts import is_cut
from recruitment.store.interviews import Outcome

CLOSABLE = (
    CampaignState.OPEN,
    CampaignState.SIFTING,
    CampaignState.SCORED,
    CampaignState.LINE_SET,
    CampaignState.FROZEN,
    CampaignState.REVEALED,
)
_ACT = "close this campaign without an appointment"


def is_closable_state(state: CampaignState, closes_at: datetime, now: datetime) -> bool:
    """Whether the campaign has come to where it might be closed; who remains is not asked."""
    return state in CLOSABLE and (state is not CampaignState.OPEN or now >= closes_at)


def why_not_closable(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> str:
    """Why the campaign cannot be closed without an appointment now, as a sentence; empty when it can."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    require_state(CampaignState(campaign.state), *CLOSABLE, act=_ACT)
    return _why_not(session, campaign, desk.now)


def _why_not(session: Session, campaign: Campaign, now: datetime) -> str:
    state = CampaignState(campaign.state)
    if state is CampaignState.OPEN and now < campaign.closes_at:
        return "Applications have not closed yet, so somebody may still apply."
    if state in (CampaignState.OPEN, CampaignState.SIFTING):
        last = last_personal_closing(session, campaign.id)
        if last is not None and now < last:
            return "A candidate with a later closing time may still apply."
        standing = select(func.count()).where(Application.campaign_id == campaign.id, is_running())
        if session.scalar(standing):
            return "There are applications that nobody withdrew, so they must be sifted first."
    elif state in (CampaignState.SCORED, CampaignState.LINE_SET):
        # Opt-ins stay sealed: whoever meets every minimum may have chosen the Disability Confident scheme.
        if has_somebody_able(session, campaign.id):
            return "Somebody who has not withdrawn meets every minimum, so could still be shortlisted."
    elif set(frozen_shortlist(session, campaign)) - withdrawn_applications(session, campaign.id):
        return "Somebody on the shortlist has not withdrawn, so could still be appointed."
    return ""


def close_without_appointment(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID, reason: str
) -> None:
    """End the campaign: candidates are told, and the equality answers are counted and erased.

    Raises `TooSoon`, with a sentence saying why, while anybody could still be shortlisted or appointed.
    """
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    state = CampaignState(campaign.state)
    require_state(state, *CLOSABLE, act=_ACT)
    if not reason.strip():
        raise Invalid("Say why the campaign closes without an appointment.", "reason")
    if why_not := _why_not(session, campaign, desk.now):
        raise TooSoon(why_not)
    settle_refused(session, desk=desk, campaign_id=campaign_id)
    _tell_standing(session, desk, campaign_id)
    forget_ranking(session, campaign_id)
    end_outside_scorers(session, actor=actor, desk=desk, campaign_id=campaign_id)
    campaign.state = CampaignState.DECIDED
    enqueue(session, desk=desk, kind=TALLY_CAMPAIGN, campaign_id=campaign_id)
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="closed_without_appointment",
        stood_at=state.value,
        reason=reason.strip(),
    )


def _tell_standing(session: Session, desk: StaffDesk, campaign_id: UUID) -> None:
    """Whoever stands and was told nothing of the shortlist is not on it."""
    told = select(StageEvent.application_id).where(
        StageEvent.campaign_id == campaign_id,
        StageEvent.kind.in_(
            (StageEventKind.SHORTLISTED, StageEventKind.NOT_SHORTLISTED, StageEventKind.NOT_PAST_FIRST_SIFT)
        ),
    )
    standing = session.execute(
        select(Application.id, is_cut())
        .where(
            Application.campaign_id == campaign_id,
            is_standing(),
            Application.id.not_in(told),
        )
        .order_by(Application.id)
    ).all()
    session.add_all(
        StageEvent(
            campaign_id=campaign_id,
            application_id=application_id,
            kind=not_shortlisted_as(was_cut),
            at=desk.now,
        )
        for application_id, was_cut in standing
    )
    session.flush()


def was_closed_without_appointment(session: Session, *, campaign_id: UUID, state: CampaignState) -> bool:
    """Whether the campaign ended with no outcome; whoever calls it has asked for the permission."""
    if not has_reached(state, CampaignState.DECIDED):
        return False
    return not session.scalar(select(func.count()).where(Outcome.campaign_id == campaign_id))
