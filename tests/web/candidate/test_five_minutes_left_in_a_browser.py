"""A candidate on a phone with five minutes to the deadline and a wrong file, in a real browser."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from fpdf import FPDF
from sqlalchemy import select

from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from tests.support.axe import violations, width_of
from tests.support.browsers import PICTURES
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER


def pdf_of(text: str, password: str = "") -> dict[str, object]:
    document = FPDF()
    document.add_page()
    document.set_font("Helvetica", size=12)
    document.multi_cell(0, 8, text)
    if password:
        document.set_encryption(owner_password=password, user_password=password)
    return {"name": "my cv.pdf", "mimeType": "application/pdf", "buffer": bytes(document.output())}


@pytest.mark.parametrize("width", [320, 1280])
def test_a_locked_file_is_said_in_words_and_the_right_one_is_sent_in_time(
    world, applicant, cv_question, open_context, width
):
    applicant.write()
    with world.staff_desk.sessions.reading() as session:
        closes_at = session.get_one(Campaign, applicant.campaign_id).closes_at
    world.clock.now = closes_at - timedelta(minutes=5)
    with serving(world.public_app) as address:
        cookie = applicant.client.get_cookie("recruitment-public")
        context = open_context(viewport={"width": width, "height": 700})
        context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": address}])
        page = context.new_page()
        seen = []

        def check() -> None:
            page.wait_for_load_state()
            assert width_of(page) <= width, page.url
            assert [each["id"] for each in violations(page)] == [], page.url
            if PICTURES:
                name = re.sub(r"[^a-z]+", "-", page.locator("h1").inner_text().lower())[:40]
                page.screenshot(path=str(Path(PICTURES) / f"late-{len(seen)}-{name}-{width}.png"), full_page=True)
            seen.append(page.url)

        page.goto(f"{address}{applicant.at}")
        check()
        assert "5 minutes left" in page.locator("main").inner_text()
        page.goto(f"{address}{applicant.at}/question/{cv_question}")
        page.locator("input[type=file]").set_input_files(files=[pdf_of("I led a ward.", "secret")])
        page.get_by_role("button", name="Save and continue").click()
        page.locator(".govuk-error-summary").wait_for()
        check()
        assert "password" in page.locator(".govuk-error-summary").inner_text()

        world.clock.now += timedelta(minutes=3)
        page.locator("input[type=file]").set_input_files(files=[pdf_of("I led a ward of thirty beds.")])
        page.get_by_role("button", name="Save and continue").click()
        page.get_by_text("thirty beds").first.wait_for()
        check()
        page.goto(f"{address}{applicant.at}")
        check()
        assert "2 minutes left" in page.locator("main").inner_text()
        page.get_by_role("link", name="See what shortlisters will read").click()
        check()
        assert "thirty beds" in page.locator("main").inner_text()
        page.get_by_role("button", name="Go on to check your answers").click()
        check()
        page.get_by_role("button", name="Accept and send").click()
        page.get_by_role("heading", name="Application sent").wait_for()
        check()
    with world.staff_desk.sessions.reading() as session:
        sent = session.scalars(select(Application).where(Application.campaign_id == applicant.campaign_id)).one()
    assert sent.submitted_at == closes_at - timedelta(minutes=2)
