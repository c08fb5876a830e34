"""In a real browser, words that are selected in a text go into the field; without JavaScript they are pasted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
SELECT = """([start, end]) => {
  const words = document.querySelector("[data-words-into] p").firstChild
  const range = document.createRange()
  range.setStart(words, start)
  range.setEnd(words, end)
  getSelection().removeAllRanges()
  getSelection().addRange(range)
}"""


@pytest.fixture
def address(world) -> Iterator[str]:
    with serving(world.public_app) as address:
        yield address


def test_selected_words_are_put_in_and_what_is_typed_is_left_alone(arrive, address, open_context):

    me = arrive()
    handle = me.handles()[0]
    cookie = me.client.get_cookie("recruitment-public")
    context = open_context(viewport={"width": 320, "height": 640})
    context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": address}])
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda line: line.type == "error" and refused.append(line.text))
    page.goto(f"{address}{me.path(handle)}/report")
    field = page.locator("textarea")
    for span in ([0, 13], [5, 13]):
        page.evaluate(SELECT, span)
        page.wait_for_function(f"document.querySelector('textarea').value.length == {span[1] - span[0]}")
    assert field.input_value() == "I worked"
    page.get_by_label("No, but I or others could find out").check()
    page.locator("main button").click()
    page.wait_for_selector("h1:has-text('Answer 1 of')")
    assert "I worked" not in page.locator(".site-answer").inner_text()
    page.goto(f"{address}{me.path(handle)}/report")
    field.fill("typed by hand")
    page.evaluate(SELECT, [0, 4])
    page.wait_for_timeout(200)
    assert field.input_value() == "typed by hand"
    assert refused == []
    context.close()
