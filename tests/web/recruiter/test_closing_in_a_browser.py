"""A campaign's close and an action's life in a real browser, on a wide screen and on a phone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from recruitment.rules.campaigns import CampaignState
from tests.support.browsers import Browsers
from tests.support.quality import adopt_periods, clean_campaign, tell_everybody
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER


@pytest.fixture
def browsers(world, open_context):
    with serving(world.staff_app) as address:
        found = Browsers(world, address, open_context)
        yield found
        found.close()


def choose(page, words, choice):
    page.get_by_role("group", name=words).get_by_label(choice, exact=True).check()


def main_of(page):
    return page.locator("main").inner_text()


def test_a_clean_campaign_is_closed_with_few_presses(world, browsers):
    """Two minutes: a person reads one page, chooses once, saves and signs."""
    clean_campaign(world)
    page = browsers.visit("recruiter", "/")
    browsers.follow(page, "Close the campaign with its checklist")
    assert "1 item open" in main_of(page)
    choose(page, "What needs to change", "Yes")
    browsers.press(page, "Save")
    browsers.press(page, "Sign and close the campaign")
    assert "Signed by Helen Marsh" in main_of(page)
    page = browsers.visit("recruiter", "/")
    assert "Close the campaign" not in main_of(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_what_is_open_is_mended_or_signed_as_an_exception_before_the_close(world, browsers, width):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=12)
    adopt_periods(world)
    tell_everybody(world, campaign_id)
    page = browsers.visit("recruiter", f"/campaigns/{campaign_id}/quality", width)
    assert "Nobody opened the adjustments that were asked for." in main_of(page)
    browsers.follow(page, "Mend it: Adjustments")
    browsers.press(page, "Open the adjustments")
    for group in page.get_by_role("group", name="What is agreed?").all():
        group.get_by_label("Agreed as asked").check()
    for group in page.get_by_role("group", name="Was it made?").all():
        group.get_by_label("Made", exact=True).check()
    browsers.press(page, "Save")
    page = browsers.visit("recruiter", f"/campaigns/{campaign_id}/quality")
    assert "all that were agreed were made" in main_of(page)

    choose(page, "The advert and the questions were checked", "I sign an exception")
    browsers.press(page, "Save")
    assert "Give the reason." in main_of(page)
    page.locator("#note_advert").fill("It was checked on paper by two of us.")
    choose(page, "What needs to change", "Yes")
    browsers.press(page, "Save")
    browsers.press(page, "Sign and close the campaign")
    assert "It was checked on paper by two of us." in main_of(page)


def test_an_action_lives_from_the_checklist_to_its_evidence(world, browsers):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=12)
    for title in ("Race action plan", "Disability action plan"):
        page = browsers.visit("recruiter", "/plans")
        page.get_by_label("Title of the plan").fill(title)
        browsers.press(page, "Make the plan")
    page = browsers.visit("recruiter", f"/campaigns/{campaign_id}/quality")
    browsers.follow(page, "Make an action: The advert")
    browsers.follow(page, "Disability action plan")
    due = world.clock.now.date() + timedelta(days=30)
    page.get_by_label("What is to be done?").fill("Check the advert before it opens")
    page.get_by_label("Who leads?").fill("Head of recruitment")
    for part, value in (("Day", due.day), ("Month", due.month), ("Year", due.year)):
        page.get_by_label(part, exact=True).fill(str(value))
    browsers.press(page, "Save")
    assert "Check the advert before it opens" in main_of(page)

    # The next campaign begins with it, and once it is late it waits on the first screen.
    draft = world.campaign(until=CampaignState.DRAFT, title="Next post", seed=4)
    assert "Check the advert before it opens" in main_of(browsers.visit("recruiter", f"/campaigns/{draft}"))
    world.clock.advance(days=31)
    phone = browsers.visit("deputy", "/", width=320)
    assert "Check the advert" not in main_of(phone)
    browsers.renew("recruiter")
    page = browsers.visit("recruiter", "/")
    browsers.follow(page, "Check the advert before it opens")
    page.get_by_label("Completed").check()
    browsers.press(page, "Save")
    assert "Say what shows that it is done." in main_of(page)
    page.locator("#evidence").fill("The checks of the last three campaigns.")
    browsers.press(page, "Save")
    assert "Completed" in main_of(page)
    assert "Check the advert" not in main_of(browsers.visit("recruiter", "/"))
