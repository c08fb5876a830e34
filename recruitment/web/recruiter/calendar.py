"""The campaign's calendar: planned dates of its steps, changed, and taken away as a file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, render_template

from recruitment.rules.campaign_calendar import CHANGEABLE, STEP_TITLES, CalendarStep
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_calendar import (
    change_calendar,
    read_campaign_calendar,
    write_calendar_file,
)
from recruitment.services.campaign_plans import read_facts
from recruitment.web.access import allow, may, reading
from recruitment.web.forms import PageForm, date
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

DatesForm: Any = type("DatesForm", (PageForm,), {step.value: date(STEP_TITLES[step]) for step in CHANGEABLE})


@recruiter.get("/campaigns/<uuid:campaign_id>/calendar")
@allow(Permission.SEE_CAMPAIGN)
def calendar(campaign_id: UUID) -> str:
    found = read_campaign_calendar(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return render_template(
        "recruiter/campaigns/calendar.html",
        found=found,
        facts=read_facts(reading(), actor=acting(), campaign_id=campaign_id),
        may_change=may(Permission.EDIT_CAMPAIGN, campaign_id),
    )


@recruiter.route("/campaigns/<uuid:campaign_id>/calendar/change", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def change_dates(campaign_id: UUID) -> Any:
    found = read_campaign_calendar(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    form = DatesForm(**{one.step.value: one.on for one in found.dates if one.step in CHANGEABLE})

    def change(session: Any) -> None:
        change_calendar(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            wanted={CalendarStep(step): form[step].data for step in CHANGEABLE},
        )

    if is_saved(form, change):
        return saved("The dates are saved.", "recruiter.calendar", campaign_id=campaign_id)
    return shown(
        "recruiter/campaigns/change_dates.html",
        form,
        facts=read_facts(reading(), actor=acting(), campaign_id=campaign_id),
    )


@recruiter.get("/campaigns/<uuid:campaign_id>/calendar.ics")
@allow(Permission.SEE_CAMPAIGN)
def calendar_file(campaign_id: UUID) -> Response:
    content = write_calendar_file(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    response = Response(content, content_type="text/calendar; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="campaign.ics")
    return response
