"""When each step of a campaign is planned: read by everybody with a part in it, set by its recruiters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.calendar_files import to_ics
from recruitment.rules.campaign_calendar import (
    CalendarStep,
    PlannedDate,
    calendar_entries,
    change_plan,
    read_calendar,
)
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Permission
from recruitment.services.permissions import require
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign


@dataclass(frozen=True)
class CampaignCalendar:
    title: str
    dates: tuple[PlannedDate, ...]


def _calendar(campaign: Campaign, desk: StaffDesk) -> tuple[PlannedDate, ...]:
    state = CampaignState(campaign.state)
    return read_calendar(campaign.closes_at, campaign.planned_dates or {}, state, desk.now)


def read_campaign_calendar(
    session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID
) -> CampaignCalendar:
    campaign = require(session, actor, campaign_id, Permission.SEE_CAMPAIGN)
    return CampaignCalendar(campaign.title, _calendar(campaign, desk))


def change_calendar(
    session: Session,
    *,
    actor: Actor,
    desk: StaffDesk,
    campaign_id: UUID,
    wanted: Mapping[CalendarStep, date | None],
) -> None:
    """Set the dates of the steps; None for the usual one. `Invalid` names the step."""
    campaign = require(session, actor, campaign_id, Permission.EDIT_CAMPAIGN, lock=True)
    before = campaign.planned_dates or {}
    campaign.planned_dates = kept = change_plan(campaign.closes_at, wanted)
    changed = sorted(step for step in {*before, *kept} if before.get(step) != kept.get(step))
    if changed:
        record_event(
            session, at=desk.now, chain_id=campaign_id, actor=actor, event="calendar_changed", changed=changed
        )


def write_calendar_file(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> bytes:
    """The dates as an iCalendar file: titles of steps and campaign, no person."""
    campaign = require(session, actor, campaign_id, Permission.SEE_CAMPAIGN)
    entries = calendar_entries(campaign_id.hex, campaign.title, _calendar(campaign, desk))
    return to_ics(campaign.title, entries, desk.now)
