"""Making a campaign, its page with the steps, and its details."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.campaign_calendar import next_date, read_calendar
from recruitment.rules.campaigns import (
    MIN_SHORTLISTERS,
    STATE_TITLES,
    CampaignKind,
    CampaignState,
    StageKind,
    has_reached,
)
from recruitment.rules.permissions import Permission
from recruitment.rules.second_looks import FEWEST, HIGHEST_ASKED, LOWEST_ASKED, MOST
from recruitment.rules.waiting import CLOSED_TITLE, SIGNED_TITLE
from recruitment.services.actions import open_lessons
from recruitment.services.adverts import advert_standing
from recruitment.services.campaign_plans import (
    CampaignFacts,
    list_words_of_posts,
    read_counts,
    read_facts,
    read_plan,
)
from recruitment.services.campaigns import CampaignPlan, change_campaign, create_campaign
from recruitment.services.closings import is_closable_state, was_closed_without_appointment
from recruitment.services.marks import MARKED, closed_stages
from recruitment.web.access import Audience, allow, may, reading
from recruitment.web.forms import (
    Option,
    PageForm,
    checkbox,
    checkboxes,
    date,
    long_text,
    radios,
    text,
    whole_number,
)
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.steps import Standing, next_step, sections_of
from recruitment.web.recruiter.stuck import late_at, stuck_at
from recruitment.web.recruiter.times import in_the_uk, moment, time_of_day
from recruitment.web.recruiter.words import KIND_TITLES
from recruitment.web.saving import ask_reason_if_open, is_saved, reason_of, saved, shown
from recruitment.web.site import acting, staff_desk

_MOST_SHORTLISTERS = 9
_TOLD_BY = "If you have it. Figures of campaigns that share it can be told together"
_MOST_WORDS = 8
_TIME_HINT = "For example, 9am or 5:30pm"


class DetailsForm(PageForm):
    title = text("Title", hint="Candidates see it", required="Enter a title for the campaign", max_length=150)
    kind = radios(
        "Kind of campaign",
        [Option(kind, words) for kind, words in KIND_TITLES.items()],
        required="Select the kind of campaign",
    )
    summary = long_text(
        "Summary", hint="What the work is, in a few sentences. Candidates see it", max_length=5_000
    )
    directorate = text("Directorate", hint=_TOLD_BY, width=20)
    grade = text("Grade of the post", hint=_TOLD_BY, width=10)
    profession = text("Profession", hint=_TOLD_BY, width=20)
    opens_on = date("Opening date", required="Enter the opening date")
    opens_time = time_of_day("Opening time", required="Enter the opening time", hint=_TIME_HINT)
    closes_on = date("Closing date", required="Enter the closing date")
    closes_time = time_of_day("Closing time", required="Enter the closing time", hint=_TIME_HINT)
    shortlisters_per_answer = whole_number(
        "Shortlisters for each answer",
        hint=f"At least {MIN_SHORTLISTERS}. They score alone, without seeing each other's scores",
        required="Enter how many shortlisters score each answer",
        minimum=MIN_SHORTLISTERS,
        maximum=_MOST_SHORTLISTERS,
        width=2,
    )
    is_linked = checkbox(
        "Shortlisters may see which answers belong together",
        hint="Leave this off unless there is a need: several answers together make a person easier to recognise",
    )
    second_look_size = whole_number(
        "Texts for the second look",
        hint=(
            "When the sift opens, so many texts are drawn by lot. Recruiters or clearers read them as shortlisters"
            f" do. Leave this empty for the usual number: one in ten, from {FEWEST} to {MOST}"
        ),
        minimum=LOWEST_ASKED,
        maximum=HIGHEST_ASKED,
        width=3,
    )
    more_stages = checkboxes(
        "Other stages",
        [Option(StageKind.TEST, "Test"), Option(StageKind.ASSESSMENT, "Assessment centre")],
        hint="Every campaign has a sift and an interview. Add what lies between them",
    )
    reason = long_text(
        "Reason for the change",
        hint="Applications are open, so the reason goes on the record",
        required="Applications are open: say why this must change",
        max_length=1_000,
        rows=3,
    )

    def plan(self) -> CampaignPlan:
        between = [(StageKind.TEST, "Test"), (StageKind.ASSESSMENT, "Assessment centre")]
        chosen = [(kind, name) for kind, name in between if kind in (self.more_stages.data or ())]
        return CampaignPlan(
            title=self.title.data,
            kind=CampaignKind(self.kind.data),
            opens_at=moment(self.opens_on.data, self.opens_time.data),
            closes_at=moment(self.closes_on.data, self.closes_time.data),
            summary=self.summary.data or "",
            is_unlinked=not self.is_linked.data,
            shortlisters_per_answer=self.shortlisters_per_answer.data,
            second_look_size=self.second_look_size.data,
            stages=((StageKind.SIFT, "Sift"), *chosen, (StageKind.INTERVIEW, "Interview")),
            directorate=self.directorate.data or "",
            grade=self.grade.data or "",
            profession=self.profession.data or "",
        )

    def suggest(self) -> None:
        """Name what other campaigns have, so that the same thing gets the same words."""
        for name, words in list_words_of_posts(reading(), acting().organisation_id).items():
            if words:
                more = " and others" if len(words) > _MOST_WORDS else ""
                self[name].description = f"{_TOLD_BY}. Used before: {', '.join(words[:_MOST_WORDS])}{more}"


@recruiter.route("/campaigns/new", methods=["GET", "POST"])
@allow(Audience.STAFF)
def new_campaign() -> Any:
    today = in_the_uk(staff_desk().now).date()
    form = DetailsForm(
        kind=CampaignKind.EXTERNAL,
        shortlisters_per_answer=MIN_SHORTLISTERS,
        opens_on=today + timedelta(days=7),
        opens_time="9am",
        closes_on=today + timedelta(days=28),
        closes_time="11:59pm",
    )
    del form.reason
    form.suggest()
    made: list[UUID] = []

    def make(session: Any) -> None:
        made.append(create_campaign(session, actor=acting(), desk=staff_desk(), plan=form.plan()))

    if is_saved(form, make, closes_at="closes_on"):
        return saved(
            "The campaign is made. Now prepare it, step by step.", "recruiter.campaign", campaign_id=made[0]
        )
    return shown("recruiter/campaigns/new.html", form)


@recruiter.get("/campaigns/<uuid:campaign_id>")
@allow(Permission.SEE_CAMPAIGN)
def campaign(campaign_id: UUID) -> str:
    session, actor = reading(), acting()
    plan = None
    if may(Permission.EDIT_CAMPAIGN, campaign_id):
        plan = read_plan(session, actor=actor, campaign_id=campaign_id)
    facts = plan.facts if plan else read_facts(session, actor=actor, campaign_id=campaign_id)
    is_open = facts.state is CampaignState.OPEN
    counts = read_counts(session, campaign_id)
    now = staff_desk().now
    advert = advert_standing(session, campaign_id, plan=plan) if plan else None
    has_marks = plan is not None and any(one.kind in MARKED for one in plan.stages)
    is_marking = has_marks and facts.state is CampaignState.REVEALED
    marked = closed_stages(session, campaign_id) if is_marking else frozenset()
    standing = Standing(facts, counts, plan, counts.to_clear if is_open else 0, now, advert, marked)
    sections = sections_of(standing)
    return render_template(
        "recruiter/campaigns/campaign.html",
        facts=facts,
        standing=standing,
        sections=sections,
        step=next_step(sections),
        may_call_reserve=has_reached(facts.state, CampaignState.DECIDED),
        may_close=is_closable_state(facts.state, facts.closes_at, now),
        is_closed_without=was_closed_without_appointment(session, campaign_id=campaign_id, state=facts.state),
        planned=next_date(read_calendar(facts.closes_at, facts.planned_dates, facts.state, now)),
        lessons=open_lessons(session, actor=actor) if plan and facts.state is CampaignState.DRAFT else (),
        stage=_stage(facts, is_closed=is_open and standing.is_closed),
        stuck=stuck_at(standing),
        late=late_at(standing) if plan else ("", ()),
        is_taking=plan is not None and facts.state in (CampaignState.OPEN, CampaignState.SIFTING),
    )


def _stage(facts: CampaignFacts, *, is_closed: bool) -> str:
    if facts.closed_at is not None:
        return SIGNED_TITLE
    return CLOSED_TITLE if is_closed else STATE_TITLES[facts.state]


@recruiter.route("/campaigns/<uuid:campaign_id>/details", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def details(campaign_id: UUID) -> Any:
    plan = read_plan(reading(), actor=acting(), campaign_id=campaign_id)
    facts = plan.facts
    if not plan.is_changeable:
        return render_template("recruiter/campaigns/details.html", form=None, facts=facts, kinds=KIND_TITLES)
    opens, closes = in_the_uk(facts.opens_at), in_the_uk(facts.closes_at)
    form = DetailsForm(
        title=facts.title,
        summary=facts.summary,
        opens_on=opens.date(),
        opens_time=f"{opens:%H:%M}",
        closes_on=closes.date(),
        closes_time=f"{closes:%H:%M}",
        shortlisters_per_answer=facts.shortlisters_per_answer,
        is_linked=not facts.is_unlinked,
        second_look_size=facts.second_look_size,
        directorate=facts.directorate,
        grade=facts.grade,
        profession=facts.profession,
    )
    form.suggest()
    # Kind and stages are what the campaign was made with.
    del form.kind, form.more_stages
    if facts.state is CampaignState.OPEN:
        # Two people move it, on a page of its own.
        del form.closes_on, form.closes_time
    ask_reason_if_open(form, facts)

    def change(session: Any) -> None:
        change_campaign(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            reason=reason_of(form),
            title=form.title.data,
            summary=form.summary.data or "",
            opens_at=moment(form.opens_on.data, form.opens_time.data),
            closes_at=(
                moment(form.closes_on.data, form.closes_time.data) if "closes_on" in form else facts.closes_at
            ),
            shortlisters_per_answer=form.shortlisters_per_answer.data,
            is_unlinked=not form.is_linked.data,
            second_look_size=form.second_look_size.data,
            directorate=form.directorate.data or "",
            panel_grade=form.grade.data or "",
            profession=form.profession.data or "",
        )

    if is_saved(form, change, closes_at="closes_on"):
        return saved("The details are saved.", "recruiter.campaign", campaign_id=campaign_id)
    return shown("recruiter/campaigns/details.html", form, facts=facts, kinds=KIND_TITLES)
