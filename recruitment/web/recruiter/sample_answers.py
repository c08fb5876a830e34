"""Two invented answers that shortlisters score before they begin, or the choice to go without."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.calibration import LONGEST_SAMPLE
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import ReadQuestions, read_questions
from recruitment.services.sample_answers import (
    add_sample,
    change_sample,
    leave_samples_out,
    read_samples,
    remove_sample,
)
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_LIST = "recruiter.sample_answers"
_LONGEST_LABEL = 120


def _form(plan: ReadQuestions, **filled: Any) -> PageForm:
    def label(number: int, text: str) -> str:
        return f"{number}. {text}" if len(text) <= _LONGEST_LABEL else f"{number}. {text[:_LONGEST_LABEL]}…"

    class SampleForm(PageForm):
        question = radios(
            "Which question does it answer?",
            [Option(one.id.hex, label(one.position, one.text)) for one in plan.questions],
            required="Select the question that the sample answers",
        )
        text = long_text(
            "Sample answer",
            hint="Invent it. Take nothing from a real application, now or earlier. Middling answers teach most",
            required="Enter the sample answer",
            max_length=LONGEST_SAMPLE,
            rows=12,
        )

    return SampleForm(**filled)


def _plan(campaign_id: UUID) -> ReadQuestions:
    return read_questions(reading(), actor=acting(), campaign_id=campaign_id)


@recruiter.get("/campaigns/<uuid:campaign_id>/sample-answers")
@allow(Permission.EDIT_CAMPAIGN)
def sample_answers(campaign_id: UUID) -> str:
    written = read_samples(reading(), actor=acting(), campaign_id=campaign_id)
    return render_template("recruiter/sample_answers/list.html", plan=_plan(campaign_id), written=written)


@recruiter.route("/campaigns/<uuid:campaign_id>/sample-answers/new", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def new_sample_answer(campaign_id: UUID) -> Any:
    plan = _plan(campaign_id)
    form = _form(plan)
    asked = {"actor": acting(), "desk": staff_desk(), "campaign_id": campaign_id}

    def add(session: Any) -> None:
        add_sample(session, **asked, question_id=UUID(form.question.data), text=form["text"].data)

    if is_saved(form, add):
        return saved("The sample answer is added.", _LIST, campaign_id=campaign_id)
    return shown("recruiter/sample_answers/edit.html", form, plan=plan, sample=None)


@recruiter.route("/campaigns/<uuid:campaign_id>/sample-answers/<uuid:sample_id>", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def sample_answer(campaign_id: UUID, sample_id: UUID) -> Any:
    written = read_samples(reading(), actor=acting(), campaign_id=campaign_id)
    found = next((one for one in written.samples if one.id == sample_id), None)
    if found is None:
        raise NotFound
    plan = _plan(campaign_id)
    form = _form(plan, question=found.question_id.hex, text=found.text)
    asked = {"actor": acting(), "desk": staff_desk(), "campaign_id": campaign_id, "sample_id": sample_id}

    def change(session: Any) -> None:
        change_sample(session, **asked, question_id=UUID(form.question.data), text=form["text"].data)

    if is_saved(form, change):
        return saved("The sample answer is saved.", _LIST, campaign_id=campaign_id)
    return shown("recruiter/sample_answers/edit.html", form, plan=plan, sample=found, written=written)


@recruiter.post("/campaigns/<uuid:campaign_id>/sample-answers/<uuid:sample_id>/remove")
@allow(Permission.EDIT_CAMPAIGN)
def drop_sample_answer(campaign_id: UUID, sample_id: UUID) -> Any:
    with writing() as session:
        remove_sample(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, sample_id=sample_id)
    return saved("The sample answer is removed.", _LIST, campaign_id=campaign_id)


@recruiter.post("/campaigns/<uuid:campaign_id>/sample-answers/leave-out")
@allow(Permission.EDIT_CAMPAIGN)
def leave_out_samples(campaign_id: UUID) -> Any:
    with writing() as session:
        leave_samples_out(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return saved("Shortlisters of this campaign score without sample answers.", _LIST, campaign_id=campaign_id)
