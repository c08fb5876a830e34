"""Requirements in a real browser: asked by a recruiter, declared by a candidate, and checked by reference."""

from __future__ import annotations

from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.eligibility import EligibilityStanding
from recruitment.store.eligibility import EligibilityCheck, EligibilityRequirement
from tests.support.journeys import follow, press
from tests.support.offices import Office
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
WORDS = "You are on the register of the Nursing and Midwifery Council."


def test_what_the_job_requires_is_asked_declared_and_checked(world, open_context):
    drafted = world.campaign(until=CampaignState.DRAFT, title="Staff nurse")
    opened = world.campaign(until=CampaignState.OPEN, applications=2, title="Ward manager")
    with world.staff_desk.sessions.writing() as session:
        session.add(EligibilityRequirement(campaign_id=opened, requirement="registration", words=WORDS))
    with serving(world.public_app) as public, serving(world.staff_app) as staff:
        office = Office(world, open_context, (public, staff), ("recruiter",), "requirements")
        page = office.at("recruiter", "/")
        follow(page, "2 applications whose requirements are to check")
        page.wait_for_selector("h1:has-text('Check requirements')")
        office.look(page, "check")
        press(page, "Open the next 2")
        page.get_by_text("This opening is on the record.").wait_for()
        office.look(page, "opened")
        for radio in page.locator("main input[type=radio][value=confirmed]").all():
            radio.check()
        page.get_by_role("button", name="Save what you found").click()
        page.get_by_text("Nothing waits at the moment.").wait_for()
        office.look(page, "checked")
        follow(page, "Back to the steps")
        page.wait_for_selector("h1:has-text('Ward manager')")
        office.look(page, "steps")
        page.locator(".govuk-breadcrumbs a", has_text="Campaigns").click()
        page.wait_for_selector("h1:has-text('Your campaigns')")
        assert "are to check" not in page.locator("main").inner_text()
        follow(page, "Staff nurse")
        follow(page, "Requirements")
        page.wait_for_selector("h1:has-text('Requirements')")
        office.look(page, "to-ask")
        page.locator("main textarea, main input[type=text]").first.fill(WORDS)
        press(page, "Save the requirements")
        page.wait_for_selector("h1:has-text('Staff nurse')")
        office.look(page, "asked")
        page.context.close()
        _declare(world, open_context, public, opened, office)
    with world.staff_desk.sessions.reading() as session:
        kept = session.scalars(
            select(EligibilityCheck.standing).where(EligibilityCheck.campaign_id == opened)
        ).all()
        assert kept == [EligibilityStanding.CONFIRMED] * 2
        words = select(EligibilityRequirement.words).where(EligibilityRequirement.campaign_id == drafted)
        assert session.scalars(words).all() == [WORDS]


def _declare(world, open_context, public, campaign_id, office):
    client = world.public_client()
    world.sign_in_candidate(client, "nurse@example.org")
    client.post(f"/campaigns/{campaign_id}/apply")
    cookie = client.get_cookie("recruitment-public")
    context = open_context(viewport={"width": office.width, "height": 800})
    context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": public}])
    page = context.new_page()
    page.goto(f"{public}/campaigns/{campaign_id}/application")
    follow(page, "Requirements of the job")
    page.wait_for_selector("h1:has-text('Requirements')")
    office.look(page, "to-declare")
    page.locator("main input[type=radio]").first.check()
    page.locator("main input[type=text]").first.fill("18Q4417")
    press(page, "Save and continue")
    page.wait_for_selector("h1:has-text('Your application')")
    office.look(page, "declared")
    context.close()
