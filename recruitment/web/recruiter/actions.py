"""Plans and actions: what needs to change, who leads, by when, and what came of it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for

from recruitment.rules.actions import COLUMNS, LONGEST, ActionText, ImportProblems, Status, by_objective
from recruitment.rules.errors import NotAllowed
from recruitment.rules.permissions import Permission
from recruitment.services.actions import (
    add_action,
    change_action,
    import_actions,
    list_plans,
    make_plan,
    may_plan,
    read_action,
    read_plan,
)
from recruitment.services.spreadsheets import to_ods
from recruitment.web.access import Audience, allow, may, reading, writing
from recruitment.web.fields import Option
from recruitment.web.forms import PageForm, date, file, long_text, radios, text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_ODS = "application/vnd.oasis.opendocument.spreadsheet"


class PlanForm(PageForm):
    title = text("Title of the plan", required="Enter a title")
    indicators = long_text("Indicators", hint="How you will see that it works", max_length=LONGEST, rows=2)
    sources = long_text("Source documents", hint="The strategy or standard behind it", max_length=LONGEST, rows=2)


class ActionForm(PageForm):
    objective = text("Objective", hint="Actions are reported by objective", max_length=200)
    what = long_text("What is to be done?", required="Say what is to be done", max_length=LONGEST, rows=3)
    lead = text("Who leads?", hint="A post or a team", required="Name who leads on it")
    due = date("Due", required="Enter the date by which it is due")
    status = radios("Status", [Option(one.value, one.value) for one in Status], required="Choose the status")
    progress = long_text("Progress", max_length=LONGEST, rows=3)
    outcome = long_text("Anticipated outcome", max_length=LONGEST, rows=2)
    evidence = long_text(
        "Evidence", hint="What shows that it is done: needed to complete it", max_length=LONGEST, rows=2
    )


class ImportForm(PageForm):
    file = file(
        "A plan as CSV",
        hint=f"With a heading row: {', '.join(COLUMNS.values())}",
        required="Choose a file",
        accept=".csv",
    )


def _require_planning() -> None:
    if not may_plan(reading(), acting()):
        raise NotAllowed


@recruiter.route("/plans", methods=["GET", "POST"])
@allow(Audience.STAFF)
def plans() -> Any:
    today = staff_desk().now.date()
    form = PlanForm() if may_plan(reading(), acting()) else None
    if form is not None and is_saved(
        form,
        lambda session: make_plan(
            session,
            actor=acting(),
            desk=staff_desk(),
            title=form.title.data or "",
            indicators=form.indicators.data or "",
            sources=form.sources.data or "",
        ),
    ):
        return saved("The plan is made.", "recruiter.plans")
    listed = list_plans(reading(), actor=acting(), today=today)
    page = render_template("recruiter/actions/plans.html", listed=listed, form=form)
    return page, 400 if form is not None and form.errors else 200


@recruiter.route("/plans/<uuid:plan_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def plan(plan_id: UUID) -> Any:
    found = read_plan(reading(), actor=acting(), plan_id=plan_id)
    form = ImportForm() if may_plan(reading(), acting()) else None
    problems: tuple[str, ...] = ()
    if form is not None and form.validate_on_submit():
        try:
            with writing() as session:
                import_actions(
                    session, actor=acting(), desk=staff_desk(), plan_id=plan_id, content=form.file.data.read()
                )
            return saved("The actions are imported.", "recruiter.plan", plan_id=plan_id)
        except ImportProblems as refusal:
            problems = refusal.lines
            form.file.errors = [refusal.sentence]
    page = render_template(
        "recruiter/actions/plan.html",
        plan=found,
        groups=_groups(found),
        today=staff_desk().now.date(),
        form=form,
        problems=problems[:20],
    )
    return page, 400 if form is not None and (form.errors or problems) else 200


def _groups(found: Any) -> list[tuple[str, list[Any]]]:
    """Objective → the plan's actions with their ids, in the order of the report."""
    of_text = {id(one.text): one for one in found.actions}
    return [
        (objective, [of_text[id(text)] for text in members])
        for objective, members in by_objective(one.text for one in found.actions).items()
    ]


@recruiter.get("/plans/<uuid:plan_id>/report.ods")
@allow(Audience.STAFF)
def plan_report(plan_id: UUID) -> Response:
    found = read_plan(reading(), actor=acting(), plan_id=plan_id)
    response = Response(to_ods([found.sheet()]), content_type=_ODS)
    response.headers.set("Content-Disposition", "attachment", filename="action-plan.ods")
    return response


def _written(form: ActionForm) -> ActionText:
    return ActionText(
        form.objective.data or "",
        form.what.data or "",
        form.lead.data or "",
        form.due.data,
        Status(form.status.data),
        form.progress.data or "",
        form.outcome.data or "",
        form.evidence.data or "",
    )


def _campaign() -> UUID | None:
    """The campaign from whose checklist somebody came here."""
    try:
        return UUID(request.args["campaign"])
    except (KeyError, ValueError):
        return None


@recruiter.get("/actions/new")
@allow(Audience.STAFF)
def choose_plan() -> Any:
    """From a checklist or an audit to the plan that the action goes into; with one plan, straight there."""
    _require_planning()
    listed = list_plans(reading(), actor=acting(), today=staff_desk().now.date())
    campaign = _campaign()
    carried = {"campaign": campaign, "what": request.args.get("what", "")[:LONGEST]}
    if len(listed) == 1:
        return redirect(url_for("recruiter.new_action", plan_id=listed[0].id, **carried))
    return render_template("recruiter/actions/choose.html", listed=listed, carried=carried)


@recruiter.route("/plans/<uuid:plan_id>/actions/new", methods=["GET", "POST"])
@allow(Audience.STAFF)
def new_action(plan_id: UUID) -> Any:
    _require_planning()
    found = read_plan(reading(), actor=acting(), plan_id=plan_id)
    form = ActionForm(data={"status": Status.NOT_STARTED.value, "what": request.args.get("what", "")[:LONGEST]})
    if is_saved(
        form,
        lambda session: add_action(
            session,
            actor=acting(),
            desk=staff_desk(),
            plan_id=plan_id,
            text=_written(form),
            campaign_id=_campaign(),
        ),
    ):
        campaign = _campaign()
        if campaign and may(Permission.MAKE_EVIDENCE_PACK, campaign):
            return saved("The action is added.", "recruiter.quality_checklist", campaign_id=campaign)
        return saved("The action is added.", "recruiter.plan", plan_id=plan_id)
    return shown("recruiter/actions/action.html", form, plan=found, action=None)


@recruiter.route("/actions/<uuid:action_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def action(action_id: UUID) -> Any:
    _require_planning()
    found = read_action(reading(), actor=acting(), action_id=action_id)
    kept = vars(found.text) | {"status": found.text.status.value}
    form = ActionForm(data=kept)
    if is_saved(
        form,
        lambda session: change_action(
            session, actor=acting(), desk=staff_desk(), action_id=action_id, text=_written(form)
        ),
    ):
        return saved("Saved.", "recruiter.plan", plan_id=found.plan_id)
    plan_of = read_plan(reading(), actor=acting(), plan_id=found.plan_id)
    return shown("recruiter/actions/action.html", form, plan=plan_of, action=found)
