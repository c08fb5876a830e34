"""What candidates asked for by right; an administrator decides on erasure after the freeze."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.errors import TooLate
from recruitment.rules.permissions import Role
from recruitment.rules.rights import LONGEST, RIGHT_TITLES, STANDING_WORDS
from recruitment.services.rights_decisions import agree_copy, decide_erasure, list_requests, read_request
from recruitment.web.access import allow, reading, writing
from recruitment.web.admin import admin
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk


class DecideErasureForm(PageForm):
    decision = radios(
        "Shall the application be erased?",
        [Option("yes", "Yes, erase it now", hint="Nobody can bring it back"), Option("no", "No")],
        required="Select yes or no",
    )
    reason = long_text("Reason", hint="If you refuse, the candidate is told it", max_length=LONGEST, rows=3)


@admin.get("/rights")
@allow(Role.ADMINISTRATOR)
def rights() -> str:
    return render_template(
        "admin/rights/list.html",
        listed=list_requests(reading(), actor=acting(), desk=staff_desk()),
        titles=RIGHT_TITLES,
        standings=STANDING_WORDS,
    )


@admin.post("/rights/<uuid:right_id>/copy")
@allow(Role.ADMINISTRATOR)
def send_copy(right_id: UUID) -> Any:
    with writing() as session:
        agree_copy(session, actor=acting(), desk=staff_desk(), request_id=right_id)
    return saved("The copy is being made, and goes to the candidate's own address.", "admin.rights")


@admin.route("/rights/<uuid:right_id>", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def right(right_id: UUID) -> Any:
    found = read_request(reading(), actor=acting(), desk=staff_desk(), request_id=right_id)
    if not found.is_to_decide:
        raise TooLate("There is nothing to decide on this request.")
    form: Any = DecideErasureForm()

    def decide(session: Any) -> None:
        decide_erasure(
            session,
            actor=acting(),
            desk=staff_desk(),
            request_id=right_id,
            is_agreed=form.decision.data == "yes",
            reason=form.reason.data or "",
        )

    if is_saved(form, decide):
        return saved("Your decision is recorded, and the candidate sees it on their page.", "admin.rights")
    return shown("admin/rights/decide.html", form, found=found)
