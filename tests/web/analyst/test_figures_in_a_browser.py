"""What an analyst does with figures, in a real browser."""

from __future__ import annotations

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services.worker import run_due_jobs
from tests.support.browsers import Browsers
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER


@pytest.fixture
def browsers(world, open_context):
    with serving(world.staff_app) as address:
        found = Browsers(world, address, open_context)
        yield found
        found.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_an_analyst_publishes_a_year_and_two_characteristics_of_it_together(world, browsers, width):
    world.campaign(until=CampaignState.TALLIED, applications=90)
    world.clock.advance(days=366)
    analyst = browsers.visit("analyst", "/publications/new", width=width)
    analyst.get_by_label("The year to").check()
    browsers.press(analyst, "Publish the figures")
    run_due_jobs(world.staff_desk, None)
    browsers.follow(analyst, "Look again")
    browsers.follow(analyst, "Ask for two characteristics together")
    browsers.press(analyst, "Ask for these figures")
    assert analyst.get_by_role("link", name="Select two characteristics").is_visible()
    analyst.get_by_label("Ethnic group and sex together").check()
    browsers.press(analyst, "Ask for these figures")
    assert "Being worked out since" in analyst.locator("main").inner_text()
    run_due_jobs(world.staff_desk, None)
    analyst.reload()
    browsers.check(analyst)
    browsers.follow(analyst, "Ethnic group and sex together")
    shown = analyst.get_by_role("region", name="Ethnic group and sex together").inner_text()
    assert "White; Female" in shown
    assert "Gave both answers" in shown
    assert "Prefer not to say; Female" not in shown


@pytest.mark.parametrize("width", [1280, 320])
def test_a_reserve_is_asked_for_and_agreed_to(world, browsers, width):
    campaign = world.campaign(until=CampaignState.TALLIED, applications=30)
    recruiter = browsers.visit("recruiter", f"/campaigns/{campaign}", width=width)
    browsers.follow(recruiter, "Reserve list")
    recruiter.locator("input[name=application]").last.check()
    recruiter.get_by_label("Why is a reserve called up?").fill("A further post of the same kind.")
    browsers.press(recruiter, "Ask for the appointment")
    assert "Say why those placed higher are not called" in recruiter.locator("main").inner_text()
    assert (
        recruiter.get_by_label("Why is a reserve called up?").input_value() == "A further post of the same kind."
    )
    recruiter.get_by_label("Why are those placed higher not called?").fill("They took other posts.")
    browsers.press(recruiter, "Ask for the appointment")
    chair = browsers.visit("shortlister_one", f"/campaigns/{campaign}/interviews", width=width)
    browsers.follow(chair, "Reserve list")
    assert "They took other posts." in chair.locator("main").inner_text()
    browsers.press(chair, "Agree to the appointment")
    assert "appointed to" in chair.locator("main").inner_text()
    recruiter.reload()
    browsers.check(recruiter)
    assert "Appointed from the list" in recruiter.locator("main").inner_text()


@pytest.mark.parametrize("width", [1280, 320])
def test_the_end_of_the_year_and_what_figures_are_told_by_are_set(world, browsers, width):
    campaign = world.campaign(until=CampaignState.DRAFT)
    administrator = browsers.visit("recruiter", "/reporting-year", width=width)
    administrator.get_by_label("30 June").check()
    browsers.press(administrator, "Save", exact=True)
    recruiter = browsers.visit("recruiter", f"/campaigns/{campaign}/details", width=width)
    recruiter.get_by_label("Profession").fill("Operational delivery")
    browsers.press(recruiter, "Save the details")
    recruiter = browsers.visit("recruiter", "/campaigns/new", width=width)
    assert "Used before: Operational delivery" in recruiter.locator("main").inner_text()
