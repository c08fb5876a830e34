"""Adjustments by reference."""

from __future__ import annotations

from sqlalchemy import func, select

from recruitment.rules.campaigns import CampaignState
from recruitment.store.trail import TrailEvent


def events(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return session.scalar(select(func.count()).where(TrailEvent.chain_id == campaign))


def test_adjustments_open_only_on_the_button_and_with_a_record(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=12)
    client, path = as_staff("recruiter"), f"/campaigns/{campaign}/adjustments"
    before = events(world, campaign)
    page = client.get(path).text
    assert "Opening the adjustments is recorded" in page
    assert events(world, campaign) == before
    assert '<table class="govuk-table">' not in page
    assert '<table class="govuk-table">' in client.post(path).text
    assert events(world, campaign) == before + 1
