"""The sheet of a test or an assessment day: references and marks, no names."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response

from recruitment.rules.errors import TooSoon
from recruitment.rules.marks import HIGHEST, LONGEST_SHEET
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.marks import close_stage, enter_marks, fix_rule, read_marks
from recruitment.web.access import allow, reading
from recruitment.web.forms import Option, PageForm, long_text, radios, whole_number
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_PATH = "/campaigns/<uuid:campaign_id>/stages/<int:position>/marks"


class RuleForm(PageForm):
    full = whole_number("Highest mark", required="Enter the highest mark", maximum=HIGHEST, width=4)
    minimum = whole_number(
        "Minimum mark",
        hint="Nobody below it goes further. It cannot change once a mark is entered",
        required="Enter the minimum mark",
        width=4,
    )


class SheetForm(PageForm):
    sheet = long_text(
        "References and marks",
        hint="A line for each: reference, comma, mark. Write absent for whoever did not come",
        required="Enter at least one reference with its mark",
        max_length=LONGEST_SHEET,
        noun="The sheet",
        rows=12,
    )


class CloseForm(PageForm):
    held = radios(
        "Did this stage take place?",
        [Option("yes", "Yes, and the marks stand"), Option("no", "No", reveals="reason",
                                                           reveals_required="Say why it did not take place")],
        required="Select whether it took place",
    )  # fmt: skip
    reason = long_text("Why did it not take place?", max_length=1_000, rows=3)


def _asked(campaign_id: UUID, position: int) -> dict[str, Any]:
    return {"actor": acting(), "desk": staff_desk(), "campaign_id": campaign_id, "position": position}


def _page(template: str, form: PageForm, campaign_id: UUID, position: int) -> Any:
    return shown(
        f"recruiter/marks/{template}.html",
        form,
        facts=read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.ARRANGE_PANEL),
        found=read_marks(reading(), actor=acting(), campaign_id=campaign_id, position=position),
    )


@recruiter.route(_PATH, methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def marks(campaign_id: UUID, position: int) -> Any:
    read_marks(reading(), actor=acting(), campaign_id=campaign_id, position=position)
    form: Any = SheetForm()

    def keep(session: Any) -> None:
        enter_marks(session, **_asked(campaign_id, position), sheet=form.sheet.data or "")

    if is_saved(form, keep):
        return saved("The marks are saved.", "recruiter.marks", campaign_id=campaign_id, position=position)
    return _page("marks", form, campaign_id, position)


@recruiter.route(f"{_PATH}/rule", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def mark_rule(campaign_id: UUID, position: int) -> Any:
    found = read_marks(reading(), actor=acting(), campaign_id=campaign_id, position=position)
    form: Any = RuleForm(full=found.rule.full, minimum=found.rule.minimum) if found.rule else RuleForm()

    def keep(session: Any) -> None:
        fix_rule(session, **_asked(campaign_id, position), full=form.full.data, minimum=form.minimum.data)

    if is_saved(form, keep):
        return saved("The minimum is fixed.", "recruiter.marks", campaign_id=campaign_id, position=position)
    return _page("rule", form, campaign_id, position)


@recruiter.get(f"{_PATH}/sheet.csv")
@allow(Permission.ARRANGE_PANEL)
def mark_sheet(campaign_id: UUID, position: int) -> Response:
    """To be filled in by whoever marks, and entered again: references alone."""
    found = read_marks(reading(), actor=acting(), campaign_id=campaign_id, position=position)
    lines = ["reference,mark"]
    for line in found.lines:
        lines.append(f"{line.reference},{'absent' if line.is_absent else line.mark if line.is_entered else ''}")
    response = Response("\r\n".join(lines) + "\r\n", content_type="text/csv; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename="marks.csv")
    return response


@recruiter.route(f"{_PATH}/close", methods=["GET", "POST"])
@allow(Permission.ARRANGE_PANEL)
def close_marks(campaign_id: UUID, position: int) -> Any:
    read_marks(reading(), actor=acting(), campaign_id=campaign_id, position=position)
    form: Any = CloseForm()

    def keep(session: Any) -> None:
        was_held = form.held.data == "yes"
        close_stage(
            session, **_asked(campaign_id, position), was_held=was_held, reason=form.reason.data or ""
        )  # fmt: skip

    try:
        if is_saved(form, keep):
            return saved("The stage is closed.", "recruiter.marks", campaign_id=campaign_id, position=position)
    except TooSoon as refusal:
        form.held.errors = [refusal.sentence]
    return _page("close", form, campaign_id, position)
