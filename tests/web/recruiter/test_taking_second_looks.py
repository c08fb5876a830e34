"""The second look on the staff site: one text after another."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.store.applications import Answer, Application

TEXT = re.compile(r'<div class="govuk-body site-answer site-typed"[^>]*>(.*?)</div>', re.DOTALL)


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.SIFTING, applications=12)


def path(campaign):
    return f"/campaigns/{campaign}/second-look"


def text_on(page):
    (found,) = TEXT.findall(page.text)
    return html.unescape(re.sub(r"<[^>]+>", "", found))


def some_words(page):
    (found,) = TEXT.findall(page.text)
    return next(part for part in re.split(r"<[^>]+>", html.unescape(found)) if len(part) > 20).split(".")[0]


def test_a_clearer_says_that_nothing_tells_and_reads_the_next(as_staff, campaign):
    client = as_staff("member")
    page = client.get(path(campaign))
    assert "Text 1 of 20" in page.text
    first = text_on(page)
    reply = client.post(path(campaign) + "/next", data={"look": "1"})
    assert (reply.status_code, reply.location) == (303, path(campaign))
    page = client.get(path(campaign))
    assert "Text 2 of 20" in page.text
    assert text_on(page) != first
    # The recruiter goes on where the clearer stopped.
    assert text_on(as_staff("recruiter").get(path(campaign))) == text_on(page)


def test_words_that_tell_are_hidden_and_the_text_is_read_once_more(as_staff, campaign):
    client = as_staff("member")
    words = some_words(client.get(path(campaign)))
    reply = client.post(path(campaign), data={"look": "1", "words": words, "kind": "identity"})
    assert (reply.status_code, reply.location) == (303, f"{path(campaign)}?marked=1")
    page = client.get(reply.location)
    assert "The words are hidden for everybody." in page.text
    assert words not in text_on(page)
    assert "Nothing else tells: next text" in page.text


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"words": "", "kind": "identity"}, "Enter the words that tell"),
        ({"words": "Harbourmaster of Skye"}, "Select what the words tell"),
        ({"words": "Harbourmaster of Skye", "kind": "identity"}, "Enter words that stand in this text"),
        ({"words": "Harbourmaster of Skye", "kind": "faith"}, "Select an option from the list"),
    ],
)
def test_what_cannot_be_taken_is_said_with_the_words_kept(as_staff, campaign, sent, sentence):
    page = as_staff("member").post(path(campaign), data={"look": "1", **sent})
    assert page.status_code == 400
    assert sentence in page.text
    assert sent["words"] in page.text


@pytest.mark.parametrize("look", ["", "21", "0", "-1", "x", "٣", "9" * 40])
def test_a_look_that_is_none_is_not_found(as_staff, campaign, look):
    client = as_staff("member")
    assert client.post(path(campaign) + "/next", data={"look": look}).status_code == 404


def test_two_people_at_one_text_are_told(as_staff, campaign):
    first, second = as_staff("member"), as_staff("recruiter")
    words = some_words(second.get(path(campaign)))
    assert first.post(path(campaign) + "/next", data={"look": "1"}).status_code == 303
    for at, sent in (("/next", {}), ("", {"words": words, "kind": "identity"})):
        page = second.post(path(campaign) + at, data={"look": "1", **sent})
        assert page.status_code == 409
        assert "Somebody else has looked at this text already. This is the next one." in page.text
        assert "Text 2 of 20" in page.text


def test_the_page_holds_neither_reference_nor_number_of_the_application(world, as_staff, campaign):
    page = as_staff("member").get(path(campaign)).text
    with world.staff_desk.sessions.reading() as session:
        references = session.scalars(
            select(Application.reference).where(Application.campaign_id == campaign)
        ).all()
        ids = session.execute(select(Answer.id, Answer.application_id)).all()
    assert len(references) == 12
    assert not [reference for reference in references if reference in page]
    assert not [one for row in ids for one in row if str(one) in page or one.hex in page]


def test_the_campaigns_page_says_how_far_it_has_come(as_staff, campaign):
    client = as_staff("recruiter")
    page = client.get(f"/campaigns/{campaign}").text
    assert "Second look at some texts" in page and "0 of 20 texts looked at" in page
    assert "20 texts for the second look" in client.get("/").text
    for number in range(1, 21):
        client.post(path(campaign) + "/next", data={"look": str(number)})
    assert "20 of 20 texts looked at" in client.get(f"/campaigns/{campaign}").text
    assert "for the second look" not in client.get("/").text
    assert "No text waits: 20 of 20 texts were looked at." in client.get(path(campaign)).text


def test_the_campaign_goes_on_without_it(world, as_staff):
    """Scores are locked, and the line is drawn, while texts wait."""
    campaign = world.campaign(until=CampaignState.SIFTING, applications=6)
    page = as_staff("recruiter").get(f"/campaigns/{campaign}").text
    assert "See the scores and moderation" in page
    assert as_staff("recruiter").get(f"/campaigns/{campaign}/sift").status_code == 200


def test_after_the_reveal_it_is_closed(world, as_staff):
    campaign = world.campaign(until=CampaignState.REVEALED, applications=12)
    assert as_staff("member").get(path(campaign)).status_code == 409
    assert f'href="{path(campaign)}"' not in as_staff("recruiter").get(f"/campaigns/{campaign}").text
