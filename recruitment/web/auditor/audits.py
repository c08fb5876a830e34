"""Inclusion audits: the yearly cycle, the sample, the template for each campaign, and the report."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from recruitment.rules.audits import ITEMS, SECTIONS, Judged, Judgement
from recruitment.rules.errors import NotAllowed, NotFound
from recruitment.services.actions import may_plan
from recruitment.services.audit_reading import (
    CampaignAudit,
    ReadAudit,
    read_audit,
    read_audits,
    read_campaign_audit,
)
from recruitment.services.audits import (
    LONGEST_SUMMARY,
    appoint_auditor,
    complete_audit,
    draw_random,
    draw_targeted,
    judge,
    list_possible_auditors,
)
from recruitment.web.access import Audience, allow, reading
from recruitment.web.auditor import auditor
from recruitment.web.fields import Option
from recruitment.web.forms import PageForm, checkboxes, date, long_text, radios, select, text, whole_number
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_WORDS = {Judgement.YES: "Yes", Judgement.NO: "No: a finding", Judgement.NOT_APPLICABLE: "Not applicable"}


class AppointForm(PageForm):
    auditor = select(
        "Who audits?",
        [],
        hint="Somebody outside recruitment. People who recruit or administer are not listed",
        required="Choose who audits",
    )
    directorate = text(
        "Their directorate",
        hint="Campaigns of this directorate are left out of the sample",
        required="Enter the directorate of the auditor",
    )
    period_from = date("First day of the period", required="Enter the first day of the period")
    period_until = date("Last day of the period", required="Enter the last day of the period")


class RandomForm(PageForm):
    size = whole_number(
        "How many campaigns?",
        hint="They are drawn by lot, once",
        required="Enter how many campaigns to draw",
        noun="The number of campaigns",
        minimum=1,
        maximum=10_000,
    )


class TargetedForm(PageForm):
    campaigns = checkboxes("Campaigns", [], required="Choose one campaign or more")
    reason = long_text("Why these?", required="Say why you chose these campaigns", max_length=2000, rows=3)


class SummaryForm(PageForm):
    summary = long_text(
        "What did the audit find?",
        hint="A few sentences for the board. Name nobody",
        required="Say in a few sentences what the audit found",
        max_length=LONGEST_SUMMARY,
        rows=6,
    )


@auditor.route("/audits", methods=["GET", "POST"])
@allow(Audience.STAFF)
def audits() -> Any:
    cycle = read_audits(reading(), actor=acting(), today=staff_desk().now.date())
    form = _appoint_form()
    if form is not None and is_saved(form, lambda session: _appoint(session, form)):
        return saved("The audit has begun. The auditor draws the sample next.", "auditor.audits")
    page = render_template("auditor/audits/list.html", cycle=cycle, form=form)
    return page, 400 if form is not None and form.errors else 200


def _appoint_form() -> AppointForm | None:
    """None for those who do not administer."""
    try:
        people = list_possible_auditors(reading(), actor=acting())
    except NotAllowed:
        return None
    form = AppointForm()
    form.auditor.choices = [("", "Choose somebody"), *((str(key), name) for key, name in people)]
    return form


def _appoint(session: Any, form: AppointForm) -> None:
    appoint_auditor(
        session,
        actor=acting(),
        desk=staff_desk(),
        person_id=UUID(form.auditor.data),
        directorate=form.directorate.data or "",
        period_from=form.period_from.data,
        period_until=form.period_until.data,
    )


@auditor.get("/audits/<uuid:audit_id>")
@allow(Audience.STAFF)
def audit(audit_id: UUID) -> Any:
    found = read_audit(reading(), actor=acting(), audit_id=audit_id)
    return _audit_page(found)


def _audit_page(found: ReadAudit, **forms: PageForm) -> Any:
    is_drawing = found.is_mine and found.method is None
    page = {
        "random": RandomForm() if is_drawing else None,
        "targeted": _targeted(found) if is_drawing else None,
        "closing": SummaryForm() if found.is_mine and found.is_judged and not found.completed_at else None,
        **forms,
    }
    errors = any(form is not None and form.errors for form in page.values())
    shown_page = render_template(
        "auditor/audits/audit.html", audit=found, items=len(ITEMS), may_plan=may_plan(reading(), acting()), **page
    )
    return shown_page, 400 if errors else 200


def _own(audit_id: UUID) -> ReadAudit:
    found = read_audit(reading(), actor=acting(), audit_id=audit_id)
    if not found.is_mine:
        raise NotFound
    return found


def _targeted(found: ReadAudit) -> TargetedForm:
    form = TargetedForm()
    form.campaigns.options = [
        Option(str(one.id), one.title, hint=one.directorate or "No directorate recorded") for one in found.drawable
    ]
    return form


@auditor.post("/audits/<uuid:audit_id>/random")
@allow(Audience.STAFF)
def draw_sample(audit_id: UUID) -> Any:
    found, form = _own(audit_id), RandomForm()
    if is_saved(
        form,
        lambda session: draw_random(
            session, actor=acting(), desk=staff_desk(), audit_id=audit_id, size=form.size.data or 0
        ),
    ):
        return saved("The sample is drawn.", "auditor.audit", audit_id=audit_id)
    return _audit_page(found, random=form)


@auditor.post("/audits/<uuid:audit_id>/targeted")
@allow(Audience.STAFF)
def choose_sample(audit_id: UUID) -> Any:
    found = _own(audit_id)
    form = _targeted(found)
    if is_saved(
        form,
        lambda session: draw_targeted(
            session,
            actor=acting(),
            desk=staff_desk(),
            audit_id=audit_id,
            campaigns=[UUID(key) for key in form.campaigns.data or ()],
            reason=form.reason.data or "",
        ),
    ):
        return saved("The sample is chosen.", "auditor.audit", audit_id=audit_id)
    return _audit_page(found, targeted=form)


def _judging(found: CampaignAudit) -> PageForm:
    """Two entries for each item: what it is judged, and a note."""
    parts: dict[str, Any] = {}
    for item in ITEMS:
        parts[item.key] = radios(
            item.text, [Option(one.value, words) for one, words in _WORDS.items()], hint=f"Look at: {item.look}"
        )
        parts[f"note_{item.key}"] = text(
            "What you found, and where", hint="Needed unless the answer is yes. Name nobody", max_length=4000
        )
    kept: dict[str, str] = {}
    for key, one in found.judged.items():
        kept |= {key: one.judgement.value, f"note_{key}": one.note}
    form: PageForm = type("JudgeForm", (PageForm,), parts)(data=kept)
    return form


@auditor.route("/audits/<uuid:audit_id>/campaigns/<uuid:campaign_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def campaign_audit(audit_id: UUID, campaign_id: UUID) -> Any:
    found = read_campaign_audit(reading(), actor=acting(), audit_id=audit_id, campaign_id=campaign_id)
    form = _judging(found)
    if request.method == "POST" and not found.is_open:
        raise NotFound
    if request.method == "POST" and is_saved(
        form,
        lambda session: judge(
            session,
            actor=acting(),
            desk=staff_desk(),
            audit_id=audit_id,
            campaign_id=campaign_id,
            judged=_given(form),
        ),
    ):
        return saved("Saved.", "auditor.audit", audit_id=audit_id)
    sections = [(title, [item for item in ITEMS if item.section == title]) for title in SECTIONS]
    return shown("auditor/audits/campaign.html", form, found=found, sections=sections, words=_WORDS)


def _given(form: PageForm) -> dict[str, Judged]:
    """Items that are answered; the others stay open."""
    return {
        item.key: Judged(Judgement(form[item.key].data), form[f"note_{item.key}"].data or "")
        for item in ITEMS
        if form[item.key].data
    }


@auditor.post("/audits/<uuid:audit_id>/complete")
@allow(Audience.STAFF)
def complete(audit_id: UUID) -> Any:
    found, form = _own(audit_id), SummaryForm()
    if is_saved(
        form,
        lambda session: complete_audit(
            session, actor=acting(), desk=staff_desk(), audit_id=audit_id, summary=form.summary.data or ""
        ),
    ):
        return saved("The audit is complete.", "auditor.audit", audit_id=audit_id)
    return _audit_page(found, closing=form)
