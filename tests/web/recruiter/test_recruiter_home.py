"""The start page of the staff site."""

from __future__ import annotations

import pytest
from flask import url_for

from recruitment.rules.campaigns import CampaignState


@pytest.mark.parametrize(
    ("part", "state", "words"),
    [
        ("recruiter", CampaignState.DRAFT, "Prepare the campaign"),
        ("recruiter", CampaignState.SCORED, "Draw the interview line"),
        ("member", CampaignState.OPEN, "with passages to clear"),
        ("shortlister_two", CampaignState.REVEALED, "interviews to score"),
        ("analyst", CampaignState.TALLIED, "Funnel to release"),
        ("auditor", CampaignState.OPEN, "Read the trail"),
        ("analyst", CampaignState.OPEN, "Nothing at the moment"),
    ],
)
def test_everybody_sees_what_waits_for_them(world, as_staff, part, state, words):
    world.campaign(until=state, applications=8)
    assert words in as_staff(part).get("/").text


def test_the_second_person_sees_that_the_reveal_waits(world, as_staff):
    campaign = world.campaign(until=CampaignState.FROZEN, applications=8)
    assert "The reveal waits" not in as_staff("deputy").get("/").text
    as_staff("recruiter").post(f"/campaigns/{campaign}/shortlist/reveal")
    page = as_staff("deputy").get("/").text
    assert "The reveal waits for your agreement" in page
    with world.staff_app.test_request_context():
        assert f'href="{url_for("panel.reveal", campaign_id=campaign)}"' in page


def test_somebody_who_only_shortlists_is_sent_to_the_scoring_site(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING)
    page = as_staff("shortlister_three").get("/").text
    assert f'href="{world.config.public_url}/sift"' in page
    assert f"/campaigns/{campaign}" not in page


def test_somebody_without_a_role_reads_what_to_do(world, as_staff):
    page = as_staff("shortlister_three").get("/").text
    assert "You have no role in a campaign yet." in page
    assert "/campaigns/new" in page


@pytest.mark.parametrize(
    ("part", "is_offered"),
    [("recruiter", True), ("auditor", False), ("analyst", False), ("shortlister_one", False)],
)
def test_a_new_campaign_is_offered_to_recruiters_and_not_to_those_who_watch_or_score(
    world, as_staff, part, is_offered
):
    world.campaign(until=CampaignState.OPEN)
    assert ("/campaigns/new" in as_staff(part).get("/").text) is is_offered


def test_nobody_comes_in_unsigned(world):
    assert world.staff_client().get("/").status_code == 302
