"""The page on which a campaign is copied."""

from __future__ import annotations

import re

from recruitment.rules.campaigns import CampaignState
from recruitment.store.campaigns import Campaign

DATES = {
    "opens_on-day": "7", "opens_on-month": "12", "opens_on-year": "2026", "opens_time": "9am",
    "closes_on-day": "4", "closes_on-month": "1", "closes_on-year": "2027", "closes_time": "11:59pm",
}  # fmt: skip


def test_one_page_asks_title_and_dates_and_who_comes_along(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=2)
    client = as_staff("recruiter")
    assert f"/campaigns/{campaign}/copy" in client.get(f"/campaigns/{campaign}").text
    page = client.get(f"/campaigns/{campaign}/copy").text
    assert 'value="Casework officer"' in page
    ticks = re.findall(r'name="carried"[^>]*value="([^"]*)"', page)
    assert ticks
    assert " checked" not in page
    answer = client.post(f"/campaigns/{campaign}/copy", data=DATES | {"title": "New post", "carried": ticks})
    assert answer.status_code == 303
    made = client.get(answer.location).text
    assert "The copy is made, as a draft." in made
    assert "New post" in made
    assert "Being prepared" in made
    assert str(campaign) not in answer.location


def test_directorate_grade_and_profession_come_along(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=2)
    with world.staff_desk.sessions.writing() as session:
        row = session.get_one(Campaign, campaign)
        row.directorate, row.panel_grade, row.profession = "Custody", "Band 3", "Policy"
    client = as_staff("recruiter")
    copied = client.post(f"/campaigns/{campaign}/copy", data=DATES | {"title": "New post"}).location
    page = client.get(f"{copied}/details").text
    assert all(f'value="{words}"' in page for words in ("Custody", "Band 3", "Policy"))


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_stays(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=2)
    client = as_staff("recruiter")
    wrong = DATES | {"title": "New post", "closes_on-year": "2025"}
    answer = client.post(f"/campaigns/{campaign}/copy", data=wrong)
    assert answer.status_code == 400
    assert 'href="#closes_on' in answer.text
    assert 'value="New post"' in answer.text
    answer = client.post(f"/campaigns/{campaign}/copy", data=DATES | {"title": "New post", "carried": "admin x"})
    assert answer.status_code == 400
    assert "New post" not in client.get("/").text


def test_a_campaign_long_over_is_copied_from_the_list_of_the_finished(world, as_staff):
    campaign = world.campaign(until=CampaignState.TALLIED, applications=8)
    assert f'href="/campaigns/{campaign}/copy"' in as_staff("recruiter").get("/?list=finished").text
    assert f'href="/campaigns/{campaign}/copy"' not in as_staff("analyst").get("/?list=finished").text
