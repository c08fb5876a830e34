"""The queue: one's own, in one's own order, fifty a page, and no more than its reader may know."""

import re
from uuid import uuid4

from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.store.applications import Answer, Application
from tests.web.shortlister.conftest import words_of


def test_progress_counts_only_fully_scored_answers_of_ones_own(arrive, several_criteria):
    me = arrive()
    several_criteria(me.campaign_id)
    other = arrive("shortlister_two", me.campaign_id)
    mine, theirs = me.handles(), other.handles()
    for criterion in range(3):
        me.score(mine[0], 5, criterion=criterion)
        other.score(theirs[0], 5, criterion=criterion)
        other.score(theirs[1], 5, criterion=criterion)
    me.score(mine[1], 5, criterion=0)
    assert (me.queue().scored, other.queue().scored) == (1, 2)
    assert f"1 of {len(mine)} answers scored" in words_of(me.client.get("/sift"))
    assert me.client.get(f"{me.base}/next").location == me.path(mine[1])


def test_the_order_stays_the_same_and_differs_between_shortlisters(arrive):
    me = arrive(applications=12)
    other = arrive("shortlister_two", me.campaign_id)
    assert me.handles() == me.handles()
    mine, theirs = list(me.applications().values()), list(other.applications().values())
    assert set(mine) & set(theirs)
    in_order = [me.applications()[handle] for handle in me.handles()]
    their_order = [other.applications()[handle] for handle in other.handles()]
    shared = set(in_order) & set(their_order)
    assert [a for a in in_order if a in shared] != [a for a in their_order if a in shared]


def test_a_queue_shows_fifty_answers_a_page_grouped_by_question(arrive):
    me = arrive(applications=30)
    total = len(me.handles())
    assert total == 60
    link = re.compile(rf'href="{me.base}/answers/([0-9a-f-]+)"')
    pages = [me.client.get(f"{me.base}?page={number}") for number in (1, 2, 3)]
    assert [len(link.findall(page.text)) for page in pages] == [50, 10, 0]
    assert [str(handle) for handle in me.handles()] == link.findall(pages[0].text) + link.findall(pages[1].text)
    assert "Question 1 Tell us about a time you put something right" in words_of(pages[0])
    assert "There is no page 3." in words_of(pages[2])


def test_previous_and_next_follow_the_queue(arrive):
    me = arrive()
    handles = me.handles()
    found = [me.answer(handle) for handle in handles]
    assert [answer.place for answer in found] == list(range(1, len(handles) + 1))
    assert [answer.previous for answer in found] == [None, *handles[:-1]]
    assert [answer.next for answer in found] == [*handles[1:], None]


def test_another_shortlisters_handle_is_not_found_like_one_that_does_not_exist(arrive):
    me = arrive()
    other = arrive("shortlister_two", me.campaign_id)
    theirs = other.handles()[0]
    assert other.client.get(other.path(theirs)).status_code == 200
    foreign, nowhere = me.client.get(me.path(theirs)), me.client.get(me.path(uuid4()))
    assert (foreign.status_code, nowhere.status_code) == (404, 404)
    assert words_of(foreign) == words_of(nowhere)
    key = other.answer(theirs).criteria[0].id
    assert me.client.post(me.path(theirs), data={f"score-{key}": "5"}).status_code == 404
    assert other.scores() == []


def test_somebody_who_is_no_shortlister_finds_no_queue(arrive):
    me = arrive()
    for part in ("recruiter", "member", "auditor"):
        outsider = arrive(part, me.campaign_id)
        assert outsider.client.get(outsider.base).status_code == 404
        assert outsider.client.get(me.path(me.handles()[0])).status_code == 404


def _references(world, campaign_id):
    with world.public_desk.sessions.reading() as session:
        return session.scalars(select(Application.reference).where(Application.campaign_id == campaign_id)).all()


def test_a_linked_campaign_shows_the_reference_and_an_unlinked_one_does_not(arrive, world):
    linked, unlinked = arrive(unlinked=False), arrive(unlinked=True)
    shown = {}
    for me in (linked, unlinked):
        references = _references(world, me.campaign_id)
        pages = [me.client.get(me.path(handle)).text for handle in me.handles()]
        shown[me.campaign_id] = {sum(reference in page for reference in references) for page in pages}
    assert shown == {linked.campaign_id: {1}, unlinked.campaign_id: {0}}


def test_no_page_names_an_application_an_answer_or_a_moment(arrive, world):
    me = arrive()
    with world.public_desk.sessions.reading() as session:
        ids = [
            str(key)
            for row in session.execute(
                select(Answer.id, Answer.application_id).where(Answer.campaign_id == me.campaign_id)
            )
            for key in row
        ]
        submitted = session.scalars(
            select(Application.submitted_at).where(Application.campaign_id == me.campaign_id)
        ).all()
    assert len(ids) == 36
    pages = [me.client.get(path) for path in ("/sift", me.base, *map(me.path, me.handles()))]
    assert {page.status_code for page in pages} == {200}
    for page in pages:
        assert [key for key in ids if key in page.text or key.replace("-", "") in page.text] == []
        assert [moment for moment in submitted if f"{moment:%-d %B %Y}" in page.text] == []


def test_all_hidden_passages_look_the_same(arrive):
    me = arrive(applications=20)
    marks = [
        mark
        for handle in me.handles()
        for mark in re.findall(r"<[^<>]*passage-hidden[^<>]*>[^<]*<[^>]*>", me.client.get(me.path(handle)).text)
    ]
    assert len(marks) > len(me.handles())  # more than the one that explains the mark on each page
    assert set(marks) == {'<span class="passage-hidden">hidden</span>'}


def test_a_closed_sift_says_thank_you_and_nothing_of_candidates(arrive, world):
    me = arrive(applications=4)
    handle = me.handles()[0]
    assert words_of(me.client.get(me.path(handle)))
    closed = arrive(campaign_id=world.campaign(until=CampaignState.SCORED, applications=4, title="Over"))
    page = closed.client.get(closed.base)
    assert page.status_code == 200
    assert words_of(page).startswith("Over The sift of this campaign is closed. Thank you.")
    assert "/answers/" not in page.text
    again = closed.client.get(closed.path(handle))
    assert again.status_code == 409
    assert words_of(again) == words_of(page)
    assert closed.client.get(f"{closed.base}/moderation").status_code == 409


def test_a_sift_that_has_not_opened_says_when_it_will(arrive, world):
    early = arrive(campaign_id=world.campaign(until=CampaignState.OPEN, applications=2))
    assert "has not opened yet" in words_of(early.client.get(early.base))
    assert "Not open yet Casework officer" in words_of(early.client.get("/sift"))
