"""The preview and the prompts in a real browser: on a phone and at a desk, with JavaScript and without."""

from __future__ import annotations

import pytest

from tests.support.axe import violations, width_of
from tests.support.served import IN_A_BROWSER, serving
from tests.web.candidate.test_uploading_a_cv import upload

pytestmark = IN_A_BROWSER
NAMED = "I, Philippa Wetherby, ran the Lumbfoot pump. The Philippa garden was mine."
CV = "Philippa Wetherby\n07700 900123\n\n" + "\n".join(
    f"Office {number}: ring 01632 96{number:04} or p{number}@office.example; NMC PIN 12A{3400 + number}E."
    for number in range(25)
)


@pytest.fixture
def address(world):
    with serving(world.public_app) as address:
        yield address


@pytest.fixture
def visit(applicant, address, open_context):
    """Opens a page of the application in a new window; at the end no window may have met an error."""
    cookie = applicant.client.get_cookie("recruitment-public")
    wrong: list[str] = []
    opened = []

    def open_window(at: str, width: int = 320, **settings):
        context = open_context(viewport={"width": width, "height": 700}, **settings)
        opened.append(context)
        context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": address}])
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(f"{address}{applicant.at}{at}")
        return page

    yield open_window
    for context in opened:
        context.close()
    assert wrong == []


def problems(page, width: int) -> list[str]:
    found = [f"{one['id']}: {one['nodes'][0]['html'][:150]}" for one in violations(page)]
    wide = width_of(page)
    return found + ([f"{wide} pixels wide"] if wide > width else [])


@pytest.fixture
def first(applicant):
    applicant.write()
    question = applicant.questions()[0]
    applicant.save(f"/question/{question.id}", answer=NAMED)
    return question


@pytest.mark.parametrize("width", [320, 1280])
def test_a_long_cv_is_readable_and_accessible_with_every_reason_opened(
    applicant, cv_question, first, visit, width
):
    upload(applicant, cv_question, CV.encode(), "cv.txt")
    page = visit("/preview", width)
    assert problems(page, width) == []
    cv = page.locator(".preview-answer").last
    # Of each line the telephone number, and the address with the labelled number that follows it.
    assert cv.locator(".site-answer .passage-hidden").count() >= 2 * 25
    opened = cv.locator("details:not(.preview-hide)")
    assert 3 <= opened.count() <= 8
    for number in range(opened.count()):
        opened.nth(number).locator("summary").click()
    page.locator(".preview-hide summary").first.click()
    assert problems(page, width) == []
    cv.locator(".preview-act").last.click()
    page.wait_for_selector("text=You asked us to show this.")
    assert problems(page, width) == []
    # What changed stands before the reader's eyes, in a part that is open.
    assert page.locator(".preview-words__item--changed").is_visible()


def test_without_javascript_words_are_asked_for_and_left_hidden_after_all(applicant, first, visit):
    page = visit("/preview", java_script_enabled=False)
    before = page.locator(".site-answer").first.inner_text()
    page.locator("#words-1-2 .preview-act").click()
    assert "answer=1&mark=2#words-1-2" in page.url
    assert "You asked us to show this." in page.locator(".preview-words__item--changed").inner_text()
    assert len(applicant.draft().content.disputed[str(first.id)]) == 1
    assert page.locator(".site-answer").first.inner_text() == before
    page.locator(".preview-act", has_text="Leave it hidden after all").click()
    assert "It stays hidden." in page.locator(".preview-words__item--changed").inner_text()
    assert applicant.draft().content.disputed[str(first.id)] == ()
    # And more is hidden by pasting.
    page.locator(".preview-hide summary").first.click()
    page.locator("textarea").first.fill("Lumbfoot")
    page.locator("main button", has_text="Hide these words").first.click()
    assert "Lumbfoot" not in page.locator(".site-answer").first.inner_text()


SELECT = """([answer, words]) => {
  const shown = document.querySelector(`[data-answer="${answer}"]`)
  const walker = document.createTreeWalker(shown, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const at = walker.currentNode.data.indexOf(words)
    if (at < 0) continue
    document.getSelection().setBaseAndExtent(walker.currentNode, at, walker.currentNode, at + words.length)
    return
  }
  throw new Error(`${words} is not there`)
}"""
SELECT_ALL = "() => document.getSelection().selectAllChildren(document.querySelector('[data-answer=\"1\"]'))"


def test_words_selected_in_the_answer_are_hidden_with_one_button(applicant, first, visit):
    page = visit("/preview")
    page.evaluate(SELECT_ALL)
    page.wait_for_timeout(500)
    # A mark is no word of the answer: nothing is offered.
    assert page.locator(".preview-bar:visible").count() == 0
    page.evaluate(SELECT, [1, "Lumbfoot pump"])
    page.wait_for_selector(".preview-bar:visible")
    assert problems(page, 320) == []
    page.get_by_role("button", name="Hide “Lumbfoot pump”").click()
    page.wait_for_url("**/preview#answer-1")
    assert "Lumbfoot pump" not in page.locator(".site-answer").first.inner_text()
    start = NAMED.index("Lumbfoot pump")
    assert applicant.draft().content.hidden[str(first.id)] == ((start, start + len("Lumbfoot pump")),)


@pytest.mark.parametrize("width", [320, 1280])
def test_while_somebody_types_their_name_they_are_told_and_nothing_is_saved(applicant, visit, width):
    applicant.begin()
    applicant.save("/name", full_name="Philippa Wetherby")
    question, version = applicant.questions()[0], applicant.draft().version
    page = visit(f"/question/{question.id}", width)
    region = page.locator("[aria-live=polite][data-prompts-at]")
    assert region.inner_text().strip() == ""
    page.locator("textarea").press_sequentially("Philippa rang every family.")
    page.wait_for_selector(".prompt-box")
    assert region.inner_text().startswith("You have written your name here: “Philippa”.")
    assert problems(page, width) == []
    assert page.locator("textarea").input_value() == "Philippa rang every family."
    assert (applicant.draft().version, dict(applicant.draft().content.answers)) == (version, {})
    # Taken out again, the word goes as well.
    page.locator("textarea").fill("I rang every family.")
    page.wait_for_selector(".prompt-box", state="detached")
    page.get_by_role("button", name="Save and continue").click()
    assert page.url.endswith("/application")


def test_a_prompt_that_cannot_be_asked_for_disturbs_nobody(world, applicant, visit):
    applicant.begin()
    applicant.save("/name", full_name="Philippa Wetherby")
    page = visit(f"/question/{applicant.questions()[0].id}")
    page.route("**/prompts", lambda route: route.fulfill(status=200, body="<h1>Sign in</h1><p>somewhere</p>"))
    with page.expect_response("**/prompts"):
        page.locator("textarea").press_sequentially("Philippa rang every family.")
    page.wait_for_timeout(300)
    assert page.locator("[data-prompts-at]").inner_text().strip() == ""
    assert page.locator("textarea").input_value() == "Philippa rang every family."
