"""What an analyst sees: releases of funnels, and nothing of a person."""

from __future__ import annotations

from flask import Blueprint

analyst = Blueprint("analyst", __name__)

from recruitment.web.analyst import (  # noqa: E402, F401
    comparisons,
    crossings,
    declaration,
    equality_delivery,
    governance_calendar,
    joint_strategies,
    publications,
    releases,
    returns,
    trends,
)
