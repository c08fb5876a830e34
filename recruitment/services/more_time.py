"""A candidate asks for more time to apply, and reads what became of it. Nothing here reaches a shortlister."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.closing_times import Closing, ClosingStanding, kind_for_one, require_movable
from recruitment.rules.errors import Invalid, NotAllowed, NotFound
from recruitment.rules.references import make_reference
from recruitment.services.candidate_accounts import has_standing_application
from recruitment.services.desk import Desk
from recruitment.services.drafts import is_taking_from
from recruitment.services.trail import record_event
from recruitment.store.applications import Draft
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.closing_times import ClosingRequest


@dataclass(frozen=True)
class MoreTime:
    """`code`: what the candidate tells us when they speak to us; `until`: their own closing time, once agreed.

    `can_ask`: whether more time can still be given; `can_write`: whether they can start or go on now.
    """

    campaign_id: UUID
    title: str
    closes_at: datetime
    standing: ClosingStanding | None
    code: str
    until: datetime | None
    can_ask: bool
    can_write: bool
    has_draft: bool
    has_applied: bool


def _campaign(session: Session, actor: Actor, campaign_id: UUID) -> Campaign:
    if actor.kind is not ActorKind.CANDIDATE:
        raise NotAllowed
    campaign = session.get(Campaign, campaign_id)
    if campaign is None or campaign.organisation_id != actor.organisation_id or campaign.state == "draft":
        raise NotFound
    return campaign


def _latest(session: Session, campaign_id: UUID, candidate_id: UUID) -> ClosingRequest | None:
    return session.scalars(
        select(ClosingRequest)
        .where(ClosingRequest.campaign_id == campaign_id, ClosingRequest.candidate_id == candidate_id)
        .order_by(ClosingRequest.asked_at.desc(), ClosingRequest.id)
        .limit(1)
    ).one_or_none()


def closing_of(campaign: Campaign) -> Closing:
    return Closing(CampaignState(campaign.state), campaign.opens_at, campaign.closes_at)


def read_more_time(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> MoreTime:
    """The candidate's latest request in a campaign."""
    campaign = _campaign(session, actor, campaign_id)
    row = _latest(session, campaign_id, actor.id)
    drafts = select(Draft.id).where(Draft.campaign_id == campaign_id, Draft.candidate_id == actor.id)
    return MoreTime(
        campaign_id,
        campaign.title,
        campaign.closes_at,
        ClosingStanding(row.standing) if row else None,
        row.code if row else "",
        row.until if row and row.standing == ClosingStanding.AGREED else None,
        kind_for_one(closing_of(campaign), desk.now) is not None,
        is_taking_from(session, campaign, actor.id, desk.now),
        session.scalar(drafts) is not None,
        has_standing_application(session, actor=actor, campaign_id=campaign_id),
    )


def ask_for_time(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> str:
    """Ask for more time; the code to speak of it by. A second click gives the first one's."""
    campaign = _campaign(session, actor, campaign_id)
    # A second click waits here, then finds the request of the first.
    session.get_one(Candidate, actor.id, with_for_update={"key_share": True})
    kind = require_movable(closing_of(campaign), False, desk.now)
    if has_standing_application(session, actor=actor, campaign_id=campaign_id):
        raise Invalid("You have applied already, so you do not need more time.")
    row = _latest(session, campaign_id, actor.id)
    if row is not None and row.standing in (ClosingStanding.ASKED, ClosingStanding.PROPOSED):
        return row.code
    row = ClosingRequest(
        campaign_id=campaign_id,
        id=desk.new_id(),
        candidate_id=actor.id,
        code=make_reference(desk.random),
        kind=kind,
        standing=ClosingStanding.ASKED,
        closed_before=campaign.closes_at,
        asked_at=desk.now,
    )
    session.add(row)
    session.flush()
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="more_time_asked", request=row.id)
    return row.code
