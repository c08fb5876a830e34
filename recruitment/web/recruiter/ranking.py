"""The anonymous ranking, and the interview line drawn on it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.datastructures import MultiDict

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.rankings import read_ranking, try_line
from recruitment.services.shortlists import set_interview_line
from recruitment.web.access import allow, reading
from recruitment.web.forms import PageForm, decimal, hidden, long_text
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.words import two_places
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk

_PER_PAGE = 100


class PreviewForm(PageForm):
    """Only shows what a line would do; sent by GET, so it changes nothing."""

    class Meta(PageForm.Meta):
        csrf = False

    line = decimal(
        "Try an interview line",
        hint="A total, as shown in the table. Everybody at or above it who meets every minimum is interviewed",
        required="Enter a total",
        noun="The line",
        minimum=0,
    )


class LineForm(PageForm):
    at = hidden(max_length=20)
    reason = long_text(
        "Why is the line drawn here?",
        hint="It goes on the record, where the auditor reads it",
        required="Say why the line is drawn there",
        max_length=1_000,
        rows=4,
    )


@recruiter.route("/campaigns/<uuid:campaign_id>/ranking", methods=["GET", "POST"])
@allow(Permission.SET_INTERVIEW_LINE)
def ranking(campaign_id: UUID) -> Any:
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.SET_INTERVIEW_LINE)
    after = request.args.get("after", "")
    found = read_ranking(session, actor=actor, campaign_id=campaign_id, after=after, per_page=_PER_PAGE)
    typed = request.form.get("at") if request.method == "POST" else request.args.get("line")
    trying = PreviewForm(formdata=None if typed is None else MultiDict({"line": typed}))
    preview = None
    if typed is not None and trying.validate():
        preview = try_line(session, actor=actor, campaign_id=campaign_id, line=Fraction(trying.line.data))
    form = LineForm(at=typed)

    def draw(session: Any) -> None:
        line, reason = Fraction(trying.line.data), form.reason.data
        set_interview_line(
            session, actor=actor, desk=staff_desk(), campaign_id=campaign_id, line=line, reason=reason
        )

    if preview and is_saved(form, draw, line="reason"):
        return saved("The interview line is drawn.", "recruiter.shortlist", campaign_id=campaign_id)
    page = render_template(
        "recruiter/ranking/ranking.html",
        facts=facts,
        ranking=found,
        asked_line=request.args.get("line") or None,
        is_drawable=found.state is CampaignState.SCORED,
        trying=trying,
        preview=preview,
        form=form,
        two_places=two_places,
    )
    return page, 400 if request.method == "POST" else 200
