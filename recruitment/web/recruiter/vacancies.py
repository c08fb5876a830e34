"""A campaign's vacancies."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_parts import change_vacancy, remove_vacancy
from recruitment.services.campaign_plans import ReadPlan, read_plan
from recruitment.services.campaigns import add_vacancy
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import PageForm, long_text, text, whole_number
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import ask_reason_if_open, is_saved, reason_of, saved, shown
from recruitment.web.site import acting, staff_desk

_FACTS = ("location", "grade", "pay", "working_pattern")


class VacancyForm(PageForm):
    title = text("Job title", required="Enter a title for the vacancy", max_length=150)
    posts = whole_number(
        "Number of posts", required="Enter how many posts there are", minimum=1, maximum=500, width=3
    )
    location = text("Location", hint="For example, Cardiff or working from home")
    grade = text("Grade")
    pay = text("Pay", hint="For example, £31,000 to £34,500")
    working_pattern = text("Working pattern", hint="For example, full time, part time or job share")
    reason = long_text(
        "Reason for the change",
        hint="Applications are open, so the reason goes on the record",
        required="Applications are open: say why this must change",
        max_length=1_000,
        rows=3,
    )

    def entries(self) -> dict[str, Any]:
        facts = {name: self[name].data or "" for name in _FACTS}
        return {"title": self.title.data, "posts": self.posts.data, "reason": reason_of(self), **facts}


def _plan(campaign_id: UUID) -> ReadPlan:
    return read_plan(reading(), actor=acting(), campaign_id=campaign_id)


@recruiter.get("/campaigns/<uuid:campaign_id>/vacancies")
@allow(Permission.EDIT_CAMPAIGN)
def vacancies(campaign_id: UUID) -> str:
    return render_template("recruiter/vacancies/list.html", plan=_plan(campaign_id))


@recruiter.route("/campaigns/<uuid:campaign_id>/vacancies/new", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def new_vacancy(campaign_id: UUID) -> Any:
    plan = _plan(campaign_id)
    form = VacancyForm(posts=1)
    ask_reason_if_open(form, plan.facts)
    asked = {"actor": acting(), "desk": staff_desk(), "campaign_id": campaign_id}
    if is_saved(form, lambda session: add_vacancy(session, **asked, **form.entries())):
        return saved("The vacancy is added.", "recruiter.vacancies", campaign_id=campaign_id)
    return shown("recruiter/vacancies/edit.html", form, plan=plan, vacancy=None)


@recruiter.route("/campaigns/<uuid:campaign_id>/vacancies/<uuid:vacancy_id>", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def vacancy(campaign_id: UUID, vacancy_id: UUID) -> Any:
    plan = _plan(campaign_id)
    found = next((one for one in plan.vacancies if one.id == vacancy_id), None)
    if found is None:
        raise NotFound
    form = VacancyForm(obj=found)
    ask_reason_if_open(form, plan.facts)
    asked = {"actor": acting(), "desk": staff_desk(), "campaign_id": campaign_id, "vacancy_id": vacancy_id}
    if is_saved(form, lambda session: change_vacancy(session, **asked, **form.entries())):
        return saved("The vacancy is saved.", "recruiter.vacancies", campaign_id=campaign_id)
    is_draft = plan.facts.state is CampaignState.DRAFT
    return shown("recruiter/vacancies/edit.html", form, plan=plan, vacancy=found, is_removable=is_draft)


@recruiter.post("/campaigns/<uuid:campaign_id>/vacancies/<uuid:vacancy_id>/remove")
@allow(Permission.EDIT_CAMPAIGN)
def drop_vacancy(campaign_id: UUID, vacancy_id: UUID) -> Any:
    with writing() as session:
        remove_vacancy(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, vacancy_id=vacancy_id)
    return saved("The vacancy is removed.", "recruiter.vacancies", campaign_id=campaign_id)
