"""Passages decided in a real browser with single keys, which can be switched off (WCAG 2.2, 2.1.4)."""

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services.clearance import count_waiting
from tests.support.axe import violations, width_of
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
CHOSEN = "() => [...document.querySelectorAll('[data-passage] [type=radio]:checked')].map((each) => each.value)"


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.OPEN, applications=30)


@pytest.fixture
def open_passages(world, as_staff, campaign, open_context):
    """Give a page of the browser that shows the passages to decide on, at a width."""
    cookie = as_staff("member").get_cookie("recruitment-staff")
    opened = []
    with serving(world.staff_app) as address:

        def arrive(width):
            context = open_context(viewport={"width": width, "height": 800})
            opened.append(context)
            context.add_cookies([{"name": "recruitment-staff", "value": cookie.value, "url": address}])
            page = context.new_page()
            page.goto(f"{address}/clearance")
            page.get_by_role("button", name="Clear passages").first.click()
            page.wait_for_selector("[data-passage]")
            # The script that hears the keys has run once the page is loaded.
            page.wait_for_load_state()
            return page

        yield arrive
        for context in opened:
            context.pages[0].wait_for_load_state("networkidle")
            context.close()


def test_single_keys_decide_go_back_and_decide_everywhere(world, campaign, open_passages):
    with world.staff_desk.sessions.reading() as session:
        assert count_waiting(session, campaign) > 3
    page = open_passages(1280)
    for key, chosen in [
        ("r", ["restore"]),
        ("h", ["restore", "hide"]),
        ("u", ["restore"]),
        ("r", ["restore"] * 2),
    ]:
        page.keyboard.press(key)
        assert page.evaluate(CHOSEN) == chosen
    page.keyboard.press("s")
    assert page.locator("[name=everywhere]:checked").count() == 1
    page.keyboard.press("r")
    assert page.evaluate(CHOSEN).count("restore") == page.locator("[data-passage]").count() > 3
    assert page.evaluate("() => document.activeElement.hasAttribute('data-save')")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    with world.staff_desk.sessions.reading() as session:
        assert count_waiting(session, campaign) == 0


def test_the_keys_can_be_switched_off_and_stay_off(open_passages):
    page = open_passages(320)
    page.keyboard.press("r")
    assert page.evaluate(CHOSEN) == ["restore"]
    page.keyboard.press("u")
    page.get_by_label("Use single keys").uncheck()
    page.keyboard.press("r")
    page.reload()
    page.wait_for_selector("[data-passage]")
    assert not page.get_by_label("Use single keys").is_checked()
    page.keyboard.press("h")
    assert page.evaluate(CHOSEN) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_queue_and_passages_read_well_and_nothing_is_wider_than_the_window(open_passages, width):
    page = open_passages(width)
    for heading in ("Passages to decide on", "Passages to clear"):
        if heading == "Passages to clear":
            page.get_by_role("link", name="Decide later").click()
        page.wait_for_selector(f"h1:has-text('{heading}')")
        assert width_of(page) == width
        assert violations(page) == []
