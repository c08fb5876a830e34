"""Disability Confident, the freeze, asking for the reveal, and the names after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, request

from recruitment.rules.applications import WORKING_PATTERNS
from recruitment.rules.campaigns import CampaignState, has_reached, require_state
from recruitment.rules.errors import Stale, TooLate
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import CampaignFacts, read_facts
from recruitment.services.closings import was_closed_without_appointment
from recruitment.services.reveals import ask_reveal, count_places, read_names
from recruitment.services.shortlists import Resolution, freeze_shortlist, resolve_disability_confident
from recruitment.services.wishes import read_wishes
from recruitment.web.access import allow, reading, writing
from recruitment.web.recruiter import recruiter
from recruitment.web.saving import saved
from recruitment.web.site import acting, staff_desk


def _facts(campaign_id: UUID) -> CampaignFacts:
    return read_facts(reading(), actor=acting(), campaign_id=campaign_id, permission=Permission.FREEZE_SHORTLIST)


@recruiter.get("/campaigns/<uuid:campaign_id>/shortlist")
@allow(Permission.FREEZE_SHORTLIST)
def shortlist(campaign_id: UUID) -> str:
    facts = _facts(campaign_id)
    after_line = [state for state in CampaignState if has_reached(state, CampaignState.LINE_SET)]
    require_state(facts.state, *after_line, act="see the shortlist")
    if was_closed_without_appointment(reading(), campaign_id=campaign_id, state=facts.state):
        raise TooLate("This campaign was closed without an appointment. Nobody is on its shortlist.")
    if facts.state is CampaignState.LINE_SET:
        return render_template("recruiter/shortlists/start.html", facts=facts)
    return render_template(
        "recruiter/shortlists/frozen.html",
        facts=facts,
        places=count_places(reading(), actor=acting(), campaign_id=campaign_id),
        is_revealed=has_reached(facts.state, CampaignState.REVEALED),
    )


def _resolve(campaign_id: UUID) -> Resolution:
    return resolve_disability_confident(reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id)


@recruiter.post("/campaigns/<uuid:campaign_id>/shortlist/opt-ins")
@allow(Permission.SEE_REQUESTS)
def open_opt_ins(campaign_id: UUID) -> str:
    facts = _facts(campaign_id)
    resolution = _resolve(campaign_id)
    return render_template("recruiter/shortlists/resolution.html", facts=facts, resolution=resolution, stale="")


@recruiter.post("/campaigns/<uuid:campaign_id>/shortlist/freeze")
@allow(Permission.FREEZE_SHORTLIST)
def freeze(campaign_id: UUID) -> Any:
    resolution = _resolve(campaign_id)
    try:
        if resolution.digest.hex() != request.form.get("digest", ""):
            raise Stale("The applications changed since you looked (somebody withdrew). Look again, then freeze.")
        with writing() as session:
            freeze_shortlist(session, actor=acting(), desk=staff_desk(), resolution=resolution)
    except Stale as refusal:
        again, facts = _resolve(campaign_id), _facts(campaign_id)
        page = render_template(
            "recruiter/shortlists/resolution.html", facts=facts, resolution=again, stale=refusal.sentence
        )
        return page, 409
    return saved("The shortlist is frozen.", "recruiter.shortlist", campaign_id=campaign_id)


@recruiter.post("/campaigns/<uuid:campaign_id>/shortlist/reveal")
@allow(Permission.ASK_REVEAL)
def ask(campaign_id: UUID) -> Any:
    with writing() as session:
        ask_reveal(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    sentence = "The reveal is asked for. The panel chair or the named deputy must agree."
    return saved(sentence, "recruiter.shortlist", campaign_id=campaign_id)


@recruiter.post("/campaigns/<uuid:campaign_id>/shortlist/names")
@allow(Permission.FREEZE_SHORTLIST)
def names(campaign_id: UUID) -> str:
    facts = _facts(campaign_id)
    named = read_names(
        reading(), actor=acting(), desk=staff_desk(), campaign_id=campaign_id, ground="invitations to interview"
    )
    wishes = read_wishes(reading(), actor=acting(), campaign_id=campaign_id)
    return render_template(
        "recruiter/shortlists/names.html",
        facts=facts,
        named=named,
        wishes=wishes,
        patterns=dict(WORKING_PATTERNS),
    )
