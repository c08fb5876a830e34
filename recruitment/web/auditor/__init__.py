"""What an auditor sees: the trail. No page of this package changes anything."""

from __future__ import annotations

from flask import Blueprint

auditor = Blueprint("auditor", __name__)

from recruitment.web.auditor import trail  # noqa: E402, F401
