"""What a shortlister sees before and after the sift, on whichever page they come in."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Refusal, TooLate, TooSoon
from recruitment.services.queues import read_sift_state
from recruitment.web.access import reading
from recruitment.web.errors import refused
from recruitment.web.shortlister import shortlister
from recruitment.web.site import acting

BEFORE_THE_SIFT = (CampaignState.DRAFT, CampaignState.OPEN)


def closed_page(title: str, state: CampaignState) -> str:
    return render_template("shortlister/closed.html", campaign_title=title, is_to_come=state in BEFORE_THE_SIFT)


@shortlister.errorhandler(TooLate)
@shortlister.errorhandler(TooSoon)
def out_of_time(refusal: Refusal) -> tuple[str, int]:
    """Tell of a closed sift in a page of its own; any other refusal in its sentence."""
    campaign_id: UUID | None = (request.view_args or {}).get("campaign_id")
    if campaign_id is not None:
        title, state = read_sift_state(reading(), actor=acting(), campaign_id=campaign_id)
        if state is not CampaignState.SIFTING:
            return closed_page(title, state), refusal.status
    return refused(refusal)
