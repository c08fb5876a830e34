"""The pages of a candidate's rights, and what is collected, in a real browser: wide and on a telephone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.axe import violations, width_of
from tests.support.browsers import PICTURES
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER


@pytest.mark.parametrize("width", [1280, 320])
def test_a_candidate_goes_through_their_rights(world, applicant, open_context, width):
    applicant.write()
    applicant.submit()
    with serving(world.public_app) as address:
        cookie = applicant.client.get_cookie("recruitment-public")
        context = open_context(viewport={"width": width, "height": 900})
        context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": address}])
        page = context.new_page()

        def check() -> None:
            assert width_of(page) <= width, page.url
            assert [each["id"] for each in violations(page)] == [], page.url
            if PICTURES:
                name = re.sub(r"[^a-z]+", "-", page.locator("h1").inner_text().lower())[:40]
                page.screenshot(path=str(Path(PICTURES) / f"rights-{name}-{width}.png"), full_page=True)

        page.goto(f"{address}/applications")
        page.get_by_role("link", name="Your data: a copy, correct, erase").click()
        check()
        page.get_by_role("link", name="What we collect, why, who sees it, and how long").click()
        page.get_by_role("heading", name="Answers to the equality questions").wait_for()
        check()
        page.go_back()
        for link in ("Correct your name", "Ask us to store it only", "Object to its use"):
            page.get_by_role("link", name=link).click()
            check()
            page.get_by_role("link", name="Cancel").click()
        page.get_by_role("link", name="Correct your contact details").click()
        check()
        page.get_by_role("button", name="Correct them").click()
        page.get_by_role("link", name="Enter an e-mail address or a telephone number").wait_for()
        check()
        page.get_by_label("Telephone number").fill("07700 900555")
        page.get_by_role("button", name="Correct them").click()
        page.get_by_role("button", name="Send me a copy").click()
        page.get_by_role("button", name="Give notice to stop").click()
        page.get_by_text("You have given notice.").wait_for()
        check()
        page.get_by_role("link", name="Erase it").click()
        check()
        page.get_by_role("button", name="Erase my application").click()
        page.get_by_text("Your application is withdrawn and erased.").wait_for()
        check()
