"""Applications from another system's export: a file is checked, its report read, then the same file imported.

The file is kept nowhere between the two steps: it holds names beside equality answers. It is chosen twice.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from flask import render_template
from werkzeug.datastructures import MultiDict

from recruitment.rules.errors import Invalid
from recruitment.rules.import_mapping import Mapping, MappingProblem
from recruitment.rules.import_reports import ImportReport, report_sentences
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import CampaignFacts, read_facts
from recruitment.services.import_files import FileRow, read_upload
from recruitment.services.import_runs import (
    BadRows,
    import_applications,
    keep_mapping,
    parse_mapping,
    read_kept_mapping,
    report_import,
)
from recruitment.web.access import allow, close_reading, reading, writing
from recruitment.web.filters import counted
from recruitment.web.forms import PageForm, file, hidden, long_text
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import saved, shown
from recruitment.web.site import acting, staff_desk

MOST_CHARACTERS = 2_000_000  # of new rows: about a quarter of a minute to read and seal
PROBLEMS_SHOWN = 100
_LONGEST_MAPPING = 20_000


class ImportForm(PageForm):
    document = file(
        "Export of the other system",
        hint="A file that ends in .csv, .jsonl or .ndjson, up to 10MB",
        required="Choose the file to import",
        accept=".csv,.jsonl,.ndjson",
    )
    mapping = long_text(
        "Which column means what",
        hint="Change the words in quotation marks to the names of your columns. It is kept for the next time.",
        required="Say which column means what",
        max_length=_LONGEST_MAPPING,
        rows=16,
    )


class ConfirmForm(PageForm):
    document = file(
        "Choose the same file again",
        hint="The file you checked was not kept: it holds names.",
        required="Choose the file that you checked",
        accept=".csv,.jsonl,.ndjson",
    )
    mapping = hidden(max_length=_LONGEST_MAPPING)
    digest = hidden()


@recruiter.route("/campaigns/<uuid:campaign_id>/import", methods=["GET", "POST"])
@allow(Permission.EDIT_CAMPAIGN)
def import_page(campaign_id: UUID) -> Any:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.EDIT_CAMPAIGN)
    form = ImportForm(mapping=read_kept_mapping(reading(), actor=acting(), campaign_id=campaign_id))
    if not form.validate_on_submit():
        return shown("recruiter/imports/import.html", form, facts=facts, problems=())
    return _check(facts, form, form.document.data.filename or "", form.document.data.read())


@recruiter.post("/campaigns/<uuid:campaign_id>/import/confirmed")
@allow(Permission.EDIT_CAMPAIGN)
def import_confirmed(campaign_id: UUID) -> Any:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.EDIT_CAMPAIGN)
    form = ConfirmForm()
    if not form.validate_on_submit():
        again = ImportForm(formdata=MultiDict(), mapping=form.mapping.data)
        again.document.errors = ["Choose the file that you checked, and check it again"]
        return shown("recruiter/imports/import.html", again, facts=facts, problems=())
    name, content, text = form.document.data.filename or "", form.document.data.read(), form.mapping.data or ""
    asked = ImportForm(formdata=MultiDict(), mapping=text)
    if not hmac.compare_digest(_digest(content, text), form.digest.data or ""):
        return _check(facts, asked, name, content, is_other=True)
    try:
        mapping, desk = parse_mapping(text), staff_desk()
        close_reading()
        done = import_applications(
            desk, campaign_id, lambda: read_upload(name, content, mapping), mapping, actor=acting()
        )
        with writing() as session:
            keep_mapping(session, actor=acting(), campaign_id=campaign_id, text=text)
    except (Invalid, BadRows):
        return _check(facts, asked, name, content)
    left = (
        f" {counted(len(done.report.changed), 'changed row')} left as first imported."
        if done.report.changed
        else ""
    )
    return saved(f"{counted(done.stored, 'application')} imported.{left}", "recruiter.campaign",
                 campaign_id=campaign_id)  # fmt: skip


def _check(facts: CampaignFacts, form: ImportForm, name: str, content: bytes, *, is_other: bool = False) -> Any:
    """The report of a file with the form that confirms it, or the first form with what is wrong."""
    text = form.mapping.data or ""
    problems: tuple[str, ...] = ()
    try:
        report = _report(facts.id, name, content, parse_mapping(text))
    except BadRows as bad:
        problems = bad.problems
        form.document.errors = [f"Nothing was imported: {counted(len(problems), 'problem')} in this file"]
    except MappingProblem as wrong:
        form.mapping.errors = [wrong.sentence]
    except Invalid as refused:
        field = form.document if refused.field in ("file", "") else form.mapping
        field.errors = [refused.sentence]
    if form.errors:
        return shown("recruiter/imports/import.html", form, facts=facts, problems=problems[:PROBLEMS_SHOWN],
                     more=max(0, len(problems) - PROBLEMS_SHOWN))  # fmt: skip
    return render_template(
        "recruiter/imports/report.html", facts=facts, report=report, sentences=report_sentences(report),
        is_other=is_other, is_long=report.characters > MOST_CHARACTERS,
        form=ConfirmForm(formdata=MultiDict(), mapping=text, digest=_digest(content, text)),
    )  # fmt: skip


def _report(campaign_id: UUID, name: str, content: bytes, mapping: Mapping) -> ImportReport:
    def read() -> Iterator[FileRow]:
        return read_upload(name, content, mapping)

    return report_import(staff_desk(), campaign_id, read, mapping, actor=acting())[1]


def _digest(content: bytes, mapping: str) -> str:
    return hashlib.sha256(hashlib.sha256(content).digest() + mapping.encode()).hexdigest()
