"""What a panel and the second person at the reveal see: from agreement to outcomes."""

from __future__ import annotations

from flask import Blueprint

panel = Blueprint("panel", __name__)

from recruitment.web.panel import (  # noqa: E402
    challenges,
    checklists,
    conflicts,
    discussions,
    interviews,
    outcomes,
    reserves,
    reveals,
    tie_breaks,
)

__all__ = ["panel"]

# The modules hang their views on the blueprint.
_MODULES = (challenges, checklists, conflicts, discussions, interviews, outcomes, reserves, reveals, tie_breaks)
