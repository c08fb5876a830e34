"""What waits for somebody in each of their campaigns, in a fixed number of statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import PANEL_ROLES, Role
from recruitment.services.clearance import count_waiting_by_campaign
from recruitment.services.permissions import campaigns_of
from recruitment.services.second_looks import LOOKED_AT_IN
from recruitment.services.second_looks import count_waiting_by_campaign as count_looks_by_campaign
from recruitment.store.applications import Application
from recruitment.store.campaigns import Criterion, Stage
from recruitment.store.interviews import InterviewScore, ShortlistEntry


@dataclass(frozen=True)
class OwnCampaign:
    """`to_clear`, `to_look` (texts for the second look) and `to_interview` are nought for those whose
    roles have no part in them."""

    id: UUID
    title: str
    state: CampaignState
    opens_at: datetime
    closes_at: datetime
    roles: frozenset[Role]
    to_clear: int
    to_look: int
    to_interview: int
    is_reveal_asked: bool
    asked_reveal_myself: bool


def list_own_campaigns(session: Session, *, actor: Actor) -> list[OwnCampaign]:
    """The campaigns somebody has a role in, latest closing date first."""
    own = campaigns_of(session, actor)
    clearing = [
        c.id for c, roles in own if roles & {Role.RECRUITER, Role.CLEARER} and c.state == CampaignState.OPEN
    ]
    looking = [c.id for c, roles in own if roles & {Role.RECRUITER, Role.CLEARER} and c.state in LOOKED_AT_IN]
    panels = [c.id for c, roles in own if roles & PANEL_ROLES and c.state == CampaignState.REVEALED]
    to_clear = count_waiting_by_campaign(session, clearing)
    to_look = count_looks_by_campaign(session, looking)
    to_interview = _interviews_left(session, actor, panels)
    return [
        OwnCampaign(
            campaign.id,
            campaign.title,
            CampaignState(campaign.state),
            campaign.opens_at,
            campaign.closes_at,
            roles,
            to_clear.get(campaign.id, 0),
            to_look.get(campaign.id, 0),
            to_interview.get(campaign.id, 0),
            campaign.reveal_asked_by is not None,
            campaign.reveal_asked_by == actor.id,
        )
        for campaign, roles in own
    ]


def _interviews_left(session: Session, actor: Actor, campaign_ids: list[UUID]) -> dict[UUID, int]:
    """Campaign → standing shortlisted applications that the actor has not scored at interview."""
    if not campaign_ids:
        return {}
    mine = (
        select(InterviewScore.application_id)
        .where(
            InterviewScore.campaign_id == ShortlistEntry.campaign_id,
            InterviewScore.application_id == ShortlistEntry.application_id,
            InterviewScore.person_id == actor.id,
        )
        .exists()
    )
    interviewed_on = (
        select(Criterion.id)
        .join(Stage, (Stage.campaign_id == Criterion.campaign_id) & (Stage.position == Criterion.stage_position))
        .where(Criterion.campaign_id == ShortlistEntry.campaign_id, Stage.kind == "interview")
        .exists()
    )
    rows = session.execute(
        select(ShortlistEntry.campaign_id, func.count())
        .join(
            Application,
            (Application.campaign_id == ShortlistEntry.campaign_id)
            & (Application.id == ShortlistEntry.application_id),
        )
        .where(
            ShortlistEntry.campaign_id.in_(campaign_ids),
            Application.withdrawn_at.is_(None),
            interviewed_on,
            ~mine,
        )
        .group_by(ShortlistEntry.campaign_id)
    )
    return {campaign_id: number for campaign_id, number in rows}
