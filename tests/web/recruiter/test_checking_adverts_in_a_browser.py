"""The check of an advert, a tie-break and an assessment in a real browser, on a phone, without JavaScript."""

from __future__ import annotations

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services.adverts import advert_standing
from recruitment.services.campaigns import change_campaign
from recruitment.services.tie_breaks import tie_break_standing
from tests.services.test_tie_breaks import make_chair
from tests.support.journeys import check_page
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
PHONE = {"width": 320, "height": 640}


@pytest.fixture
def arrive(world, open_context):
    """A phone's browser on the staff site, signed in as somebody; without JavaScript unless asked for."""
    opened = []
    with serving(world.staff_app) as address:

        def arrive(part, path, java_script_enabled=False):
            client = world.staff_client()
            world.sign_in(client, part)
            cookie = client.get_cookie("recruitment-staff")
            context = open_context(viewport=PHONE, java_script_enabled=java_script_enabled)
            opened.append(context)
            context.add_cookies([{"name": "recruitment-staff", "value": cookie.value, "url": address}])
            page = context.new_page()
            page.goto(f"{address}{path}")
            return page

        yield arrive
        for context in opened:
            context.close()


def test_a_recruiter_changes_some_wording_and_keeps_the_rest(world, arrive):
    campaign = world.campaign(until=CampaignState.DRAFT)
    asked = {"actor": world.actor("recruiter"), "desk": world.staff_desk, "campaign_id": campaign}
    with world.staff_desk.sessions.writing() as session:
        change_campaign(session, **asked, summary="A young, ambitious team. Women only.")
    page = arrive("recruiter", f"/campaigns/{campaign}/advert-check")
    assert page.locator("mark").all_inner_texts()[:3] == ["young", "ambitious", "Women only"]
    go(page, page.get_by_role("link", name="title and summary"))
    page.get_by_label("Summary").fill("A team in Leeds.")
    go(page, page.locator("main button").first)
    page.goto(page.url.partition("/details")[0].rstrip("/") + "/advert-check")
    assert "young" not in page.locator("mark").all_inner_texts()
    while page.get_by_role("link", name="Keep with a reason").count():
        cards = page.locator(".govuk-summary-card").filter(has_not_text="(kept)")
        if not cards.count():
            break
        go(page, cards.first.get_by_role("link", name="Keep with a reason"))
        for box in page.get_by_role("checkbox").all():
            box.check()
        page.get_by_label("Why does it stay?").fill("The page tells it.")
        go(page, page.get_by_role("button", name="Keep it"))
    assert "Everything is resolved." in page.locator("main").inner_text()
    with world.staff_desk.sessions.reading() as session:
        assert advert_standing(session, campaign).is_done


def test_a_chair_records_a_tie_break(world, arrive):
    chair = make_chair(world)
    page = arrive("shortlister_one", f"/campaigns/{chair.campaign}/interviews/tie-breaks")
    go(page, page.get_by_role("button", name="Begin a record"))
    go(page, page.get_by_role("button", name="Fill in the record"))
    assert page.locator("input:checked").count() == 0, "nobody is proposed"
    fill_record(page)
    go(page, page.get_by_role("button", name="Complete and seal"))
    assert "The record is complete and sealed." in page.locator("main").inner_text()
    go(page, page.get_by_role("button", name="Open the record"))
    assert "4 in 100 mediators" in page.locator("main").inner_text()
    with world.staff_desk.sessions.reading() as session:
        assert tie_break_standing(session, chair.campaign) == "complete"


def go(page, control):
    """Click what leads to another page, and wait for it."""
    with page.expect_navigation(wait_until="load"):
        control.click()


def fill_record(page):
    for box in page.locator("main textarea:visible, main input[type=text]:visible").all():
        name = box.get_attribute("name")
        typed = {"day": "31", "month": "3", "year": "2026"}.get(name.rpartition("-")[2])
        box.fill(typed or ("4 in 100 mediators" if name == "evidence" else "As the panel agreed."))
    page.locator("input[name=preferred]").nth(0).check()
    page.locator("input[name=others]").nth(1).check()
    page.locator("input[name=characteristic]").nth(1).check()
    for equal in page.locator("input[name^=criterion_][value=equal]").all():
        equal.check()
    page.locator("input[name=has_no_policy]").check()


def test_the_pages_fit_a_phone_and_axe_finds_nothing(world, arrive):
    chair = make_chair(world)
    root = f"/campaigns/{chair.campaign}"
    found: list[str] = []
    page = arrive("recruiter", f"{root}/advert-check", java_script_enabled=True)
    check_page(page, found)
    go(page, page.get_by_role("link", name="Keep with a reason").first)
    check_page(page, found)
    go(page, page.get_by_role("button", name="Keep it"))
    check_page(page, found)
    page.goto(page.url.partition("/campaigns")[0] + "/equality-assessments/new")
    check_page(page, found)
    page.get_by_label("What changes?").fill("Panels of three")
    page.get_by_label("A process").check()
    go(page, page.get_by_role("button", name="Continue"))
    check_page(page, found)
    go(page, page.get_by_role("button", name="Keep as version 1"))
    check_page(page, found)
    page.goto(page.url.rpartition("/")[0].rpartition("/")[0])
    check_page(page, found)
    page = arrive("shortlister_one", f"{root}/interviews/tie-breaks", java_script_enabled=True)
    check_page(page, found)
    go(page, page.get_by_role("button", name="Begin a record"))
    go(page, page.get_by_role("button", name="Fill in the record"))
    check_page(page, found)
    go(page, page.get_by_role("button", name="Complete and seal"))
    check_page(page, found)
    assert found == []
