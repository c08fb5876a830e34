"""The panel pool: everybody's own place in it, and for recruiters who is in it and what it needs."""

from __future__ import annotations

from flask import Blueprint

pool = Blueprint("pool", __name__, url_prefix="/pool")

from recruitment.web.pool import members, own, proposals, questions, waivers, years  # noqa: E402, F401
