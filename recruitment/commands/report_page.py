"""A release as one page that stands by itself: no other file, nothing from the network."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from config import TEMPLATES
from recruitment.rules.disclosure import ReleaseTable, Rules
from recruitment.rules.funnel_reports import METHODS, write_report


def report_page(
    tables: Sequence[ReleaseTable], *, title: str, explanation: str, rules: Rules, missing: frozenset[str]
) -> str:
    """HTML with its style inside; sentences first, then each characteristic with its table."""
    pages = Environment(loader=FileSystemLoader(str(TEMPLATES)), autoescape=True, undefined=StrictUndefined)
    return pages.get_template("reports/standalone.html").render(
        title=title,
        explanation=explanation,
        rules=rules,
        report=write_report(tables, missing=missing),
        method_sentences=METHODS,
    )
