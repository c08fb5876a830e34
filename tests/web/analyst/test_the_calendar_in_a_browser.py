"""The governance calendar in a real browser: from the usual groups to a report that is marked as given."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from recruitment.commands.sample.calendar import make_sample_calendar
from recruitment.commands.sample.plans import make_sample_plans
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.equality_delivery import OUTCOMES
from recruitment.services.equality_delivery import score_outcome
from tests.support.browsers import Browsers
from tests.support.served import IN_A_BROWSER, serving
from tests.support.yearly_figures import counts_of, publish_year

pytestmark = IN_A_BROWSER


@pytest.fixture
def browsers(world, open_context):
    with serving(world.staff_app) as address:
        found = Browsers(world, address, open_context)
        yield found
        found.close()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_report_is_made_with_one_click_read_and_marked_as_given(world, browsers, width):
    world.campaign(until=CampaignState.OPEN, applications=0)
    desk, analyst = world.staff_desk, world.people["analyst"]
    with desk.sessions.writing() as session:
        publish_year(session, world.organisation_id, analyst, 2025, counts_of(400, 1))
    make_sample_plans(desk, world.actor("recruiter"))
    page = browsers.visit("analyst", "/calendar", width)
    browsers.follow(page, "Groups, and what each gets")
    page.get_by_label("Name of the group").fill("Staff networks")
    page.get_by_label("Staff network", exact=True).check()
    browsers.press(page, "Add the group")
    browsers.follow(page, "Staff networks")
    page.get_by_label("What does the group get?").fill("Yearly letter")
    page.get_by_label("Once a year, for the reporting year").check()
    page.get_by_label("Due on the last working day of").select_option(label="September")
    browsers.press(page, "Add it to the calendar")
    browsers.visit("analyst", "/calendar", width)
    page.get_by_text("Due now").wait_for()
    browsers.press(page, "Make the report", exact=False)
    page.get_by_text("About 400 people applied").wait_for()
    page.get_by_text("Mark it as given").click()
    browsers.check(page)
    browsers.press(page, "Mark as given")
    page.get_by_text("Given on").wait_for()
    browsers.visit("analyst", "/calendar", width)
    assert page.get_by_text("Due now").count() == 0


@pytest.mark.parametrize("width", [1280, 320])
def test_the_calendar_of_five_groups_is_read_at_a_glance(world, browsers, width):
    desk, actor = world.staff_desk, world.actor("recruiter")
    make_sample_plans(desk, actor)
    make_sample_calendar(desk, actor)
    world.clock.now = world.clock.now.replace(month=11)
    assert world.clock.now.date() == date(2026, 11, 1)
    page = browsers.visit("recruiter", "/calendar", width)
    assert page.get_by_text("Overdue").first.is_visible()
    browsers.follow(page, "Race action plan, each quarter")
    page.get_by_text("The group does not get it this time").click()
    browsers.check(page)


@pytest.mark.parametrize("width", [1280, 320])
def test_in_a_browser_one_outcome_after_another_is_scored(world, browsers, width):
    with world.staff_desk.sessions.writing() as session:
        publish_year(session, world.organisation_id, world.people["recruiter"], 2025, counts_of(400, 1))
    page = browsers.visit("recruiter", "/equality-delivery", width)
    browsers.press(page, "Begin this year’s sheet")
    browsers.follow(page, "Score the next outcome")
    page.get_by_label("2: Achieving activity").check()
    page.get_by_label("What does it rest on?").fill("Seen in three services.")
    page.get_by_label("The year to 31 March").check()
    browsers.press(page, "Save")
    page.get_by_text("10 outcomes still to score.").wait_for()
    sheet_id = UUID(page.url.rsplit("/", 1)[1])
    with world.staff_desk.sessions.writing() as session:
        for outcome in OUTCOMES:
            score_outcome(
                session, actor=world.actor("recruiter"), desk=world.staff_desk, sheet_id=sheet_id,
                outcome=outcome.key, score=2, grounds="Seen in three services.",
            )  # fmt: skip
    page.reload()
    browsers.check(page)
    page.get_by_label("To whom was it given?").fill("Board")
    browsers.press(page, "Mark as given")
    page.get_by_text("Given to Board").wait_for()
