"""People of one body at their browsers, who meet the same campaigns from both sites."""

from __future__ import annotations

from pathlib import Path

from tests.support.axe import violations, width_of
from tests.support.browsers import PICTURES
from tests.support.journeys import heading_of

PHONE, DESK = 320, 1280


class Office:
    """Several people at their browsers, each signed in on both sites; `prefix`: of the names of pictures.

    They walk on a narrow screen, where more is in the way; what they look at is looked at on a wide one too.
    """

    def __init__(self, world, open_context, sites, parts, prefix):
        self.world, self.width, self.prefix = world, PHONE, prefix
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
        for width in (DESK, PHONE):
            page.set_viewport_size({"width": width, "height": 800})
            assert width_of(page) <= width, (name, width)
            found = [(each["id"], each["nodes"][0]["html"]) for each in violations(page)]
            assert found == [], (name, width)
            if PICTURES:
                page.screenshot(path=str(Path(PICTURES) / f"{self.prefix}-{name}-{width}.png"), full_page=True)
