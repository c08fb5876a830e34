"""Ways to the pages of other roles."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from flask import url_for

from recruitment.web.site import settings

_ENDPOINTS = {
    "agreement": "panel.reveal",
    "interviews": "panel.home",
    "outcomes": "panel.home",
    "release": "analyst.release",
    "trail": "auditor.trail",
}


def way_to(page: str, campaign_id: UUID) -> str:
    """The address of another role's page for the campaign."""
    return url_for(_ENDPOINTS[page], campaign_id=campaign_id)


def way_to_scoring() -> str:
    """The public site's page of one's own sifts: shortlisters score there, where nothing can be opened."""
    return f"{settings().public_url.rstrip('/')}/sift"


def way_to_naming() -> str:
    """The administrators' page of campaigns that no recruiter can sign in to any more."""
    return url_for("admin.without_recruiter")


def way_to_report(entry_id: UUID, until: date) -> str:
    """The analyst's page of what a group is due for the period that ends on a day."""
    return url_for("analyst.due", entry_id=entry_id, until=until.isoformat())


def where_to_ask(campaign_id: UUID) -> str:
    """The public site's page on which candidates ask about the letter they got."""
    return f"{settings().public_url.rstrip('/')}/campaigns/{campaign_id}/application/questions"


def way_to_right(right_id: UUID, is_to_decide: bool) -> str:
    return url_for("admin.right", right_id=right_id) if is_to_decide else url_for("admin.rights")
