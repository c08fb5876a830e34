"""A recruiter with forty campaigns, two of them in trouble, copies one and opens it, in a real browser."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from recruitment.rules.campaigns import CampaignKind, CampaignState
from recruitment.services.campaign_copies import copy_campaign, list_colleagues_to_carry
from recruitment.services.campaigns import open_campaign
from recruitment.store.campaigns import Campaign
from tests.support.axe import violations, width_of
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
TITLES = ("Staff nurse", "Finance officer", "Planning officer", "Data analyst", "Care coordinator", "Estates lead",
          "Legal adviser", "Housing officer", "Ward manager", "Policy adviser")  # fmt: skip


@pytest.fixture
def arrive(world, open_context):
    with serving(world.staff_app) as address:

        def open_page(width):
            client = world.staff_client()
            world.sign_in(client, "recruiter")
            cookie = client.get_cookie("recruitment-staff")
            context = open_context(viewport={"width": width, "height": 900}, java_script_enabled=True)
            context.add_cookies([{"name": "recruitment-staff", "value": cookie.value, "url": address}])
            page = context.new_page()
            page.goto(address)
            return page

        yield open_page


def look(page, name):
    """Keep a picture where a person asked for them, and let axe look at the page."""
    folder = os.environ.get("RECRUITMENT_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)
    assert width_of(page) <= page.viewport_size["width"]
    assert [each["id"] for each in violations(page)] == []


def forty(world):
    """Forty running campaigns: one in its sift, one with answers to clear, the others from one plan."""
    sifting, opened = world.campaigns(
        {"until": CampaignState.SIFTING, "applications": 4},
        {"until": CampaignState.OPEN, "applications": 4, "title": "Enquiries assistant"},
    )
    desk, actor, now = world.staff_desk, world.actor("recruiter"), world.clock.now
    with desk.sessions.reading() as session:
        people = list_colleagues_to_carry(session, actor=actor, campaign_id=opened)
    made = []
    with desk.sessions.writing() as session:
        for place in range(38):
            title = f"{TITLES[place % len(TITLES)]}, {('north', 'south', 'coast', 'city')[place // len(TITLES)]}"
            copied = copy_campaign(
                session, actor=actor, desk=desk, campaign_id=opened, title=title,
                opens_at=now + timedelta(days=place % 9 + 1), closes_at=now + timedelta(days=20 + place),
                carried=[(one.id, one.role) for one in people],
            )  # fmt: skip
            made.append(copied)
            if place % 3:
                open_campaign(session, actor=actor, desk=desk, campaign_id=copied)
        session.flush()
        # The two in trouble: one never opened, one closed long ago.
        session.get_one(Campaign, made[0]).opens_at = now - timedelta(days=3)
        session.get_one(Campaign, made[1]).opens_at = now - timedelta(days=40)
        session.get_one(Campaign, made[1]).closes_at = now - timedelta(days=12)
        session.get_one(Campaign, made[4]).kind = CampaignKind.SECONDMENT
        session.get_one(Campaign, sifting).interviews_from = now.date() + timedelta(days=20)


@pytest.mark.parametrize("width", [1280, 320])
def test_from_forty_campaigns_to_a_copy_that_is_open(world, arrive, width):
    forty(world)
    page = arrive(width)
    look(page, "first-screen")
    assert page.locator(".site-rows--dense tbody tr").count() == 40
    assert "2 campaigns in trouble" in page.locator("main").inner_text()
    assert page.locator(".site-rows--dense .govuk-tag--red").count() == 2
    if width == 1280:
        # At a glance: two screens of an ordinary window are the whole table.
        assert page.locator(".site-rows--dense").bounding_box()["height"] <= 2_000

    page.get_by_label("Words of the title").fill("officer city")
    page.get_by_label("Stage").select_option(label="Open for applications")
    page.get_by_role("button", name="Show").click()
    assert "words=officer+city" in page.url
    assert "stage=open" in page.url
    look(page, "filtered")
    page.reload()
    assert page.get_by_label("Words of the title").input_value() == "officer city"
    page.locator(".site-rows--dense tbody a").first.click()
    page.get_by_role("link", name="Copy this campaign").click()
    look(page, "copy")
    page.get_by_label("Title").fill("Records officer")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Make the copy").click()
    assert page.locator("h1").inner_text() == "Records officer"
    look(page, "copied")
    campaign = page.url
    page.goto(f"{campaign}/advert-check")
    for button in page.get_by_role("button").filter(has_text="looked").all():
        button.click()
    page.goto(f"{campaign}/open")
    look(page, "open")
    page.locator("main form button").last.click()
    assert "Open for applications" in page.locator("main").inner_text()
    page.goto(campaign.partition("/campaigns")[0])
    assert "Records officer" in page.locator(".site-rows--dense").inner_text()
