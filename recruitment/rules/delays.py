"""What holds a campaign up, and when it is late.

Only the week after closing is a measure of this system: no standard sets one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.waiting import Standing, counted

SIFT_OPENS_WITHIN = timedelta(days=7)  # after closing; then the campaign counts as late
_UK = ZoneInfo("Europe/London")
_BEFORE_REVEAL = (
    CampaignState.OPEN,
    CampaignState.SIFTING,
    CampaignState.SCORED,
    CampaignState.LINE_SET,
    CampaignState.FROZEN,
)
_HELD_BY_RECRUITER = {
    CampaignState.DRAFT: "Recruiter: to prepare",
    CampaignState.SCORED: "Recruiter: interview line",
    CampaignState.LINE_SET: "Recruiter: freeze",
}


def held_up_by(standing: Standing, now: datetime) -> str:
    """Who or what the campaign waits for, for those who arrange it; empty where nothing holds it up."""
    if standing.state in _HELD_BY_RECRUITER:
        return _HELD_BY_RECRUITER[standing.state]
    if standing.state is CampaignState.OPEN:
        if standing.to_clear:
            return f"Clearers: {counted(standing.to_clear, 'answer')}"
        if standing.to_check:
            return f"Recruiter: {counted(standing.to_check, 'application')} to check"
        return "Recruiter: sift to open" if standing.is_closed(now) else ""
    if standing.state is CampaignState.SIFTING:
        return _sift_held_up_by(standing)
    if standing.state is CampaignState.FROZEN:
        return "Panel chair or deputy: reveal" if standing.is_reveal_asked else "Recruiter: reveal to ask for"
    if standing.state is CampaignState.REVEALED:
        if standing.to_mark:
            return "Recruiter: marks of a test"
        if standing.to_book:
            return f"Recruiter: {counted(standing.to_book, 'interview')} to book"
        return "Panel: interviews and outcomes"
    if standing.state is CampaignState.TALLIED:
        return "Analyst: release"
    return "" if standing.has_signed_checklist else "Recruiter: checklist"


def _sift_held_up_by(standing: Standing) -> str:
    if standing.unfilled:
        return f"Recruiter: {counted(standing.unfilled, 'answer')} without a scorer, to hand over"
    if standing.to_settle:
        return f"Recruiter: first sift to close again, {counted(standing.to_settle, 'application')}"
    if not standing.is_scored:
        return f"Shortlisters: {counted(standing.scores_wanted - standing.scores_given, 'score')}"
    if standing.in_moderation:
        return f"Moderation: {counted(standing.in_moderation, 'score')}"
    if standing.to_check:
        return f"Recruiter: {counted(standing.to_check, 'application')} to check"
    if standing.to_look:
        return f"Second look: {counted(standing.to_look, 'text')}"
    return "Recruiter: first sift to close" if standing.in_first_sift else "Recruiter: scores to lock"


def sift_coverage(standing: Standing) -> int | None:
    """Whole per cent of the sift's scores that are given, rounded down; None before the sift and after it."""
    if standing.state is not CampaignState.SIFTING or not standing.scores_wanted:
        return None
    return standing.scores_given * 100 // standing.scores_wanted


def why_late(standing: Standing, now: datetime) -> str:
    """Why a campaign is in trouble by its own dates; empty where it is not."""
    today = now.astimezone(_UK).date()
    if standing.state is CampaignState.DRAFT and now >= standing.opens_at:
        return "the opening date has passed and it is not open"
    if standing.state in _BEFORE_REVEAL and standing.interviews_from and standing.interviews_from <= today:
        return "interviews should have begun and no names are revealed"
    if standing.is_closed(now) and now >= standing.closes_at + SIFT_OPENS_WITHIN:
        days = counted((now - standing.closes_at).days, "day")
        return f"it closed {days} ago and the sift is not open"
    until = standing.interviews_until
    if standing.state is CampaignState.REVEALED and until and until < today:
        return "interviews should be over and no outcomes are decided"
    return ""
