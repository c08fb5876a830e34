"""A panel is looked at again when it changes, and on each day on which it interviews."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.panels import blocking
from recruitment.services.bookings import read_obstacles, tell_recruiters
from recruitment.services.desk import Desk
from recruitment.services.panel_checks import DAY, findings_now, write_check
from recruitment.services.panels import bookings_of
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.panels import Booking, PanelCheck


def reopen_if_broken(session: Session, *, desk: Desk, campaign: Campaign) -> None:
    """After a change: if interviews are booked and the panel no longer stands, tell the recruiters."""
    if campaign.state != CampaignState.REVEALED or not bookings_of(session, campaign.id):
        return
    obstacles = read_obstacles(session, campaign, today=desk.now.date())
    if obstacles:
        tell_recruiters(session, desk=desk, campaign=campaign, problems=obstacles)
        record_event(
            session,
            at=desk.now,
            chain_id=campaign.id,
            actor=system_actor(campaign.organisation_id),
            event="panel_reopened",
            why=obstacles,
        )


def check_days(desk: Desk) -> int:
    """Check every panel that interviews today, once a day; how many were checked."""
    today = desk.now.date()
    with desk.sessions.reading() as session:
        done = select(PanelCheck.campaign_id).where(PanelCheck.purpose == DAY, PanelCheck.day == today)
        due = session.scalars(
            select(Booking.campaign_id)
            .join(Campaign, Campaign.id == Booking.campaign_id)
            .where(
                Booking.day == today,
                Campaign.state == CampaignState.REVEALED,
                Booking.campaign_id.not_in(done),
            )
            .distinct()
            .order_by(Booking.campaign_id)
        ).all()
    for campaign_id in due:
        with desk.sessions.writing() as session:
            campaign = session.get_one(Campaign, campaign_id)
            checked = findings_now(session, campaign, today=today)
            actor = system_actor(campaign.organisation_id)
            write_check(
                session, actor=actor, desk=desk, campaign=campaign, checked=checked, purpose=DAY, day=today
            )
            if problems := list(blocking(checked.findings)):
                tell_recruiters(session, desk=desk, campaign=campaign, problems=problems)
    return len(due)
