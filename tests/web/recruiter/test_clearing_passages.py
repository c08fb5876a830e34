"""Clearing hidden passages."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.clearance import count_waiting
from recruitment.services.redacted import read_pieces
from recruitment.store.applications import Answer

NAME = re.compile(r'name="passage" value="(p-[0-9a-f]{32}-\d+)"')
MARKED = re.compile(r"<mark>(.*?)</mark>")


@pytest.fixture
def campaign(world):
    return world.campaign(until=CampaignState.OPEN, applications=12)


def texts(world, campaign):
    """What shortlisters would read of every answer."""
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        rows = session.scalars(select(Answer).where(Answer.campaign_id == campaign)).all()
        return {
            row.id.hex: "".join(p for p in read_pieces(desk, campaign, row.id, row.redacted) if isinstance(p, str))
            for row in rows
        }


def test_the_queue_is_opened_only_on_asking(world, as_staff, campaign):
    client = as_staff("member")
    page = client.get(f"/campaigns/{campaign}/clearance")
    assert "for a decision" in page.text
    assert MARKED.findall(page.text) == []
    assert MARKED.findall(client.post(f"/campaigns/{campaign}/clearance").text) != []


def test_a_restored_passage_is_read_by_shortlisters_and_one_left_hidden_is_not(world, as_staff, campaign):
    client, path = as_staff("member"), f"/campaigns/{campaign}/clearance"
    page = client.post(path, data={"answers": "10"}).text
    names, passages = NAME.findall(page), MARKED.findall(page)
    answers = [name.split("-")[1] for name in names]
    restored = answers[0]
    other = next(answer for answer in answers if answer != restored)
    before = texts(world, campaign)
    chosen = {name: "restore" if restored in name else "hide" for name in names}
    assert client.post(f"{path}/decide", data={"passage": names, **chosen}).status_code == 303
    after = texts(world, campaign)
    for answer, passage in zip(answers, passages, strict=True):
        if answer == restored:
            assert len(after[answer]) - len(before[answer]) >= len(passage)
            assert passage in after[answer]
    assert after[other] == before[other]


def test_one_answer_can_be_asked_for(world, as_staff, campaign):
    page = as_staff("member").post(f"/campaigns/{campaign}/clearance", data={"answers": "1"}).text
    assert len({name.split("-")[1] for name in NAME.findall(page)}) == 1


def test_an_unchosen_passage_is_an_error_and_the_others_stay_chosen(world, as_staff, campaign):
    client, path = as_staff("member"), f"/campaigns/{campaign}/clearance"
    names = NAME.findall(client.post(path).text)
    page = client.post(f"{path}/decide", data={"passage": names, names[0]: "restore"})
    assert page.status_code == 400
    assert "Select whether to restore passage 2" in page.text
    assert page.text.count(" checked") == 1


def test_what_another_decided_first_is_not_decided_again(world, as_staff, campaign):
    client, path = as_staff("member"), f"/campaigns/{campaign}/clearance"
    names = NAME.findall(client.post(path).text)
    hidden = {"passage": names} | dict.fromkeys(names, "hide")
    assert as_staff("recruiter").post(f"{path}/decide", data=hidden).status_code == 303
    before = texts(world, campaign)
    page = client.post(f"{path}/decide", data={"passage": names} | dict.fromkeys(names, "restore"))
    assert page.status_code == 409
    assert "Somebody else has decided on this answer already." in page.text
    assert texts(world, campaign) == before


def test_clearance_ends_when_the_sift_opens(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING)
    assert as_staff("member").post(f"/campaigns/{campaign}/clearance").status_code == 409


@pytest.fixture
def repeated(world):
    """A campaign in which the very same doubtful words wait in several answers."""
    return world.campaign(until=CampaignState.OPEN, applications=30)


def answers_waiting(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return count_waiting(session, campaign)


def test_one_queue_holds_every_campaign_with_something_to_clear_and_opens_nothing(world, as_staff, repeated):
    waiting = answers_waiting(world, repeated)
    assert waiting > 1
    client = as_staff("member")
    page = client.get("/clearance").text
    assert f"<strong>{waiting} answers</strong> wait in 1 campaign" in page
    assert f'action="/campaigns/{repeated}/clearance"' in page
    assert "speak Urdu" not in page
    assert "speak Urdu" in client.post(f"/campaigns/{repeated}/clearance", data={"answers": "10"}).text


def test_the_queue_of_a_campaign_in_which_nothing_waits_says_so(world, as_staff, repeated):
    page = as_staff("member").get("/clearance?campaign=00000000-0000-0000-0000-000000000000").text
    assert "Nothing waits for a decision in this campaign" in page
    assert "Show all campaigns with something to clear" in page


@pytest.mark.parametrize("choice", ["restore", "hide"])
def test_one_decision_can_be_taken_for_the_same_words_everywhere(world, as_staff, repeated, choice):
    client, path = as_staff("member"), f"/campaigns/{repeated}/clearance"
    waiting = answers_waiting(world, repeated)
    page = client.post(path, data={"answers": "1"}).text
    (name,), (words,) = NAME.findall(page), MARKED.findall(page)
    assert f"these words also wait in {waiting - 1} other answers" in page
    shown_before = sum(words in text for text in texts(world, repeated).values())
    decided = client.post(f"{path}/decide", data={"passage": name, name: choice, "everywhere": name})
    assert decided.status_code == 303
    shown_after = sum(words in text for text in texts(world, repeated).values())
    assert shown_after - shown_before == (waiting if choice == "restore" else 0)
    assert answers_waiting(world, repeated) == 0


def test_a_decision_stays_with_its_answer_unless_everywhere_is_ticked(world, as_staff, repeated):
    client, path = as_staff("member"), f"/campaigns/{repeated}/clearance"
    waiting = answers_waiting(world, repeated)
    (name,) = NAME.findall(client.post(path, data={"answers": "1"}).text)
    assert client.post(f"{path}/decide", data={"passage": name, name: "restore"}).status_code == 303
    assert answers_waiting(world, repeated) == waiting - 1
