"""The whole way of a panel in a real browser: pool, proposal, findings, waiver, booking, interview, challenge."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import PANEL_ROLES
from recruitment.services.accounts import add_person
from recruitment.services.relationships import match_relationships
from recruitment.services.worker import keep_house
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole
from recruitment.store.pool import PoolTraining
from tests.support.browsers import Browsers
from tests.support.panels import entries
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER


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
    with recruiter.expect_navigation():
        recruiter.get_by_role("button", name="Confirm").first.click()
    people.visit("recruiter", "/pool/year")
    people.visit("recruiter", "/pool/questions")
    rules = people.visit("recruiter", "/panel-rules")
    rules.get_by_role("group", name="A disabled member").get_by_label("Warns").check()
    rules.get_by_label("Why do the rules change?").fill("Our disabled staff network asked for it.")
    people.press(rules, "Adopt these rules")
    assert "Version 2 is in force" in rules.locator("main").inner_text()
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


@dataclass
class Way:
    """A panel on its way: who sits, by part; `knower` says that they know a candidate."""

    world: Any
    people: Browsers
    campaign_id: Any
    seat: dict[str, str] = field(default_factory=dict)
    members: list[str] = field(default_factory=list)

    @property
    def panel(self):
        return f"/campaigns/{self.campaign_id}/panel-arrangements"

    @property
    def interviews(self):
        return f"/campaigns/{self.campaign_id}/interviews"

    @property
    def chair(self):
        return self.seat["panel_chair"]

    @property
    def knower(self):
        return next(part for part in self.members if part != self.chair)

    def seats_are_taken(self):
        with self.world.staff_desk.sessions.reading() as session:
            held = session.execute(
                select(CampaignRole.role, CampaignRole.person_id).where(
                    CampaignRole.campaign_id == self.campaign_id, CampaignRole.role.in_(sorted(PANEL_ROLES))
                )
            ).all()
        parts = {person: part for part, person in self.world.people.items()}
        self.seat = {role: parts[person] for role, person in held}
        self.members = sorted({parts[person] for _, person in held})


def propose_and_take(way):
    """Proposed for the period, one member kept and solved again, taken."""
    recruiter = way.people.visit("recruiter", "/pool/proposals")
    way.people.press(recruiter, "Propose panels")
    way.people.press(recruiter, "Keep and solve again", exact=False)
    assert "Kept" in recruiter.locator("main").inner_text()
    way.people.press(recruiter, "Take this panel", exact=False)
    assert "still have to declare" in recruiter.locator("main").inner_text()
    way.seats_are_taken()
    assert len(way.members) == 3


def declare_and_rule(way):
    """One member knows somebody, and the chair rules that it is no conflict."""
    match_relationships(way.world.staff_desk, way.campaign_id)
    for part in way.members:
        width = 320 if part == way.knower else 1280
        page = way.people.visit(part, f"{way.interviews}/conflicts", width=width)
        for number, group in enumerate(page.get_by_role("group", name=re.compile("^Do you know")).all()):
            is_known = part == way.knower and number == 0
            group.get_by_label("Yes" if is_known else "No", exact=True).check()
            if is_known:
                group.get_by_label("How do you know them?").fill("We were on the same course in 2019.")
        way.people.press(page, "Declare")
    chair = way.people.visit(way.chair, f"{way.interviews}/conflicts/cases")
    while chair.locator("main a").filter(has_text="Rule on it").count():
        way.people.follow(chair, "Rule on it")
        chair.get_by_label("No", exact=True).check()
        chair.get_by_label("Your reason").fill("Years ago, and no more than that.")
        way.people.press(chair, "Record it")


def waive_a_lapse(way):
    """A member's training is gone: a blocking rule, waived by somebody outside the campaign."""
    people, seat = way.people, way.seat
    with way.world.staff_desk.sessions.writing() as session:
        gone = next(part for part in way.members if part not in (way.chair, seat["inclusion_lead"]))
        session.execute(delete(PoolTraining).where(PoolTraining.person_id == way.world.people[gone]))
    recruiter = people.visit("recruiter", way.panel)
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
    people.visit("recruiter", way.panel)
    people.press(recruiter, "Check this panel")
    while recruiter.locator("main a").filter(has_text="Record why you go ahead").count():
        people.follow(recruiter, "Record why you go ahead")
        recruiter.get_by_label("Why does the panel go ahead?").fill("Nobody else was free.")
        recruiter.get_by_label("Who was asked, and when?").fill("The networks, by mail.")
        people.press(recruiter, "Record it")
    assert "Nothing stands in the way" in recruiter.locator("main").inner_text()


def book_for_today(way):
    recruiter = way.people.page("recruiter")
    for number, application_id in enumerate(entries(way.world, way.campaign_id)):
        way.people.visit("recruiter", f"/campaigns/{way.campaign_id}/bookings/{application_id}")
        fill_date(recruiter, "Day", way.world.clock.now.date())
        recruiter.get_by_label("Time", exact=True).fill(f"{9 + number}:00")
        recruiter.get_by_label("Adjustments that the panel applies").fill("Ten minutes more")
        way.people.press(recruiter, "Save the booking")
    way.people.visit(way.seat["inclusion_lead"], f"{way.interviews}/pack")


def lapse_on_the_day(way):
    """The chair's training turns out not to count: nobody scores until that is put right."""
    desk = way.world.staff_desk
    with desk.sessions.writing() as session:
        held = session.scalars(
            select(PoolTraining).where(PoolTraining.person_id == way.world.people[way.chair])
        ).all()
        confirmed = {row.id: row.confirmed_at for row in held}
        for row in held:
            row.confirmed_at = None
    keep_house(desk)
    page = way.people.visit("recruiter", way.panel)
    assert "Interviews cannot be booked or scored yet" in page.locator("main").inner_text()
    page = way.people.visit(way.knower, way.interviews)
    assert "Interviews cannot be scored yet" in page.locator("main").inner_text()
    with desk.sessions.writing() as session:
        for row in session.scalars(select(PoolTraining).where(PoolTraining.id.in_(confirmed))):
            row.confirmed_at = confirmed[row.id]
    page = way.people.visit(way.knower, way.interviews)
    assert "Interviews cannot be scored yet" not in page.locator("main").inner_text()


def score_and_agree(way):
    """Each scores alone; then the chair writes down what is agreed."""
    for application_id in entries(way.world, way.campaign_id):
        for part in way.members:
            page = way.people.visit(part, f"{way.interviews}/candidates/{application_id}")
            for group in page.get_by_role("group", name=re.compile("^Your score")).all():
                group.locator("input[type=radio]").nth(3 if part == way.knower else 5).check()
            way.people.press(page, "Save your scores")
    chair = way.people.visit(way.chair, f"{way.interviews}/candidates/{application_id}/discussion")
    assert "Differ by 2" in chair.locator("main").inner_text()
    way.people.follow(chair, "Write down what is agreed")
    chair.get_by_label("5", exact=True).check()
    chair.get_by_label("The reason").fill("We heard the second example again.")
    way.people.press(chair, "Write it down")


def challenge_and_tick_off(way):
    people = way.people
    page = people.visit(way.knower, f"{way.interviews}/challenges")
    page.get_by_label("What do you challenge, and why?").fill("We judged one answer by its accent.")
    people.press(page, "Record the challenge")
    chair = people.visit(way.chair, f"{way.interviews}/challenges")
    people.follow(chair, "Answer")
    chair.get_by_label("Your answer").fill("We scored that answer anew from the notes.")
    people.press(chair, "Record the answer")
    lead = people.visit(way.seat["inclusion_lead"], f"{way.interviews}/checklist")
    for _ in range(13):
        if not lead.locator("main a").filter(has_text=re.compile(r"^\s*Answer")).count():
            break
        people.follow(lead, "Answer")
        lead.get_by_label("Yes", exact=True).check()
        lead.get_by_label("Note").fill("Seen to.")
        people.press(lead, "Save the answer")
    assert "It is complete" in lead.locator("main").inner_text()


def test_a_panel_from_proposal_to_the_order_of_merit(world, people):
    way = Way(world, people, world.campaign(until=CampaignState.REVEALED, applications=6, is_booked=False))
    _nobody_sits(world, way.campaign_id)
    propose_and_take(way)
    declare_and_rule(way)
    waive_a_lapse(way)
    book_for_today(way)
    lapse_on_the_day(way)
    score_and_agree(way)
    challenge_and_tick_off(way)
    chair = people.visit(way.chair, way.interviews)
    people.press(chair, "Show the order of merit")
    assert len(people.seen) > 40
