"""Restricted returns: asking for exact counts, agreeing, and making the file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for

from recruitment.rules.errors import TooSoon
from recruitment.services.restricted_returns import (
    LONGEST_BASIS,
    agree_return,
    ask_return,
    keep_return,
    list_returns,
    prepare_return,
)
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.analyst import analyst
from recruitment.web.analyst.files import sheets_file
from recruitment.web.analyst.shown import may_analyse
from recruitment.web.forms import PageForm, long_text, text
from recruitment.web.saving import is_saved, saved
from recruitment.web.site import acting, staff_desk


class ReturnForm(PageForm):
    recipient = text("Who gets the exact counts?", hint="One body, by its name", required="Name the recipient")
    basis = long_text(
        "Which law or contract asks for them?",
        required="Give the law or contract that asks for them",
        max_length=LONGEST_BASIS,
        rows=3,
    )


@analyst.route("/returns", methods=["GET", "POST"])
@allow(Audience.STAFF)
def returns() -> Any:
    listed = list_returns(reading(), actor=acting())
    form = ReturnForm() if may_analyse() else None
    if form is not None:
        try:
            if is_saved(form, lambda session: _ask(session, form)):
                return saved("Asked. Somebody else agrees next.", "analyst.returns")
        except TooSoon as refusal:
            form.recipient.errors = [refusal.sentence]
    page = render_template("analyst/returns/list.html", listed=listed, form=form, me=acting().id)
    return page, 400 if form is not None and form.errors else 200


def _ask(session: Any, form: ReturnForm) -> None:
    ask_return(
        session,
        actor=acting(),
        desk=staff_desk(),
        recipient=form.recipient.data or "",
        basis=form.basis.data or "",
    )


@analyst.post("/returns/<uuid:return_id>/agree")
@allow(Audience.STAFF)
def agree_to_return(return_id: UUID) -> Any:
    with writing() as session:
        agree_return(session, actor=acting(), desk=staff_desk(), return_id=return_id)
    return redirect(url_for("analyst.returns"), 303)


@analyst.post("/returns/<uuid:return_id>/make")
@allow(Audience.STAFF)
def make_return(return_id: UUID) -> Response:
    made = prepare_return(reading(), actor=acting(), desk=staff_desk(), return_id=return_id)
    with writing() as session:
        keep_return(session, actor=acting(), desk=staff_desk(), made=made)
    return sheets_file(made.sheets, "xlsx", "restricted return")
