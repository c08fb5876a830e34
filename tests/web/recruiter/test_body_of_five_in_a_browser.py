"""A body of five runs a whole campaign in a browser, from a copy to the released funnel.

Candidates' own pages have journeys of their own: here they apply through the services, and the interviews are
arranged as the sample arranges them.
"""

from __future__ import annotations

import re
from random import Random
from uuid import UUID

from recruitment.commands.sample.applying import Building, apply_all
from recruitment.commands.sample.interviewing import complete_checklist, prepare_interviews
from recruitment.rules.campaigns import CampaignState
from recruitment.services.tallies import tally_campaign
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole
from tests.services.test_body_of_five import FIVE
from tests.support.journeys import follow, heading_of, press
from tests.support.offices import Office
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
CANDIDATES, QUESTIONS = 4, 3


def _copy_and_open(office, source):
    page = office.at("recruiter", f"/campaigns/{source}/copy")
    page.get_by_label("Title").fill("Casework officer, second round")
    for box in page.locator("main input[type=checkbox]").all():
        box.check()
    office.look(page, "copy")
    page.locator("main form button").last.click()
    page.wait_for_selector("h1:has-text('second round')")
    office.look(page, "steps")
    campaign = page.url.removeprefix(office.staff)
    office.at("recruiter", f"{campaign}/sample-answers")
    press(page, "Leave the sample answers out")
    office.at("recruiter", f"{campaign}/open")
    press(page, "Open the campaign")
    page.wait_for_load_state("load")
    return campaign


def _score(office, part, campaign_id):
    page = office.at(part, f"/sift/{campaign_id}/next", site="public")
    for place in range(1, CANDIDATES * QUESTIONS + 1):
        page.wait_for_selector(f"h1:has-text('Answer {place} of')")
        page.locator("#shortcuts").wait_for(state="visible")
        page.keyboard.press("5")
    page.get_by_text("You have scored all your answers.").wait_for()
    office.look(page, f"scored-{part}")


def _shortlist(office, campaign):
    page = office.at("recruiter", f"{campaign}/sift")
    office.look(page, "coverage")
    press(page, "Lock the scores")
    page.get_by_label("Try an interview line").fill("3")
    press(page, "See how many stand above it")
    page.get_by_label("Why is the line drawn here?").fill("There is room for four.")
    office.look(page, "line")
    press(page, "Draw the line at 3")
    press(page, "Open the opt-ins")
    press(page, "Freeze the shortlist")
    press(page, "Ask for the reveal")
    page.wait_for_load_state("load")
    chair = office.at("shortlister_one", f"{campaign}/interviews")
    follow(chair, "Look at the request")
    office.look(chair, "reveal")
    press(chair, "Agree to the reveal")
    chair.wait_for_selector("h1:has-text('You agreed to the reveal')")


def _interview(office, campaign, part):
    """Each of the panel scores every candidate alone, the first on the list highest."""
    for place in range(CANDIDATES):
        page = office.at(part, f"{campaign}/interviews")
        press(page, "Show the names")
        page.locator(".govuk-task-list__link").nth(place).click()
        page.wait_for_selector("button:has-text('Save your scores')")
        for group in page.locator("main fieldset").all():
            group.locator("input[type=radio]").nth(6 - place).check()
        for box in page.locator("main textarea").all():
            box.fill("A clear example, well explained.")
        if place == 0:
            office.look(page, f"interview-{part}")
        press(page, "Save your scores")
        page.wait_for_selector("h1:has-text('Your scores are saved')")


def _decide(office, campaign):
    page = office.at("shortlister_one", f"{campaign}/interviews")
    press(page, "Show the order of merit")
    groups = page.locator("main fieldset:has(> legend:has-text('Outcome for'))")
    groups.first.wait_for()
    for place, group in enumerate(groups.all()):
        wanted = "Appointed" if place == 0 else "Not appointed"
        group.get_by_label(wanted, exact=True).check()
    office.look(page, "merit")
    press(page, "Make the outcomes final")
    page.wait_for_selector("h1:has-text('The outcomes are final')")


def _sign_the_checklist(office, campaign):
    """What the records do not answer: yes where a person may say so, an exception with its reason elsewhere."""
    page = office.at("recruiter", f"{campaign}/quality")
    office.look(page, "checklist")
    radios = page.locator("main form input[type=radio]")
    for name in dict.fromkeys(radios.evaluate_all("e => e.map(x => x.name)")):
        done = page.locator(f"main form input[name='{name}'][value='done']")
        if done.count():
            done.check()
        else:
            page.locator(f"main form input[name='{name}'][value='exception']").check()
            page.locator(f"main form input[name='note_{name}']").fill("It was seen to on paper.")
    press(page, "Save")
    press(page, "Sign and close the campaign")
    page.get_by_text("Signed by Helen Marsh").wait_for()
    office.look(page, "signed")


def test_five_people_bring_a_copy_to_the_released_funnel(world, open_context):
    source = world.campaign(until=CampaignState.DRAFT, parts=FIVE)
    desk = world.staff_desk
    with serving(world.public_app) as public, serving(world.staff_app) as staff:
        office = Office(world, open_context, (public, staff), ("recruiter", *FIVE), "five")
        campaign = _copy_and_open(office, source)
        campaign_id = UUID(re.search(r"[0-9a-f-]{36}", campaign)[0])
        world.clock.advance(days=9)
        building = Building(desk, world.cast, campaign_id, Random(1), {}, lambda line: None, Random(0), FIVE)
        apply_all(building, CANDIDATES)
        office.look(office.at("member", f"{campaign}/clearance"), "clearance")
        world.clock.advance(days=30)
        page = office.at("recruiter", f"{campaign}/sift")
        office.look(page, "open-sift")
        press(page, "Open the sift")
        page.wait_for_load_state("load")
        for part in ("shortlister_one", "shortlister_two"):
            _score(office, part, campaign_id)
        _shortlist(office, campaign)
        prepare_interviews(desk, campaign_id)
        for part in ("shortlister_one", "shortlister_two", "member"):
            _interview(office, campaign, part)
        complete_checklist(desk, campaign_id)
        _decide(office, campaign)
        tally_campaign(desk, campaign_id)
        analyst = office.at("analyst", f"{campaign}/release")
        office.look(analyst, "release")
        follow(analyst, "Release")
        press(analyst, "Release the funnel")
        analyst.wait_for_load_state("load")
        assert heading_of(analyst) == "Funnel"
        office.look(analyst, "funnel")
        _sign_the_checklist(office, campaign)
        for page in office.pages.values():
            page.context.close()
    with desk.sessions.reading() as session:
        assert session.get_one(Campaign, campaign_id).state == CampaignState.RELEASED
        holders = {row.person_id for row in session.query(CampaignRole).filter_by(campaign_id=campaign_id)}
        assert len(holders) == 5
