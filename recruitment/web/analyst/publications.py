"""Figures of several campaigns together: what was published, and publishing more."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from wtforms.fields.choices import SelectChoice

from recruitment.rules.disclosure import THRESHOLD
from recruitment.rules.disclosure.funnel_tables import both_answered
from recruitment.rules.errors import Invalid, TooSoon
from recruitment.rules.funnel_reports import write_report
from recruitment.rules.publications import CROSSED_KINDS, Part, PublicationKind, kind_title
from recruitment.rules.rounding import BASE
from recruitment.services.publication_plans import Wanted, list_parts, period_of, require_analysing
from recruitment.services.publication_requests import ask_publication, list_requests, read_request
from recruitment.services.publications import list_published, read_publication
from recruitment.services.reporting_years import read_year_end
from recruitment.web.access import Audience, allow, reading, writing
from recruitment.web.analyst import analyst
from recruitment.web.analyst.files import tables_file
from recruitment.web.analyst.shown import may_analyse, show_release
from recruitment.web.forms import Option, PageForm, radios, select
from recruitment.web.site import acting, staff_desk


@analyst.get("/publications")
@allow(Audience.STAFF)
def publications() -> str:
    may_publish = may_analyse()
    return render_template(
        "analyst/publications/list.html",
        listed=list_published(reading(), actor=acting()),
        may_publish=may_publish,
        requests=list_requests(reading(), actor=acting(), desk=staff_desk()) if may_publish else (),
    )


def _form() -> Any:
    year_end = read_year_end(reading(), acting().organisation_id)
    kinds = []
    for kind in PublicationKind:
        hint = "The shortest run of the latest campaigns that reaches enough applications"
        if kind is not PublicationKind.RUN:
            period = period_of(reading(), acting().organisation_id, staff_desk(), Wanted(kind))
            hint = f"{period.first:%-d %B %Y} to {period.last:%-d %B %Y}"
        kinds.append(Option(str(kind), kind_title(kind, year_end), hint=hint))
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
            with writing() as session:
                asked = ask_publication(session, actor=acting(), desk=staff_desk(), wanted=wanted)
            return redirect(url_for("analyst.publication_request", request_id=asked), 303)
        except (Invalid, TooSoon) as refusal:
            form.kind.errors = [refusal.sentence]
    page = render_template("analyst/publications/new.html", form=form, threshold=THRESHOLD, base=BASE)
    return page, 400 if form.errors else 200


@analyst.get("/publications/requests/<uuid:request_id>")
@allow(Audience.STAFF)
def publication_request(request_id: UUID) -> Any:
    """Being worked out, or refused; once published, on to the figures."""
    asked = read_request(reading(), actor=acting(), request_id=request_id)
    if asked.publication_id is not None:
        return redirect(url_for("analyst.publication", publication_id=asked.publication_id), 303)
    return render_template("analyst/publications/request.html", asked=asked)


@analyst.get("/publications/<uuid:publication_id>")
@allow(Audience.STAFF)
def publication(publication_id: UUID) -> str:
    found = read_publication(reading(), actor=acting(), publication_id=publication_id)
    return show_release(
        "analyst/publications/publication.html",
        found,
        publication_id=publication_id,
        publication=found,
        crossed=write_report([both_answered(table) for table in found.crossings]),
        may_cross=found.kind in CROSSED_KINDS and may_analyse(),
    )


@analyst.get("/publications/<uuid:publication_id>/figures.<any(csv, xlsx, ods):ending>")
@allow(Audience.STAFF)
def publication_file(publication_id: UUID, ending: str) -> Response:
    found = read_publication(reading(), actor=acting(), publication_id=publication_id)
    return tables_file(
        (*found.tables, *map(both_answered, found.crossings)),
        ending,
        f"{found.title} {found.period.last}",
        base=found.base,
        statement=found.remarks,
    )
