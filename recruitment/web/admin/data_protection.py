"""Documents for the data protection officer, filled from the installation's settings."""

from __future__ import annotations

from flask import Response, render_template, request

from recruitment.rules.errors import NotFound
from recruitment.rules.permissions import Role
from recruitment.rules.retention import KINDS
from recruitment.services.collected import read_installation_facts
from recruitment.web.access import allow, reading
from recruitment.web.admin import admin
from recruitment.web.site import acting, settings, staff_desk

DOCUMENTS = {
    "application_notice": "Privacy notice: applications",
    "requests_notice": "Privacy notice: adjustments and Disability Confident",
    "equality_notice": "Privacy notice: equality questions",
    "pool_notice": "Privacy notice: panel pool and staff",
    "appropriate_policy": "Appropriate policy document",
    "impact_assessment": "Data protection impact assessment",
}


@admin.get("/data-protection")
@allow(Role.ADMINISTRATOR)
def data_protection() -> str:
    facts = read_installation_facts(reading(), actor=acting(), desk=staff_desk())
    return render_template("admin/data_protection/list.html", documents=DOCUMENTS, slug=facts.slug)


@admin.get("/data-protection/file")
@allow(Role.ADMINISTRATOR)
def data_protection_file() -> Response:
    """One document as a file; the first of them where none is named."""
    name = request.args.get("document", next(iter(DOCUMENTS)))
    if name not in DOCUMENTS:
        raise NotFound
    facts = read_installation_facts(reading(), actor=acting(), desk=staff_desk())
    page = render_template(
        f"documents/{name}.html",
        title=DOCUMENTS[name],
        found=facts.collected,
        lines=facts.lines,
        kinds=KINDS,
        people=facts.people,
        campaigns=facts.campaigns,
        database=facts.database,
        question_set=facts.question_set,
        today=staff_desk().now.date(),
        public_url=settings().public_url.rstrip("/"),
        is_secure=all(url.startswith("https://") for url in (settings().public_url, settings().staff_url)),
        has_scanner=settings().scanner is not None,
        mail_host=settings().mail_host,
    )
    response = Response(page, content_type="text/html; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name.replace('_', '-')}.html")
    return response
