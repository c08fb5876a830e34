"""Booking interviews: none while a blocking rule is unmet; checked again on the day and when a panel changes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, system_actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound, TooSoon
from recruitment.rules.panels import Finding, blocking, composition_rules
from recruitment.rules.permissions import Permission, Role
from recruitment.services.desk import Desk
from recruitment.services.panel_checks import (
    DAY,
    Checked,
    findings_now,
    lacking_reasons,
    write_check,
)
from recruitment.services.panels import bookings_of, standing_entries
from recruitment.services.permissions import require
from recruitment.services.post import post_letter
from recruitment.services.reasons import open_reason, seal_reason
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign
from recruitment.store.panels import Booking, PanelCheck
from recruitment.store.people import people_with_role
from recruitment.vault.sealing.contact import Letter

_TIME = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


@dataclass(frozen=True)
class ReadBooking:
    application_id: UUID
    day: date
    begins: str
    place: str
    adjustments: str


def list_bookings(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> list[ReadBooking]:
    """In the order of their times, with the adjustments to apply."""
    require(session, actor, campaign_id, Permission.SEE_NAMES)
    return [
        ReadBooking(
            row.application_id,
            row.day,
            row.begins,
            row.place,
            open_reason(desk, campaign_id, adjustments_place(row.application_id), row.adjustments),
        )
        for row in bookings_of(session, campaign_id)
    ]


def adjustments_place(application_id: UUID) -> str:
    return f"interview adjustments {application_id}"


def _clock_time(typed: str) -> str:
    found = _TIME.fullmatch(typed.strip())
    if found is None:
        raise Invalid("Enter a time such as 9:30 or 14:00.", "begins")
    return f"{int(found[1]):02d}:{found[2]}"


def book_interview(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    application_id: UUID,
    day: date,
    begins: str,
    place: str = "",
    adjustments: str = "",
) -> None:
    """Book or move one candidate's interview. `TooSoon` names every rule in the way.

    `adjustments`: what the panel is to apply, in the recruiter's words; never why.
    """
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="book interviews")
    if application_id not in standing_entries(session, campaign_id):
        raise NotFound("This candidate is not on the shortlist, or has withdrawn.")
    if day < desk.now.date():
        raise Invalid("The interview must be today or later.", "day")
    if len(place) > 200:
        raise Invalid("Shorten the place to 200 characters or fewer.", "place")
    begins = _clock_time(begins)
    for other in bookings_of(session, campaign_id):
        if other.application_id != application_id and (other.day, other.begins) == (day, begins):
            raise Invalid("Another interview of this panel begins at that time.", "begins")
    row = session.get(Booking, (campaign_id, application_id))
    if row is None:
        row = Booking(campaign_id=campaign_id, application_id=application_id)
        session.add(row)
    row.day, row.begins, row.place = day, begins, place.strip()
    row.adjustments = seal_reason(desk, campaign_id, adjustments_place(application_id), adjustments)
    row.booked_by, row.booked_at = actor.id, desk.now
    session.flush()
    # After the row is there: its day counts for training, and for how many sit in a day.
    require_ready(session, campaign, today=desk.now.date())
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="interview_booked",
        application=application_id,
        day=day.isoformat(),
    )


def cancel_booking(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID, application_id: UUID) -> None:
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="cancel interviews")
    row = session.get(Booking, (campaign_id, application_id))
    if row is None:
        raise NotFound
    session.delete(row)
    session.flush()
    record_event(
        session,
        at=desk.now,
        chain_id=campaign_id,
        actor=actor,
        event="interview_cancelled",
        application=application_id,
    )


def require_ready(session: Session, campaign: Campaign, *, today: date) -> Checked:
    """Raise `TooSoon` with what stands in the way of interviews: rules that block, and reasons missing."""
    checked = findings_now(session, campaign, today=today)
    if obstacles := obstacles_of(session, checked):
        raise TooSoon(obstacles)
    return checked


SEEN_TO_BY_RECRUITER = "The recruiter has to see to the panel first."


def obstacles_for_panel(session: Session, checked: Checked) -> str:
    """The same for the panel itself, which hears nothing of what was found of its composition."""
    open_ = [each.sentence for each in blocking(checked.findings) if each.rule not in composition_rules()]
    if open_:
        return " ".join(open_)
    return SEEN_TO_BY_RECRUITER if obstacles_of(session, checked) else ""


def require_ready_for_scores(session: Session, campaign: Campaign, *, today: date) -> None:
    """Raise `TooSoon`, in words for the panel, while anything stands in the way of interviews."""
    if obstacles := obstacles_for_panel(session, findings_now(session, campaign, today=today)):
        raise TooSoon(obstacles)


def obstacles_of(session: Session, checked: Checked) -> str:
    """What stands in the way of interviews, as sentences for the recruitment team; empty when nothing does."""
    problems = [each.sentence for each in blocking(checked.findings)]
    if checked.checked_at is None and any(not each.is_answered for each in checked.findings):
        problems.append("The panel has not been checked as it stands: check it before booking.")
    problems += [
        f"{each.sentence} Record why you go ahead, and who was asked."
        for each in lacking_reasons(session, checked.campaign_id, checked)
    ]
    return " ".join(problems)


def read_obstacles(session: Session, campaign: Campaign, *, today: date) -> str:
    return obstacles_of(session, findings_now(session, campaign, today=today))


def tell_recruiters(session: Session, *, desk: Desk, campaign: Campaign, problems: list[Finding] | str) -> int:
    """Write to the campaign's recruiters that the panel must be looked at again; how many were written to."""
    said = problems if isinstance(problems, str) else " ".join(each.sentence for each in problems)
    people = people_with_role(session, campaign.id, Role.RECRUITER)
    for person in people:
        post_letter(
            session,
            desk=desk,
            organisation_id=campaign.organisation_id,
            letter=Letter(
                person.email,
                f"Interview panel to look at again: {campaign.title}",
                "Interviews are booked, and the panel no longer meets the rules that block:\n\n"
                f"{said}\n\n"
                "Nobody can be scored until this is put right. Open the campaign's page “Panel”.\n",
            ),
        )
    return len(people)


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
