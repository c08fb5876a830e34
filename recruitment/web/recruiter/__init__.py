"""The pages of recruiters and clearers, and the start page of everybody on the staff site."""

from __future__ import annotations

from flask import Blueprint

recruiter = Blueprint("recruiter", __name__)

# The modules hang their views on the blueprint.
from recruitment.web.recruiter import (  # noqa: E402
    actions,
    adjustments,
    adverts,
    bookings,
    calendar,
    campaign_templates,
    campaigns,
    clearance,
    closing,
    closing_times,
    copying,
    criteria,
    eligibility,
    evidence_packs,
    home,
    imports,
    letter_wordings,
    letters,
    opening,
    outcome_exports,
    panels,
    people,
    quality_checklists,
    questions,
    ranking,
    reserves,
    sample_answers,
    scorer_agreement,
    second_looks,
    shortlists,
    sift,
    slots,
    vacancies,
    volume_rule,
)

__all__ = ["recruiter"]

_MODULES = (
    actions,
    adjustments,
    adverts,
    bookings,
    calendar,
    campaign_templates,
    campaigns,
    clearance,
    closing,
    closing_times,
    copying,
    criteria,
    eligibility,
    evidence_packs,
    home,
    imports,
    letter_wordings,
    letters,
    opening,
    outcome_exports,
    panels,
    people,
    quality_checklists,
    questions,
    ranking,
    reserves,
    sample_answers,
    scorer_agreement,
    second_looks,
    shortlists,
    sift,
    slots,
    vacancies,
    volume_rule,
)
