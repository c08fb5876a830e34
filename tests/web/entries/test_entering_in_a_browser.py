"""An application entered by telephone, and its letter posted, in a real browser; each page checked."""

from __future__ import annotations

import pytest

from recruitment.services.worker import run_due_jobs
from tests.support.browsers import Browsers
from tests.support.entering import add_colleague, begin
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER


@pytest.fixture
def browsers(world, open_context):
    with serving(world.staff_app) as address:
        found = Browsers(world, address, open_context)
        yield found
        found.close()


def main_of(page):
    return page.locator("main").inner_text()


@pytest.mark.parametrize("width", [1280, 320])
def test_a_colleague_types_what_a_candidate_says_and_posts_the_letter(world, opened, colleague, browsers, width):
    page = browsers.visit("colleague", "/", width)
    browsers.follow(page, "Enter an application for somebody")
    browsers.press(page, "Begin")
    assert "There is a problem" in main_of(page)
    page.get_by_label("Enquiries assistant").check()
    page.get_by_label("By telephone").check()
    page.get_by_label("No", exact=True).check()
    browsers.press(page, "Begin")
    assert "0 of" in main_of(page)

    browsers.follow(page, "Name")
    page.get_by_label("Full name").fill("Ann Lee")
    browsers.press(page, "Save and continue")
    browsers.follow(page, "How to reach them")
    page.get_by_label("Postal address").fill("1 Mill Lane\nLeeds")
    page.get_by_label("English").check()
    browsers.press(page, "Save and continue")
    assert "Enter the postcode" in main_of(page), "and what was typed is still there"
    assert page.get_by_label("Postal address").input_value() == "1 Mill Lane\nLeeds"
    page.get_by_label("Postcode").fill("LS1 1AA")
    browsers.press(page, "Save and continue")
    browsers.follow(page, "Where they have studied")
    page.get_by_label("Schools").fill("University of Leeds, 2011 to 2014")
    browsers.press(page, "Save and continue")
    for number in (1, 2, 3):
        browsers.follow(page, f"Question {number}")
        page.locator("textarea").fill("At Mill House I, Ann, put every late letter right in a week.")
        browsers.press(page, "Save and continue")
    browsers.follow(page, "Adjustments")
    page.get_by_label("Extra time").check()
    browsers.press(page, "Save and continue")
    browsers.follow(page, "Disability Confident scheme")
    page.get_by_label("No", exact=True).check()
    browsers.press(page, "Save and continue")
    browsers.follow(page, "People they know")
    page.get_by_label("Yes", exact=True).check()
    page.get_by_label("If yes, whom").fill("Bo Chen: a former manager")
    browsers.press(page, "Save and continue")

    browsers.follow(page, "Read back what shortlisters will read")
    assert "Ann" not in page.locator(".site-answer").first.inner_text()
    page.locator("summary", has_text="Hide something else").first.click()
    page.get_by_label("Words to hide").first.fill("Mill House")
    page.locator("main button", has_text="Hide these words").first.click()
    browsers.check(page)
    assert "Mill House" not in page.locator(".site-answer").first.inner_text()
    browsers.follow(page, "Go on to check everything")
    assert "a former manager" in main_of(page)
    browsers.press(page, "Send the application")
    reference = page.locator(".govuk-panel__body strong").inner_text()
    browsers.follow(page, "Back to your list")
    assert f"Sent: {reference}" in main_of(page)

    run_due_jobs(world.staff_desk, None)
    browsers.follow(page, "Letters to print and post")
    browsers.follow(page, "Enquiries assistant")
    browsers.press(page, "Show the letter")
    letter = page.locator(".post-letter").inner_text()
    assert "1 Mill Lane" in letter and reference in letter
    page.emulate_media(media="print")
    assert not page.get_by_role("button", name="It is in the post").is_visible()
    page.emulate_media(media="screen")
    add_colleague(world, "Second")
    theirs = browsers.visit("second", "/letters-to-post", width)
    assert "Colleague has it" in main_of(theirs)
    browsers.follow(theirs, "Enquiries assistant")
    browsers.press(theirs, "Take the letter over")
    browsers.press(theirs, "Show the letter")
    browsers.press(theirs, "I did not post it: put it back")
    browsers.visit("colleague", "/letters-to-post", width)
    browsers.follow(page, "Enquiries assistant")
    browsers.press(page, "Show the letter")
    browsers.press(page, "It is in the post: erase our copy")
    assert "No letter waits for you" in main_of(page)

    browsers.follow(page, "Something to change for somebody without email")
    for label, typed in (("Reference", reference), ("Name on", "Ann Lee"), ("Postcode on", "LS1 1AB")):
        page.get_by_label(label).fill(typed)
    today = world.clock.now
    for label, typed in (("Day", today.day), ("Month", today.month), ("Year", today.year)):
        page.get_by_label(label, exact=True).fill(str(typed))
    page.get_by_label("By telephone").check()
    page.get_by_label("Yes", exact=True).check()
    browsers.press(page, "Continue")
    assert "Pass this on to a colleague" in main_of(page)
    page.get_by_label("No", exact=True).check()
    browsers.press(page, "Continue")
    assert "Nothing matches all that you typed" in main_of(page)
    assert page.get_by_label("Postcode on").input_value() == "LS1 1AB", "and what was typed is still there"
    page.get_by_label("Postcode on").fill("LS1 1AA")
    browsers.press(page, "Continue")
    assert "What they told agrees with what we hold" in main_of(page)
    browsers.follow(page, "Correct a name")
    page.get_by_label("Postal address").fill("2 New Street\nLeeds")
    browsers.press(page, "Correct it")
    assert "Enter the postcode of the new address" in main_of(page)
    page.get_by_label("Postcode").fill("LS2 2BB")
    browsers.press(page, "Correct it")
    assert "A letter says so" in main_of(page)
    for link in ("Ask for a copy", "Have the application erased", "Stop using their"):
        browsers.follow(page, link)
        browsers.follow(page, "Do nothing")
    browsers.follow(page, "Withdraw the application")
    browsers.press(page, "Withdraw it")
    assert "The application is withdrawn. A letter that says so waits to be posted." in main_of(page)
    run_due_jobs(world.staff_desk, None)
    browsers.visit("colleague", "/letters-to-post", width)
    assert page.locator("main .govuk-task-list__item").count() == 3, "two of the correction, one of the withdrawal"

    entry_id = begin(world, opened, world.actor("second"))
    browsers.visit("second", f"/entries/{entry_id}", width)
    browsers.press(theirs, "Leave it to a colleague")
    browsers.visit("colleague", "/entries", width)
    page.locator(f"main a[href*='{entry_id}']").click()
    browsers.check(page)
    browsers.press(page, "Go on with it")
    theirs.goto(f"{browsers.address}/entries/{entry_id}/name")
    browsers.check(theirs)
    assert "Colleague has taken it over" in main_of(theirs)


def test_nothing_of_it_needs_a_script(world, opened, colleague, open_context):
    with serving(world.staff_app) as address:
        client = world.staff_client()
        world.sign_in(client, "colleague")
        cookie = {
            "name": "recruitment-staff",
            "value": client.get_cookie("recruitment-staff").value,
            "url": address,
        }
        context = open_context(java_script_enabled=False)
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"{address}/entries")
        page.get_by_label("Enquiries assistant").check()
        page.get_by_label("On paper, handed in").check()
        page.get_by_label("No", exact=True).check()
        page.get_by_role("button", name="Begin").click()
        page.get_by_role("link", name="Name").click()
        page.get_by_label("Full name").fill("Ann Lee")
        page.get_by_role("button", name="Save and continue").click()
        page.get_by_role("link", name="Throw this away").click()
        page.get_by_role("button", name="Throw it away").click()
        assert "What you typed is thrown away." in main_of(page)
        context.close()
