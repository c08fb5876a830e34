"""Periods are set and what is due is read on one page; a hold goes from asking to release in a browser."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from recruitment.rules.actors import system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.retention import KINDS, RetentionKind
from recruitment.services.accounts import add_person
from recruitment.services.retention_periods import current_periods
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application
from tests.support.browsers import Browsers
from tests.support.served import IN_A_BROWSER, serving


@pytest.fixture
def client(world):
    made = world.staff_client()
    world.sign_in(made, "recruiter")
    return made


def form(**changed) -> dict[str, str]:
    return (
        {kind.value: str(record.months) for kind, record in KINDS.items()}
        | {"reason": "Our lawyers asked."}
        | changed
    )


@pytest.mark.sqlite_only
def test_periods_are_set_on_the_page_and_a_refused_one_keeps_what_was_typed(world, client):
    page = client.post("/retention/periods", data=form(applications="3"))
    assert page.status_code == 400
    assert 'value="3"' in page.text and "Our lawyers asked." in page.text
    assert re.search("must be 6 or more|between 6 and 84|6 or more", page.text), page.text[:3000]
    page = client.post("/retention/periods", data=form(applications="18"), follow_redirects=True)
    assert "The periods are set" in page.text
    assert "Version 1 is in force" in client.get("/retention/periods").text
    with world.staff_desk.sessions.reading() as session:
        assert current_periods(session, world.organisation_id)[RetentionKind.APPLICATIONS] == 18


@pytest.mark.sqlite_only
def test_the_page_says_what_is_due_when_and_what_was_erased(world, client):
    world.campaign(until=CampaignState.RELEASED, applications=12)
    page = client.get("/retention").text
    assert "12" in page and "Applications, scores and outcomes" in page and "Tonight" not in page
    world.clock.advance(days=400)
    assert "Tonight" in client.get("/retention").text


@pytest.fixture
def browsers(world, open_context):
    with serving(world.staff_app) as address:
        found = Browsers(world, address, open_context)
        yield found
        found.close()


@pytest.mark.browser
@pytest.mark.sqlite_only
@IN_A_BROWSER[2]
def test_a_hold_goes_from_its_asking_to_its_release(world, browsers):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=12)
    with world.staff_desk.sessions.writing() as session:
        world.cast.people["second"] = add_person(
            session, actor=system_actor(world.organisation_id), desk=world.staff_desk, name="Priya Nair",
            email="second@body.example", is_administrator=True,
        )  # fmt: skip
        reference = session.scalars(
            select(Application.reference).where(Application.campaign_id == campaign_id)
        ).first()
    one = browsers.visit("recruiter", "/holds")
    browsers.follow(one, "Ask for a hold")
    one.get_by_label("Campaign").select_option(index=1)
    one.get_by_label("Reference of the application").fill(reference.lower())
    one.get_by_label("A complaint").check()
    one.get_by_label("Why must the papers be kept?").fill("Complaint of 3 May about the sift.")
    review = world.clock.now.date().replace(day=1)
    group = one.get_by_role("group", name="When will you look again?")
    group.get_by_label("Day").fill("1")
    group.get_by_label("Month").fill(str(review.month))
    group.get_by_label("Year").fill(str(review.year))
    browsers.press(one, "Ask for it")
    assert one.get_by_role("link", name="Enter a day within the next 12 months").is_visible()
    group = one.get_by_role("group", name="When will you look again?")
    group.get_by_label("Month").fill(str(review.month % 12 + 1))
    group.get_by_label("Year").fill(str(review.year + (review.month == 12)))
    browsers.press(one, "Ask for it")
    other = browsers.visit("second", "/holds", width=320)
    browsers.follow(other, "Decide")
    other.get_by_label("Yes").check()
    browsers.press(other, "Record your decision")
    run_due_jobs(world.staff_desk, None)
    browsers.follow(other, "Look")
    browsers.press(other, "Read the papers")
    assert other.get_by_text("Answers as shortlisters read them").is_visible()
    other.go_back()
    browsers.follow(other, "Ask to release it")
    other.get_by_label("Why need the papers not be kept any longer?").fill("Settled.")
    browsers.press(other, "Ask to release it")
    browsers.visit("recruiter", "/holds")
    browsers.follow(one, "Decide")
    one.get_by_label("Yes").check()
    browsers.press(one, "Record your decision")
    assert one.get_by_text("Released; erased tonight").is_visible()
    browsers.visit("recruiter", "/retention")
    browsers.follow(one, "Periods")
    one.set_viewport_size({"width": 320, "height": 900})
    browsers.visit("recruiter", "/retention")
