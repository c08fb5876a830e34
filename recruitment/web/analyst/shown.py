"""What the pages of releases and publications share: the report around the tables, and who may make more."""

from __future__ import annotations

from typing import Any

from flask import render_template

from recruitment.rules.disclosure import EXPLANATION
from recruitment.rules.errors import NotAllowed
from recruitment.rules.funnel_reports import METHODS, write_report
from recruitment.services.comparisons import read_beside
from recruitment.services.declaration_rates import require_declaration_reader
from recruitment.services.publication_plans import require_analysing
from recruitment.services.publications import ReadPublication
from recruitment.services.releases import ReadRelease
from recruitment.web.access import reading
from recruitment.web.site import acting


def show_release(template: str, found: ReadRelease | ReadPublication, **values: Any) -> str:
    """The page of published tables, with what they say and what stands beside them."""
    return render_template(
        template,
        report=write_report(found.tables),
        beside=read_beside(reading(), organisation_id=acting().organisation_id, tables=found.tables),
        method_sentences=METHODS,
        explanation=EXPLANATION.format(base=found.base),
        **values,
    )


def may_read_rates() -> bool:
    """Whether the reader may read declaration rates: an analyst, or an administrator."""
    try:
        require_declaration_reader(reading(), acting())
    except NotAllowed:
        return False
    return True


def may_analyse() -> bool:
    """Whether the reader is an analyst of the organisation."""
    try:
        require_analysing(reading(), acting())
    except NotAllowed:
        return False
    return True
