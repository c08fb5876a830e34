"""Why a campaign is late and what it would get stuck on, with ways to the pages where somebody goes on."""

from __future__ import annotations

from flask import url_for

from recruitment.rules import waiting
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.dead_ends import DeadEnd, Position, WayOn, dead_ends, without_recruiter
from recruitment.rules.delays import why_late
from recruitment.web.recruiter.steps import Standing

_PAGES = {
    WayOn.PEOPLE: ("recruiter.people", "People"),
    WayOn.OUTSIDE_SCORERS: ("recruiter.outside_scorers", "Outside scorers"),
    WayOn.CLOSING_TIMES: ("recruiter.closing_times", "Closing times"),
    WayOn.CLOSE: ("recruiter.close", "Close without an appointment"),
    WayOn.CLEARANCE: ("recruiter.clearance", "Clear passages"),
    WayOn.REQUIREMENTS: ("recruiter.eligibility", "Check requirements"),
}


def stuck_at(standing: Standing) -> tuple[tuple[DeadEnd, tuple[tuple[str, str], ...]], ...]:
    """Each dead end with (address, title) of its ways on. Who is no recruiter reads of one thing alone."""
    counts, facts = standing.counts, standing.facts
    if standing.plan is None:
        is_over = facts.closed_at is not None
        return tuple((found, ()) for found in without_recruiter(counts.recruiters) if not is_over)
    at = Position(
        state=facts.state,
        is_closed=standing.is_closed,
        applications=counts.applications,
        wanted=facts.shortlisters_per_answer,
        shortlisters=counts.shortlisters,
        recruiters=counts.recruiters,
        seconds=counts.seconds,
        chairs=counts.chairs,
        to_clear=standing.to_clear,
        to_check=counts.to_check,
        leads=counts.leads,
        analysts=counts.analysts,
    )
    return tuple((found, tuple(_way(one, standing) for one in found.ways)) for found in dead_ends(at))


def late_at(standing: Standing) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Why the campaign is in trouble by its dates, as the first screen says it; (address, title) of ways on."""
    facts = standing.facts
    at = waiting.Standing(
        facts.state,
        facts.opens_at,
        facts.closes_at,
        facts.interviews_from,
        facts.interviews_until,
        frozenset(),
    )
    late = why_late(at, standing.now)
    if not late:
        return "", ()
    pages = [("recruiter.panel_details", "Move the interviews")]
    if facts.state is CampaignState.DRAFT:
        pages = [("recruiter.open_page", "Open it now"), ("recruiter.details", "Change its dates")]
    elif facts.state is CampaignState.OPEN:
        is_past = facts.interviews_from is not None and facts.interviews_from <= standing.now.date()
        clear = [("recruiter.clearance", "Clear passages")] if standing.to_clear else []
        pages = [*clear, ("recruiter.sift", "Open the sift"), *(pages if is_past else ())]
    return late, tuple((url_for(endpoint, campaign_id=facts.id), title) for endpoint, title in pages)


def _way(way: WayOn, standing: Standing) -> tuple[str, str]:
    endpoint, title = _PAGES[way]
    return url_for(endpoint, campaign_id=standing.facts.id), title
