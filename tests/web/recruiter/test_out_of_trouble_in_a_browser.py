"""A recruiter with two campaigns in trouble gets both out of it, and brings a copy from its making to the freeze.

She types no address: what her first screen and its pages say and link is all she follows. Candidates' own pages
have journeys of their own: here they apply through the services.
"""

from __future__ import annotations

import re
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import delete

from recruitment.commands.sample.applying import Building, apply_all
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.permissions import Role
from recruitment.services.more_time import ask_for_time
from recruitment.services.scores import score_answer
from recruitment.services.sift import read_answer, read_queue
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole
from tests.services.test_body_of_five import FIVE
from tests.support.journeys import follow, heading_of, press
from tests.support.offices import Office
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
SCORERS = ("shortlister_one", "shortlister_two")
CANDIDATES, QUESTIONS = 3, 3
STOPPED, OVERDUE, FINISHED, COPY = "Caseworker", "Enquiries assistant", "Records officer", "Archivist"
SCREEN = "Your campaigns"


class Recruiter:
    """Her window; `pages` and `fields` count what she opened and what she filled in or ticked."""

    def __init__(self, office):
        self.office, self.page = office, office.at("recruiter", "/")
        self.pages, self.fields = 0, 0

    def _shows(self, heading):
        self.page.wait_for_selector(f"h1:has-text('{heading}')")
        self.pages += 1

    def follow(self, words, heading):
        follow(self.page, words)
        self._shows(heading)

    def press(self, words, heading):
        press(self.page, words)
        self._shows(heading)

    def home(self):
        self.page.locator(".govuk-breadcrumbs a", has_text="Campaigns").click()
        self._shows(SCREEN)

    def fill(self, label, words):
        self.page.get_by_label(label, exact=True).fill(words)
        self.fields += 1

    def tick_all(self):
        for box in self.page.locator("main input[type=checkbox]").all():
            box.check()
            self.fields += 1

    def reads(self, *words):
        shown = self.page.locator("main").inner_text()
        assert [one for one in words if one not in shown] == [], shown

    def look(self, name):
        self.office.look(self.page, name)


def _score_some(world, campaign_id, part, number):
    """Somebody who begins, and is heard of no more."""
    desk, actor = world.public_desk, world.actor(part)
    with desk.sessions.reading() as session:
        queue = read_queue(session, actor=actor, campaign_id=campaign_id, per_page=100)
    with desk.sessions.writing() as session:
        for item in queue.items[:number]:
            asked = {"actor": actor, "desk": desk, "campaign_id": campaign_id, "handle": item.handle}
            for criterion in read_answer(session, **asked).criteria:
                score_answer(session, **asked, criterion_id=criterion.id, value=7, reason="")


@pytest.fixture
def troubled(world):
    """One whose shortlister stopped and whose interviews should have begun; one that closed long ago, with nobody
    to agree to the reveal and a candidate who asks for more time; one that is over, to copy."""
    over, overdue, stopped = world.campaigns(
        {"until": CampaignState.DECIDED, "applications": 8, "title": FINISHED, "parts": FIVE},
        {"until": CampaignState.OPEN, "applications": 4, "title": OVERDUE, "seed": 2},
        {"until": CampaignState.SIFTING, "applications": 4, "title": STOPPED, "seed": 3},
    )
    now = world.clock.now
    _score_some(world, stopped, "shortlister_three", 5)
    candidate = world.add_candidate("late@example.org")
    with world.staff_desk.sessions.writing() as session:
        session.execute(
            delete(CampaignRole).where(
                CampaignRole.campaign_id == overdue, CampaignRole.role.in_([Role.PANEL_CHAIR, Role.DEPUTY])
            )
        )
        session.get_one(Campaign, overdue).closes_at = now - timedelta(days=9)
        session.get_one(Campaign, stopped).interviews_from = (now - timedelta(days=1)).date()
    with world.public_desk.sessions.writing() as session:
        ask_for_time(session, actor=candidate, desk=world.public_desk, campaign_id=overdue)
    return {"over": over, "overdue": overdue, "stopped": stopped}


def _replace_whoever_stopped(her, world):
    """Scores set aside with a reason, answers handed over, interviews moved."""
    her.follow(STOPPED, STOPPED)
    her.reads("In trouble: interviews should have begun")
    her.look("stopped")
    her.follow("See the scores and moderation", "Sift: scores and moderation")
    her.reads("Marcus Bell", "If somebody has stopped")
    her.look("stopped-coverage")
    her.follow("take away their role", "People")
    row = her.page.locator("tr").filter(has_text="Marcus Bell").filter(has_text="Shortlister")
    row.locator("summary").click()
    row.locator("textarea").fill("They gave every answer the same score.")
    her.look("stopped-people")
    row.get_by_role("button").click()
    her.page.wait_for_selector("h1:has-text('Sift: scores and moderation')")
    her.reads("The role is taken away.", "Answers with too few shortlisters")
    her.look("stopped-short")
    her.press("Hand the answers over", "Sift: scores and moderation")
    her.reads("handed to another shortlister.")
    assert "too few shortlisters" not in her.page.locator("main").inner_text()
    her.follow("Back to the steps", STOPPED)
    her.follow("Move the interviews", "Post and days of interviews")
    day = world.clock.now.date() + timedelta(days=10)
    for name in ("first_day", "last_day"):
        for part, value in (("day", day.day), ("month", day.month), ("year", day.year)):
            her.page.locator(f"[name={name}-{part}]").fill(str(value))
    her.look("stopped-days")
    her.press("Save", "Panel")
    her.home()


def _open_what_is_overdue(her, office):
    """More time for the candidate who asked, a second person for the reveal, and the sift opened."""
    her.follow("1 request for more time to answer", "Closing times")
    her.look("overdue-asked")
    her.follow("Propose a time", "More time for")
    her.page.locator("main input[name=ground]").first.check()
    her.look("overdue-more-time")
    her.press("Propose this time", "Closing times")
    second = office.at("member", "/")
    office.look(second, "second-person")
    follow(second, "A new closing time waits for your agreement")
    press(second, "Agree to the new time")
    second.wait_for_selector("h1:has-text('Closing times')")
    office.look(second, "second-person-agreed")
    her.home()
    her.follow(OVERDUE, OVERDUE)
    her.reads("In trouble: it closed 9 days ago and the sift is not open", "There is no second person")
    her.look("overdue")
    her.follow("People", "People")
    her.page.get_by_label("Person").select_option(label="Ngozi Eze (deputy@body.example)")
    her.page.get_by_label("Named deputy", exact=False).check()
    her.press("Give the role", "People")
    her.reads("Ngozi Eze")
    her.follow("Back to the steps", OVERDUE)
    assert "There is no second person" not in her.page.locator("main").inner_text()
    her.follow("Open the sift", "Open the sift")
    her.look("overdue-open-sift")
    her.press("Open the sift", "Sift: scores and moderation")
    her.home()


def _copy_and_open(her):
    """In pages opened and fields touched: what takes a person two minutes."""
    her.pages, her.fields = 0, 0
    her.follow("Finished campaigns", "Finished campaigns")
    her.look("finished")
    her.follow(f"Copy {FINISHED}", "Copy this campaign")
    her.fill("Title", COPY)
    her.tick_all()
    her.look("copy")
    her.press("Make the copy", COPY)
    her.look("copied")
    her.follow("Open the campaign", "Open the campaign")
    her.look("open")
    her.press("Open the campaign", COPY)
    her.reads("Wait until applications close.")
    assert her.pages <= 5
    assert her.fields <= 1 + 7, "the title, and a tick for each role that comes along"
    her.look("opened")
    return UUID(re.search(r"[0-9a-f-]{36}", her.page.url)[0])


def _score(office, part, title, key, number):
    """With one key for each answer, from the shortlister's own first page on."""
    page = office.at(part, "/sift", site="public")
    page.locator("a", has_text=re.compile("Start scoring|Carry on|Go on")).filter(has_text=title).first.click()
    for place in range(1, number + 1):
        page.wait_for_selector(f"h1:has-text('Answer {place} of')")
        page.locator("#shortcuts").wait_for(state="visible")
        page.keyboard.press(key if place == 1 else "5")
    page.get_by_text("You have scored all your answers.").wait_for()


def _agree(office, part, title):
    page = office.at(part, "/sift", site="public")
    page.locator("a", has_text=re.compile("agree|oderation")).filter(has_text=title).first.click()
    page.locator(".govuk-task-list__link").first.click()
    page.locator("#shortcuts").wait_for(state="visible")
    office.look(page, f"moderation-{part}")
    page.keyboard.press("6")
    page.keyboard.press("r")
    page.keyboard.type("One strong example.")
    page.keyboard.press("Control+Enter")
    page.get_by_text(re.compile("Agreed: 6|The others of this answer can see")).first.wait_for()


def _sift_and_freeze(her, office, world, campaign_id):
    desk = world.staff_desk
    world.clock.advance(days=9)
    apply_all(
        Building(desk, world.cast, campaign_id, Random(1), {}, lambda line: None, Random(0), FIVE), CANDIDATES
    )
    world.clock.advance(days=30)
    her.home()
    her.follow(COPY, COPY)
    her.look("closed")
    her.follow("Open the sift", "Open the sift")
    her.press("Open the sift", "Sift: scores and moderation")
    for part, key in zip(SCORERS, "75", strict=True):
        _score(office, part, COPY, key, CANDIDATES * QUESTIONS)
    her.home()
    her.follow(COPY, COPY)
    her.follow("See the scores and moderation", "Sift: scores and moderation")
    her.look("differ")
    her.press("Arrange moderation", "Sift: scores and moderation")
    for part in SCORERS:
        _agree(office, part, COPY)
    her.home()
    her.follow("Arrange moderation, or lock the scores", "Sift: scores and moderation")
    her.press("Lock the scores", "Ranking")
    her.fill("Try an interview line", "3")
    her.press("See how many stand above it", "Ranking")
    her.fill("Why is the line drawn here?", "There is room for three.")
    her.look("line")
    press(her.page, "Draw the line at 3")
    press(her.page, "Open the opt-ins")
    press(her.page, "Freeze the shortlist")
    her.page.get_by_role("button", name="Ask for the reveal").wait_for()
    her.look("frozen")


def test_a_recruiter_gets_two_campaigns_out_of_trouble_and_brings_a_copy_to_the_freeze(
    world, troubled, open_context
):
    with serving(world.public_app) as public, serving(world.staff_app) as staff:
        office = Office(world, open_context, (public, staff), ("recruiter", *SCORERS, "member"), "trouble")
        her = Recruiter(office)
        assert heading_of(her.page) == SCREEN
        her.reads("2 campaigns in trouble", "1 request for more time to answer")
        her.look("first-screen")
        _replace_whoever_stopped(her, world)
        her.reads("1 campaign in trouble")
        _open_what_is_overdue(her, office)
        assert "in trouble" not in her.page.locator("main").inner_text()
        her.look("out-of-trouble")
        campaign_id = _copy_and_open(her)
        _sift_and_freeze(her, office, world, campaign_id)
        for page in office.pages.values():
            page.context.close()
    with world.staff_desk.sessions.reading() as session:
        assert session.get_one(Campaign, campaign_id).state == CampaignState.FROZEN
