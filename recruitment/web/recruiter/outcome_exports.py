"""Outcomes for the system that applications came from, and new starters for onboarding: two files to download."""

from __future__ import annotations

from uuid import UUID

from flask import Response, render_template

from recruitment.rules.errors import NotFound
from recruitment.rules.outcome_exports import FORMATS, ExportedOutcome, NewStarter, write_rows
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.outcome_exports import export_outcomes, export_starters, read_exportable
from recruitment.web.access import allow, reading
from recruitment.web.recruiter import recruiter
from recruitment.web.site import acting, staff_desk

_TYPES = {"csv": "text/csv", "jsonl": "application/jsonl"}


@recruiter.get("/campaigns/<uuid:campaign_id>/export")
@allow(Permission.EXPORT_OUTCOMES)
def export(campaign_id: UUID) -> str:
    session = reading()
    exportable = read_exportable(session, actor=acting(), campaign_id=campaign_id)
    facts = read_facts(session, actor=acting(), campaign_id=campaign_id)
    return render_template("recruiter/outcome_exports/export.html", facts=facts, exportable=exportable)


@recruiter.post("/campaigns/<uuid:campaign_id>/export/outcomes.<ending>")
@allow(Permission.EXPORT_OUTCOMES)
def exported_outcomes(campaign_id: UUID, ending: str) -> Response:
    _check(ending)
    rows = export_outcomes(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return _file(write_rows(rows, ExportedOutcome, ending), f"outcomes.{ending}")


@recruiter.post("/campaigns/<uuid:campaign_id>/export/new-starters.<ending>")
@allow(Permission.EXPORT_OUTCOMES)
def exported_starters(campaign_id: UUID, ending: str) -> Response:
    _check(ending)
    rows = export_starters(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return _file(write_rows(rows, NewStarter, ending), f"new-starters.{ending}")


def _check(ending: str) -> None:
    # Before anything is opened.
    if ending not in FORMATS:
        raise NotFound


def _file(text: str, name: str) -> Response:
    # The mark lets Excel read UTF-8; JSON Lines have none (RFC 8259, section 8.1).
    ending = name.rpartition(".")[2]
    content = text.encode("utf-8-sig" if ending == "csv" else "utf-8")
    answer = Response(content, mimetype=_TYPES[ending])
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    return answer
