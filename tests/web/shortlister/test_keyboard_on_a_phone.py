"""Five answers scored in a real browser, with the keyboard alone, on the narrowest screen."""

import pytest

from tests.support.axe import violations, width_of
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
FOCUSED = """() => {
  const e = document.activeElement
  return [e.textContent.trim(), e.name || "", e.value || "", e.getAttribute("href") || ""]
}"""


@pytest.fixture
def address(world):
    with serving(world.public_app) as address:
        yield address


def _tab_to(page, is_there):
    """Press Tab until the focus is where it should be; a person would give up after forty."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if is_there(page.evaluate(FOCUSED)):
            return
    raise AssertionError("the keyboard does not get there")


def test_five_answers_are_scored_by_keyboard_alone_at_320_pixels(arrive, address, open_context):
    me = arrive()
    cookie = me.client.get_cookie("recruitment-public")
    values = [5, 2, 6, 4, 7]
    context = open_context(viewport={"width": 320, "height": 640})
    context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}/sift")
    _tab_to(page, lambda focused: focused[0].startswith("Start scoring"))
    page.keyboard.press("Enter")
    for place, value in enumerate(values, 1):
        page.wait_for_selector(f"h1:has-text('Answer {place} of 12')")
        assert width_of(page) == 320
        assert violations(page) == []
        _tab_to(page, lambda focused: focused[3] == "#scores")
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUSED)[1].startswith("reason-")
        if value < 4:
            page.keyboard.type("General claims only.")
        _tab_to(page, lambda focused, value=value: focused[1].startswith("score-") and focused[2] == str(value))
        page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Answer 6 of 12')")
    assert page.locator(".sift-notice").inner_text().startswith("Saved: 7 for")
    context.close()
    handles = me.handles()[:5]
    assert [me.answer(handle).criteria[0].score for handle in handles] == values
