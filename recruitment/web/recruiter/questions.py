"""What candidates are asked: questions, a statement, a CV."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.campaigns import CampaignState, QuestionKind
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_parts import remove_question
from recruitment.services.campaign_plans import ReadPlan, read_plan
from recruitment.services.campaigns import add_question, change_question
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, long_text, radios, whole_number
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.words import QUESTION_TITLES
from recruitment.web.saving import ask_reason_if_open, is_saved, reason_of, saved, shown
from recruitment.web.site import acting, staff_desk

_KINDS = (
    Option(QuestionKind.ANSWER, "Question", hint="Candidates write an answer"),
    Option(QuestionKind.STATEMENT, "Statement", hint="Candidates write one longer statement"),
    Option(QuestionKind.CV, "CV", hint="Candidates upload or paste a CV; shortlisters read its text, redacted"),
)


class QuestionForm(PageForm):
    kind = radios("What do candidates give?", _KINDS, required="Select what candidates give")
    text = long_text(
        "Question",
        hint="As candidates read it. For a CV, say what it should cover",
        required="Enter the question",
        max_length=1_000,
        rows=4,
    )
    hint = long_text("Guidance for candidates (optional)", max_length=1_000, rows=3)
    word_limit = whole_number(
        "Word limit", required="Enter the word limit", minimum=1, maximum=5_000, noun="The word limit", width=4
    )
    reason = long_text(
        "Reason for the change",
        hint="Applications are open, so the reason goes on the record",
        required="Applications are open: say why this must change",
        max_length=1_000,
        rows=3,
    )

    def entries(self) -> dict[str, Any]:
        return {
            "text": self["text"].data,
            "hint": self.hint.data or "",
            "word_limit": self.word_limit.data,
            "reason": reason_of(self),
        }


def _plan(campaign_id: UUID) -> ReadPlan:
    return read_plan(reading(), actor=acting(), campaign_id=campaign_id)


@recruiter.get("/campaigns/<uuid:campaign_id>/questions")
@allow(Permission.EDIT_CAMPAIGN)
def questions(campaign_id: UUID) -> str:
    return render_template("recruiter/questions/list.html", plan=_plan(campaign_id), kinds=QUESTION_TITLES)


@recruiter.route("/campaigns/<uuid:campaign_id>/questions/new", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def new_question(campaign_id: UUID) -> Any:
    plan = _plan(campaign_id)
    form = QuestionForm(kind=QuestionKind.ANSWER, word_limit=250)
    ask_reason_if_open(form, plan.facts)

    def add(session: Any) -> None:
        kind = QuestionKind(form.kind.data)
        add_question(
            session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, kind=kind, **form.entries()
        )

    if is_saved(form, add):
        sentence = "The question is added. Say which criteria it is scored against."
        return saved(sentence, "recruiter.questions", campaign_id=campaign_id)
    return shown("recruiter/questions/edit.html", form, plan=plan, question=None)


@recruiter.route("/campaigns/<uuid:campaign_id>/questions/<uuid:question_id>", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def question(campaign_id: UUID, question_id: UUID) -> Any:
    plan = _plan(campaign_id)
    found = next((one for one in plan.questions if one.id == question_id), None)
    if found is None:
        raise NotFound
    form = QuestionForm(obj=found)
    # Answers may exist in this form already, so the kind stays.
    del form.kind
    ask_reason_if_open(form, plan.facts)
    asked = {"actor": acting(), "desk": staff_desk(), "campaign_id": campaign_id, "question_id": question_id}
    if is_saved(form, lambda session: change_question(session, **asked, **form.entries())):
        return saved("The question is saved.", "recruiter.questions", campaign_id=campaign_id)
    is_draft = plan.facts.state is CampaignState.DRAFT
    return shown("recruiter/questions/edit.html", form, plan=plan, question=found, is_removable=is_draft)


@recruiter.post("/campaigns/<uuid:campaign_id>/questions/<uuid:question_id>/remove")
@allow(Permission.EDIT_CAMPAIGN)
def drop_question(campaign_id: UUID, question_id: UUID) -> Any:
    with writing() as session:
        remove_question(
            session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, question_id=question_id
        )
    return saved("The question is removed.", "recruiter.questions", campaign_id=campaign_id)
