"""What an analyst sees: releases of funnels, and nothing of a person."""

from __future__ import annotations

from flask import Blueprint

analyst = Blueprint("analyst", __name__)

from recruitment.web.analyst import comparisons, publications, releases, returns  # noqa: E402, F401
