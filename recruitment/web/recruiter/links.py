"""Ways to the pages of other roles."""

from __future__ import annotations

from typing import Any

from flask import current_app, url_for

from recruitment.web.site import settings

# Role's page → endpoints of its blueprint, the most fitting first.
_PAGES = {
    "agreement": ("panel.reveal", "panel.agree_reveal", "panel.agree", "panel.home"),
    "interviews": ("panel.interviews", "panel.candidates", "panel.shortlist", "panel.home"),
    "outcomes": ("panel.outcomes", "panel.merit", "panel.interviews", "panel.home"),
    "release": ("analyst.release", "analyst.funnel", "analyst.campaign", "analyst.home"),
    "trail": ("auditor.trail", "auditor.campaign", "auditor.home"),
}


def way_to(page: str, campaign_id: Any) -> str:
    """The address of another role's page for the campaign, or empty where the site has none."""
    for endpoint in _PAGES[page]:
        for rule in current_app.url_map.iter_rules():
            if rule.endpoint == endpoint and "GET" in (rule.methods or ()):
                if rule.arguments == {"campaign_id"}:
                    return url_for(endpoint, campaign_id=campaign_id)
                if not rule.arguments:
                    return url_for(endpoint)
    return ""


def way_to_scoring() -> str:
    """The public site's start page: shortlisters score there, where nothing can be opened."""
    return settings().public_url
