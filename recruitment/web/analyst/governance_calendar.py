"""The governance calendar: what each group is due, the reports made for it, and who arranges that."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, request, url_for
from wtforms.fields.choices import SelectChoice

from recruitment.rules.errors import NotAllowed, NotFound
from recruitment.rules.governance_calendar import (
    GROUP_KINDS,
    MONTHS,
    MOST_WORKING_DAYS,
    RHYTHMS,
    GroupKind,
    OfferedEntry,
    Rhythm,
    Standing,
    Timing,
)
from recruitment.rules.group_reports import LONGEST_NOTE, report_sheets
from recruitment.services.actions import list_plans
from recruitment.services.governance_calendar import (
    LONGEST_REASON,
    leave_out,
    list_due,
    read_due,
)
from recruitment.services.governance_groups import (
    add_entry,
    add_group,
    add_usual_groups,
    end_entry,
    end_group,
    list_groups,
    may_keep_calendar,
    read_group,
)
from recruitment.services.group_reports import ReadReport, make_report, mark_given, read_report
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.analyst import analyst
from recruitment.web.analyst.files import sheets_file, slug
from recruitment.web.fields import Option
from recruitment.web.forms import (
    PageForm,
    checkbox,
    checkboxes,
    date,
    long_text,
    radios,
    select,
    text,
    whole_number,
)
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk


class UsualForm(PageForm):
    is_nhs = checkbox("We are an NHS body", hint="Adds the workforce race and disability equality standards")


class GroupForm(PageForm):
    name = text("Name of the group", required="Enter the name of the group")
    kind = radios(
        "What is it?",
        [Option(one.value, words) for one, words in GROUP_KINDS.items()],
        required="Choose what it is",
    )


class EntryForm(PageForm):
    title = text("What does the group get?", required="Enter what the group gets")
    rhythm = radios(
        "How often?",
        [
            Option(Rhythm.QUARTERLY, RHYTHMS[Rhythm.QUARTERLY], hint="Quarters of the reporting year"),
            Option(Rhythm.SIX_MONTHLY, RHYTHMS[Rhythm.SIX_MONTHLY], hint="Halves of the reporting year"),
            Option(Rhythm.YEARLY, RHYTHMS[Rhythm.YEARLY], reveals="month", reveals_required="Choose a month"),
        ],
        required="Choose how often",
    )  # fmt: skip
    month = select(
        "Due on the last working day of",
        [SelectChoice("", "Choose a month"), *(SelectChoice(str(n), name) for n, name in enumerate(MONTHS, 1))],
    )
    working_days = whole_number(
        "Working days after the end of the quarter or half year",
        hint="Working days of England and Wales",
        noun="The number of working days",
        minimum=0,
        maximum=MOST_WORKING_DAYS,
    )
    parts = checkboxes(
        "What is in it?",
        [
            Option("figures", "Published figures", hint="Nothing that is not published already"),
            Option("actions", "Action plans", hint="By objective, with status and progress"),
        ],
        required="Choose figures, actions or both",
    )
    plan = select("Which plan?", [])
    source = text("Who asks for it?", hint="Optional: a law, a standard or a strategy")


class LeaveOutForm(PageForm):
    reason = long_text(
        "Why is it not given?", required="Say why it is not given", max_length=LONGEST_REASON, rows=3
    )


class GivenForm(PageForm):
    given_on = date("When did the group have it?", required="Enter the day on which the group had it")
    note = long_text(
        "Note", hint="Optional: the paper’s number, who presented it", max_length=LONGEST_NOTE, rows=2
    )


def _may_keep() -> bool:
    return may_keep_calendar(reading(), acting())


def _require_keeping() -> None:
    if not _may_keep():
        raise NotAllowed


@analyst.get("/calendar")
@allow(Audience.STAFF)
def calendar() -> str:
    listed = list_due(reading(), actor=acting(), today=staff_desk().now.date())
    sections = [(how, [one for one in listed if one.standing is how])
                for how in (Standing.OVERDUE, Standing.DUE, Standing.COMING)]  # fmt: skip
    return render_template(
        "analyst/governance_calendar/calendar.html",
        sections=[(how.value, found) for how, found in sections if found],
        has_groups=bool(list_groups(reading(), actor=acting())),
        may_keep=_may_keep(),
    )


@analyst.route("/calendar/groups", methods=["GET", "POST"])
@allow(Audience.STAFF)
def groups() -> Any:
    form = GroupForm() if _may_keep() else None
    if form is not None and is_saved(
        form,
        lambda session: add_group(
            session, actor=acting(), desk=staff_desk(), kind=GroupKind(form.kind.data), name=form.name.data or ""
        ),
    ):
        return saved("The group is added. Say next what it gets.", "analyst.groups")
    listed = list_groups(reading(), actor=acting())
    page = render_template(
        "analyst/governance_calendar/groups.html",
        listed=listed,
        form=form,
        usual=UsualForm(formdata=None) if form is not None and not listed else None,
        kinds=GROUP_KINDS,
        months=MONTHS,
    )
    return page, 400 if form is not None and form.errors else 200


@analyst.post("/calendar/usual")
@allow(Audience.STAFF)
def add_usual() -> Any:
    _require_keeping()
    form = UsualForm()
    with writing() as session:
        add_usual_groups(session, actor=acting(), desk=staff_desk(), is_nhs=bool(form.is_nhs.data))
    return saved("The usual groups are there. Change what is different with you.", "analyst.groups")


@analyst.route("/calendar/groups/<uuid:group_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def group(group_id: UUID) -> Any:
    found = read_group(reading(), actor=acting(), group_id=group_id)
    form = _entry_form() if _may_keep() else None
    if form is not None and is_saved(form, lambda session: _add(session, group_id, form)):
        return saved("It is in the calendar.", "analyst.group", group_id=group_id)
    page = render_template(
        "analyst/governance_calendar/group.html", group=found, form=form, kinds=GROUP_KINDS, months=MONTHS
    )
    return page, 400 if form is not None and form.errors else 200


def _entry_form() -> EntryForm:
    form = EntryForm(data={"working_days": 20, "parts": ["figures", "actions"], "plan": ""})
    plans = list_plans(reading(), actor=acting(), today=staff_desk().now.date())
    form.plan.choices = [SelectChoice("", "All plans"), *(SelectChoice(str(one.id), one.title) for one in plans)]
    return form


def _add(session: Any, group_id: UUID, form: EntryForm) -> None:
    parts = form.parts.data or ()
    timing = Timing(Rhythm(form.rhythm.data), int(form.month.data or 0), int(form.working_days.data or 0))
    add_entry(
        session,
        actor=acting(),
        desk=staff_desk(),
        group_id=group_id,
        entry=OfferedEntry(
            form.title.data or "", timing, "figures" in parts, "actions" in parts, form.source.data or ""
        ),
        plan_id=UUID(form.plan.data) if form.plan.data else None,
    )


@analyst.post("/calendar/groups/<uuid:group_id>/end")
@allow(Audience.STAFF)
def drop_group(group_id: UUID) -> Any:
    with writing() as session:
        end_group(session, actor=acting(), desk=staff_desk(), group_id=group_id)
    return saved("The group is ended. What it was given stays.", "analyst.groups")


@analyst.post("/calendar/entries/<uuid:entry_id>/end")
@allow(Audience.STAFF)
def drop_entry(entry_id: UUID) -> Any:
    with writing() as session:
        group_id = end_entry(session, actor=acting(), desk=staff_desk(), entry_id=entry_id)
    return saved("It is ended.", "analyst.group", group_id=group_id)


def _until() -> dt.date | None:
    """The last day of the period that somebody came for."""
    try:
        return dt.date.fromisoformat(request.values["until"])
    except (KeyError, ValueError):
        return None


@analyst.route("/calendar/entries/<uuid:entry_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def due(entry_id: UUID) -> Any:
    """What is due of one entry for one period; a POST leaves it out, with a reason."""
    today = staff_desk().now.date()
    found = read_due(reading(), actor=acting(), entry_id=entry_id, until=_until(), today=today)
    is_open = found.standing not in (Standing.GIVEN, Standing.LEFT_OUT)
    form = LeaveOutForm() if is_open and _may_keep() else None
    if form is not None and is_saved(
        form,
        lambda session: leave_out(
            session, actor=acting(), desk=staff_desk(), entry_id=entry_id, until=found.period.last,
            reason=form.reason.data or "",
        ),
    ):  # fmt: skip
        return saved("It is left out.", "analyst.calendar")
    page = render_template("analyst/governance_calendar/due.html", found=found, form=form, today=today)
    return page, 400 if form is not None and form.errors else 200


@analyst.post("/calendar/entries/<uuid:entry_id>/report")
@allow(Audience.STAFF)
def make_group_report(entry_id: UUID) -> Any:
    _require_keeping()
    today = staff_desk().now.date()
    found = read_due(reading(), actor=acting(), entry_id=entry_id, until=_until(), today=today)
    with writing() as session:
        report_id = make_report(
            session, actor=acting(), desk=staff_desk(), entry_id=entry_id, until=found.period.last
        )
    return redirect(url_for("analyst.group_report", report_id=report_id), 303)


@analyst.route("/calendar/reports/<uuid:report_id>", methods=["GET", "POST"])
@allow(Audience.STAFF)
def group_report(report_id: UUID) -> Any:
    """The frozen report; a POST marks it as given."""
    found = read_report(reading(), actor=acting(), report_id=report_id)
    form = GivenForm(data={"given_on": staff_desk().now.date()}) if found.is_open and _may_keep() else None
    if form is not None and is_saved(
        form,
        lambda session: mark_given(
            session, actor=acting(), desk=staff_desk(), report_id=report_id, given_on=form.given_on.data,
            note=form.note.data or "",
        ),
    ):  # fmt: skip
        return saved("Marked as given.", "analyst.group_report", report_id=report_id)
    page = render_template("analyst/governance_calendar/report.html", found=found, report=found.report, form=form)
    return page, 400 if form is not None and form.errors else 200


@analyst.get("/calendar/reports/<uuid:report_id>/report.ods")
@allow(Audience.STAFF)
def group_report_sheets(report_id: UUID) -> Response:
    found = _unchanged(report_id)
    return sheets_file(report_sheets(found.report), "ods", _file_name(found))


@analyst.get("/calendar/reports/<uuid:report_id>/report.html")
@allow(Audience.STAFF)
def group_report_page(report_id: UUID) -> Response:
    """One page that stands by itself: no other file, nothing from the network."""
    found = _unchanged(report_id)
    page = render_template("reports/group_report_page.html", found=found, report=found.report)
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{slug(_file_name(found))}.html")
    return response


def _unchanged(report_id: UUID) -> ReadReport:
    """Nothing is handed out that is no longer what was made."""
    found = read_report(reading(), actor=acting(), report_id=report_id)
    if not found.is_whole:
        raise NotFound
    return found


def _file_name(found: ReadReport) -> str:
    return f"{found.report.title} {found.report.period.last}"
