"""Agreement between shortlisters as the recruiter reads it, and borderline scores sent to moderation."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.web.recruiter.scorer_agreement import points, three_places
from tests.support.agreement import score_all_differently
from tests.web.recruiter.test_recruiter_statements import MOST, freeze, statements

REFERENCE = re.compile(r"\b[A-Z]{4}-[A-Z]{4}-\d\d\b")
NAMES = ("Dev Patel", "Marcus Bell", "Siân Hughes")


def path_of(campaign, more=""):
    return f"/campaigns/{campaign}/sift/agreement{more}"


@pytest.fixture
def sifted(world):
    campaign = world.campaign(until=CampaignState.SIFTING, applications=14)
    score_all_differently(world, campaign)
    return campaign


def test_coverage_leads_to_the_page(world, as_staff, sifted):
    client = as_staff("recruiter")
    assert path_of(sifted) in client.get(f"/campaigns/{sifted}/sift").text
    assert client.get(path_of(sifted)).status_code == 200


def test_during_the_sift_the_page_names_nobody_and_no_reference(world, as_staff, sifted):
    page = as_staff("recruiter").get(path_of(sifted, "?places=5")).text
    for words in ("All criteria", "With 5 interviews", "Shortlister 3", "Send to moderation", "would change side"):
        assert words in page
    assert not REFERENCE.search(page)
    assert not any(name in page for name in NAMES)


def test_borderline_scores_are_sent_once_and_the_page_says_so(world, as_staff, sifted):
    client = as_staff("recruiter")
    sent = client.post(path_of(sifted, "/moderation"), data={"places": "5"}, follow_redirects=True).text
    assert re.search(r"\d+ scores? sent to moderation\.", sent)
    assert "Send to moderation" not in sent
    assert "is with their shortlisters already, or agreed" in sent
    again = client.post(path_of(sifted, "/moderation"), data={"places": "5"}, follow_redirects=True).text
    assert "There is nothing left to agree." in again


@pytest.mark.parametrize("typed", ["", "0", "-3", "many", "99999999999999999999"])
def test_what_is_no_number_of_interviews_is_told_beside_the_field(world, as_staff, sifted, typed):
    client = as_staff("recruiter")
    page = client.get(path_of(sifted), query_string={"places": typed})
    assert "There is a problem" in page.text
    assert "<title>Error: " in page.text.replace("\n", "").replace("<title>  ", "<title>")
    posted = client.post(path_of(sifted, "/moderation"), data={"places": typed})
    assert posted.status_code == 400
    assert "There is a problem" in posted.text


def test_locked_scores_show_names_and_references_and_no_button(world, as_staff):
    campaign = world.campaign(until=CampaignState.SCORED, applications=14)
    client = as_staff("recruiter")
    pages = [client.get(path_of(campaign, f"?places={places}")).text for places in range(3, 10)]
    assert all(name in page for page in pages for name in NAMES)
    assert any(REFERENCE.search(page) for page in pages)
    assert not any("Send to moderation" in page for page in pages)
    assert client.post(path_of(campaign, "/moderation"), data={"places": "5"}).status_code == 409
    freeze(world, campaign)
    frozen = client.get(path_of(campaign, "?places=5")).text
    assert "The shortlist is frozen." in frozen
    assert not REFERENCE.search(frozen)


def test_an_unscored_sift_shows_words_and_no_figures(world, as_staff):
    page = as_staff("recruiter").get(path_of(world.campaign(until=CampaignState.SIFTING), "?places=2")).text
    assert "Too few to say" in page
    assert "You can ask this once every answer is scored" in page
    assert "nan" not in re.sub(r"<[^>]*>", " ", page).split()


def test_before_the_sift_the_page_says_when_it_comes(world, as_staff):
    answer = as_staff("recruiter").get(path_of(world.campaign(until=CampaignState.OPEN)))
    assert answer.status_code == 409
    assert "agreement shows once the sift is open" in answer.text


@pytest.mark.parametrize("state", [CampaignState.SCORED, CampaignState.LINE_SET])
def test_the_page_takes_the_same_few_statements_however_many_apply(world, as_staff, state):
    client = as_staff("recruiter")
    counts = {}
    for number in (10, 60):
        campaign = world.campaign(until=state, applications=number, seed=number)
        counts[number] = statements(world, client, path_of(campaign, "?places=5"))
    assert counts[10] == counts[60] <= MOST


@pytest.mark.parametrize(
    ("value", "shown"), [(0.79996, "0.799"), (Fraction(4, 5), "0.800"), (1.0, "1.000"), (-0.25, "−0.250")]
)
def test_no_figure_shows_a_threshold_it_does_not_reach(value, shown):
    assert three_places(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [(Fraction(1, 4), "+0.25"), (-0.5, "−0.50"), (0, "0.00"), (-0.001, "0.00")]
)
def test_points_have_a_sign_unless_they_are_nought(value, shown):
    assert points(value) == shown
