"""What candidates asked for by right, and what an administrator decides on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.errors import TooLate
from recruitment.rules.permissions import Role
from recruitment.rules.rights import LONGEST, RIGHT_TITLES, STANDING_WORDS, Right
from recruitment.rules.rights_work import READ_GROUNDS
from recruitment.services.rights_decisions import (
    agree_copy,
    decide_request,
    list_requests,
    plan_end,
    read_request,
    read_words,
)
from recruitment.web.access import allow, reading, writing
from recruitment.web.admin import admin
from recruitment.web.forms import Option, PageForm, long_text, radios
from recruitment.web.saving import is_saved, saved, shown
from recruitment.web.site import acting, staff_desk

_REASON = "The candidate is told it by letter"


class DecideErasureForm(PageForm):
    decision = radios(
        "Shall the application be erased?",
        [Option("yes", "Yes, erase it now", hint="Nobody can bring it back"), Option("no", "No")],
        required="Select yes or no",
    )
    reason = long_text("Reason", hint="If you refuse, the candidate is told it", max_length=LONGEST, rows=3)


class DecideRestrictionForm(PageForm):
    decision = radios(
        "Shall the application only be stored?",
        [Option("yes", "Yes, stop using it now"), Option("no", "No, go on using it")],
        required="Select yes or no",
    )
    reason = long_text("Reason", hint=_REASON, max_length=LONGEST, rows=3)


class DecideObjectionForm(PageForm):
    decision = radios(
        "Do you agree to the objection?",
        [
            Option("yes", "Yes, stop using the application now"),
            Option("no", "No, there are compelling reasons or a legal claim", hint="Say which"),
        ],
        required="Select yes or no",
    )
    reason = long_text("Reason", hint=_REASON, max_length=LONGEST, rows=3)


class EndForm(PageForm):
    reason = long_text("Why is it used again?", hint=_REASON, max_length=LONGEST, rows=3)


_FORMS = {
    Right.ERASURE: (DecideErasureForm, "admin/rights/decide.html"),
    Right.RESTRICTION: (DecideRestrictionForm, "admin/rights/restrict.html"),
    Right.OBJECTION: (DecideObjectionForm, "admin/rights/object.html"),
}


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
    make, template = _FORMS[found.kind]
    form: Any = make()

    def decide(session: Any) -> None:
        decide_request(
            session,
            actor=acting(),
            desk=staff_desk(),
            request_id=right_id,
            is_agreed=form.decision.data == "yes",
            reason=form.reason.data or "",
        )

    if is_saved(form, decide):
        return saved("Your decision is recorded, and the candidate is told by letter.", "admin.rights")
    words = read_words(reading(), actor=acting(), desk=staff_desk(), request_id=right_id)
    return shown(template, form, found=found, words=words, grounds=READ_GROUNDS)


@admin.route("/rights/<uuid:right_id>/end", methods=["GET", "POST"])
@allow(Role.ADMINISTRATOR)
def end_right(right_id: UUID) -> Any:
    found = read_request(reading(), actor=acting(), desk=staff_desk(), request_id=right_id)
    if not found.is_restricting:
        raise TooLate("This application is not restricted, or an end is set already.")
    form: Any = EndForm()

    def act(session: Any) -> None:
        plan_end(session, actor=acting(), desk=staff_desk(), request_id=right_id, reason=form.reason.data or "")

    if is_saved(form, act):
        return saved("The candidate is told now, and the application is used again in three days.", "admin.rights")
    return shown("admin/rights/end.html", form, found=found)
