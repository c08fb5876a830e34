"""The start page of the staff site: one's campaigns, and what waits in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, url_for

from recruitment.rules.campaigns import STATE_TITLES, CampaignState, has_reached
from recruitment.rules.permissions import PANEL_ROLES, ROLE_TITLES, Permission, Role, permissions_of
from recruitment.services.waiting import OwnCampaign, list_own_campaigns
from recruitment.web.access import Audience, allow, reading, roles_here
from recruitment.web.filters import counted
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.links import way_to, way_to_scoring
from recruitment.web.site import acting, staff_desk

# What a recruiter does next in each state: words, and the page.
_RECRUITER = {
    CampaignState.DRAFT: ("Prepare the campaign", "recruiter.campaign"),
    CampaignState.OPEN: ("Applications are open", "recruiter.campaign"),
    CampaignState.SIFTING: ("See the scores and moderation", "recruiter.sift"),
    CampaignState.SCORED: ("Draw the interview line", "recruiter.ranking"),
    CampaignState.LINE_SET: ("Resolve Disability Confident and freeze", "recruiter.shortlist"),
    CampaignState.FROZEN: ("Ask for the reveal", "recruiter.shortlist"),
    CampaignState.REVEALED: ("Invite candidates to interview", "recruiter.shortlist"),
    CampaignState.DECIDED: ("Nothing: equality answers are being tallied", ""),
    CampaignState.TALLIED: ("Nothing: the analyst releases the funnel", ""),
    CampaignState.RELEASED: ("Nothing: the funnel is released", ""),
}


@dataclass(frozen=True)
class Waiting:
    """One short line, with the page where it is done (empty where there is nothing to do)."""

    words: str
    href: str = ""


@dataclass(frozen=True)
class OwnRow:
    campaign: OwnCampaign
    stage: str
    roles: str
    waiting: tuple[Waiting, ...]
    has_page: bool


@recruiter.get("/")
@allow(Audience.STAFF)
def home() -> str:
    now = staff_desk().now
    own = list_own_campaigns(reading(), actor=acting())
    return render_template(
        "recruiter/home/home.html",
        rows=[_row(campaign, now) for campaign in own],
        scoring=way_to_scoring(),
        offers_new=_is_offered_new(own),
    )


def _is_offered_new(own: list[OwnCampaign]) -> bool:
    """Whoever only watches or scores would take the button for a part of their work."""
    held = roles_here().union(*(campaign.roles for campaign in own))
    return not held or bool(held & {Role.ADMINISTRATOR, Role.RECRUITER})


def _row(campaign: OwnCampaign, now: datetime) -> OwnRow:
    roles = campaign.roles
    stage = STATE_TITLES[campaign.state]
    if campaign.state is CampaignState.OPEN and now >= campaign.closes_at:
        stage = "Closed for applications"
    titles = ", ".join(ROLE_TITLES[role] for role in Role if role in roles)
    found = (
        _as_recruiter(campaign, now),
        _as_clearer(campaign),
        _as_second_reader(campaign),
        _as_second(campaign),
        *_on_panel(campaign),
        *_as_watcher(campaign),
        _as_shortlister(campaign),
    )
    waiting = tuple(one for one in found if one) or (Waiting("Nothing at the moment"),)
    has_page = Permission.SEE_CAMPAIGN in permissions_of(roles)
    return OwnRow(campaign, stage, titles, waiting, has_page)


def _to_clear(campaign: OwnCampaign) -> Waiting:
    words = f"{counted(campaign.to_clear, 'answer')} with passages to clear"
    return Waiting(words, url_for("recruiter.clearance_queue", campaign=campaign.id))


def _as_recruiter(campaign: OwnCampaign, now: datetime) -> Waiting | None:
    if Role.RECRUITER not in campaign.roles:
        return None
    if campaign.state is CampaignState.OPEN and now >= campaign.closes_at:
        if campaign.to_clear:
            return _to_clear(campaign)
        return Waiting("Open the sift", url_for("recruiter.sift", campaign_id=campaign.id))
    if campaign.state is CampaignState.OPEN and campaign.to_clear:
        return _to_clear(campaign)
    if campaign.state is CampaignState.FROZEN and campaign.is_reveal_asked:
        return Waiting("Nothing: the second person must agree to the reveal")
    words, endpoint = _RECRUITER[campaign.state]
    return Waiting(words, url_for(endpoint, campaign_id=campaign.id) if endpoint else "")


def _as_clearer(campaign: OwnCampaign) -> Waiting | None:
    is_clearer = Role.CLEARER in campaign.roles and Role.RECRUITER not in campaign.roles
    return _to_clear(campaign) if is_clearer and campaign.to_clear else None


def _as_second_reader(campaign: OwnCampaign) -> Waiting | None:
    if not campaign.to_look:
        return None
    words = f"{counted(campaign.to_look, 'text')} for the second look"
    return Waiting(words, url_for("recruiter.second_look", campaign_id=campaign.id))


def _as_second(campaign: OwnCampaign) -> Waiting | None:
    may_agree = bool(campaign.roles & {Role.PANEL_CHAIR, Role.DEPUTY}) and not campaign.asked_reveal_myself
    if campaign.state is not CampaignState.FROZEN or not campaign.is_reveal_asked or not may_agree:
        return None
    return Waiting("The reveal waits for your agreement", way_to("agreement", campaign.id))


def _on_panel(campaign: OwnCampaign) -> list[Waiting]:
    if campaign.state is not CampaignState.REVEALED or not campaign.roles & PANEL_ROLES:
        return []
    found = []
    if campaign.to_interview:
        words = f"{counted(campaign.to_interview, 'interview')} to score"
        found.append(Waiting(words, way_to("interviews", campaign.id)))
    if Role.PANEL_CHAIR in campaign.roles and not campaign.to_interview:
        found.append(Waiting("Outcomes to decide", way_to("outcomes", campaign.id)))
    return found


def _as_watcher(campaign: OwnCampaign) -> list[Waiting]:
    found = []
    if Role.ANALYST in campaign.roles and campaign.state is CampaignState.TALLIED:
        found.append(Waiting("Funnel to release", way_to("release", campaign.id)))
    elif Role.ANALYST in campaign.roles and campaign.state is CampaignState.RELEASED:
        found.append(Waiting("See the released funnel", way_to("release", campaign.id)))
    if Role.AUDITOR in campaign.roles:
        found.append(Waiting("Read the trail", way_to("trail", campaign.id)))
    return found


def _as_shortlister(campaign: OwnCampaign) -> Waiting | None:
    if Role.SHORTLISTER not in campaign.roles or has_reached(campaign.state, CampaignState.SCORED):
        return None
    if campaign.state is CampaignState.SIFTING:
        return Waiting("Score answers on the scoring site", way_to_scoring())
    return None
