"""What an auditor sees and does: the trail, and the yearly inclusion audit. Nothing here changes a campaign."""

from __future__ import annotations

from flask import Blueprint

auditor = Blueprint("auditor", __name__)

from recruitment.web.auditor import audits, trail  # noqa: E402, F401
