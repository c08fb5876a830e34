"""A joint strategy in a real browser: begun, shared, and read with its figures."""

from __future__ import annotations

import re
from datetime import date

import pytest

from tests.support.browsers import Browsers
from tests.support.served import IN_A_BROWSER, serving
from tests.support.two_bodies import Bodies


@pytest.fixture
def bodies(world):
    return Bodies(world)


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    @pytest.fixture
    def browsers(self, world, open_context):
        with serving(world.staff_app) as address:
            found = Browsers(world, address, open_context)
            yield found
            found.close()

    @pytest.mark.parametrize("width", [1280, 320])
    def test_two_bodies_share_a_strategy(self, world, bodies, browsers, width):
        page = browsers.visit("recruiter", "/joint", width)
        browsers.follow(page, "Begin a joint strategy")
        page.get_by_label("Title").fill("Joint equality strategy")
        page.get_by_label("Objective 1", exact=True).fill("Fair adverts")
        page.get_by_label("Indicator of objective 1").fill("Every advert is looked through")
        browsers.press(page, "Begin the strategy")
        browsers.press(page, "Invite another body")
        code = re.search(r"\b[0-9a-f]{64}\b", page.inner_text("main")).group()
        browsers.follow(page, "Joint equality strategy") if page.locator("main a").count() else page.go_back()
        assert bodies.join(code).status_code == 303
        for organisation_id, people in ((world.organisation_id, 400), (bodies.neighbour, 600)):
            for first in (2024, 2025):
                bodies.publish(organisation_id, first, people, first + people)
        bodies.act(bodies.actor, "Fair adverts", date(2026, 8, 1))
        browsers.visit("recruiter", "/joint", width)
        browsers.follow(page, "Joint equality strategy")
        browsers.follow(page, "Figures by characteristic and year")
        page.go_back()
        browsers.follow(page, "All together over the years")
