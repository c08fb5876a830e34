"""An administrator chooses the equality questions; the next campaign's candidates see them."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest

from recruitment.services.question_sets import current_set
from tests.support.axe import violations
from tests.support.browsers import PICTURES, Browsers
from tests.support.served import serving
from tests.web.candidate.conftest import Applicant

WHY = "Rotas clash with care. We use the answers to plan them."


def held(world):
    with world.staff_desk.sessions.reading() as session:
        return current_set(session, world.organisation_id)


def typed(page: str) -> dict[str, str]:
    """The page's form as it stands."""
    found = {}
    for field in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf' {each}="([^"]*)"', field) for each in ("name", "value"))
        if name and ('type="radio"' not in field or " checked" in field):
            found[name[1]] = html.unescape(value[1]) if value else ""
    for name, words in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>([^<]*)</textarea>', page):
        found[name] = html.unescape(words)
    return found


@pytest.fixture
def client(world):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    return client


@pytest.mark.sqlite_only
def test_every_question_is_listed_with_its_wording_and_source_and_saved_as_a_new_version(world, client):
    page = client.get("/equality-questions").text
    for words in (
        "The questions that are shipped are in force.",
        "Are you currently pregnant, or have you been on maternity leave in the last 12 months?",
        "What was the occupation of your main household earner when you were about aged 14?",
        "Social Mobility Commission",
        "5 groups, then 19 backgrounds of Census 2021",
        "Few people answer yes",
    ):
        assert words in html.unescape(page)
    form = typed(page)
    assert (form["ask_caring"], form["ask_ethnic_group"], "ask_sex" in form) == ("off", "eighteen", False)
    changes = {"ask_caring": "standard", "why_caring": WHY, "ask_religion": "off", "go": "save"}
    answer = client.post("/equality-questions", data=form | changes)
    assert answer.status_code == 303
    assert (held(world).number, held(world).reasons) == (1, {"caring": WHY})
    page = client.get("/equality-questions").text
    assert "Version 1 is in force." in page and typed(page)["why_caring"] == WHY


@pytest.mark.sqlite_only
def test_the_preview_shows_what_is_not_saved_yet_and_goes_back_without_losing_it(world, client):
    form = typed(client.get("/equality-questions").text)
    changes = {"ask_caring": "standard", "why_caring": WHY, "ask_religion": "off", "go": "preview"}
    preview = client.post("/equality-questions", data=form | changes)
    assert preview.status_code == 200 and held(world).number == 0
    assert "Not saved yet" in preview.text and WHY in preview.text
    assert "Do you look after, or give any help or support to, anyone" in preview.text
    assert "What is your religion?" not in preview.text
    carried = typed(preview.text)
    again = client.post("/equality-questions", data=carried | {"go": "change"})
    assert again.status_code == 200 and held(world).number == 0
    assert typed(again.text)["why_caring"] == WHY
    assert client.post("/equality-questions", data=carried | {"go": "save"}).status_code == 303
    assert held(world).chosen.get("caring") == "standard" and "religion" not in held(world).chosen
    assert "What is your religion?" in client.get("/equality-questions/preview?version=0").text
    assert client.get("/equality-questions/preview?version=9").status_code == 404
    assert client.get("/equality-questions/preview?version=x").status_code == 404


@pytest.mark.sqlite_only
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"why_caring": WHY}, "Nothing is asked here"),
        ({"why_sex": "x" * 501}, "The reason must be 500 characters or fewer"),
        ({"ask_religion": "our own"}, "Religion"),
        ({}, "Nothing is changed"),
    ],
)
@pytest.mark.parametrize("go", ["save", "preview"])
def test_what_cannot_be_asked_is_refused_on_the_page_and_nothing_typed_is_lost(
    world, client, changes, sentence, go
):
    form = typed(client.get("/equality-questions").text)
    kept = {"why_age": "Kept words"} if changes else {}
    answer = client.post("/equality-questions", data={**form, **kept, **changes, "go": go})
    if not changes and go == "preview":
        assert answer.status_code == 200
        return
    assert answer.status_code == 400
    assert sentence in html.unescape(answer.text) and "There is a problem" in answer.text
    assert not changes or "Kept words" in answer.text
    assert held(world).number == 0


@pytest.fixture
def sites(world, open_context):
    with serving(world.staff_app) as staff, serving(world.public_app) as public:
        people = Browsers(world, staff, open_context)
        yield people, public
        people.close()


def apply_as(world, campaign_id, email):
    """A browser's client by which somebody has just sent an application in."""
    client = world.public_client()
    applicant = Applicant(world, campaign_id, client, world.sign_in_candidate(client, email))
    applicant.write()
    applicant.submit()
    return client


def walk(page, address, *, choose_first=()):
    """Every page of the questions, each checked; the headings seen. Nothing is answered but what is named."""
    seen = []
    page.goto(address)
    while "/questions" in page.url:
        heading = page.locator("h1").inner_text().strip()
        seen.append(heading)
        assert [one["id"] for one in violations(page)] == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        if PICTURES:
            name = re.sub(r"[^a-z]+", "-", heading.lower())[:40]
            page.screenshot(path=str(Path(PICTURES) / f"candidate-{name}-320.png"), full_page=True)
        if heading in choose_first:
            page.locator("main input[type=radio]").first.check()
        page.get_by_role("button", name="Continue", exact=True).click()
        page.wait_for_load_state()
    return seen


CARE = (
    "Do you look after, or give any help or support to, anyone because they have long-term physical or mental "
    "health conditions or illnesses, or problems related to old age?"
)


@pytest.mark.browser
@pytest.mark.sqlite_only
def test_a_question_switched_on_is_seen_by_the_next_campaigns_candidates_and_not_by_the_running_ones(
    world, sites, open_context
):
    people, public = sites
    running = world.campaign(applications=0)
    page = people.visit("recruiter", "/equality-questions", width=320)
    group = page.get_by_role("group", name="Unpaid care: is it asked?")
    group.get_by_label("Ask it", exact=True).check()
    page.locator("summary", has_text="Why you ask: Unpaid care").click()
    page.get_by_label("Unpaid care: why you ask (optional)").fill(WHY)
    page.get_by_role("group", name="Religion: is it asked?").get_by_label("Do not ask it").check()
    people.press(page, "Preview what a candidate sees")
    assert CARE in page.locator("main").inner_text() and WHY in page.locator("main").inner_text()
    people.press(page, "Save as version 1")
    assert "Version 1 is in force." in page.locator("main").inner_text()
    page.set_viewport_size({"width": 1280, "height": 900})
    people.check(page)
    people.visit("recruiter", "/equality-questions/preview?version=1")
    following = world.campaign(applications=0, title="Second campaign")

    for campaign_id, is_asked in ((running, False), (following, True)):
        client = apply_as(world, campaign_id, f"{is_asked}@example.org")
        cookie = client.get_cookie("recruitment-public")
        context = open_context(viewport={"width": 320, "height": 700})
        context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": public}])
        phone = context.new_page()
        phone.set_default_timeout(10_000)
        seen = walk(phone, f"{public}/campaigns/{campaign_id}/equality/questions", choose_first={CARE})
        assert (CARE in seen, "What is your religion?" in seen) == (is_asked, not is_asked)
        assert "/equality/done" in phone.url
        context.close()
