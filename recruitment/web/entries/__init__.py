"""Applications that staff with no part in a campaign enter for somebody who cannot use the site. Opens nothing."""

from __future__ import annotations

from flask import Blueprint

entries = Blueprint("entries", __name__, url_prefix="/entries")

from recruitment.web.entries import handovers, home, preview, questions, sections, sending  # noqa: E402, F401
