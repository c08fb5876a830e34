"""What a panel and the second person at the reveal see: from agreement to outcomes."""

from __future__ import annotations

from flask import Blueprint

panel = Blueprint("panel", __name__)

from recruitment.web.panel import challenges, checklists, conflicts, discussions, interviews, outcomes, reveals  # noqa: E402, F401
