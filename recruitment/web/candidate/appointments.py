"""A candidate's time for a stage: chosen among those that are free, changed, given back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for

from recruitment.rules.errors import Invalid
from recruitment.rules.slots import OfferedSlot
from recruitment.services.applications import list_own_applications
from recruitment.services.own_appointments import (
    OwnAppointment,
    choose_time,
    give_back,
    read_own_appointment,
    read_own_entry,
)
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.calendars import calendar_file
from recruitment.web.candidate import candidate
from recruitment.web.filters import with_weekday
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.messages import catalogue, say
from recruitment.web.site import acting, addresses, desk, settings

_PATH = "/campaigns/<uuid:campaign_id>/appointments/<int:position>"
NONE = "none"
_GONE = "Somebody else has just taken that time. Choose another."


def _words(slot: OfferedSlot) -> str:
    hours = say("{begins} to {ends}", begins=slot.span.begins, ends=slot.span.ends)
    return f"{with_weekday(slot.span.day, catalogue())}, {hours}"


def _form(own: OwnAppointment) -> Any:
    options = [Option(str(slot.id), _words(slot), hint=slot.place or None) for slot in own.choices]
    none = Option(
        NONE,
        "None of these suits me" if options else "Tell us which times suit you",
        divider="or" if options else None,
        reveals="words",
        reveals_required="Say which times you could come",
    )
    fields = {
        "slot": radios("Choose a time", [*options, none], required="Select a time"),
        "words": long_text(
            "Which times could you come?",
            hint="The recruitment team reads this. You need not say why",
            max_length=1_000,
            rows=3,
        ),
    }
    return type("SlotForm", (PageForm,), fields)()


def _read(campaign_id: UUID, position: int) -> OwnAppointment:
    return read_own_appointment(reading(), actor=acting(), desk=desk(), campaign_id=campaign_id, position=position)


def _title(campaign_id: UUID) -> str:
    found = list_own_applications(reading(), actor=acting(), desk=desk())
    return next((one.title for one in found if one.campaign_id == campaign_id), "")


@candidate.route(_PATH, methods=["GET", "POST"])
@allow(Audience.CANDIDATE)
def appointment(campaign_id: UUID, position: int) -> Any:
    own = _read(campaign_id, position)
    form = _form(own)
    asked: dict[str, Any] = {"actor": acting(), "desk": desk(), "campaign_id": campaign_id, "position": position}
    if form.validate_on_submit():
        try:
            with writing() as session:
                if form.slot.data == NONE:
                    give_back(session, **asked, words=form.words.data or "", sites=addresses())
                else:
                    choose_time(session, **asked, slot_id=UUID(form.slot.data), sites=addresses())
        except Invalid as refusal:
            form[refusal.field].errors = [refusal.sentence]
        else:
            done = "told" if form.slot.data == NONE else "chosen"
            return redirect(
                url_for("candidate.appointment", campaign_id=campaign_id, position=position, done=done), 303
            )
    elif form.slot.errors and _is_id(form.slot.data):
        # It stood on the page that was sent: between the two somebody else was faster.
        form.slot.errors = [_GONE]
    if form.errors:
        own = _read(campaign_id, position)
        form = _again(form, own)
    page = render_template(
        "candidate/appointments/appointment.html",
        form=form,
        own=own,
        title=_title(campaign_id),
        campaign_id=campaign_id,
        done=request.args.get("done", ""),
    )
    return page, 400 if form.errors else 200


def _again(form: Any, own: OwnAppointment) -> Any:
    """The same form with the times that are free now, and what was said of the one before."""
    fresh = _form(own)
    for name in ("slot", "words"):
        fresh[name].data, fresh[name].errors = form[name].data, form[name].errors
        fresh[name].process_errors = []
    return fresh


def _is_id(typed: str | None) -> bool:
    try:
        UUID(typed or "")
    except ValueError:
        return False
    return True


@candidate.post(f"{_PATH}/give-back")
@allow(Audience.CANDIDATE)
def give_time_back(campaign_id: UUID, position: int) -> Any:
    own = _read(campaign_id, position)
    if own.span is not None:
        with writing() as session:
            give_back(
                session,
                actor=acting(),
                desk=desk(),
                campaign_id=campaign_id,
                position=position,
                sites=addresses(),
            )
    return redirect(url_for("candidate.appointment", campaign_id=campaign_id, position=position, done="free"), 303)


@candidate.get(f"{_PATH}/calendar.ics")
@allow(Audience.CANDIDATE)
def appointment_calendar(campaign_id: UUID, position: int) -> Response:
    page = settings().public_url.rstrip("/") + url_for(
        "candidate.appointment", campaign_id=campaign_id, position=position
    )
    entry = read_own_entry(reading(), actor=acting(), campaign_id=campaign_id, position=position, link=page)
    return calendar_file([entry], audience="candidate", name="appointment")
