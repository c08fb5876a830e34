"""Opening a campaign, after a look at what it still lacks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.campaigns import CampaignState, require_state
from recruitment.rules.errors import Invalid
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_facts
from recruitment.services.campaigns import missing_for_opening, open_campaign
from recruitment.web.access import allow, reading, writing
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import saved
from recruitment.web.site import acting, staff_desk


@recruiter.get("/campaigns/<uuid:campaign_id>/open")
@allow(Permission.EDIT_CAMPAIGN)
def open_page(campaign_id: UUID) -> str:
    facts = read_facts(reading(), actor=acting(), campaign_id=campaign_id)
    require_state(facts.state, CampaignState.DRAFT, act="open this campaign")
    missing = missing_for_opening(reading(), campaign_id)
    return render_template("recruiter/campaigns/open.html", facts=facts, missing=missing)


@recruiter.post("/campaigns/<uuid:campaign_id>/open")
@allow(Permission.EDIT_CAMPAIGN)
def open_now(campaign_id: UUID) -> Any:
    try:
        with writing() as session:
            open_campaign(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    except Invalid:
        return open_page(campaign_id), 400
    return saved("The campaign is open.", "recruiter.campaign", campaign_id=campaign_id)
