"""Each role's journey in a real browser against the real processes of the demonstration.

All browser tests stand in this one file: the demonstration is started once for it.
"""

from __future__ import annotations

import csv
import io
import re
import time
from collections import Counter
from urllib.parse import urlsplit

import pyotp
import pytest

from tests.support.axe import width_of
from tests.support.demonstration import find_chromium
from tests.support.journeys import (
    DOWNLOADS,
    FOCUSED,
    ID,
    REFUSES,
    answer_equality_questions,
    check_page,
    follow,
    heading_of,
    link_in_the_outbox,
    open_campaign,
    post_empty,
    press,
    tab_to,
)

CHROMIUM = find_chromium()
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine"),
]
PHONE = {"width": 320, "height": 640}


def test_a_candidate_applies_on_a_phone_without_javascript_and_answers_the_equality_questions(demo, visit):
    page = visit(viewport=PHONE, java_script_enabled=False)
    page.goto(demo.public)
    follow(page, "Enquiries assistant")
    follow(page, "Apply now")
    follow(page, "Sign in to start or continue")
    page.get_by_label("Email address").fill("efua.owusu@example.org")
    page.locator("main button").click()
    assert heading_of(page) == "Check your email"
    page.goto(link_in_the_outbox(visit, demo, "efua.owusu@example.org"))
    page.locator("main button").click()
    assert heading_of(page) == "Your application"

    follow(page, "Your name")
    page.get_by_label("Full name").fill("Efua Owusu")
    press(page, "Save and continue")
    page.goto(page.url.partition("/application")[0] + "/application")
    follow(page, "How to contact you")
    assert page.get_by_label("Email address").input_value() == "efua.owusu@example.org"
    press(page, "Save and continue")
    for number in (1, 2, 3):
        page.goto(page.url.partition("/application")[0] + "/application")
        follow(page, f"Question {number}")
        page.locator("textarea").fill(
            f"My colleague called me Efua, as all of Wren House did. I put {number} late letters right in a week."
        )
        press(page, "Save and continue")
    page.goto(page.url.partition("/application")[0] + "/application")
    follow(page, "Adjustments")
    page.get_by_label("Extra time").check()
    press(page, "Save and continue")
    page.goto(page.url.partition("/application")[0] + "/application")
    follow(page, "Disability Confident scheme")
    page.get_by_label("No", exact=True).check()
    press(page, "Save and continue")
    page.goto(page.url.partition("/application")[0] + "/application")
    follow(page, "People you know")
    page.get_by_label("No", exact=True).check()
    press(page, "Save and continue")
    page.goto(page.url.partition("/application")[0] + "/application")

    follow(page, "See what shortlisters will read")
    assert "Efua" not in page.locator(".site-answer").first.inner_text()
    assert "Wren House" in page.locator(".site-answer").first.inner_text()
    page.locator("summary", has_text="Hide something else").first.click()
    page.locator("textarea, main input[type=text]").first.fill("Wren House")
    page.locator("main button", has_text="Hide these words").first.click()
    assert "Wren House" not in page.locator(".site-answer").first.inner_text()
    follow(page, "Go on to check your answers")
    press(page, "Accept and send")
    assert heading_of(page) == "Application sent"
    assert width_of(page) == 320

    follow(page, "Continue to the equality questions")
    page.get_by_label("Yes", exact=False).first.check()
    press(page, "Continue")
    answer_equality_questions(page)
    page.goto(f"{demo.public}/applications")
    assert "Enquiries assistant" in page.locator("main").inner_text()


def test_a_shortlister_scores_by_keyboard_alone(demo, visit):
    page = visit("other_shortlister")
    page.goto(f"{demo.public}/sift")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)[3] == "#main-content"
    tab_to(page, lambda focused: focused[0].startswith(("Start scoring", "Carry on", "Go on")))
    page.keyboard.press("Enter")
    page.wait_for_selector("h1:has-text('Answer 1 of')")
    for place, value in enumerate((5, 2), 1):
        page.wait_for_selector(f"h1:has-text('Answer {place} of')")
        tab_to(page, lambda focused: focused[3] == "#scores")
        page.keyboard.press("Enter")
        if value < 4:
            tab_to(page, lambda focused: focused[1].startswith("reason-"))
            page.keyboard.type("General claims only.")
        tab_to(page, lambda focused, v=value: focused[1].startswith("score-") and focused[2] == str(v))
        page.keyboard.press("Space")
    page.wait_for_selector("h1:has-text('Answer 3 of')")
    assert page.locator(".sift-notice").inner_text().startswith("Saved: 2 for")


def test_a_score_below_the_minimum_without_a_reason_is_asked_for_one(demo, visit):
    page = visit("shortlister")
    page.goto(f"{demo.public}/sift")
    follow(page, "Start scoring")
    page.locator(".site-scores__button[value='2']").first.click()
    page.locator(".govuk-error-summary").wait_for()
    assert page.title().startswith("Error: ")
    assert page.locator(".govuk-error-summary").count() == 1
    page.locator("textarea").first.fill("Says little of what the person did.")
    page.locator(".site-scores__button[value='2']").first.click()
    assert page.locator(".sift-notice").inner_text().startswith("Saved: 2 for")


def test_a_recruiter_makes_a_campaign_and_opens_it(demo, visit):
    page = visit("recruiter")
    page.goto(demo.staff)
    follow(page, "New campaign")
    page.get_by_label("Title").fill("Ombudsman’s clerk")
    page.get_by_label("Summary").fill("You will keep the casework moving.")
    press(page, "Make the campaign")
    campaign = page.url
    assert heading_of(page) == "Ombudsman’s clerk"

    page.goto(f"{campaign}/vacancies/new")
    for label, value in (
        ("Job title", "Clerk"),
        ("Number of posts", "1"),
        ("Location", "Leeds"),
        ("Pay", "£27,000"),
    ):
        page.get_by_label(label).fill(value)
    page.locator("main button").last.click()
    page.goto(f"{campaign}/questions/new")
    if page.locator("main input[type=radio]").count():
        page.locator("main input[type=radio]").first.check()
    page.get_by_role("textbox", name="Question").fill("Tell us about a promise that you kept.")
    page.get_by_label("Word limit").fill("200")
    page.locator("main button").last.click()
    for name, stage in (("Reliability", "Sift"), ("Judgement", "Interview")):
        page.goto(f"{campaign}/criteria/new")
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label(stage, exact=True).check()
        if stage == "Sift":
            page.locator("main input[type=checkbox]").first.check()
        for score in range(1, 8):
            page.get_by_label(f"A score of {score}").fill(f"What an answer worth {score} shows.")
        page.locator("main button").last.click()
    for person, role in (
        ("Dev Patel", "Shortlister"), ("Marcus Bell", "Shortlister"), ("Ngozi Eze", "Panel chair"),
        ("Aisha Khan", "Panel member"), ("Siân Hughes", "Inclusion lead"), ("Tom Okafor", "Analyst"),
    ):  # fmt: skip
        page.goto(f"{campaign}/people")
        listed = page.get_by_label("Person").locator("option", has_text=person).get_attribute("value")
        page.get_by_label("Person").select_option(listed)
        page.get_by_label(role, exact=True).check()
        press(page, "Give the role")
    page.goto(f"{campaign}/open")
    press(page, "Open the campaign")
    page.goto(campaign)
    assert page.locator("main .govuk-tag").first.inner_text() == "Open for applications"


def test_names_open_when_a_second_person_agrees(demo, visit):
    recruiter, chair = visit("recruiter"), visit("chair")
    campaign = open_campaign(recruiter, demo.staff, "Mediator")
    recruiter.goto(f"{campaign}/shortlist")
    assert recruiter.get_by_role("button", name="Show the names").count() == 0
    press(recruiter, "Ask for the reveal")
    recruiter.goto(f"{campaign}/shortlist")
    assert "The reveal is asked for." in recruiter.locator("main").inner_text()

    chair.goto(f"{campaign}/interviews")
    follow(chair, "Look at the request")
    press(chair, "Agree to the reveal")
    assert heading_of(chair) == "You agreed to the reveal"
    recruiter.goto(f"{campaign}/shortlist")
    press(recruiter, "Show the names")
    assert heading_of(recruiter) == "Names on the shortlist"
    assert recruiter.locator("main").inner_text().count("@example.org") >= 3


def test_a_panel_member_scores_an_interview(demo, visit):
    page = visit("member")
    campaign = open_campaign(page, demo.staff, "Investigator")
    page.goto(f"{campaign}/interviews")
    press(page, "Show the names")
    page.locator(".govuk-task-list__link").first.click()
    for group in page.locator("main fieldset").all():
        group.locator("input[type=radio]").nth(4).check()
    for box in page.locator("main textarea").all():
        box.fill("A clear example, well explained.")
    press(page, "Save your scores")
    assert heading_of(page) == "Your scores are saved"
    page.goto(f"{campaign}/interviews")
    assert "You have scored 1 of" in page.locator("main").inner_text()


def test_the_chair_decides_in_order_of_merit(demo, visit):
    page = visit("chair")
    campaign = open_campaign(page, demo.staff, "Adjudicator")
    page.goto(f"{campaign}/interviews")
    press(page, "Show the order of merit")
    groups = page.locator("main fieldset").all()
    for place, group in enumerate(groups):
        options = group.locator(".govuk-radios__item")
        appointed = options.filter(has_text=re.compile("Appoint")).first
        wanted = appointed if place == 0 else options.filter(has_text=re.compile("Not appoint|Do not")).first
        wanted.locator("input").check()
    for box in page.locator("main textarea").all():
        box.fill("The panel compared the evidence on inclusion.")
    press(page, "Make the outcomes final")
    assert heading_of(page) == "The outcomes are final"


def test_the_analyst_reads_the_release_and_downloads_the_figures(demo, visit):
    page = visit("analyst", accept_downloads=True)
    page.goto(f"{demo.staff}/releases")
    follow(page, "Casework officer")
    assert heading_of(page) == "Funnel"
    shown = page.locator("tr", has_text="Everyone").first.locator("td").first.inner_text()
    with page.expect_download() as coming:
        follow(page, "CSV")
    rows = list(csv.reader(io.StringIO(coming.value.path().read_text("utf-8-sig"))))
    assert {len(row) for row in rows if row} != {1}
    assert shown in {cell for row in rows for cell in row}


def test_the_auditor_reads_the_trail_and_finds_it_unbroken(demo, visit):
    page = visit("auditor")
    campaign = open_campaign(page, demo.staff, "Casework officer")
    page.goto(f"{campaign}/trail")
    assert page.locator("main").inner_text().count("Helen Marsh") > 10
    follow(page, "Check the trail for breaks")
    assert "No break found" in page.locator("main").inner_text()


def test_an_administrator_adds_a_person_and_gets_a_link_for_them(demo, visit):
    page = visit("recruiter")
    page.goto(f"{demo.staff}/people")
    assert page.locator("tbody tr").count() >= 8
    follow(page, "Add a person")
    page.get_by_label("Full name").fill("Rhiannon Price")
    page.get_by_label("Work email address").fill("rhiannon.price@body.example")
    page.locator("main button").click()
    page.locator("main button").first.click()
    assert "rhiannon.price@body.example" in page.locator("main").inner_text()


def test_an_ended_session_keeps_the_reason_that_was_typed(demo, visit):
    """Enrolled by a real link, signed in by password and code, signed out by the loss of the cookie."""
    printed = demo.command("people", "invite", "shortlister.two@body.example", "--site", "public")
    page = visit()
    page.goto(re.search(r"http://\S+/enrol/\S+", printed).group())
    secret = re.sub(r"\s", "", page.locator("main p.site-typed").inner_text())
    password = "heron ladder cinnamon 4"
    page.get_by_label("Choose a password").fill(password)
    page.get_by_label("Enter the password again").fill(password)
    codes = pyotp.TOTP(secret)
    if time.time() % 30 > 25:
        page.wait_for_timeout(6_000)  # so that the three codes below fit the time of one
    # Each code works once, and those next to the present one are taken as well.
    earlier, present, later = (codes.at(int(time.time()) + seconds) for seconds in (-30, 0, 30))
    page.get_by_label("One-time code").fill(earlier)
    press(page, "Save and go to sign in")

    def sign_in(code):
        page.get_by_label("Email address").fill("shortlister.two@body.example")
        page.get_by_label("Password", exact=True).fill(password)
        page.get_by_label("One-time code").fill(code)
        press(page, "Sign in")

    page.goto(f"{demo.public}/staff-sign-in")
    sign_in(present)
    assert heading_of(page) == "Your sifts"
    follow(page, "Start scoring")
    reason = "Says what the team did, and not what the writer did."
    page.locator("textarea").first.fill(reason)
    page.wait_for_load_state("networkidle")  # the next answer is fetched ahead, and would bring the cookie back
    page.context.clear_cookies()
    page.locator(".site-scores__button[value='3']").first.click()
    page.get_by_text("We kept what you typed").wait_for()
    sign_in(later)
    press(page, "Save what you typed")
    assert page.locator(".sift-notice").inner_text().startswith("Saved: 3 for")
    page.get_by_role("link", name="Change it").click()
    assert page.locator("textarea").first.input_value() == reason


@pytest.mark.parametrize(
    "role", ["nobody", "candidate", "shortlister", "recruiter", "chair", "member", "analyst", "auditor"]
)
def test_axe_finds_nothing_on_any_page_of(role, demo, visit):
    page = visit(None if role == "nobody" else role, viewport=PHONE)
    public = role in ("nobody", "candidate", "shortlister")
    base = demo.public if public else demo.staff
    homes = {
        "nobody": ["/", "/sign-in", "/staff-sign-in"],
        "candidate": ["/applications"],
        "shortlister": ["/sift"],
    }
    waiting = [base + path for path in homes.get(role, ["/"])]
    found, seen, errors = [], Counter(), []
    page.on("console", lambda line: line.type == "error" and "400" not in line.text and errors.append(line.text))
    while waiting:
        address = waiting.pop(0).partition("#")[0]
        path = urlsplit(address).path
        kind = ID.sub("<id>", path)
        # The page of a campaign looks different at every stage; of other pages one is enough.
        most = 8 if kind.endswith(("campaigns/<id>", "/sift", "/release", "/interviews", "/shortlist")) else 1
        if not address.startswith(base) or path.endswith(DOWNLOADS) or seen[kind] >= most or seen[path]:
            continue
        seen[kind] += 1
        seen[path] += 1
        page.goto(address)
        check_page(page, found)
        waiting += page.locator("main a[href], nav a[href], footer a[href]").evaluate_all(
            "e => e.map(x => x.href)"
        )
        if page.locator("main form[method=post]").count() and (
            any(part in path for part in REFUSES) or path.endswith("sign-in")
        ):
            post_empty(page, found)
    assert errors == []
    assert found == []
    assert sum(seen.values()) > 6
