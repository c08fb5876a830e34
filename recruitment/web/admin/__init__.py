"""What an administrator sees: people and their ways in; no campaign and no application."""

from __future__ import annotations

from flask import Blueprint

admin = Blueprint("admin", __name__)

from recruitment.web.admin import (  # noqa: E402, F401
    assessments,
    checklists,
    data_protection,
    holds,
    organisation,
    people,
    policies,
    question_sets,
    readiness,
    recruiters,
    reporting_years,
    retention,
    rights,
    settings,
    webhooks,
)
