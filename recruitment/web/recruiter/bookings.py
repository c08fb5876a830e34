"""Booking interviews: when, where, and the adjustments to apply."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, render_template, request

from recruitment.rules.errors import Invalid, NotFound, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.rules.slots import LONGEST_MINUTES
from recruitment.services.appointments import read_interview_entries, read_interview_position
from recruitment.services.bookings import book_interview, cancel_booking, list_bookings
from recruitment.services.campaign_plans import read_facts
from recruitment.services.conflicts import list_conflicts
from recruitment.services.pool import list_pool
from recruitment.services.reveals import read_names
from recruitment.services.substitutes import name_substitute
from recruitment.web.access import allow, reading, writing
from recruitment.web.calendars import calendar_file
from recruitment.web.forms import PageForm, date, long_text, text, whole_number
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, addresses, settings, staff_desk

_BOOKINGS = "/campaigns/<uuid:campaign_id>/bookings"


class BookingForm(PageForm):
    day = date("Day", required="Enter the day", noun="The day")
    begins = text("Time", hint="For example, 9:30 or 14:00", required="Enter the time", width=5)
    minutes = whole_number(
        "Length in minutes",
        hint="Leave empty if nobody has said",
        noun="The length",
        maximum=LONGEST_MINUTES,
        width=3,
    )
    place = text("Place", hint="A room, or how to join from elsewhere")
    adjustments = long_text(
        "Adjustments that the panel applies",
        hint="Only what to do, such as: 10 minutes more; questions on paper. Never the reason.",
        max_length=1_000,
        rows=3,
    )
    reason = long_text(
        "Why does the time or place change?",
        hint="The candidate reads this. Leave it empty if only an adjustment changes",
        max_length=1_000,
        rows=3,
    )


class CancelForm(PageForm):
    reason = long_text(
        "Why is the interview cancelled?",
        hint="The candidate reads this",
        required="Say why it is cancelled",
        max_length=1_000,
        rows=3,
    )


@recruiter.get(_BOOKINGS)
@allow(Permission.ARRANGE_PANEL)
def bookings(campaign_id: UUID) -> Any:
    """The shortlist by name with its interviews; each showing of names is recorded."""
    session, actor, desk = reading(), acting(), staff_desk()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.ARRANGE_PANEL)
    named = read_names(session, actor=actor, desk=desk, campaign_id=campaign_id, ground="to book interviews")
    rows = list_bookings(session, actor=actor, desk=desk, campaign_id=campaign_id)
    booked = {row.application_id: row for row in rows}
    cases = list_conflicts(session, actor=actor, desk=desk, campaign_id=campaign_id)
    return render_template(
        "recruiter/panels/bookings.html",
        facts=facts,
        named=named,
        booked=booked,
        names={one.application_id: one.name for one in named},
        cases=cases,
        pool=list_pool(session, actor=actor) if cases else [],
        position=read_interview_position(session, actor=actor, campaign_id=campaign_id),
        today=desk.now.date(),
    )


@recruiter.route(f"{_BOOKINGS}/<uuid:application_id>", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def book(campaign_id: UUID, application_id: UUID) -> Any:
    session, actor, desk = reading(), acting(), staff_desk()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.ARRANGE_PANEL)
    held = next(
        (
            row
            for row in list_bookings(session, actor=actor, desk=desk, campaign_id=campaign_id)
            if row.application_id == application_id
        ),
        None,
    )
    form: Any = (
        BookingForm(
            day=held.day, begins=held.begins, minutes=held.minutes or None, place=held.place,
            adjustments=held.adjustments,
        )
        if held
        else BookingForm()
    )  # fmt: skip
    if held is None:
        del form.reason

    def keep(write: Any) -> None:
        book_interview(
            write,
            actor=actor,
            desk=desk,
            campaign_id=campaign_id,
            application_id=application_id,
            day=form.day.data,
            begins=form.begins.data or "",
            place=form.place.data or "",
            adjustments=form.adjustments.data or "",
            minutes=form.minutes.data or 0,
            reason=(form.reason.data or "") if "reason" in form else "",
            sites=addresses(),
        )

    try:
        if is_saved(form, keep):
            return saved("The interview is booked.", "recruiter.bookings", campaign_id=campaign_id)
    except TooSoon as refusal:
        form.day.errors = [refusal.sentence]
    (named,) = read_names(
        reading(),
        actor=actor,
        desk=desk,
        campaign_id=campaign_id,
        only=[application_id],
        ground="to book interviews",
    )
    return shown("recruiter/panels/book.html", form, facts=facts, named=named, held=held)


@recruiter.route(f"{_BOOKINGS}/<uuid:application_id>/cancel", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def cancel(campaign_id: UUID, application_id: UUID) -> Any:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.ARRANGE_PANEL)
    form: Any = CancelForm()

    def keep(write: Any) -> None:
        cancel_booking(
            write,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            application_id=application_id,
            reason=form.reason.data or "",
            sites=addresses(),
        )

    if is_saved(form, keep):
        return saved("The interview is cancelled.", "recruiter.bookings", campaign_id=campaign_id)
    (named,) = read_names(
        reading(),
        actor=acting(),
        desk=staff_desk(),
        campaign_id=campaign_id,
        only=[application_id],
        ground="to book interviews",
    )
    return shown("recruiter/panels/cancel.html", form, facts=facts, named=named)


@recruiter.get(f"{_BOOKINGS}/calendar.ics")
@allow(Permission.ARRANGE_PANEL)
def interviews_calendar(campaign_id: UUID) -> Response:
    """Every booked interview, for a calendar: times and places, no person."""
    page = f"{settings().staff_url.rstrip('/')}/campaigns/{campaign_id}/bookings"
    entries = read_interview_entries(reading(), actor=acting(), campaign_id=campaign_id, link=page)
    return calendar_file(entries, audience="staff", name="interviews")


@recruiter.post(f"{_BOOKINGS}/<uuid:application_id>/substitute")
@allow(Permission.ARRANGE_PANEL)
def substitute(campaign_id: UUID, application_id: UUID) -> Any:
    try:
        member = UUID(hex=request.form.get("member", ""))
        chosen = UUID(hex=request.form.get("substitute", ""))
    except ValueError:
        raise NotFound from None
    try:
        with writing() as session:
            name_substitute(
                session,
                actor=acting(),
                desk=staff_desk(),
                campaign_id=campaign_id,
                application_id=application_id,
                member_id=member,
                substitute_id=chosen,
            )
    except Invalid as refusal:
        return saved(refusal.sentence, "recruiter.bookings", campaign_id=campaign_id)
    return saved("The substitute is named. Tell them.", "recruiter.bookings", campaign_id=campaign_id)
