"""Sample answers on a shortlister's pages: offered first, scored alone, compared, then on to the candidates."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services.sift import open_sift
from tests.services.test_sample_scores import write
from tests.support.axe import violations, width_of
from tests.support.served import IN_A_BROWSER, serving
from tests.web.shortlister.conftest import SHORTLISTERS, words_of

PICTURES = os.environ.get("RECRUITMENT_TEST_PICTURES", "")
GOOD = "We measured how long letters took, changed the form, and measured again: 12 days became 7."


@pytest.fixture
def calibrating(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=6)
    samples = write(world, campaign_id, GOOD, "I am good with people and care about letters.")
    world.clock.advance(days=20)
    with world.staff_desk.sessions.writing() as session:
        open_sift(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id)
    return campaign_id, samples


def test_whoever_starts_scoring_comes_to_the_samples_first_and_then_to_the_answers(arrive, calibrating):
    campaign_id, samples = calibrating
    me = arrive(SHORTLISTERS[0], campaign_id)
    assert "First score 2 sample answers" in words_of(me.client.get("/sift"))
    assert "Score the sample answers" in words_of(me.client.get(me.base))
    for sample_id in samples:
        came = me.client.get(f"{me.base}/next")
        assert came.location == f"{me.base}/samples/{sample_id}"
        page = words_of(me.client.get(came.location))
        assert "What each of you gave" not in page
        sent = me.client.post(came.location, data={"value_1": "5", "reason_1": "Measured."})
        assert sent.status_code == 303
        assert "5 : Measured." in words_of(me.client.get(sent.location))
    assert "/answers/" in me.client.get(f"{me.base}/next").location
    assert "sample answers, then" not in words_of(me.client.get(me.base))


def test_without_samples_nothing_stands_between_a_shortlister_and_the_answers(arrive):
    me = arrive()
    assert "/answers/" in me.client.get(f"{me.base}/next").location
    assert me.client.get(f"{me.base}/samples").location == me.base


def test_a_low_score_without_a_reason_keeps_the_page_as_it_was_typed(arrive, calibrating):
    campaign_id, (first, _) = calibrating
    me = arrive(SHORTLISTERS[0], campaign_id)
    for sent in ({"value_1": "2"}, {}, {"value_1": "99"}, {"value_1": "x", "reason_1": "Half a thought"}):
        answer = me.client.post(f"{me.base}/samples/{first}", data=sent)
        assert answer.status_code == 400 and "There is a problem" in answer.text
        assert sent.get("reason_1", "") in answer.text


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    @pytest.mark.parametrize("width", [320, 1280])
    def test_three_compare_what_they_gave(self, world, arrive, calibrating, open_context, width):
        campaign_id, samples = calibrating
        for part, value in ((SHORTLISTERS[1], "6"), (SHORTLISTERS[2], "5")):
            other = arrive(part, campaign_id)
            for sample_id in samples:
                path = f"{other.base}/samples/{sample_id}"
                other.client.post(path, data={"value_1": value, "reason_1": "The effect is measured."})
        me = arrive(SHORTLISTERS[0], campaign_id)
        cookie = me.client.get_cookie("recruitment-public")
        with serving(world.public_app) as address:
            context = open_context(viewport={"width": width, "height": 740})
            context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": address}])
            page = context.new_page()
            page.goto(f"{address}{me.base}", wait_until="networkidle")
            page.get_by_role("button", name="Score the sample answers").click()
            page.wait_for_selector("h1:has-text('Sample answer 1 of 2')")
            self._check(page, "sample-to-score", width)
            page.get_by_label("3", exact=False).first.check()
            page.get_by_role("button", name="Save and see the others’ scores").click()
            page.wait_for_selector(".govuk-error-summary")
            self._check(page, "sample-refused", width)
            page.locator("textarea").first.fill("One example; the person's own part is not told.")
            page.get_by_role("button", name="Save and see the others’ scores").click()
            page.get_by_text("All of you have scored this sample.").wait_for()
            assert "far apart" in page.locator("main").inner_text()
            self._check(page, "sample-compared", width)
            page.get_by_role("button", name="Go to the next sample answer").click()
            page.wait_for_selector("h1:has-text('Sample answer 2 of 2')")
            page.wait_for_load_state("networkidle")
            context.close()

    def test_a_reason_typed_and_not_saved_outlives_the_page_and_goes_once_it_is_saved(
        self, world, arrive, calibrating, open_context
    ):
        campaign_id, samples = calibrating
        me = arrive(SHORTLISTERS[0], campaign_id)
        cookie = me.client.get_cookie("recruitment-public")
        with serving(world.public_app) as address:
            context = open_context(viewport={"width": 320, "height": 740})
            context.add_cookies([{"name": "recruitment-public", "value": cookie.value, "url": address}])
            page = context.new_page()
            page.goto(f"{address}{me.base}/samples/{samples[0]}", wait_until="networkidle")
            page.locator("textarea").first.fill("Half a thought")
            context.set_offline(True)
            page.get_by_label("3", exact=False).first.check()
            page.get_by_role("button", name="Save and see the others’ scores").click()
            context.set_offline(False)
            page.goto(f"{address}{me.base}/samples/{samples[0]}", wait_until="networkidle")
            assert page.locator("textarea").first.input_value() == "Half a thought"
            page.get_by_label("3", exact=False).first.check()
            page.get_by_role("button", name="Save and see the others’ scores").click()
            page.wait_for_selector("h2:has-text('What each of you gave')")
            assert "Half a thought" in page.locator("main").inner_text()
            page.wait_for_load_state("networkidle")
            assert page.evaluate("sessionStorage.length") == 0
            context.close()

    def _check(self, page, name, width):
        page.wait_for_load_state("networkidle")
        if PICTURES:
            page.screenshot(path=str(Path(PICTURES) / f"{name}-{width}.png"), full_page=True)
        assert width_of(page) <= width, name
        assert [(each["id"], each["nodes"][0]["html"]) for each in violations(page)] == [], name
