"""Appointments for the stages after the reveal: what is offered, what is taken, what becomes free."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruitment.rules.actors import Actor
from recruitment.rules.calendar_entries import CalendarEntry
from recruitment.rules.campaigns import StageKind
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Permission
from recruitment.rules.slots import (
    CHOSEN_STAGES,
    AppointmentStanding,
    OfferedSlot,
    Span,
)
from recruitment.services.desk import Desk
from recruitment.services.jobs import POST_APPOINTMENT, enqueue
from recruitment.services.panels import sitters_of
from recruitment.services.permissions import require
from recruitment.store.applications import Application
from recruitment.store.campaigns import Stage, list_stages
from recruitment.store.panels import Booking
from recruitment.store.slots import Appointment, Slot

INVITED, BOOKED, CANCELLED, UNSUITED = "invited", "booked", "cancelled", "unsuited"
"""What is written about: to the candidate and to staff, or (the last) to recruiters alone."""


def adjustments_place(application_id: UUID) -> str:
    return f"interview adjustments {application_id}"


def words_place(row: Appointment, what: str) -> str:
    """Where a text of an appointment is sealed; `what`: adjustments or reason."""
    return f"appointment {what} {row.application_id} {row.stage_position}"


def day_of(moment: datetime) -> datetime:
    """Without the time of day: who is invited apart from the rest is who asked for an adjustment."""
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


def stage_at(session: Session, campaign_id: UUID, position: int) -> tuple[Stage, StageKind]:
    """A stage to which candidates come at a time of their own; `NotFound` for any other."""
    row = session.get(Stage, (campaign_id, position))
    if row is None or StageKind(row.kind) not in CHOSEN_STAGES:
        raise NotFound
    return row, StageKind(row.kind)


def interview_position(session: Session, campaign_id: UUID) -> int:
    """Where the interview stands in the campaign's list; every campaign that opened has one."""
    return next(row.position for row in list_stages(session, campaign_id) if row.kind == StageKind.INTERVIEW)


def span_of(row: Slot | Booking | Appointment) -> Span:
    if row.day is None:
        raise ValueError("this appointment has no time")
    return Span(row.day, row.begins, row.minutes)


def has_time(row: Appointment) -> bool:
    return row.standing in (AppointmentStanding.CHOSEN, AppointmentStanding.BOOKED)


def offered(session: Session, campaign_id: UUID, position: int) -> list[OfferedSlot]:
    """The times of a stage with how many have chosen each."""
    taken = {
        slot_id: many
        for slot_id, many in session.execute(
            select(Appointment.slot_id, func.count())
            .where(Appointment.campaign_id == campaign_id, Appointment.slot_id.is_not(None))
            .group_by(Appointment.slot_id)
        )
    }
    rows = session.scalars(
        select(Slot)
        .where(Slot.campaign_id == campaign_id, Slot.stage_position == position)
        .order_by(Slot.day, Slot.begins, Slot.place, Slot.id)
    )
    return [OfferedSlot(row.id, span_of(row), row.place, row.places, taken.get(row.id, 0)) for row in rows]


def busy_spans(session: Session, campaign_id: UUID, *, but: UUID | None = None) -> list[Span]:
    """When the panel is with a candidate, or will be once a chosen time is booked; without one application."""
    found = {
        row.application_id: span_of(row)
        for row in session.scalars(select(Booking).where(Booking.campaign_id == campaign_id))
    }
    for row in session.scalars(
        select(Appointment)
        .join(Stage, (Stage.campaign_id == campaign_id) & (Stage.position == Appointment.stage_position))
        .where(
            Appointment.campaign_id == campaign_id,
            Stage.kind == StageKind.INTERVIEW,
            Appointment.standing == AppointmentStanding.CHOSEN,
        )
    ):
        found[row.application_id] = span_of(row)
    return [span for application_id, span in found.items() if application_id != but]


def post_about(session: Session, desk: Desk, row: Appointment, what: str, sites: tuple[str, str]) -> None:
    """Have the worker write about an appointment. `sites`: addresses of the public and of the staff site."""
    enqueue(
        session,
        desk=desk,
        kind=POST_APPOINTMENT,
        campaign_id=row.campaign_id,
        application_id=row.application_id,
        position=row.stage_position,
        what=what,
        public_url=sites[0],
        staff_url=sites[1],
    )


def entry_of(row: Appointment, title: str, stage: str, link: str, *, is_cancelled: bool = False) -> CalendarEntry:
    """The calendar entry of an appointment that has a time: a stage and a campaign, and no person."""
    return CalendarEntry(
        row.calendar_key, row.sequence, f"{stage}: {title}", span_of(row), row.place, link, is_cancelled
    )


def free_time(session: Session, row: Appointment) -> bool:
    """Let the time of an appointment go; whether it had been told to anybody. The day stays, for its letter."""
    was_booked = row.standing == AppointmentStanding.BOOKED
    booking = session.get(Booking, (row.campaign_id, row.application_id))
    if booking is not None and row.stage_position == interview_position(session, row.campaign_id):
        # A changed time that was not booked yet: what was booked, and told, is the earlier one.
        row.day, row.begins, row.place, was_booked = booking.day, booking.begins, booking.place, True
        session.delete(booking)
    row.standing, row.slot_id = AppointmentStanding.INVITED, None
    row.sequence += was_booked
    return was_booked


def free_on_withdrawal(session: Session, *, desk: Desk, application: Application) -> None:
    """Whoever withdraws needs no time any more; staff are told by their calendars."""
    for row in session.scalars(
        select(Appointment).where(
            Appointment.campaign_id == application.campaign_id, Appointment.application_id == application.id
        )
    ).all():
        # What has taken place stays: it counts among the days on which people sat.
        if has_time(row) and span_of(row).begins_at > desk.now:
            if free_time(session, row):
                post_about(session, desk, row, CANCELLED, ("", ""))
            row.standing = AppointmentStanding.CANCELLED
    session.flush()


def read_interview_position(session: Session, *, actor: Actor, campaign_id: UUID) -> int:
    """Where the interview stands in the list of stages, for addresses of its pages."""
    require(session, actor, campaign_id, Permission.SEE_NAMES)
    return interview_position(session, campaign_id)


def read_interview_entries(
    session: Session, *, actor: Actor, campaign_id: UUID, link: str, only_own: bool = False
) -> list[CalendarEntry]:
    """Calendar entries of the booked interviews: all of them, or those for which the actor sits."""
    campaign = require(session, actor, campaign_id, Permission.SEE_NAMES)
    position = interview_position(session, campaign_id)
    name = session.get_one(Stage, (campaign_id, position)).name
    sitters = sitters_of(session, campaign_id) if only_own else None
    return [
        entry_of(row, campaign.title, name, link)
        for row in session.scalars(
            select(Appointment)
            .where(
                Appointment.campaign_id == campaign_id,
                Appointment.stage_position == position,
                Appointment.standing == AppointmentStanding.BOOKED,
            )
            .order_by(Appointment.day, Appointment.begins, Appointment.application_id)
        )
        if sitters is None or actor.id in sitters.of(row.application_id)
    ]
