"""People of one body at their browsers, who meet the same campaigns from both sites."""

from __future__ import annotations

from pathlib import Path

from tests.support.axe import violations, width_of
from tests.support.browsers import PICTURES
from tests.support.journeys import heading_of


class Office:
    """Several people at their browsers, each signed in on both sites; `prefix`: of the names of pictures."""

    def __init__(self, world, open_context, sites, width, parts, prefix):
        self.world, self.width, self.prefix = world, width, prefix
        self.public, self.staff = sites
        self.pages = {part: self._window(open_context, part) for part in parts}

    def _window(self, open_context, part):
        context = open_context(viewport={"width": self.width, "height": 800})
        for address, client, name in (
            (self.public, self.world.public_client(), "recruitment-public"),
            (self.staff, self.world.staff_client(), "recruitment-staff"),
        ):
            self.world.sign_in(client, part)
            value = client.get_cookie(name).value
            context.add_cookies([{"name": name, "value": value, "url": address}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        return page

    def at(self, part, path, site="staff"):
        page = self.pages[part]
        page.goto(getattr(self, site) + path, wait_until="load")
        assert heading_of(page) != "Page not found", path
        return page

    def look(self, page, name):
        page.wait_for_load_state("networkidle")
        assert width_of(page) <= self.width, name
        assert [(each["id"], each["nodes"][0]["html"]) for each in violations(page)] == [], name
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"{self.prefix}-{name}-{self.width}.png"), full_page=True)
