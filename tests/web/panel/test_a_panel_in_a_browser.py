"""The whole way of a panel in a real browser: pool, proposal, findings, waiver, booking, interview, challenge."""

from __future__ import annotations

import os
import re
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import PANEL_ROLES
from recruitment.services.accounts import add_person
from recruitment.services.relationships import match_relationships
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole
from recruitment.store.pool import PoolTraining
from tests.support.panels import entries
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
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

    def visit(self, part, path, width=1280):
        page = self.page(part, width)
        page.goto(f"{self.address}{path}")
        self.check(page)
        return page

    def check(self, page):
        from axe_playwright_python.sync_playwright import Axe

        place = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", page.url.removeprefix(self.address))
        width = page.viewport_size["width"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{place} is too wide"
        found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == [], place
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


@pytest.fixture
def people(world, open_context):
    with serving(world.staff_app) as address:
        browsers = Browsers(world, address, open_context)
        yield browsers
        browsers.close()


def fill_date(page, label, day):
    group = page.get_by_role("group", name=re.compile(f"^{re.escape(label)}"))
    for box, value in (("Day", day.day), ("Month", day.month), ("Year", day.year)):
        group.get_by_label(box, exact=True).fill(str(value))


def test_somebody_joins_the_pool_on_a_phone_and_a_recruiter_confirms_their_training(world, people):
    desk = world.staff_desk
    page = people.visit("analyst", "/pool", width=320)
    people.follow(page, "Join the pool")
    people.press(page, "Save")
    assert "There is a problem" in page.locator("main").inner_text()
    page.get_by_label("Your grade").fill("Band 7")
    page.get_by_label("Your directorate").fill("Finance")
    page.get_by_label("Chair a panel").check()
    people.press(page, "Save")
    assert "What you tell of yourself" in page.locator("h1").inner_text()
    page.get_by_role("group", name="What is your sex?").get_by_label("Female").check()
    page.get_by_label("My answers may be counted", exact=False).check()
    people.press(page, "Seal my answers")
    people.follow(page, "Add training")
    page.get_by_label("Panel member training").check()
    fill_date(page, "When did you complete it?", desk.now.date() - timedelta(days=30))
    page.get_by_label("Where is the evidence?").fill("Certificate 41")
    people.press(page, "Add it")
    assert "Not yet" in page.locator("main").inner_text()
    people.follow(page, "Add days")
    fill_date(page, "First day", desk.now.date() + timedelta(days=5))
    fill_date(page, "Last day", desk.now.date() + timedelta(days=6))
    people.press(page, "Add these days")

    recruiter = people.visit("recruiter", "/pool/members")
    people.press(recruiter, "Confirm")
    people.visit("recruiter", "/pool/year")
    people.visit("recruiter", "/pool/questions")
    page.reload()
    assert "Not yet" not in page.locator("main").inner_text()
    people.follow(page, "Leave the pool")
    people.press(page, "Leave and erase")
    assert "Join the pool" in page.locator("main").inner_text()


def _nobody_sits(world, campaign_id):
    day = world.clock.now.date() + timedelta(days=1)
    with world.staff_desk.sessions.writing() as session:
        session.execute(
            delete(CampaignRole).where(
                CampaignRole.campaign_id == campaign_id, CampaignRole.role.in_(sorted(PANEL_ROLES))
            )
        )
        campaign = session.get_one(Campaign, campaign_id)
        campaign.interviews_from = campaign.interviews_until = day
        world.cast.people["director"] = add_person(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, name="Dora Director",
            email="dora@body.example", is_administrator=True,
        )  # fmt: skip


def test_a_panel_from_proposal_to_final_outcomes(world, people):
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=6, is_booked=False)
    _nobody_sits(world, campaign_id)
    panel = f"/campaigns/{campaign_id}/panel-arrangements"

    # Proposed for the period, one member kept and solved again, taken.
    recruiter = people.visit("recruiter", "/pool/proposals")
    people.press(recruiter, "Propose panels")
    people.press(recruiter, "Keep and solve again", exact=False)
    assert "Kept" in recruiter.locator("main").inner_text()
    people.press(recruiter, "Take this panel", exact=False)
    assert "still have to declare" in recruiter.locator("main").inner_text()

    with world.staff_desk.sessions.reading() as session:
        held = session.execute(
            select(CampaignRole.role, CampaignRole.person_id).where(
                CampaignRole.campaign_id == campaign_id, CampaignRole.role.in_(sorted(PANEL_ROLES))
            )
        ).all()
    parts = {person: part for part, person in world.people.items()}
    seat = {role: parts[person] for role, person in held}
    members = sorted({parts[person] for _, person in held})
    assert len(members) == 3
    match_relationships(world.staff_desk, campaign_id)

    # Everybody declares; one knows somebody, and the chair rules that it is no conflict.
    interviews = f"/campaigns/{campaign_id}/interviews"
    knower = next(part for part in members if part != seat["panel_chair"])
    for part in members:
        page = people.visit(part, f"{interviews}/conflicts", width=320 if part == knower else 1280)
        for number, group in enumerate(page.get_by_role("group", name=re.compile("^Do you know")).all()):
            is_known = part == knower and number == 0
            group.get_by_label("Yes" if is_known else "No", exact=True).check()
            if is_known:
                group.get_by_label("How do you know them?").fill("We were on the same course in 2019.")
        people.press(page, "Declare")
    chair = people.visit(seat["panel_chair"], f"{interviews}/conflicts/cases")
    while chair.locator("main a").filter(has_text="Rule on it").count():
        people.follow(chair, "Rule on it")
        chair.get_by_label("No", exact=True).check()
        chair.get_by_label("Your reason").fill("Years ago, and no more than that.")
        people.press(chair, "Record it")

    # A member's training is gone: a blocking rule, a waiver by somebody outside.
    with world.staff_desk.sessions.writing() as session:
        gone = next(part for part in members if part not in (seat["panel_chair"], seat["inclusion_lead"]))
        session.execute(delete(PoolTraining).where(PoolTraining.person_id == world.people[gone]))
    people.visit("recruiter", panel)
    people.press(recruiter, "Check this panel")
    people.follow(recruiter, "Ask for a waiver")
    recruiter.get_by_label("Why does the panel go ahead?").fill("Their training is booked for next week.")
    recruiter.get_by_label("Who was asked, and when?").fill("Everybody in the pool, on Monday.")
    people.press(recruiter, "Ask for the waiver")
    assert "Waiver asked" in recruiter.locator("main").inner_text()
    director = people.visit("director", "/pool/waivers")
    people.follow(director, "Decide")
    director.get_by_label("Yes", exact=True).check()
    director.get_by_label("Your reason").fill("The post cannot wait.")
    people.press(director, "Record the decision")
    people.visit("recruiter", panel)
    people.press(recruiter, "Check this panel")
    while recruiter.locator("main a").filter(has_text="Record why you go ahead").count():
        people.follow(recruiter, "Record why you go ahead")
        recruiter.get_by_label("Why does the panel go ahead?").fill("Nobody else was free.")
        recruiter.get_by_label("Who was asked, and when?").fill("The networks, by mail.")
        people.press(recruiter, "Record it")
    assert "Nothing stands in the way" in recruiter.locator("main").inner_text()

    # Booked for today.
    for number, application_id in enumerate(entries(world, campaign_id)):
        people.visit("recruiter", f"/campaigns/{campaign_id}/bookings/{application_id}")
        fill_date(recruiter, "Day", world.clock.now.date())
        recruiter.get_by_label("Time", exact=True).fill(f"{9 + number}:00")
        recruiter.get_by_label("Adjustments that the panel applies").fill("Ten minutes more")
        people.press(recruiter, "Save the booking")
    people.visit(seat["inclusion_lead"], f"{interviews}/pack")

    # Each scores alone; then the chair writes down what is agreed.
    for application_id in entries(world, campaign_id):
        for part in members:
            page = people.visit(part, f"{interviews}/candidates/{application_id}")
            for group in page.get_by_role("group", name=re.compile("^Your score")).all():
                group.locator("input[type=radio]").nth(3 if part == knower else 5).check()
            people.press(page, "Save your scores")
    chair = people.visit(seat["panel_chair"], f"{interviews}/candidates/{application_id}/discussion")
    assert "Differ by 2" in chair.locator("main").inner_text()
    people.follow(chair, "Write down what is agreed")
    chair.get_by_label("5", exact=True).check()
    chair.get_by_label("The reason").fill("We heard the second example again.")
    people.press(chair, "Write it down")

    # A challenge is answered, the checklist completed.
    page = people.visit(knower, f"{interviews}/challenges")
    page.get_by_label("What do you challenge, and why?").fill("We judged one answer by its accent.")
    people.press(page, "Record the challenge")
    people.visit(seat["panel_chair"], f"{interviews}/challenges")
    people.follow(chair, "Answer")
    chair.get_by_label("Your answer").fill("We scored that answer anew from the notes.")
    people.press(chair, "Record the answer")
    lead = people.visit(seat["inclusion_lead"], f"{interviews}/checklist")
    for _ in range(13):
        if not lead.locator("main a").filter(has_text=re.compile(r"^\s*Answer")).count():
            break
        people.follow(lead, "Answer")
        lead.get_by_label("Yes", exact=True).check()
        lead.get_by_label("Note").fill("Seen to.")
        people.press(lead, "Save the answer")
    assert "It is complete" in lead.locator("main").inner_text()
    chair = people.visit(seat["panel_chair"], interviews)
    people.press(chair, "Show the order of merit")
    assert len(people.seen) > 40
