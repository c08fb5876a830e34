"""People at the staff site in a real browser, each in their own context; every page is checked."""

from __future__ import annotations

import os
import re
from pathlib import Path

from tests.support.axe import violations, width_of

PICTURES = os.environ.get("RECRUITMENT_TEST_PICTURES", "")
"""A folder for pictures of the pages, for whoever wants to look at them."""


class Browsers:
    """One browser context for each person, at a width of their own."""

    def __init__(self, world, address, open_context):
        self.world, self.address, self._open = world, address, open_context
        self._pages = {}
        self.seen = []

    def page(self, part, width=1280):
        if part not in self._pages:
            client = self.world.staff_client()
            self.world.sign_in(client, part)
            cookie = client.get_cookie("recruitment-staff")
            context = self._open(viewport={"width": width, "height": 900})
            context.add_cookies([{"name": "recruitment-staff", "value": cookie.value, "url": self.address}])
            self._pages[part] = context.new_page()
        return self._pages[part]

    def renew(self, part):
        """Sign somebody in again, as after a long time away."""
        client = self.world.staff_client()
        self.world.sign_in(client, part)
        cookie = client.get_cookie("recruitment-staff")
        context = self._pages[part].context
        context.add_cookies([{"name": "recruitment-staff", "value": cookie.value, "url": self.address}])

    def visit(self, part, path, width=1280):
        page = self.page(part, width)
        page.goto(f"{self.address}{path}")
        self.check(page)
        return page

    def check(self, page):
        place = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", page.url.removeprefix(self.address))
        width = page.viewport_size["width"]
        assert width_of(page) <= width, f"{place} is too wide"
        found = [(each["id"], each["nodes"][0]["html"][:200]) for each in violations(page)]
        assert found == [], place
        assert page.locator("h1").count() == 1, place
        if PICTURES:
            name = f"{len(self.seen):02d}-{re.sub(r'[^a-z]+', '-', page.locator('h1').inner_text().lower())[:40]}"
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
        self.seen.append(place)

    def press(self, page, words, exact=True):
        page.get_by_role("button", name=words, exact=exact).first.click()
        page.wait_for_load_state()
        self.check(page)

    def follow(self, page, words):
        page.locator("main a").filter(has_text=re.compile(rf"^\s*{re.escape(words)}")).first.click()
        page.wait_for_load_state()
        self.check(page)

    def close(self):
        for page in self._pages.values():
            page.wait_for_load_state("networkidle")
            page.context.close()
