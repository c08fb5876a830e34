"""The year's view: how panels met the standard, who sits how often, and what training and panels are coming."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.panels import composition_rules
from recruitment.rules.permissions import PANEL_ROLES
from recruitment.services.panel_policies import current_policy
from recruitment.services.panels import YEAR, post_grade
from recruitment.services.pool import require_recruiting
from recruitment.services.staff_desk import StaffDesk
from recruitment.store.campaigns import Campaign
from recruitment.store.panels import Booking, PanelCheck, PanelWaiver
from recruitment.store.people import CampaignRole, Person
from recruitment.store.pool import PoolMembership, PoolTraining

FEWEST_PANELS = 10
"""Panels below which no share is told: of fewer it would come near to telling of one."""
SOON = timedelta(days=90)


@dataclass(frozen=True)
class OwnLoad:
    """On how many panels somebody sat or is booked to sit in a year; `most` the rules allow, None without cap."""

    panels: int
    most: int | None


def _loads(session: Session, organisation_id: UUID, *, today: date) -> dict[UUID, int]:
    interviewing = select(Booking.campaign_id).where(Booking.day > today - YEAR)
    rows = session.execute(
        select(CampaignRole.person_id, func.count(CampaignRole.campaign_id.distinct()))
        .join(Campaign, Campaign.id == CampaignRole.campaign_id)
        .where(
            Campaign.organisation_id == organisation_id,
            CampaignRole.role.in_(sorted(PANEL_ROLES)),
            CampaignRole.campaign_id.in_(interviewing),
        )
        .group_by(CampaignRole.person_id)
    )
    return {person_id: number for person_id, number in rows}


def read_own_load(session: Session, *, actor: Actor, desk: StaffDesk) -> OwnLoad:
    _, policy = current_policy(session, actor.organisation_id)
    cap = policy.setting("load_in_a_year")
    loads = _loads(session, actor.organisation_id, today=desk.now.date())
    return OwnLoad(loads.get(actor.id, 0), cap.least if cap else None)


@dataclass(frozen=True)
class EndingTraining:
    name: str
    title: str
    expires: date


@dataclass(frozen=True)
class ComingPanel:
    """A campaign with interviews ahead; `lacks_adviser` where its grade asks for one and none is named."""

    campaign_id: UUID
    title: str
    grade: str
    first_day: date | None
    lacks_adviser: bool
    is_senior: bool


@dataclass(frozen=True)
class PanelYear:
    """`met`: the share of panels whose composition met the standard, None while there are too few to tell."""

    panels: int
    met: float | None
    waivers: int
    distribution: tuple[tuple[int, int], ...]
    ending: tuple[EndingTraining, ...]
    coming: tuple[ComingPanel, ...]


def read_panel_year(session: Session, *, actor: Actor, desk: StaffDesk) -> PanelYear:
    """The organisation's year up to today, and what comes. No panel is told by its composition."""
    require_recruiting(session, actor)
    today, organisation_id = desk.now.date(), actor.organisation_id
    panels, met = _share_met(session, organisation_id, today)
    pooled = set(
        session.scalars(select(PoolMembership.person_id).where(PoolMembership.organisation_id == organisation_id))
    )
    loads = _loads(session, organisation_id, today=today)
    spread = Counter(loads.get(person, 0) for person in pooled | set(loads))
    waivers = session.scalar(
        select(func.count())
        .select_from(PanelWaiver)
        .join(Campaign, Campaign.id == PanelWaiver.campaign_id)
        .where(Campaign.organisation_id == organisation_id, PanelWaiver.is_approved.is_(True))
    )
    return PanelYear(
        panels,
        met,
        waivers or 0,
        tuple(sorted(spread.items())),
        tuple(_ending(session, organisation_id, today)),
        tuple(_coming(session, organisation_id, today)),
    )


def _share_met(session: Session, organisation_id: UUID, today: date) -> tuple[int, float | None]:
    """Panels that interviewed in the year, and the share of those answered whose composition met every rule."""
    campaigns = set(
        session.scalars(
            select(Booking.campaign_id)
            .join(Campaign, Campaign.id == Booking.campaign_id)
            .where(Campaign.organisation_id == organisation_id, Booking.day > today - YEAR, Booking.day <= today)
        )
    )
    latest: dict[UUID, bool] = {}
    rows = session.execute(
        select(PanelCheck.campaign_id, PanelCheck.findings)
        .where(PanelCheck.campaign_id.in_(campaigns))
        .order_by(PanelCheck.checked_at, PanelCheck.id)
    )
    for campaign_id, findings in rows:
        verdicts = [each["verdict"] for each in findings if each["rule"] in composition_rules()]
        if verdicts and not set(verdicts) & {"not_known"}:
            latest[campaign_id] = all(verdict in ("met", "not_applicable") for verdict in verdicts)
    told = len(latest) >= FEWEST_PANELS
    return len(campaigns), sum(latest.values()) / len(latest) if told else None


def _ending(session: Session, organisation_id: UUID, today: date) -> list[EndingTraining]:
    """Training that ends soon and is not renewed yet."""
    _, policy = current_policy(session, organisation_id)
    rows = session.execute(
        select(Person.name, PoolTraining.course, func.max(PoolTraining.expires))
        .join(PoolMembership, PoolMembership.person_id == PoolTraining.person_id)
        .join(Person, Person.id == PoolTraining.person_id)
        .where(PoolMembership.organisation_id == organisation_id, PoolTraining.expires.is_not(None))
        .group_by(Person.id, Person.name, PoolTraining.course)
        .having(func.max(PoolTraining.expires) <= today + SOON)
        .order_by(func.max(PoolTraining.expires), Person.name)
    )
    return [
        EndingTraining(name, policy.courses.get(course, course), expires)
        for name, course, expires in rows
        if expires is not None
    ]


def _coming(session: Session, organisation_id: UUID, today: date) -> list[ComingPanel]:
    _, policy = current_policy(session, organisation_id)
    adviser = policy.setting("inclusion_adviser")
    held = set(
        session.scalars(
            select(CampaignRole.campaign_id)
            .join(PoolMembership, PoolMembership.person_id == CampaignRole.person_id)
            .where(PoolMembership.is_inclusion_adviser, CampaignRole.role.in_(sorted(PANEL_ROLES)))
        )
    )
    ahead = session.scalars(
        select(Campaign)
        .where(
            Campaign.organisation_id == organisation_id,
            Campaign.state.in_(
                [state for state in CampaignState if not has_reached(state, CampaignState.DECIDED)]
            ),
        )
        .order_by(Campaign.interviews_from, Campaign.title)
    ).all()
    coming = []
    for campaign in ahead:
        if campaign.interviews_until and campaign.interviews_until < today:
            continue
        grade = post_grade(session, campaign, policy.grades)
        applies = adviser is not None and policy.reaches(grade, adviser.from_grade)
        is_senior = bool(adviser and adviser.from_grade) and applies
        coming.append(
            ComingPanel(
                campaign.id,
                campaign.title,
                grade,
                campaign.interviews_from,
                applies and campaign.id not in held,
                is_senior,
            )
        )
    return coming
