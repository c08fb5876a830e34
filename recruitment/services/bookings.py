"""Booking interviews: none while a rule that blocks the panel is unmet, whoever chose the time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor, system_actor
from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid, NotFound, TooSoon
from recruitment.rules.panels import Finding, blocking, composition_rules
from recruitment.rules.permissions import Permission, Role
from recruitment.rules.slots import (
    LONGEST_PLACE,
    AppointmentStanding,
    Span,
    check_length,
    check_words,
    clock_time,
)
from recruitment.services.appointments import (
    BOOKED,
    CANCELLED,
    adjustments_place,
    busy_spans,
    day_of,
    has_time,
    interview_position,
    post_about,
    span_of,
    words_place,
)
from recruitment.services.desk import Desk
from recruitment.services.jobs import BOOK_CHOSEN, enqueue
from recruitment.services.marks import require_passed
from recruitment.services.panel_checks import (
    Checked,
    findings_now,
    lacking_reasons,
)
from recruitment.services.panels import bookings_of, standing_entries
from recruitment.services.permissions import require
from recruitment.services.post import post_letter
from recruitment.services.reasons import open_reason, seal_adjustments, seal_reason
from recruitment.services.trail import record_event
from recruitment.store.campaigns import Campaign, lock_campaign
from recruitment.store.panels import Booking
from recruitment.store.people import people_with_role
from recruitment.store.slots import Appointment
from recruitment.vault.sealing.contact import Letter

_AGAIN = timedelta(minutes=30)


@dataclass(frozen=True)
class ReadBooking:
    application_id: UUID
    day: date
    begins: str
    place: str
    adjustments: str
    minutes: int = 0
    came: bool | None = None


def list_bookings(session: Session, *, actor: Actor, desk: Desk, campaign_id: UUID) -> list[ReadBooking]:
    """In the order of their times, with the adjustments to apply."""
    require(session, actor, campaign_id, Permission.SEE_NAMES)
    position = interview_position(session, campaign_id)
    came = {
        row.application_id: row.came
        for row in session.scalars(
            select(Appointment).where(
                Appointment.campaign_id == campaign_id, Appointment.stage_position == position
            )
        )
    }
    return [
        ReadBooking(
            row.application_id,
            row.day,
            row.begins,
            row.place,
            open_reason(desk, campaign_id, adjustments_place(row.application_id), row.adjustments),
            row.minutes,
            came.get(row.application_id),
        )
        for row in bookings_of(session, campaign_id)
    ]


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
    minutes: int = 0,
    reason: str = "",
    sites: tuple[str, str] = ("", ""),
) -> None:
    """Book or move one candidate's interview. `TooSoon` names every rule in the way.

    `adjustments`: what the panel is to apply, in the recruiter's words; never why. `reason`: why a booked time
    changes, for the candidate. `minutes`: 0 where nobody says how long. `sites`: for the links in letters.
    """
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="book interviews")
    if application_id not in standing_entries(session, campaign_id):
        raise NotFound("This candidate is not on the shortlist, or has withdrawn.")
    if day < desk.now.date():
        raise Invalid("The interview must be today or later.", "day")
    if len(place) > LONGEST_PLACE:
        raise Invalid(f"Shorten the place to {LONGEST_PLACE} characters or fewer.", "place")
    span = Span(day, clock_time(begins), check_length(minutes) if minutes else 0)
    appointment = find_or_make(session, actor, desk, campaign_id, application_id)
    is_moved = (appointment.day, appointment.begins, appointment.place, appointment.minutes) != (
        span.day, span.begins, place.strip(), span.minutes
    )  # fmt: skip
    if has_time(appointment) and is_moved and not reason.strip():
        raise Invalid("Say why the time or place changes: the candidate is told.", "reason")
    appointment.adjustments = seal_adjustments(
        desk, campaign_id, words_place(appointment, "adjustments"), check_words(adjustments, "adjustments")
    )
    appointment.reason = seal_reason(
        desk, campaign_id, words_place(appointment, "reason"), check_words(reason, "reason")
    )
    if is_moved:
        appointment.slot_id = None
    appointment.place, appointment.words = place.strip(), None
    _write_booking(session, actor, desk, campaign, appointment, span, booked_by=actor.id)
    if is_moved:
        post_about(session, desk, appointment, BOOKED, sites)


def find_or_make(
    session: Session,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    application_id: UUID,
    position: int | None = None,
) -> Appointment:
    """The appointment of a candidate for a stage (the interview unless said), begun when there is none."""
    place = interview_position(session, campaign_id) if position is None else position
    row = session.get(Appointment, (campaign_id, application_id, place))
    if row is None:
        row = Appointment(
            campaign_id=campaign_id, application_id=application_id, stage_position=place,
            standing=AppointmentStanding.INVITED, begins="", place="", minutes=0, sequence=0,
            calendar_key=desk.new_id(), invited_by=actor.id, invited_at=day_of(desk.now),
        )  # fmt: skip
        row.adjustments = seal_adjustments(desk, campaign_id, words_place(row, "adjustments"), "")
        session.add(row)
    return row


def _write_booking(
    session: Session,
    actor: Actor,
    desk: Desk,
    campaign: Campaign,
    appointment: Appointment,
    span: Span,
    *,
    booked_by: UUID,
) -> None:
    """The one place in which an interview comes to be booked: never while a rule that blocks is unmet."""
    campaign_id, application_id = campaign.id, appointment.application_id
    require_passed(session, campaign_id, application_id)
    if any(span.overlaps(other) for other in busy_spans(session, campaign_id, but=application_id)):
        raise Invalid("Another interview of this panel is at that time.", "begins")
    row = session.get(Booking, (campaign_id, application_id))
    if row is None:
        row = Booking(campaign_id=campaign_id, application_id=application_id)
        session.add(row)
    row.day, row.begins, row.minutes, row.place = span.day, span.begins, span.minutes, appointment.place
    adjustments = open_reason(desk, campaign_id, words_place(appointment, "adjustments"), appointment.adjustments)
    row.adjustments = seal_adjustments(desk, campaign_id, adjustments_place(application_id), adjustments)
    row.booked_by, row.booked_at = booked_by, desk.now
    appointment.day, appointment.begins, appointment.minutes = span.day, span.begins, span.minutes
    appointment.standing, appointment.came = AppointmentStanding.BOOKED, None
    appointment.sequence += 1
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
        day=span.day.isoformat(),
    )


def book_chosen(
    desk: Desk, campaign_id: UUID, application_id: UUID, sites: tuple[str, str], *, is_told: bool
) -> None:
    """Book the time that a candidate has chosen, in the worker. While the panel may not interview, the time stays
    theirs, the recruiters are told once (`is_told`), and it is tried again.
    """
    try:
        with desk.sessions.writing() as session:
            campaign = lock_campaign(session, campaign_id)
            row = session.get(Appointment, (campaign_id, application_id, interview_position(session, campaign_id)))
            if row is None or row.standing != AppointmentStanding.CHOSEN or campaign.closed_at is not None:
                return
            if campaign.state != CampaignState.REVEALED or span_of(row).begins_at <= desk.now:
                return
            actor = system_actor(campaign.organisation_id)
            _write_booking(session, actor, desk, campaign, row, span_of(row), booked_by=row.invited_by)
            post_about(session, desk, row, BOOKED, sites)
    except (TooSoon, Invalid) as refusal:
        with desk.sessions.writing() as session:
            campaign = session.get_one(Campaign, campaign_id)
            if not is_told:
                tell_recruiters(session, desk=desk, campaign=campaign, problems=refusal.sentence)
            ids = {"campaign_id": campaign_id, "application_id": application_id, "is_told": "yes"}
            again = desk.now + _AGAIN
            enqueue(
                session,
                desk=desk,
                kind=BOOK_CHOSEN,
                run_after=again,
                **ids,
                public_url=sites[0],
                staff_url=sites[1],
            )


def cancel_booking(
    session: Session,
    *,
    actor: Actor,
    desk: Desk,
    campaign_id: UUID,
    application_id: UUID,
    reason: str = "",
    sites: tuple[str, str] = ("", ""),
) -> None:
    """Take back a booked interview; the candidate is told why, and may choose again where times are offered."""
    campaign = require(session, actor, campaign_id, Permission.ARRANGE_PANEL, lock=True)
    require_state(CampaignState(campaign.state), CampaignState.REVEALED, act="cancel interviews")
    row = session.get(Booking, (campaign_id, application_id))
    if row is None:
        raise NotFound
    if not reason.strip():
        raise Invalid("Say why it is cancelled: the candidate is told.", "reason")
    session.delete(row)
    appointment = find_or_make(session, actor, desk, campaign_id, application_id)
    appointment.day, appointment.begins, appointment.place = row.day, row.begins, row.place
    appointment.reason = seal_reason(
        desk, campaign_id, words_place(appointment, "reason"), check_words(reason, "reason")
    )
    appointment.standing, appointment.slot_id = AppointmentStanding.INVITED, None
    appointment.sequence += 1
    session.flush()
    post_about(session, desk, appointment, CANCELLED, sites)
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
