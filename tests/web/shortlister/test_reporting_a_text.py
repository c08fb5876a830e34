"""“I could identify this person from the text”: the words go, for everybody."""

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.redacted import read_pieces, seal_pieces
from recruitment.store.applications import Answer
from tests.support.crawler import heard
from tests.web.shortlister.conftest import SHORTLISTERS, Shortlister, words_of


@pytest.fixture
def mine(arrive):
    """A shortlister, a handle of theirs, and words that stand in its answer."""
    me = arrive()
    handle = me.handles()[0]
    words = next(part.text for part in me.answer(handle).parts if not part.is_hidden).split(".")[0]
    return me, handle, words


def text_of(shortlister, handle):
    return "".join(part.text for part in shortlister.answer(handle).parts)


def test_the_marked_words_are_hidden_and_the_answer_says_so(mine):
    me, handle, words = mine
    assert "I could identify this person from the text" in words_of(me.client.get(me.path(handle)))
    page = me.client.get(me.path(handle) + "/report")
    assert words in words_of(page)
    reply = me.client.post(me.path(handle) + "/report", data={"words": words, "knows": "no"})
    assert (reply.status_code, reply.location) == (303, f"{me.path(handle)}?reported=1")
    page = words_of(me.client.get(reply.location))
    assert "The words are hidden for everybody" in page
    assert words not in page
    assert me.queue().items[0].recognition == ""


def test_every_shortlister_of_the_answer_reads_it_without_the_words(mine, arrive):
    me, handle, words = mine
    others = [arrive(part, me.campaign_id) for part in SHORTLISTERS[1:]]
    there = [(one, other) for one in others for other in one.handles() if words in text_of(one, other)]
    assert there
    me.client.post(me.path(handle) + "/report", data={"words": words, "knows": "no"})
    own = me.applications()[handle]
    assert [one for one, other in there if one.applications()[other] == own and words in text_of(one, other)] == []


def test_whoever_recognises_the_person_is_asked_about_a_conflict_next(mine):
    me, handle, words = mine
    reply = me.client.post(me.path(handle) + "/report", data={"words": words, "knows": "yes"})
    assert reply.location == f"{me.path(handle)}/recognise?reported=1"
    page = words_of(me.client.get(reply.location))
    assert "The words are hidden for everybody." in page
    assert "Is there a conflict of interest?" in page


def test_a_score_given_before_stays(mine):
    me, handle, words = mine
    assert me.score(handle, 5).status_code == 303
    before = me.scores()
    assert me.client.post(me.path(handle) + "/report", data={"words": words, "knows": "no"}).status_code == 303
    assert me.scores() == before != []
    assert me.score(handle, 6).status_code == 303


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"words": "", "knows": "no"}, "Enter the words that tell who it is"),
        ({"words": "Harbourmaster of Skye", "knows": "no"}, "Enter words that stand in this text"),
        ({"words": "x" * 2_001, "knows": "no"}, "must be 2,000 characters or fewer"),
        ({"words": "Harbourmaster of Skye"}, "Select whether you know who it is"),
    ],
)
def test_what_cannot_be_taken_is_said_with_the_words_kept(mine, sent, sentence):
    me, handle, _ = mine
    before = text_of(me, handle)
    reply = me.client.post(me.path(handle) + "/report", data=sent)
    assert reply.status_code == 400
    assert sentence in words_of(reply)
    assert sent["words"] in reply.text
    assert text_of(me, handle) == before


def test_a_click_too_many_is_answered_like_the_first(mine):
    me, handle, words = mine
    replies = [me.client.post(me.path(handle) + "/report", data={"words": words, "knows": "no"}) for _ in range(2)]
    assert {(reply.status_code, reply.location) for reply in replies} == {(303, f"{me.path(handle)}?reported=1")}


def test_another_shortlisters_answer_cannot_be_reported(mine, arrive):
    me, _, words = mine
    other = arrive("shortlister_two", me.campaign_id)
    path = me.path(other.handles()[0]) + "/report"
    assert me.client.get(path).status_code == 404
    assert me.client.post(path, data={"words": words, "knows": "no"}).status_code == 404


def test_the_reply_is_the_same_whether_other_answers_held_the_words_or_not(make_world):
    replies = []
    for others_hold_them in (False, True):
        world = make_world()
        campaign = world.campaign(until=CampaignState.SIFTING, applications=6)
        client = world.public_client()
        world.sign_in(client, "shortlister_one")
        me = Shortlister(world, "shortlister_one", campaign, client)
        handle = me.handles()[0]
        application, desk = me.applications()[handle], world.public_desk
        answer_text = text_of(me, handle)
        with desk.sessions.writing() as session:
            for answer in session.scalars(select(Answer).where(Answer.application_id == application)):
                pieces = read_pieces(desk, campaign, answer.id, answer.redacted)
                is_own = "".join(p if isinstance(p, str) else "[hidden]" for p in pieces) == answer_text
                if is_own or others_hold_them:
                    pieces = ("Harbourmaster of Skye. ", *pieces)
                answer.redacted = seal_pieces(desk, campaign, answer.id, pieces)
        reply = client.post(me.path(handle) + "/report", data={"words": "Harbourmaster of Skye", "knows": "no"})
        replies.append(heard("report", reply))
        replies.append(heard("after it", client.get(reply.location)))
    assert replies[:2] == replies[2:]
