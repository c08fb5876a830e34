"""Adjustments by reference; opening them is recorded, so it happens only on asking."""

from __future__ import annotations

from uuid import UUID

from flask import render_template

from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.requests import read_adjustments
from recruitment.web.access import allow, reading
from recruitment.web.recruiter import recruiter
from recruitment.web.site import acting, staff_desk


@recruiter.get("/campaigns/<uuid:campaign_id>/adjustments")
@allow(Permission.SEE_REQUESTS)
def adjustments(campaign_id: UUID) -> str:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.SEE_REQUESTS)
    return render_template("recruiter/adjustments/adjustments.html", facts=facts, asked=None)


@recruiter.post("/campaigns/<uuid:campaign_id>/adjustments")
@allow(Permission.SEE_REQUESTS)
def show_adjustments(campaign_id: UUID) -> str:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.SEE_REQUESTS)
    asked = read_adjustments(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return render_template("recruiter/adjustments/adjustments.html", facts=facts, asked=asked)
