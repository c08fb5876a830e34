"""Templates of campaigns: chosen, begun from, kept and removed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.campaigns import CampaignKind
from recruitment.rules.errors import LONGEST_LINE
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.campaign_templates import (
    begin_from_template,
    drop_template,
    find_template,
    keep_template,
    list_templates,
)
from recruitment.services.campaigns import CampaignPlan
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.forms import Option, PageForm, date, radios, text, whole_number
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.times import in_the_uk, moment, time_of_day
from recruitment.web.recruiter.words import KIND_TITLES
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_TIME_HINT = "For example, 9am or 5:30pm"
_FACTS = ("location", "working_pattern", "pay", "grade")


class BeginForm(PageForm):
    title = text(
        "Title of the post", hint="Candidates see it", required="Enter the title of the post", max_length=150
    )
    kind = radios(
        "Kind of campaign",
        [Option(kind, words) for kind, words in KIND_TITLES.items()],
        required="Select the kind of campaign",
    )
    posts = whole_number("Posts", required="Enter how many posts there are", minimum=1, maximum=999, width=3)
    location = text("Location", max_length=LONGEST_LINE)
    working_pattern = text("Working pattern", hint="For example, full time or part time", max_length=LONGEST_LINE)
    pay = text("Pay", max_length=LONGEST_LINE)
    grade = text("Grade", max_length=LONGEST_LINE, width=10)
    opens_on = date("Opening date", required="Enter the opening date")
    opens_time = time_of_day("Opening time", required="Enter the opening time", hint=_TIME_HINT)
    closes_on = date("Closing date", required="Enter the closing date")
    closes_time = time_of_day("Closing time", required="Enter the closing time", hint=_TIME_HINT)


class KeepForm(PageForm):
    title = text("Title of the template", required="Enter a title for the template", max_length=150)
    about = text("For what kind of post is it?", max_length=LONGEST_LINE)


@recruiter.get("/campaigns/templates")
@allow(Audience.STAFF)
def templates() -> str:
    found = list_templates(reading(), actor=acting())
    return render_template("recruiter/campaign_templates/list.html", found=found)


@recruiter.route("/campaigns/new/<name>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def begin(name: str) -> Any:
    template = find_template(reading(), actor=acting(), name=name)
    today = in_the_uk(staff_desk().now).date()
    form = BeginForm(
        kind=CampaignKind.EXTERNAL,
        posts=1,
        opens_on=today + timedelta(days=7),
        opens_time="9am",
        closes_on=today + timedelta(days=28),
        closes_time="11:59pm",
    )
    made: list[UUID] = []

    def make(session: Any) -> None:
        plan = CampaignPlan(
            form.title.data,
            CampaignKind(form.kind.data),
            moment(form.opens_on.data, form.opens_time.data),
            moment(form.closes_on.data, form.closes_time.data),
            grade=form.grade.data or "",
        )
        facts = {name: form[name].data or "" for name in _FACTS}
        made.append(
            begin_from_template(
                session,
                actor=acting(),
                desk=staff_desk(),
                name=name,
                plan=plan,
                posts=form.posts.data,
                **facts,
            )
        )

    if is_saved(form, make, closes_at="closes_on", opens_at="opens_on"):
        words = "The campaign is made. Look through it, name its people, then open it."
        return saved(words, "recruiter.campaign", campaign_id=made[0])
    return shown("recruiter/campaign_templates/begin.html", form, chosen=template)


@recruiter.route("/campaigns/<uuid:campaign_id>/template", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def keep_as_template(campaign_id: UUID) -> Any:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id)
    form = KeepForm(title=facts.title)

    def keep(session: Any) -> None:
        keep_template(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            title=form.title.data,
            about=form.about.data or "",
        )

    if is_saved(form, keep):
        return saved("The template is kept.", "recruiter.templates")
    return shown("recruiter/campaign_templates/keep.html", form, facts=facts)


@recruiter.post("/campaigns/templates/<uuid:template_id>/drop")
@allow(Audience.STAFF)
def drop_kept_template(template_id: UUID) -> Any:
    with writing() as session:
        drop_template(session, actor=acting(), desk=staff_desk(), template_id=template_id)
    return saved("The template is removed. Campaigns made from it stay.", "recruiter.templates")
