"""The pages of recruiters and clearers, and the start page of everybody on the staff site."""

from __future__ import annotations

from flask import Blueprint

recruiter = Blueprint("recruiter", __name__)

# The modules hang their views on the blueprint.
from recruitment.web.recruiter import (  # noqa: E402
    adjustments,
    bookings,
    campaigns,
    clearance,
    closing,
    criteria,
    home,
    opening,
    panels,
    people,
    questions,
    ranking,
    scorer_agreement,
    second_looks,
    shortlists,
    sift,
    vacancies,
    volume_rule,
)

__all__ = ["recruiter"]

_MODULES = (
    adjustments,
    bookings,
    campaigns,
    clearance,
    closing,
    criteria,
    home,
    opening,
    panels,
    people,
    questions,
    ranking,
    scorer_agreement,
    second_looks,
    shortlists,
    sift,
    vacancies,
    volume_rule,
)
