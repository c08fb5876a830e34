"""The sift as a recruiter sees it: opened, covered, moderated, locked; never an answer or an application."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template

from recruitment.rules.campaigns import CampaignState, has_reached
from recruitment.rules.permissions import Permission
from recruitment.services.campaign_plans import read_counts, read_facts
from recruitment.services.clearance import count_waiting
from recruitment.services.closing_times import running_personal_closing
from recruitment.services.coverage import lock_scores, read_coverage
from recruitment.services.filling import fill_places
from recruitment.services.first_sift_results import read_lead_standing
from recruitment.services.first_sifts import read_first_sift
from recruitment.services.moderation import arrange_moderation
from recruitment.services.sift import open_sift
from recruitment.web.access import allow, reading, writing
from recruitment.web.filters import counted
from recruitment.web.recruiter import recruiter
from recruitment.web.recruiter.words import percentage
from recruitment.web.saving import saved
from recruitment.web.site import acting, staff_desk


@recruiter.get("/campaigns/<uuid:campaign_id>/sift")
@allow(Permission.SEE_COVERAGE)
def sift(campaign_id: UUID) -> str:
    session, actor = reading(), acting()
    facts = read_facts(session, actor=actor, campaign_id=campaign_id, permission=Permission.SEE_COVERAGE)
    now = staff_desk().now
    first = read_first_sift(session, actor=actor, campaign_id=campaign_id)
    if not has_reached(facts.state, CampaignState.SIFTING):
        return render_template(
            "recruiter/sift/start.html",
            facts=facts,
            counts=read_counts(session, campaign_id),
            waiting=count_waiting(session, campaign_id),
            is_open=facts.state is CampaignState.OPEN,
            is_closed=now >= facts.closes_at,
            last_personal=running_personal_closing(session, campaign_id, now),
            first_sift=first,
        )
    coverage = read_coverage(session, actor=actor, campaign_id=campaign_id)
    return render_template(
        "recruiter/sift/coverage.html",
        facts=facts,
        coverage=coverage,
        first_sift=first if first and first.was_held else None,
        lead=read_lead_standing(session, actor=actor, campaign_id=campaign_id) if first and first.still else None,
        is_sifting=facts.state is CampaignState.SIFTING,
        percentage=percentage,
    )


@recruiter.post("/campaigns/<uuid:campaign_id>/sift/open")
@allow(Permission.ARRANGE_SIFT)
def start_sift(campaign_id: UUID) -> Any:
    with writing() as session:
        open_sift(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return saved("The sift is open. Shortlisters can score.", "recruiter.sift", campaign_id=campaign_id)


@recruiter.post("/campaigns/<uuid:campaign_id>/sift/moderation")
@allow(Permission.ARRANGE_SIFT)
def moderate(campaign_id: UUID) -> Any:
    with writing() as session:
        number = arrange_moderation(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    sentence = f"{counted(number, 'score')} sent to moderation." if number else "No scores differ at the moment."
    return saved(sentence, "recruiter.sift", campaign_id=campaign_id)


@recruiter.post("/campaigns/<uuid:campaign_id>/sift/fill")
@allow(Permission.ARRANGE_SIFT)
def fill(campaign_id: UUID) -> Any:
    with writing() as session:
        filled, left = fill_places(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    sentence = f"{counted(filled, 'answer')} handed to another shortlister."
    if left:
        sentence += f" {counted(left, 'place')} still empty: add a shortlister who knows none of the candidates."
    return saved(sentence, "recruiter.sift", campaign_id=campaign_id)


@recruiter.post("/campaigns/<uuid:campaign_id>/sift/lock")
@allow(Permission.ARRANGE_SIFT)
def lock(campaign_id: UUID) -> Any:
    with writing() as session:
        lock_scores(session, actor=acting(), desk=staff_desk(), campaign_id=campaign_id)
    return saved(
        "The scores are locked. Now draw the interview line.", "recruiter.ranking", campaign_id=campaign_id
    )
