"""Criteria with their scoring guides, and the questions that are scored on them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.campaigns import CampaignState, StageKind
from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Permission
from recruitment.rules.scoring import DEFAULT_MINIMUM, DEFAULT_SCALE
from recruitment.services.campaign_parts import remove_criterion
from recruitment.services.campaign_plans import PlannedCriterion, ReadPlan, read_plan
from recruitment.services.criteria import CriterionPlan, add_criterion, change_criterion
from recruitment.web.access import allow, reading, writing
from recruitment.web.forms import Option, PageForm, checkbox, checkboxes, long_text, radios, text, whole_number
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.words import QUESTION_TITLES
from recruitment.web.saving import ask_reason_if_open, is_saved, reason_of, saved, shown
from recruitment.web.site import acting, staff_desk


def _criterion_form(plan: ReadPlan) -> type[PageForm]:
    """The form for this campaign: its stages, its questions, and one guide line for each score of its scale."""
    facts = plan.facts
    scores = range(facts.scale_min, facts.scale_max + 1)
    stages = [
        Option(str(stage.position), stage.name)
        for stage in plan.stages
        if stage.kind in (StageKind.SIFT, StageKind.INTERVIEW)
    ]
    questions = [
        Option(question.id.hex, f"{question.position}. {_shortened(question.text)}",
               hint=QUESTION_TITLES[question.kind])
        for question in plan.questions
    ]  # fmt: skip
    fields: dict[str, Any] = {
        "name": text("Name", required="Enter a name for the criterion", max_length=150),
        "description": long_text("Description (optional)", max_length=2_000, rows=3),
        "stage": radios("Where is it scored?", stages, required="Select where it is scored", is_inline=True),
        "questions": checkboxes(
            "Which questions are scored on it?", questions, hint="For the sift only. The panel scores interviews"
        ),
        "weight": whole_number(
            "Weight", hint="How often it counts in the total", required="Enter a weight", minimum=1, maximum=10,
            noun="The weight", width=2,
        ),
        "minimum": whole_number(
            "Minimum score",
            hint=f"From {facts.scale_min} to {facts.scale_max}. Nobody below it goes on, whatever their total",
            required="Enter the minimum score", minimum=facts.scale_min, maximum=facts.scale_max,
            noun="The minimum score", width=2,
        ),
        "scores_spelling": checkbox(
            "Spelling and grammar count",
            hint="Only where the job needs them. Otherwise candidates and shortlisters read that they do not",
        ),
        **{f"anchor_{score}": long_text(f"A score of {score}", rows=2) for score in scores},
        "reason": long_text(
            "Reason for the change", hint="Applications are open, so the reason goes on the record",
            required="Applications are open: say why this must change", max_length=1_000, rows=3,
        ),
    }  # fmt: skip
    return type("CriterionForm", (PageForm,), fields)


def _shortened(words: str) -> str:
    return words if len(words) <= 90 else f"{words[:90].rstrip()}…"


def _sift_position(plan: ReadPlan) -> int:
    return next(stage.position for stage in plan.stages if stage.kind is StageKind.SIFT)


def _is_sift(plan: ReadPlan, position: int) -> bool:
    return any(stage.position == position and stage.kind is StageKind.SIFT for stage in plan.stages)


def _entered(form: Any, plan: ReadPlan, position: int) -> CriterionPlan:
    scores = range(plan.facts.scale_min, plan.facts.scale_max + 1)
    questions = form.questions.data if "questions" in form and _is_sift(plan, position) else []
    return CriterionPlan(
        name=form["name"].data,
        stage_position=position,
        description=form.description.data or "",
        weight=form.weight.data,
        minimum=form.minimum.data,
        guide={score: form[f"anchor_{score}"].data or "" for score in scores},
        questions=tuple(UUID(hex=key) for key in questions),
        scores_spelling=form.scores_spelling.data,
    )


def _plan(campaign_id: UUID) -> ReadPlan:
    return read_plan(reading(), actor=acting(), campaign_id=campaign_id)


@recruiter.get("/campaigns/<uuid:campaign_id>/criteria")
@allow(Permission.EDIT_CAMPAIGN)
def criteria(campaign_id: UUID) -> str:
    return render_template("recruiter/criteria/list.html", plan=_plan(campaign_id))


@recruiter.route("/campaigns/<uuid:campaign_id>/criteria/new", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def new_criterion(campaign_id: UUID) -> Any:
    plan = _plan(campaign_id)
    lowest = plan.facts.scale_min
    labels = {f"anchor_{score}": label for score, label in enumerate(DEFAULT_SCALE.labels, lowest)}
    form: Any = _criterion_form(plan)(stage=_sift_position(plan), weight=1, minimum=DEFAULT_MINIMUM, **labels)
    if not plan.questions:
        del form.questions
    ask_reason_if_open(form, plan.facts)

    def add(session: Any) -> None:
        entered = _entered(form, plan, int(form.stage.data))
        add_criterion(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            plan=entered,
            reason=reason_of(form),
        )

    if is_saved(form, add):
        return saved("The criterion is added.", "recruiter.criteria", campaign_id=campaign_id)
    return shown("recruiter/criteria/edit.html", form, plan=plan, criterion=None)


@recruiter.route("/campaigns/<uuid:campaign_id>/criteria/<uuid:criterion_id>", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def criterion(campaign_id: UUID, criterion_id: UUID) -> Any:
    plan = _plan(campaign_id)
    found = next((one for one in plan.criteria if one.id == criterion_id), None)
    if found is None:
        raise NotFound
    form: Any = _criterion_form(plan)(**_kept(found))
    # Where it is scored was chosen when it was added.
    del form.stage
    if found.stage.kind is not StageKind.SIFT or not plan.questions:
        del form.questions
    ask_reason_if_open(form, plan.facts)

    def change(session: Any) -> None:
        change_criterion(
            session,
            actor=acting(),
            desk=staff_desk(),
            campaign_id=campaign_id,
            criterion_id=criterion_id,
            plan=_entered(form, plan, found.stage.position),
            reason=reason_of(form),
        )

    if is_saved(form, change):
        return saved("The criterion is saved.", "recruiter.criteria", campaign_id=campaign_id)
    is_draft = plan.facts.state is CampaignState.DRAFT
    return shown("recruiter/criteria/edit.html", form, plan=plan, criterion=found, is_removable=is_draft)


def _kept(found: PlannedCriterion) -> dict[str, Any]:
    return {
        "name": found.name,
        "description": found.description,
        "weight": found.weight,
        "minimum": found.minimum,
        "scores_spelling": found.scores_spelling,
        "questions": [question.hex for question in found.questions],
        **{f"anchor_{score}": words for score, words in found.guide.items()},
    }


@recruiter.post("/campaigns/<uuid:campaign_id>/criteria/<uuid:criterion_id>/remove")
@allow(Permission.EDIT_CAMPAIGN)
def drop_criterion(campaign_id: UUID, criterion_id: UUID) -> Any:
    with writing() as session:
        remove_criterion(
            session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id, criterion_id=criterion_id
        )
    return saved("The criterion is removed.", "recruiter.criteria", campaign_id=campaign_id)
