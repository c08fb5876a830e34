"""Figures of several campaigns together: what was published, and publishing more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from wtforms.fields.choices import SelectChoice

from recruitment.rules.disclosure import THRESHOLD
from recruitment.rules.errors import Invalid, TooLate, TooSoon
from recruitment.rules.publications import KIND_TITLES, Part, PublicationKind, last_period
from recruitment.rules.rounding import BASE
from recruitment.services.publications import (
    Wanted,
    list_parts,
    list_published,
    prepare_publication,
    publish,
    read_publication,
    require_analysing,
)
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.analyst import analyst
from recruitment.web.analyst.files import tables_file
from recruitment.web.analyst.shown import may_analyse, show_release
from recruitment.web.forms import Option, PageForm, radios, select
from recruitment.web.site import acting, staff_desk


@analyst.get("/publications")
@allow(Audience.STAFF)
def publications() -> str:
    return render_template(
        "analyst/publications/list.html",
        listed=list_published(reading(), actor=acting()),
        may_publish=may_analyse(),
    )


def _form() -> Any:
    today = staff_desk().now.date()
    kinds = []
    for kind in PublicationKind:
        hint = "The shortest run of the latest campaigns that reaches enough applications"
        if kind is not PublicationKind.RUN:
            period = last_period(kind, today)
            hint = f"{period.first:%-d %B %Y} to {period.last:%-d %B %Y}"
        kinds.append(Option(str(kind), KIND_TITLES[kind], hint=hint))
    offered = list_parts(reading(), actor=acting())
    parts = [SelectChoice(f"{part}:{value}", title) for part, value, title in offered]
    fields = {
        "kind": radios("Which campaigns?", kinds, required="Select which campaigns"),
        "part": select("Narrowed to", [SelectChoice(":", "All of them"), *parts]),
    }
    return type("PublicationForm", (PageForm,), fields)(part=":")


@analyst.route("/publications/new", methods=["GET", "POST"])
@allow(Audience.STAFF)
def new_publication() -> Any:
    require_analysing(reading(), acting())
    form = _form()
    if form.validate_on_submit():
        part, _, value = (form.part.data or ":").partition(":")
        wanted = Wanted(PublicationKind(form.kind.data), Part(part), value)
        try:
            prepared = prepare_publication(reading(), actor=acting(), desk=staff_desk(), wanted=wanted)
            with writing() as session:
                made = publish(session, actor=acting(), desk=staff_desk(), prepared=prepared)
            return redirect(url_for("analyst.publication", publication_id=made), 303)
        except (Invalid, TooLate, TooSoon) as refusal:
            form.kind.errors = [refusal.sentence]
    page = render_template("analyst/publications/new.html", form=form, threshold=THRESHOLD, base=BASE)
    return page, 400 if form.errors else 200


@analyst.get("/publications/<uuid:publication_id>")
@allow(Audience.STAFF)
def publication(publication_id: UUID) -> str:
    found = read_publication(reading(), actor=acting(), publication_id=publication_id)
    return show_release(
        "analyst/publications/publication.html", found, publication_id=publication_id, publication=found
    )


@analyst.get("/publications/<uuid:publication_id>/figures.<any(csv, xlsx, ods):ending>")
@allow(Audience.STAFF)
def publication_file(publication_id: UUID, ending: str) -> Response:
    found = read_publication(reading(), actor=acting(), publication_id=publication_id)
    return tables_file(found.tables, ending, f"{found.title} {found.period.last}", base=found.base)
