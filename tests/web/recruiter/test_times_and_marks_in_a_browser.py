"""A test day in a real browser: times are offered, a candidate chooses one, and marks come and stand."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select

from recruitment.commands.sample.appointments import BETWEEN, TEST
from recruitment.commands.sample.interviewing import prepare_panel
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.working_days import working_days_after
from recruitment.store.applications import Application
from recruitment.store.marks import StageMarking
from tests.support.journeys import follow, press
from tests.support.offices import Office
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
TITLE = "Complaints analyst"


def _offer(office, page, world):
    follow(page, "Offer times, and let candidates choose")
    page.wait_for_selector("h1:has-text('Written test: times to choose')")
    office.look(page, "no-times")
    _look_at_whole_days(office, page, world)
    follow(page, "Offer times")
    page.wait_for_selector("h1:has-text('Written test: offer times')")
    day = world.clock.now.date() + timedelta(days=5)
    for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
        page.locator(f"[name=day-{part}]").fill(str(value))
    page.get_by_label("Times at which they begin").fill("9:30, 13:00")
    page.get_by_label("Length in minutes").fill("45")
    page.get_by_label("Place").fill("14 Albion Street, second floor")
    page.get_by_label("How many candidates may come at each time?").fill("3")
    office.look(page, "offer")
    press(page, "Offer these times")
    page.wait_for_selector("h1:has-text('Written test: times to choose')")
    press(page, "Invite the rest")
    page.get_by_text("Invited (45 minutes)").first.wait_for()
    assert page.get_by_role("button", name="Invite the rest").count() == 0
    office.look(page, "invited")


def _look_at_whole_days(office, page, world):
    follow(page, "Offer whole days")
    page.wait_for_selector("h1:has-text('Written test: offer whole days')")
    office.look(page, "whole-days")
    first = working_days_after(world.clock.now.date(), 5)
    for name, day in (("day", first), ("last_day", working_days_after(first, 3))):
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            page.locator(f"[name={name}-{part}]").fill(str(value))
    for label, value in (("From", "9:00"), ("Until", "16:00"), ("Break from", "12:30"), ("Break until", "13:30")):
        page.get_by_label(label, exact=True).fill(value)
    press(page, "Show these times")
    page.get_by_role("button", name=re.compile("^Offer [0-9]+ times$")).wait_for()
    office.look(page, "whole-days-shown")
    follow(page, "Cancel")
    page.wait_for_selector("h1:has-text('Written test: times to choose')")


def _choose(world, open_context, office, candidate_id):
    client = world.public_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = f"candidate:{candidate_id}:1", True
    value = client.get_cookie("recruitment-public").value
    context = open_context(viewport={"width": office.width, "height": 800})
    context.add_cookies([{"name": "recruitment-public", "value": value, "url": office.public}])
    page = context.new_page()
    page.goto(f"{office.public}/applications")
    office.look(page, "own-applications")
    follow(page, "Choose a time")
    page.wait_for_selector("h1:has-text('Your time: Written test')")
    office.look(page, "to-choose")
    page.locator("main input[type=radio]").nth(1).check()
    press(page, "Take this time")
    page.get_by_text("You have chosen a time.").wait_for()
    assert "day " in page.locator(".govuk-summary-list").first.inner_text(), "the day of the week is said"
    office.look(page, "chosen")
    press(page, "Give this time back")
    page.get_by_text("Your time is given back.").wait_for()
    page.locator("main input[type=radio]").first.check()
    press(page, "Take this time")
    page.get_by_text("You have chosen a time.").wait_for()
    context.close()


def _mark(office, page):
    follow(page, "Marks of this stage")
    page.wait_for_selector("h1:has-text('Written test: marks')")
    references = page.locator("tbody th").all_inner_texts()
    page.get_by_label("References and marks").fill(
        "\n".join(f"{one}, {30 - n}" for n, one in enumerate(references))
    )
    office.look(page, "sheet")
    press(page, "Save the marks")
    page.get_by_text("The marks are saved.").wait_for()
    office.look(page, "marked")
    follow(page, "Close this stage")
    page.get_by_label("Yes, and the marks stand").check()
    office.look(page, "close")
    press(page, "Close the stage")
    page.get_by_text("The stage is closed.").wait_for()
    office.look(page, "stands")
    page.locator(".govuk-breadcrumbs a", has_text=TITLE).click()
    page.wait_for_selector(f"h1:has-text('{TITLE}')")
    office.look(page, "steps")


def test_times_are_chosen_and_marks_stand(world, open_context):
    campaign_id = world.campaign(
        until=CampaignState.REVEALED, applications=8, title=TITLE, between=BETWEEN, is_booked=False
    )
    first, *_ = prepare_panel(world.staff_desk, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        candidate_id = session.get_one(Application, (campaign_id, first)).candidate_id
    with serving(world.public_app) as public, serving(world.staff_app) as staff:
        office = Office(world, open_context, (public, staff), ("recruiter",), "times")
        page = office.at("recruiter", "/")
        page.locator(".site-rows--dense a", has_text=TITLE).click()
        follow(page, "Written test: times and marks")
        page.wait_for_selector("h1:has-text('Written test: marks')")
        office.look(page, "no-rule")
        follow(page, "Set the minimum mark")
        page.get_by_label("Highest mark").fill("40")
        page.get_by_label("Minimum mark").fill("29")
        office.look(page, "rule")
        press(page, "Fix the minimum")
        page.get_by_text("The minimum is fixed.").wait_for()
        _offer(office, page, world)
        _choose(world, open_context, office, candidate_id)
        page.reload()
        page.get_by_text("09:30").first.wait_for()
        office.look(page, "somebody-chose")
        _mark(office, page)
        page.context.close()
    with world.staff_desk.sessions.reading() as session:
        kept = session.scalars(select(StageMarking).where(StageMarking.campaign_id == campaign_id)).one()
        assert (kept.stage_position, kept.full, kept.minimum, kept.was_held) == (TEST, 40, 29, True)
