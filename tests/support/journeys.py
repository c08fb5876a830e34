"""What a person does on a page in a real browser, step by step, and what is checked on each page."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from tests.support.axe import violations, width_of

FOCUSED = """() => {
  const e = document.activeElement
  return [e.textContent.trim(), e.name || "", e.value || "", e.getAttribute("href") || ""]
}"""
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")
DOWNLOADS = (".csv", ".xlsx", ".ods", ".jsonl", ".json", ".rss", ".ics", "/file", "/copy", "/next")
# Forms that refuse to be empty; the others would save what is not there.
REFUSES = ("/new", "/name", "/contact", "/people", "/recognise", "/question/", "/adjustments", "/people-you-know",
           "/report", "/second-look")  # fmt: skip


def press(page, words, exact=True):
    page.get_by_role("button", name=words, exact=exact).click()


def follow(page, words):
    """Click the first link of the page's main part that begins with these words, whatever it looks like."""
    page.locator("main a").filter(has_text=re.compile(rf"^\s*{re.escape(words)}")).first.click()


def heading_of(page):
    return page.locator("h1").inner_text()


def open_campaign(page, address, title):
    page.goto(f"{address}/")
    if not page.locator("main a").filter(has_text=title).count():
        page.goto(f"{address}/?list=finished")
    follow(page, title)
    return page.url


def link_in_the_outbox(visit, demo, to):
    """The newest sign-in link that was written to an address, as the outbox shows it."""
    page = visit("analyst")
    for _ in range(20):
        page.goto(f"{demo.staff}/outbox")
        found = page.locator("main").inner_text()
        if to in found:
            return re.search(re.escape(demo.public) + r"/sign-in/\S+", found[found.index(to) :]).group()
        page.wait_for_timeout(250)
    raise AssertionError("the letter did not arrive")


def answer_equality_questions(page):
    """Page by page on a phone, with the first answer of each, until they are sent."""
    pages = 0
    while not heading_of(page).startswith("Thank you"):
        assert width_of(page) == 320
        if page.get_by_label("Day", exact=True).count():
            for label, value in (("Day", "5"), ("Month", "11"), ("Year", "1990")):
                page.get_by_label(label, exact=True).fill(value)
        else:
            for name in dict.fromkeys(
                page.locator("main input[type=radio]").evaluate_all("e => e.map(x => x.name)")
            ):
                page.locator(f"main input[name='{name}']").first.check()
        page.locator("main button", has_text=re.compile("^(Continue|Send|Accept|Finish)")).first.click()
        pages += 1
        assert pages < 25


def tab_to(page, is_there):
    """Press Tab until the focus is where it should be; a person would give up after forty."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if is_there(page.evaluate(FOCUSED)):
            return
    raise AssertionError("the keyboard does not get there")


def check_page(page, found):
    place = urlsplit(page.url).path
    width = width_of(page)
    if width > 320:
        found.append(f"{place} is {width} pixels wide")
    if page.locator("h1").count() != 1:
        found.append(f"{place} has {page.locator('h1').count()} main headings")
    for violation in violations(page):
        found.append(f"{place}: {violation['id']}: {violation['nodes'][0]['html'][:150]}")


def post_empty(page, found):
    for box in page.locator("main form[method=post] input[type=text], main form[method=post] textarea").all():
        if box.is_visible():
            box.fill("")
    page.locator("main form[method=post] button").last.click()
    if page.locator(".govuk-error-summary").count():
        if not page.title().startswith("Error: "):
            found.append(f"{urlsplit(page.url).path}: the title does not say that there is an error")
        check_page(page, found)
