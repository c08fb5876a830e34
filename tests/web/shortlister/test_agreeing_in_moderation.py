"""Moderation: others' scores only after one's own, and one score that all of an answer agree."""

import re
from uuid import uuid4

from recruitment.services.moderation import arrange_moderation
from recruitment.services.moderation_lists import list_moderation
from tests.web.shortlister.conftest import SHORTLISTERS, words_of


def _cases(shortlister):
    with shortlister.world.public_desk.sessions.reading() as session:
        actor = shortlister.world.actor(shortlister.part)
        return list_moderation(session, actor=actor, campaign_id=shortlister.campaign_id)


def _path(shortlister, case):
    return f"{shortlister.base}/moderation/{case.handle}/{case.criterion_id}"


def _shared_case(arrive, campaign_id):
    """Two shortlisters and the case of the same answer, each with a handle of their own."""
    known = {}
    for one in (arrive(part, campaign_id) for part in SHORTLISTERS):
        for case in _cases(one):
            key = (one.applications()[case.handle], case.criterion_id)
            if key in known:
                return known[key], (one, case)
            known[key] = (one, case)
    raise AssertionError("no answer is in moderation")


def test_a_score_is_agreed_once_all_propose_the_same(arrive, moderated):
    (one, case), (other, theirs) = _shared_case(arrive, moderated)
    assert case.handle != theirs.handle
    page = words_of(one.client.get(_path(one, case)))
    assert page.count("First score") == 2
    sent = {"value": "4", "reason": "One clear example."}
    reply = one.client.post(_path(one, case), data=sent)
    assert reply.status_code == 303
    assert "Saved. The others of this answer can see" in words_of(one.client.get(reply.location))
    other.client.post(_path(other, theirs), data={**sent, "value": "5"})
    assert "Agreed: " not in words_of(other.client.get(_path(other, theirs)))
    reply = other.client.post(_path(other, theirs), data=sent)
    assert "Agreed: 4" in words_of(other.client.get(reply.location))
    assert "Agreed: 4" in words_of(one.client.get(_path(one, case)))
    assert one.client.post(_path(one, case), data=sent).status_code == 409


def test_a_proposal_without_a_reason_keeps_the_chosen_score(arrive, moderated):
    (one, case), _ = _shared_case(arrive, moderated)
    reply = one.client.post(_path(one, case), data={"value": "4", "reason": " "})
    assert reply.status_code == 400
    assert "There is a problem Give a reason for the score you would agree to" in words_of(reply)
    assert re.search(r'value="4"[^>]*checked', reply.text)


def test_the_home_page_tells_of_moderation_that_waits(arrive, moderated):
    (one, case), _ = _shared_case(arrive, moderated)
    number = len(_cases(one))
    assert f"Moderation: {number} score" in words_of(one.client.get("/sift"))
    one.client.post(_path(one, case), data={"value": "4", "reason": "One clear example."})
    waiting = words_of(one.client.get("/sift"))
    assert f"Moderation: {number} score" not in waiting
    assert "Waiting for others" in words_of(one.client.get(f"{one.base}/moderation"))


def test_a_score_in_moderation_cannot_be_changed(arrive, moderated):
    (one, case), _ = _shared_case(arrive, moderated)
    before = one.scores()
    page = one.client.get(one.path(case.handle))
    assert "This score has gone to moderation" in words_of(page)
    assert "site-scores__button" not in page.text
    reply = one.client.post(one.path(case.handle), data={f"score-{case.criterion_id}": "7"})
    assert reply.status_code == 409
    assert one.scores() == before


def test_no_page_shows_anothers_score_before_ones_own(arrive, world):
    me = arrive(applications=3)
    other = arrive("shortlister_two", me.campaign_id)
    secret = "Only the other shortlister wrote this."
    for handle in other.handles():
        other.score(handle, 1, reason=secret)
    assert secret in other.client.get(other.path(other.handles()[0])).text
    with world.staff_desk.sessions.writing() as session:
        arrange_moderation(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=me.campaign_id
        )
    for path in ("/sift", me.base, f"{me.base}/moderation", *map(me.path, me.handles())):
        page = me.client.get(path)
        assert page.status_code == 200
        assert secret not in page.text
        assert 'aria-pressed="true"' not in page.text
    handle = me.handles()[0]
    criterion = me.answer(handle).criteria[0].id
    assert me.client.get(f"{me.base}/moderation/{handle}/{criterion}").status_code == 404


def test_somebody_who_takes_an_answer_over_scores_it_before_seeing_the_others(arrive, moderated):
    (one, case), (other, _) = _shared_case(arrive, moderated)
    application = one.applications()[case.handle]
    third = arrive(next(part for part in SHORTLISTERS if part not in (one.part, other.part)), moderated)
    had = set(third.handles())
    one.client.post(one.path(case.handle) + "/recognise", data={"recognition": "recused"})
    new = {handle for handle, a in third.applications().items() if a == application} - had
    handle = next(h for h in new if third.answer(h).criteria[0].id == case.criterion_id)
    assert [item for item in _cases(third) if item.handle == handle] == []
    path = f"{third.base}/moderation/{handle}/{case.criterion_id}"
    page = third.client.get(path)
    assert page.status_code == 409
    assert "Score this answer on your own first." in words_of(page)
    assert third.score(handle, 5).status_code == 303
    seen = words_of(third.client.get(path))
    assert seen.count("First score") == 2


def test_a_case_that_is_not_there_is_not_found(arrive, moderated):
    me = arrive(campaign_id=moderated)
    assert me.client.get(f"{me.base}/moderation/{uuid4()}/{uuid4()}").status_code == 404
