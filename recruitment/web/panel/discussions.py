"""Scores of one candidate together, once all who sit have scored alone; and the interview pack."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotFound
from recruitment.rules.permissions import Permission
from recruitment.services.appointments import read_interview_entries
from recruitment.services.bookings import list_bookings
from recruitment.services.interview_results import agree_score, read_discussion
from recruitment.services.interviews import read_scale
from recruitment.services.panel_arrangements import read_pack
from recruitment.services.reasons import LONGEST_REASON
from recruitment.services.reveals import read_names
from recruitment.web.access import allow, may, reading, writing
from recruitment.web.calendars import calendar_file
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.panel import panel
from recruitment.web.panel.standings import unchecked
from recruitment.web.site import acting, settings, staff_desk


@panel.get("/campaigns/<uuid:campaign_id>/interviews/pack")
@allow(Permission.SCORE_INTERVIEWS)
def pack(campaign_id: UUID) -> str:
    """The questions, the same for everybody, and the day's interviews with the adjustments to apply."""
    session, actor, desk = reading(), acting(), staff_desk()
    named = read_names(session, actor=actor, desk=desk, campaign_id=campaign_id, ground="interview pack")
    names = {one.application_id: one.name for one in named if not one.is_withdrawn}
    return render_template(
        "panel/discussions/pack.html",
        campaign_id=campaign_id,
        standing=unchecked(campaign_id),
        pack=read_pack(session, actor=actor, campaign_id=campaign_id),
        booked=[
            (names[row.application_id], row)
            for row in list_bookings(session, actor=actor, desk=desk, campaign_id=campaign_id)
            if row.application_id in names
        ],
    )


@panel.get("/campaigns/<uuid:campaign_id>/interviews/calendar.ics")
@allow(Permission.SCORE_INTERVIEWS)
def calendar(campaign_id: UUID) -> Response:
    """The interviews for which the reader sits, for a calendar: times and places, no person."""
    page = f"{settings().staff_url.rstrip('/')}/campaigns/{campaign_id}/interviews"
    entries = read_interview_entries(reading(), actor=acting(), campaign_id=campaign_id, link=page, only_own=True)
    return calendar_file(entries, audience="staff", name="interviews")


_DISCUSSION = "/campaigns/<uuid:campaign_id>/interviews/candidates/<uuid:application_id>/discussion"


def _name(campaign_id: UUID, application_id: UUID) -> str:
    (named,) = read_names(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, only=[application_id]
    )
    return named.name


@panel.get(_DISCUSSION)
@allow(Permission.SCORE_INTERVIEWS)
def discussion(campaign_id: UUID, application_id: UUID) -> str:
    session, actor, desk = reading(), acting(), staff_desk()
    discussed = read_discussion(
        session, actor=actor, desk=desk, campaign_id=campaign_id, application_id=application_id
    )
    standing = unchecked(campaign_id)
    return render_template(
        "panel/discussions/discussion.html",
        campaign_id=campaign_id,
        application_id=application_id,
        standing=standing,
        name=_name(campaign_id, application_id),
        discussed=discussed,
        may_agree=may(Permission.DECIDE_OUTCOMES, campaign_id) and standing.state is CampaignState.REVEALED,
    )


@panel.route(f"{_DISCUSSION}/<uuid:criterion_id>", methods=["GET", "POST"])
@allow(Permission.DECIDE_OUTCOMES)
def agree_on(campaign_id: UUID, application_id: UUID, criterion_id: UUID) -> Any:
    session, actor, desk = reading(), acting(), staff_desk()
    found = read_discussion(
        session,
        actor=actor,
        desk=desk,
        campaign_id=campaign_id,
        application_id=application_id,
        criterion_id=criterion_id,
    )
    one = next((each for each in found if each.criterion_id == criterion_id), None)
    if one is None:
        raise NotFound
    lowest, highest = read_scale(session, actor=actor, campaign_id=campaign_id)
    fields = {
        "value": radios(
            "The score that the panel agrees on",
            [Option(str(value), str(value)) for value in range(lowest, highest + 1)],
            required="Select the score",
        ),
        "reason": long_text("The reason", required="Give the reason", max_length=LONGEST_REASON, rows=3),
    }
    form: Any = type("AgreeForm", (PageForm,), fields)(value=one.agreed, reason=one.reason)
    if form.validate_on_submit():
        try:
            with writing() as write:
                agree_score(
                    write,
                    actor=actor,
                    desk=desk,
                    campaign_id=campaign_id,
                    application_id=application_id,
                    criterion_id=criterion_id,
                    value=int(form.value.data),
                    reason=form.reason.data or "",
                )
            return redirect(
                url_for("panel.discussion", campaign_id=campaign_id, application_id=application_id), 303
            )
        except Invalid as refusal:
            form.value.errors = [refusal.sentence]
    page = render_template(
        "panel/discussions/agree.html",
        campaign_id=campaign_id,
        application_id=application_id,
        standing=unchecked(campaign_id),
        name=_name(campaign_id, application_id),
        one=one,
        form=form,
    )
    return page, 400 if form.errors else 200
