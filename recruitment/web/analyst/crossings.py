"""Asking for two characteristics of published figures together."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for

from recruitment.rules.errors import Invalid
from recruitment.services.crossings import ask_crossing, read_crossings
from recruitment.services.publications import read_publication
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.analyst import analyst
from recruitment.web.forms import Option, PageForm, radios
from recruitment.web.site import acting, staff_desk


def _form(offered: list[tuple[str, str]]) -> Any:
    pairs = [Option(name, title) for name, title in offered]
    fields = {"pair": radios("Which two characteristics?", pairs, required="Select two characteristics")}
    return type("CrossingForm", (PageForm,), fields)()


@analyst.route("/publications/<uuid:publication_id>/crossings", methods=["GET", "POST"])
@allow(Audience.STAFF)
def crossings(publication_id: UUID) -> Any:
    asked, offered = read_crossings(reading(), actor=acting(), publication_id=publication_id)
    form = _form(offered)
    if form.validate_on_submit():
        try:
            with writing() as session:
                ask_crossing(
                    session,
                    actor=acting(),
                    desk=staff_desk(),
                    publication_id=publication_id,
                    pair=form.pair.data or "",
                )
            return redirect(url_for("analyst.crossings", publication_id=publication_id), 303)
        except Invalid as refusal:
            form.pair.errors = [refusal.sentence]
    page = render_template(
        "analyst/publications/crossings.html",
        form=form,
        asked=asked,
        offered=offered,
        publication_id=publication_id,
        publication=read_publication(reading(), actor=acting(), publication_id=publication_id),
    )
    return page, 400 if form.errors else 200
