"""Forty answers scored in a real browser with single keys, while the connection is lost twice."""

import os
from pathlib import Path

import pytest

from tests.support.axe import violations, width_of
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
PICTURES = os.environ.get("RECRUITMENT_TEST_PICTURES", "")
REASON = "General claims only."
ANSWERS = 40


@pytest.fixture
def address(world):
    with serving(world.public_app) as address:
        yield address


@pytest.fixture
def at_the_browser(arrive, address, open_context):
    def come(width, **options):
        me = arrive(**options)
        cookie = me.client.get_cookie("recruitment-public")
        context = open_context(viewport={"width": width, "height": 740})
        context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": address}])
        page = context.new_page()
        page.goto(f"{address}{me.base}/next")
        return me, page, context

    return come


def _at(page, place):
    page.wait_for_selector(f"h1:has-text('Answer {place} of')")
    page.locator("#shortcuts").wait_for(state="visible")


def _picture(page, name):
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"{name}-{page.viewport_size['width']}.png"), full_page=True)


def _check(page, name):
    assert width_of(page) <= page.viewport_size["width"], name
    assert [(each["id"], each["nodes"][0]["html"]) for each in violations(page)] == [], name
    _picture(page, name)


def _say(page):
    return page.locator("#connection").inner_text()


def _score_below_the_minimum(page, value):
    page.keyboard.press(str(value))
    assert page.evaluate("document.activeElement.name").startswith("reason-")
    page.keyboard.type(REASON)
    page.keyboard.press("Control+Enter")


@pytest.mark.parametrize("width", [320, 1280])
def test_forty_answers_are_scored_by_keyboard_with_the_connection_cut_twice(world, at_the_browser, width):
    me, page, context = at_the_browser(width, applications=30)
    values = [(place * 3) % 7 + 1 for place in range(ANSWERS)]
    refused = []
    page.on("console", lambda message: "Content Security" in message.text and refused.append(message.text))
    for place, value in enumerate(values, 1):
        _at(page, place)
        world.clock.advance(minutes=2)
        is_cut = place in (11, 29)
        if place in (1, 8):
            _check(page, f"answer-{place}")
        if is_cut:
            page.wait_for_load_state("networkidle")
            context.set_offline(True)
        if value < 4:
            _score_below_the_minimum(page, value)
        else:
            page.keyboard.press(str(value))
        if is_cut:
            page.locator("#connection", has_text="No connection").wait_for()
            assert f"Your score {value} is not saved yet" in _say(page)
            assert len(me.scores()) == place - 1
            _check(page, f"cut-{place}")
            context.set_offline(False)
    _at(page, ANSWERS + 1)
    assert "at your recent pace" in page.locator(".sift-tools").inner_text()
    _check(page, "after-forty")
    handles = me.handles()[:ANSWERS]
    assert [me.answer(handle).criteria[0].score for handle in handles] == values
    assert {me.answer(h).criteria[0].reason for h, v in zip(handles, values, strict=True) if v < 4} == {REASON}
    assert refused == []
    assert page.evaluate("sessionStorage.length") == 0
    context.close()


def test_a_reason_typed_before_the_tab_loses_its_page_is_there_again(at_the_browser):
    me, page, context = at_the_browser(320)
    _at(page, 1)
    page.keyboard.press("r")
    page.keyboard.type("Half a thought")
    page.reload()
    _at(page, 1)
    assert page.locator("textarea").first.input_value() == "Half a thought"
    page.locator("button[name^=score-][value='5']").click()
    _at(page, 2)
    assert page.evaluate("sessionStorage.length") == 0
    assert me.answer(me.handles()[0]).criteria[0].reason == "Half a thought"
    context.close()


def test_a_score_sent_after_the_session_ended_leads_to_signing_in_and_the_reason_is_kept(at_the_browser):
    me, page, context = at_the_browser(320)
    _at(page, 1)
    page.locator("textarea").first.fill(REASON)
    context.clear_cookies()
    page.locator("button[name^=score-][value='2']").click()
    page.wait_for_selector("h1:has-text('Sign in')")
    assert page.get_by_role("button", name="Sign out").count() == 0
    assert page.locator("input[name=carried_value]").count() > 0
    assert page.evaluate("Object.values(sessionStorage)") == [REASON]
    assert me.scores() == []
    _check(page, "signed-out")
    context.close()


def test_signing_out_forgets_what_was_typed(at_the_browser):
    _, page, context = at_the_browser(1280)
    _at(page, 1)
    page.locator("textarea").first.fill("Half a thought")
    assert page.evaluate("sessionStorage.length") == 1
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    assert page.evaluate("sessionStorage.length") == 0
    context.close()


def test_single_keys_can_be_turned_off_and_stay_off(at_the_browser):
    me, page, context = at_the_browser(1280)
    _at(page, 1)
    page.locator("label[for=use-keys]").click()
    page.reload()
    _at(page, 1)
    page.keyboard.press("5")
    page.keyboard.press("n")
    page.wait_for_load_state("networkidle")
    assert me.scores() == []
    assert page.locator("h1").inner_text().startswith("Answer 1 of")
    context.close()


def test_undo_by_key_brings_back_the_answer_and_its_reason(at_the_browser):
    me, page, context = at_the_browser(320)
    _at(page, 1)
    _score_below_the_minimum(page, 2)
    _at(page, 2)
    page.keyboard.press("u")
    _at(page, 1)
    assert me.scores() == []
    assert page.locator("textarea").first.input_value() == REASON
    _check(page, "undone")
    page.keyboard.press("6")
    _at(page, 2)
    assert me.scores() == [(me.handles()[0], 6)]
    context.close()


def test_the_next_answer_can_be_read_without_a_connection(at_the_browser):
    _, page, context = at_the_browser(320)
    _at(page, 1)
    page.wait_for_load_state("networkidle")
    context.set_offline(True)
    page.keyboard.press("n")
    _at(page, 2)
    context.close()


def test_without_javascript_the_same_page_scores_and_undoes(arrive, address, open_context):
    me = arrive()
    cookie = me.client.get_cookie("recruitment-public")
    context = open_context(viewport={"width": 320, "height": 740}, java_script_enabled=False)
    context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": address}])
    page = context.new_page()
    page.goto(f"{address}{me.base}/next")
    assert not page.locator("#shortcuts").is_visible()
    page.locator("button[name^=score-][value='5']").click()
    assert page.locator("h1").inner_text().startswith("Answer 2 of")
    page.get_by_role("button", name="Undo").click()
    assert page.locator("h1").inner_text().startswith("Answer 1 of")
    assert me.scores() == []
    context.close()
