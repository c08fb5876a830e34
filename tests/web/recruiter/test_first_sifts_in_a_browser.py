"""The pages of a first sift in a real browser, wide and on a small telephone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recruitment.services import coverage, sift
from tests.support.axe import violations, width_of
from tests.support.first_sifts import act, applications_of, closed, planned, score_queues
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER


@pytest.fixture
def visit(world, open_context):
    """A page of somebody's on either site, at a width; the sites are served as they stand."""
    with serving(world.staff_app) as staff, serving(world.public_app) as public:

        def open_page(part, path, width, *, is_public=False):
            client = world.public_client() if is_public else world.staff_client()
            address = public if is_public else staff
            context = open_context(viewport={"width": width, "height": 900}, java_script_enabled=True)
            if part:
                world.sign_in(client, part)
                name = "recruitment-public" if is_public else "recruitment-staff"
                context.add_cookies([{"name": name, "value": client.get_cookie(name).value, "url": address}])
            page = context.new_page()
            page.goto(address + path)
            return page

        yield open_page


def look(page, name):
    """Keep a picture where a person asked for them, and let axe look at the page."""
    folder = os.environ.get("RECRUITMENT_SHOTS")
    if folder:
        page.screenshot(path=Path(folder) / f"{name}-{page.viewport_size['width']}.png", full_page=True)
    assert width_of(page) <= page.viewport_size["width"]
    assert [each["id"] for each in violations(page)] == []


WIDTHS = (1000, 320)


def test_every_page_of_a_first_sift_can_be_read_and_used_on_a_small_telephone(world, visit):
    draft = planned(world)
    for width in WIDTHS:
        look(visit("recruiter", f"/campaigns/{draft}/first-sift", width), "plan")
        look(visit("recruiter", f"/campaigns/{draft}", width), "steps")
    campaign = closed(world, 6)
    base = f"/campaigns/{campaign}"
    for width in WIDTHS:
        look(visit("", base, width, is_public=True), "advert")
        look(visit("recruiter", f"{base}/first-sift", width), "planned")
        look(visit("recruiter", f"{base}/sift", width), "to-decide")
        page = visit("recruiter", f"{base}/first-sift/decision", width)
        page.get_by_role("button", name="Save the decision").click()
        page.get_by_role("link", name="Select whether the first sift is held").click()
        look(page, "decision-refused")
    page = visit("recruiter", f"{base}/first-sift/decision", 320)
    page.get_by_label("Yes, answers on the lead criterion are read first").check()
    page.get_by_label("Why?").fill("212 people applied.")
    page.get_by_role("button", name="Save the decision").click()
    page.get_by_text("at first only answers on").wait_for()
    look(page, "decided")
    act(world, sift.open_sift, campaign)
    for width in WIDTHS:
        look(visit("recruiter", f"{base}/sift", width), "under-way")
        look(visit("shortlister_one", f"/sift/{campaign}", width, is_public=True), "queue")
    score_queues(world, campaign, applications_of(world, campaign)[:2])
    page = visit("recruiter", f"{base}/sift", 320)
    look(page, "to-close")
    page.get_by_role("button", name="Close the first sift").click()
    page.get_by_text("4 applications read in full, 2 below the minimum").wait_for()
    look(page, "closed")
    score_queues(world, campaign)
    act(world, coverage.lock_scores, campaign)
    for width in WIDTHS:
        look(visit("recruiter", f"{base}/ranking", width), "ranking")
