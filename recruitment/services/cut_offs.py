"""A campaign whose outcomes are not final when the reporting year ends, counted as it stood on the last day.

What can be done, and what cannot. The answers are erased at the tally and nobody keeps one person's (promise 5),
so a campaign is counted once: what happens in it afterwards has no characteristics any more. Three ways round that
were rejected. To count now and again when the outcomes are final: the two counts differ by those who moved on
meanwhile, often one person, whose answers would be the difference (promise 7). To keep the answers of those who
may still be appointed: that is a list of a few people, not a whole campaign, kept after the tally. To keep counts
of the reserves: where one of two is appointed nobody knows whose answers count, and where it is the only one
everybody does.

So: it is a person's choice, for one whole campaign, between figures now without the last step, and all the figures
a year later. It is open only once the shortlist was revealed by the cut-off: before that a published figure could
reach a shortlister of the campaign (promise 1), and the sift, in which most people leave, would be lost. What is
counted is how things stood at the end of the cut-off, whenever the worker comes to it, so that nobody can pick the
moment between two events; and no longer than until the year is published, which is then frozen. Every figure of it
is marked. The panel goes on as if nothing had been counted, its checklist open; once the outcomes are final the
campaign is released from the same count. Whoever is appointed later, there or from any reserve list, is told in
the next annual publication as one total of appointments without characteristics: added to no campaign that was
counted, and to no group.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.publications import Period, PublicationKind, cut_off_before
from recruitment.services.jobs import enqueue
from recruitment.services.outcomes import TALLY_CAMPAIGN
from recruitment.services.permissions import require
from recruitment.services.reporting_years import read_year_end
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import record_event
from recruitment.store.applications import StageEvent, StageEventKind
from recruitment.store.campaigns import Campaign
from recruitment.store.publications import list_publications
from recruitment.store.releases import Tally

_A_DAY = timedelta(days=1)


def is_counted(session: Session, campaign_id: UUID) -> bool:
    """Whether the answers of a campaign were counted and erased, at the end or at a cut-off."""
    return session.scalar(select(func.count()).where(Tally.campaign_id == campaign_id)) == 1


def _end_of(day: date) -> datetime:
    return datetime.combine(day + _A_DAY, time(), UTC)


def last_cut_off(session: Session, organisation_id: UUID, desk: StaffDesk) -> date:
    """The last day of the body's reporting year that ended last."""
    return cut_off_before(desk.now.date(), read_year_end(session, organisation_id))


def why_not_at_cut_off(session: Session, campaign: Campaign, cut_off: date, now: datetime) -> str:
    """Why a campaign cannot be counted as it stood at the end of a day, as a sentence; empty where it can."""
    if cut_off != cut_off_before(now.date(), read_year_end(session, campaign.organisation_id)):
        return "A campaign is counted as it stood on the last day of the reporting year that ended last."
    if is_counted(session, campaign.id):
        return "The answers of this campaign are counted already."
    if campaign.state != CampaignState.REVEALED:
        return "A campaign is counted at the cut-off between the reveal of its shortlist and its outcomes."
    if campaign.reveal_agreed_at is None or campaign.reveal_agreed_at >= _end_of(cut_off):
        return f"Its shortlist was revealed after {cut_off:%-d %B %Y}, so it counts in the next year."
    published = list_publications(session, campaign.organisation_id)
    if any(row.kind == PublicationKind.ANNUAL and row.period_until >= cut_off for row in published):
        return f"The year to {cut_off:%-d %B %Y} is published already, so it counts in the next."
    return ""


def why_no_cut_off_tally(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> str:
    """Why the campaign cannot be counted at the last cut-off now; empty where it can."""
    campaign = require(session, actor, campaign_id, Permission.RELEASE_FUNNEL)
    return why_not_at_cut_off(session, campaign, last_cut_off(session, campaign.organisation_id, desk), desk.now)


def ask_cut_off_tally(session: Session, *, actor: Actor, desk: StaffDesk, campaign_id: UUID) -> None:
    """Have the worker count the campaign as it stood at the last cut-off. `TooSoon` says why it cannot."""
    campaign = require(session, actor, campaign_id, Permission.RELEASE_FUNNEL, lock=True, even_closed=True)
    cut_off = last_cut_off(session, campaign.organisation_id, desk)
    if why_not := why_not_at_cut_off(session, campaign, cut_off, desk.now):
        raise TooSoon(why_not)
    enqueue(session, desk=desk, kind=TALLY_CAMPAIGN, campaign_id=campaign_id, cut_off=cut_off.isoformat())
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="cut_off_tally_asked",
        cut_off=cut_off.isoformat(),
    )


def count_later_appointments(session: Session, organisation_id: UUID, period: Period) -> int:
    """Appointments of a period in campaigns whose answers had been counted before them."""
    rows = session.execute(
        select(StageEvent.at, Tally.tallied_at, Tally.cut_off)
        .join(Tally, Tally.campaign_id == StageEvent.campaign_id)
        .join(Campaign, Campaign.id == StageEvent.campaign_id)
        .where(
            Campaign.organisation_id == organisation_id,
            StageEvent.kind == StageEventKind.APPOINTED,
            StageEvent.at >= datetime.combine(period.first, time(), UTC),
            StageEvent.at < _end_of(period.last),
        )
    )
    return sum(at >= _end_of(cut_off) if cut_off else at > tallied_at for at, tallied_at, cut_off in rows)
