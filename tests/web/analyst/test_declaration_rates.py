"""Declaration rates and drives to raise them, in a browser: on a desk and at 320 pixels."""

from __future__ import annotations

import pytest

from tests.services.test_declaration_drives import WHY, release
from tests.support.browsers import Browsers
from tests.support.question_sets import choose
from tests.support.served import IN_A_BROWSER, serving
from tests.web.panel.test_a_panel_in_a_browser import fill_date

pytestmark = IN_A_BROWSER


@pytest.fixture
def people(world, open_context):
    with serving(world.staff_app) as address:
        browsers = Browsers(world, address, open_context)
        yield browsers
        browsers.close()


def test_an_analyst_records_a_drive_and_reads_the_figures_before_and_afterwards(world, people):
    page = people.visit("recruiter", "/declaration-rates")
    assert "Nothing is published yet." in page.locator("main").inner_text()
    release(world, "Before", {"sex": "female"}, {}, {}, {"sex": "male"})
    version = choose(world, {"sex": WHY}, caring="standard")
    page = people.visit("analyst", "/declaration-rates", width=320)
    assert "50 % (20 of 40;" in page.locator("main").inner_text()
    people.follow(page, "Sex")
    assert "govuk-2022-en-1" in page.locator("main").inner_text()
    people.follow(page, "Drives to raise them")
    people.follow(page, "Begin a drive")
    people.press(page, "Begin")
    assert "Select at least one question" in page.locator("main").inner_text()
    page.get_by_label("Name of the drive").fill("More answers on sex")
    page.get_by_label("What is it for?").fill("Half left it blank.")
    page.get_by_label("Sex", exact=True).check()
    page.get_by_label("Which version of the equality questions is tried?").select_option(str(version))
    today = world.clock.now.date()
    fill_date(page, "First day", today)
    fill_date(page, "Last day", today)
    people.press(page, "Begin")
    assert WHY in page.locator("main").inner_text()
    release(world, "After", {"sex": "female"}, {"sex": "male"})
    page.reload()
    for label, title in (("Published figures before", "Before ("), ("Published figures afterwards", "After (")):
        field = page.get_by_label(label)
        value = field.locator("option").filter(has_text=title).get_attribute("value")
        field.select_option(value)
    page.get_by_label("What do you conclude?").fill("We keep the text and look again in a year.")
    people.press(page, "Keep")
    said = page.locator("main").inner_text()
    assert "A larger share answered afterwards: +50 points" in said
    assert "This does not show what made the difference." in said
    desk = people.visit("recruiter", "/declaration-rates")
    people.follow(desk, "Unpaid care")
    assert "Too few to say" in desk.locator("main").inner_text() or "0 %" in desk.locator("main").inner_text()
