"""A Welsh candidate, from the advert to the thanks for their equality answers: on a phone and at a desk."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services.outgoing import read_outbox
from recruitment.services.vacancies import read_advert
from tests.support.axe import violations, width_of
from tests.support.served import IN_A_BROWSER, serving

pytestmark = IN_A_BROWSER
PICTURES = os.environ.get("RECRUITMENT_TEST_PICTURES", "")
ADDRESS = "sian@example.org"
ANSWER = (
    "Bûm yn arwain tîm o chwech yn y cyngor, ac fe wnaethom leihau'r amser ateb i 12 diwrnod. "
    "Rwy'n fam i ddau o blant. Dywedodd Siân wrth y bwrdd beth oedd wedi newid."
)
# English that a Welsh page may hold: what the body wrote, and names.
ENGLISH = re.compile(r"\b(?:the|your|you|and|or|with|this|that|are|not|have)\b", re.IGNORECASE)


class Reader:
    """A browser window in which each page is checked: Welsh, accessible, no wider than it should be."""

    def __init__(self, page, address, width, known):
        self.page, self.address, self.width, self.known, self.seen = page, address, width, known, 0

    def open(self, path):
        self.page.goto(path if path.startswith("http") else f"{self.address}{path}")
        self.check()

    def check(self):
        page = self.page
        page.wait_for_load_state()
        assert page.locator("html").get_attribute("lang") == "cy"
        heading = page.locator("h1").inner_text()
        assert [(each["id"], each["nodes"][0]["html"][:200]) for each in violations(page)] == [], heading
        assert width_of(page) <= self.width, heading
        text = page.locator("body").inner_text()
        for words in sorted(self.known, key=len, reverse=True):
            # In “Change …” a question begins with a small letter.
            text = re.sub(re.escape(words), "", text, flags=re.IGNORECASE)
        assert ENGLISH.findall(text) == [], (heading, text)
        self.seen += 1
        if PICTURES:
            name = f"cy-{self.seen:02d}-{re.sub(r'[^a-z]+', '-', heading.lower())[:40]}-{self.width}.png"
            page.screenshot(path=str(Path(PICTURES) / name), full_page=True)

    def press(self, words):
        self.page.get_by_role("button", name=words, exact=True).click()
        self.check()

    def follow(self, words):
        self.page.locator("main a").filter(has_text=re.compile(rf"^\s*{re.escape(words)}")).first.click()
        self.check()


def _letters(world):
    with world.staff_desk.sessions.reading() as session:
        found = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))
    return [each.letter for each in found if each.letter.to == ADDRESS]


def _written_by_the_body(world, campaign_id):
    """What the body wrote in English stays as it is."""
    with world.public_desk.sessions.reading() as session:
        advert = read_advert(session, desk=world.public_desk, campaign_id=campaign_id)
    texts = [advert.title, advert.organisation, *advert.summary.split("\n"), *advert.contact.split("\n")]
    texts += [text for each in advert.questions for text in (each.text, each.text[:89], each.hint)]
    for each in advert.vacancies:
        texts += [each.title, each.location, each.grade, each.pay, each.working_pattern]
    return [text for text in [*texts, *(each.name for each in advert.stages)] if text]


def _apply(world, campaign_id, reader):
    page, at = reader.page, f"/campaigns/{campaign_id}"
    page.goto(f"{reader.address}{at}")
    page.wait_for_load_state()
    assert page.locator("html").get_attribute("lang") == "en"
    page.get_by_role("link", name="Cymraeg").click()
    reader.check()
    reader.follow("Gwneud cais nawr")
    reader.follow("Mewngofnodi i ddechrau neu barhau")
    page.get_by_label("Cyfeiriad e-bost").fill("nid cyfeiriad")
    reader.press("Anfonwch ddolen ataf")
    assert "Rhowch gyfeiriad e-bost yn y fformat cywir" in page.locator(".govuk-error-summary").inner_text()
    page.get_by_label("Cyfeiriad e-bost").fill(ADDRESS)
    reader.press("Anfonwch ddolen ataf")
    (letter,) = _letters(world)
    assert letter.subject.startswith("Mewngofnodi i wneud cais i ")
    assert "Defnyddiwch y ddolen hon" in letter.body
    reader.open(re.search(r"/sign-in/\w+", letter.body)[0])
    reader.press("Mewngofnodi")
    _fill_in(reader, f"{at}/application")
    reader.open(f"{at}/application/preview")
    shown = page.locator(".site-answer").first.inner_text()
    assert "arwain tîm o chwech" in shown
    assert "fam i ddau o blant" not in shown
    assert "Siân" not in shown
    assert "Mae'n cynnwys eich enw, neu ran ohono." in page.locator("main").inner_text()
    reader.follow("Mynd ymlaen i wirio'ch atebion")
    reader.press("Derbyn ac anfon")
    assert "Mae'r cais wedi'i anfon" in page.locator("h1").inner_text()
    reader.follow("Parhau i'r cwestiynau cydraddoldeb")
    _answer_equality_questions(reader)
    for path in (
        "/applications",
        "/your-data",
        "/privacy",
        "/cookies",
        "/help",
        "/accessibility",
        "/no-such-page",
    ):
        reader.open(path)
    assert reader.seen > 30


def _fill_in(reader, at):
    page = reader.page
    reader.open(f"{at}/name")
    reader.press("Cadw a pharhau")
    assert "Rhowch eich enw llawn" in page.locator(".govuk-error-summary").inner_text()
    page.get_by_label("Enw llawn").fill("Siân Gwenllian Hughes")
    reader.press("Cadw a pharhau")
    reader.open(f"{at}/education")
    reader.open(f"{at}/contact")
    reader.press("Cadw a pharhau")
    reader.open(at)
    count = page.locator("main a").filter(has_text=re.compile(r"^\s*Cwestiwn \d")).count()
    assert count > 1
    for number in range(1, count + 1):
        reader.open(at)
        reader.follow(f"Cwestiwn {number}")
        page.locator("textarea").fill(ANSWER)
        reader.press("Cadw a pharhau")
        assert "eich enw" in page.locator(".govuk-notification-banner").inner_text()
    reader.open(f"{at}/adjustments")
    page.get_by_label("Amser ychwanegol").check()
    reader.press("Cadw a pharhau")
    for section in ("disability-confident", "people-you-know"):
        reader.open(f"{at}/{section}")
        reader.press("Cadw a pharhau")
        page.get_by_label("Na", exact=True).check()
        reader.press("Cadw a pharhau")


def _answer_equality_questions(reader):
    page = reader.page
    page.get_by_label("Ie", exact=False).first.check()
    reader.press("Parhau")
    asked = []
    while not page.locator("h1").inner_text().startswith("Diolch"):
        asked.append(page.locator("h1").inner_text())
        if page.get_by_label("Diwrnod", exact=True).count():
            for label, value in (("Diwrnod", "5"), ("Mis", "11"), ("Blwyddyn", "1990")):
                page.get_by_label(label, exact=True).fill(value)
        names = page.locator("main input[type=radio]").evaluate_all("e => e.map(x => x.name)")
        for name in dict.fromkeys(names):
            page.locator(f"main input[name='{name}']").first.check()
        reader.press("Parhau")
        assert len(asked) < 25
    assert "Beth yw eich grŵp ethnig?" in asked


@pytest.mark.parametrize("width", [320, 1280])
def test_a_welsh_candidate_applies_from_the_advert_to_the_equality_questions(world, open_context, width):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    with serving(world.public_app) as address:
        context = open_context(viewport={"width": width, "height": 800}, locale="en-GB")
        page = context.new_page()
        page.set_default_timeout(15_000)
        _apply(world, campaign_id, Reader(page, address, width, _written_by_the_body(world, campaign_id)))
        page.wait_for_load_state("networkidle")
        context.close()
    letters = _letters(world)
    assert any(each.subject.startswith("Rydym wedi derbyn eich cais: ") for each in letters)
    (copy,) = [each.attachment for each in letters if each.attachment]
    assert copy.startswith("Cyfeirnod: ")
    assert "Enw llawn\n---------\nSiân Gwenllian Hughes" in copy
