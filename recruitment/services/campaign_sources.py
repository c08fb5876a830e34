"""Recruiters list where people may have heard of a campaign; candidates choose one, which is counted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaign_sources import SourceFigure, are_told, check_kept, figures_of, read_names
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Permission
from recruitment.services.candidate_accounts import has_standing_application
from recruitment.services.desk import Desk
from recruitment.services.permissions import require
from recruitment.services.trail import record_event
from recruitment.store.campaign_sources import CampaignSource, list_sources
from recruitment.store.campaigns import Campaign, lock_campaign


@dataclass(frozen=True)
class Sources:
    figures: tuple[SourceFigure, ...]
    are_told: bool
    may_change: bool


def read_sources(session: Session, *, actor: Actor, campaign_id: UUID) -> Sources:
    """For recruiters; counts as far as they are told."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN)
    state = CampaignState(campaign.state)
    counts = [(source.name, source.told) for source in list_sources(session, campaign_id)]
    may_change = state in (CampaignState.DRAFT, CampaignState.OPEN)
    return Sources(figures_of(counts, state), are_told(state), may_change)


def set_sources(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, typed: str) -> None:
    """Replace the list, one source a line; what candidates may have chosen stays. `Invalid` names `names`."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    state = CampaignState(campaign.state)
    require_state(state, CampaignState.DRAFT, CampaignState.OPEN, act="change where candidates heard of it")
    before = {source.name: source.told for source in list_sources(session, campaign_id)}
    names = read_names(typed)
    check_kept(list(before), names, state)
    session.execute(delete(CampaignSource).where(CampaignSource.campaign_id == campaign_id))
    session.expire_all()
    session.add_all(
        CampaignSource(campaign_id=campaign_id, position=position, name=name, told=before.get(name, 0))
        for position, name in enumerate(names, 1)
    )
    record_event(session, at=desk.now, chain_id=campaign_id, actor=actor, event="sources_set", sources=len(names))


def offered_sources(session: Session, campaign_id: UUID) -> tuple[tuple[int, str], ...]:
    """(place, name) as a candidate who has applied may choose; none once counts are told."""
    campaign = session.get_one(Campaign, campaign_id)
    if are_told(CampaignState(campaign.state)):
        return ()
    return tuple((source.position, source.name) for source in list_sources(session, campaign_id))


def count_source(session: Session, *, actor: Actor, campaign_id: UUID, position: int) -> None:
    """Count one candidate's choice. Nothing links it to the candidate, so no trail event tells of it either."""
    if not has_standing_application(session, actor=actor, campaign_id=campaign_id):
        raise NotFound
    # Held like a submission: the list is not replaced meanwhile, and counts that are told do not grow.
    campaign = lock_campaign(session, campaign_id, is_shared=True)
    if are_told(CampaignState(campaign.state)):
        return
    session.execute(
        update(CampaignSource)
        .where(CampaignSource.campaign_id == campaign_id, CampaignSource.position == position)
        .values(told=CampaignSource.told + 1)
    )
