"""A recruiter writes two sample answers, changes and removes them, or leaves them out."""

from __future__ import annotations

import html
import re

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.store.campaigns import list_questions
from recruitment.store.sample_answers import SampleAnswer

TEXT = "We measured it <b>before</b> and after."


@pytest.fixture
def desk_of(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=4)
    world.clock.advance(days=8)
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    with world.staff_desk.sessions.reading() as session:
        questions = [question.id.hex for question in list_questions(session, campaign_id)]
    return client, f"/campaigns/{campaign_id}", questions


def samples_in(world):
    with world.staff_desk.sessions.reading() as session:
        return list(session.scalars(select(SampleAnswer).order_by(SampleAnswer.position)))


def test_two_are_written_changed_and_removed(world, desk_of):
    client, campaign, questions = desk_of
    at = f"{campaign}/sample-answers"
    assert "Leave the sample answers out" in client.get(at).text
    for number in (0, 1):
        sent = client.post(f"{at}/new", data={"question": questions[number], "text": f"{TEXT} {number}"})
        assert (sent.status_code, sent.location) == (303, at)
    page = client.get(at).text
    assert html.escape(TEXT) in page and "Write a sample answer<" not in page
    assert "Leave the sample answers out" not in page
    first, second = samples_in(world)
    change = client.get(f"{at}/{first.id}").text
    assert html.escape(TEXT) in change
    sent = client.post(f"{at}/{first.id}", data={"question": questions[2], "text": "Another."})
    assert sent.status_code == 303
    assert client.post(f"{at}/{second.id}/remove").status_code == 303
    (left,) = samples_in(world)
    assert (left.text, left.question_id.hex) == ("Another.", questions[2])


def test_the_page_keeps_what_was_typed_when_the_question_is_missing(desk_of):
    client, campaign, questions = desk_of
    for sent in ({"text": TEXT}, {"text": TEXT, "question": "0" * 32}, {"question": questions[0]}):
        answer = client.post(f"{campaign}/sample-answers/new", data=sent)
        assert answer.status_code == 400
        assert html.escape(sent.get("text", "")) in answer.text


def test_the_steps_and_the_first_screen_say_how_far_they_are(desk_of):
    client, campaign, questions = desk_of
    assert "Can be left out" in client.get(campaign).text
    assert "2 sample answers to write, or to leave out" in client.get("/").text
    client.post(f"{campaign}/sample-answers/new", data={"question": questions[0], "text": TEXT})
    assert "1 of 2 written" in client.get(campaign).text
    client.post(f"{campaign}/sample-answers/new", data={"question": questions[0], "text": TEXT})
    assert "to write, or to leave out" not in client.get("/").text


def test_leaving_them_out_takes_one_click(desk_of):
    client, campaign, _ = desk_of
    assert client.post(f"{campaign}/sample-answers/leave-out").status_code == 303
    page = client.get(f"{campaign}/sample-answers").text
    assert "Left out: shortlisters" in page
    assert re.search(r"Sample answers for shortlisters.*?Left out", client.get(campaign).text, re.DOTALL)
