"""Times that candidates choose among: what is offered, who is invited, who came."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for

from recruitment.rules.adjustments import Answer
from recruitment.rules.campaigns import StageKind
from recruitment.rules.errors import Invalid, NotFound, TooSoon
from recruitment.rules.permissions import Permission
from recruitment.services.attendance import record_attendance
from recruitment.services.campaign_plans import read_facts
from recruitment.services.requests import AskedAdjustment, read_adjustments
from recruitment.services.reveals import read_names
from recruitment.services.slots import (
    Invited,
    ReadSlots,
    drop_slot,
    invite,
    invite_all,
    offer_slots,
    read_slots,
    set_slot_plan,
)
from recruitment.web.access import allow, reading, writing
from recruitment.web.filters import counted
from recruitment.web.forms import PageForm, date, long_text, text, whole_number
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, addresses, staff_desk

_PATH = "/campaigns/<uuid:campaign_id>/stages/<int:position>/slots"


class PlanForm(PageForm):
    minutes = whole_number(
        "Usual length in minutes", required="Enter the usual length", noun="The length", width=3
    )
    change_hours = whole_number(
        "Until how many hours before may a candidate change their time?",
        hint="Later than that, they write to you",
        required="Enter a number of hours",
        noun="The number of hours",
        width=3,
    )
    note = long_text(
        "What every candidate should know",
        hint="For example, what to bring, or how the day goes. All candidates read the same",
        max_length=1_000,
        rows=4,
    )


class OfferForm(PageForm):
    day = date("Day", required="Enter the day", noun="The day")
    times = text("Times at which they begin", hint="For example, 9:30, 10:30, 14:00", required="Enter the times")
    minutes = whole_number(
        "Length in minutes",
        hint="Candidates see only times of their own length",
        required="Enter the length",
        noun="The length",
        width=3,
    )
    place = text("Place", hint="A room, or the link to join from elsewhere. Never a name")
    places = whole_number("How many candidates may come at each time?", noun="The number", width=3)


class InviteForm(PageForm):
    minutes = whole_number(
        "Length of their time in minutes",
        hint="Longer, if extra time is agreed. Nobody else sees it",
        required="Enter the length",
        noun="The length",
        width=3,
    )
    adjustments = long_text(
        "Adjustments to apply",
        hint="Only what to do. Whoever runs the stage and the candidate read this. Never write the reason",
        max_length=1_000,
        rows=4,
    )


def _asked(campaign_id: UUID, position: int) -> dict[str, Any]:
    return {"actor": acting(), "desk": staff_desk(), "campaign_id": campaign_id, "position": position}


def _read(campaign_id: UUID, position: int) -> ReadSlots:
    return read_slots(reading(), **_asked(campaign_id, position))


def _facts(campaign_id: UUID) -> Any:
    return read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.ARRANGE_PANEL)


@recruiter.get(_PATH)
@allow(Permission.ARRANGE_PANEL)
def slots(campaign_id: UUID, position: int) -> str:
    """Times, and the shortlist by name; each showing of names is recorded."""
    facts, found = _facts(campaign_id), _read(campaign_id, position)
    named = read_names(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, ground="to arrange times"
    )
    return render_template(
        "recruiter/slots/slots.html",
        facts=facts,
        found=found,
        names={one.application_id: one.name for one in named},
        is_interview=found.kind is StageKind.INTERVIEW,
        now=staff_desk().now,
    )


@recruiter.route(f"{_PATH}/plan", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def slot_plan(campaign_id: UUID, position: int) -> Any:
    facts, found = _facts(campaign_id), _read(campaign_id, position)
    plan = found.plan
    form: Any = PlanForm(minutes=plan.minutes, change_hours=plan.change_hours, note=plan.note)

    def keep(session: Any) -> None:
        set_slot_plan(
            session,
            **_asked(campaign_id, position),
            minutes=form.minutes.data,
            change_hours=form.change_hours.data,
            note=form.note.data or "",
        )

    if is_saved(form, keep):
        return saved("Saved.", "recruiter.slots", campaign_id=campaign_id, position=position)
    return shown("recruiter/slots/plan.html", form, facts=facts, found=found)


@recruiter.route(f"{_PATH}/offer", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def offer(campaign_id: UUID, position: int) -> Any:
    facts, found = _facts(campaign_id), _read(campaign_id, position)
    form: Any = OfferForm(minutes=found.plan.minutes, places=1)
    if found.kind is StageKind.INTERVIEW:
        del form.places

    def keep(session: Any) -> None:
        many = offer_slots(
            session,
            **_asked(campaign_id, position),
            day=form.day.data,
            times=form.times.data or "",
            minutes=form.minutes.data,
            place=form.place.data or "",
            places=form.places.data if "places" in form else 1,
        )
        flash(f"{counted(many, 'time')} offered.")

    try:
        if is_saved(form, keep):
            return redirect(url_for("recruiter.slots", campaign_id=campaign_id, position=position), 303)
    except TooSoon as refusal:
        form.day.errors = [refusal.sentence]
    return shown("recruiter/slots/offer.html", form, facts=facts, found=found)


@recruiter.post(f"{_PATH}/drop")
@allow(Permission.ARRANGE_PANEL)
def drop_time(campaign_id: UUID, position: int) -> Any:
    try:
        slot_id = UUID(hex=request.form.get("slot", ""))
    except ValueError:
        raise NotFound from None
    try:
        with writing() as session:
            drop_slot(session, **_asked(campaign_id, position), slot_id=slot_id)
    except Invalid as refusal:
        return saved(refusal.sentence, "recruiter.slots", campaign_id=campaign_id, position=position)
    return saved("The time is taken back.", "recruiter.slots", campaign_id=campaign_id, position=position)


def _adjustments(campaign_id: UUID) -> dict[str, AskedAdjustment]:
    """By reference, who asked for any; opened with a record."""
    found = read_adjustments(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return {one.reference: one for one in found.asked}


@recruiter.post(f"{_PATH}/invite")
@allow(Permission.ARRANGE_PANEL)
def invite_rest(campaign_id: UUID, position: int) -> Any:
    """Everybody who asked for no adjustment at once; the others each on a page, so that nothing is missed."""
    found, asked = _read(campaign_id, position), _adjustments(campaign_id)
    apart = {one.application_id for one in found.invited if one.reference in asked}
    waiting = sum(one.application_id in apart and one.standing is None for one in found.invited)
    with writing() as session:
        many = invite_all(session, **_asked(campaign_id, position), but=apart, sites=addresses())
    flash(f"{counted(many, 'candidate')} invited.")
    if waiting:
        flash(f"{counted(waiting, 'candidate')} asked for an adjustment. Invite each of them below.")
    return redirect(url_for("recruiter.slots", campaign_id=campaign_id, position=position), 303)


def _one(found: ReadSlots, application_id: UUID) -> Invited:
    for one in found.invited:
        if one.application_id == application_id:
            return one
    raise NotFound


@recruiter.route(f"{_PATH}/invite/<uuid:application_id>", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def invite_one(campaign_id: UUID, position: int, application_id: UUID) -> Any:
    """What is agreed comes with its words; that it was looked up is recorded."""
    facts, found = _facts(campaign_id), _read(campaign_id, position)
    one = _one(found, application_id)
    asked = _adjustments(campaign_id).get(one.reference)
    is_agreed = asked is not None and asked.agreed.answer in (Answer.AGREED, Answer.OTHERWISE)
    words = one.adjustments or (asked.agreed.words if asked is not None and is_agreed else "")
    form: Any = InviteForm(minutes=one.minutes or found.plan.minutes, adjustments=words)

    def keep(session: Any) -> None:
        invite(
            session,
            **_asked(campaign_id, position),
            application_id=application_id,
            minutes=form.minutes.data,
            adjustments=form.adjustments.data or "",
            sites=addresses(),
        )

    if is_saved(form, keep):
        return saved("The candidate is invited.", "recruiter.slots", campaign_id=campaign_id, position=position)
    (named,) = read_names(
        reading(),
        actor=acting(),
        desk=staff_desk(),
        campaign_id=campaign_id,
        only=[application_id],
        ground="to arrange times",
    )
    is_open = asked is not None and not asked.agreed.is_answered
    return shown(
        "recruiter/slots/invite.html", form, facts=facts, found=found, named=named, one=one, is_open=is_open
    )


@recruiter.post("/campaigns/<uuid:campaign_id>/stages/<int:position>/attendance/<uuid:application_id>")
@allow(Permission.ARRANGE_PANEL)
def attendance(campaign_id: UUID, position: int, application_id: UUID) -> Any:
    came = {"yes": True, "no": False}.get(request.form.get("came", ""))
    if came is None:
        raise NotFound
    with writing() as session:
        record_attendance(session, **_asked(campaign_id, position), application_id=application_id, came=came)
    said = "Recorded: they came." if came else "Recorded: they did not come."
    return saved(said, "recruiter.slots", campaign_id=campaign_id, position=position)
