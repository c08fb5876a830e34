"""Spelling does not count unless a criterion says so, and both who writes and who scores read which it is."""

from __future__ import annotations

from sqlalchemy import select, update

from recruitment.rules.campaigns import CampaignState
from recruitment.services.drafts import asked_questions
from recruitment.store.campaigns import Criterion

NOT = "Spelling and grammar do not count."


def say_so(world) -> None:
    with world.staff_desk.sessions.writing() as session:
        session.execute(update(Criterion).values(scores_spelling=True))


def test_a_candidate_reads_whether_spelling_counts(world, applicant):
    applicant.begin()
    path = f"/question/{applicant.questions()[0].id}"
    assert NOT in applicant.page(path).text
    say_so(world)
    page = applicant.page(path).text
    assert "Spelling and grammar count in this answer." in page and NOT not in page


def test_the_page_of_a_cv_says_the_same_and_each_page_how_long_there_is(world, applicant, cv_question):
    applicant.begin()
    page = applicant.page(f"/question/{cv_question}").text
    assert NOT in page and "13 days left" in page
    assert "13 days left" in applicant.page(f"/question/{applicant.questions()[0].id}").text


def test_only_questions_scored_on_such_a_criterion_say_so(world, applicant):
    with world.public_desk.sessions.reading() as session:
        assert {one.scores_spelling for one in asked_questions(session, applicant.campaign_id)} == {False}
    say_so(world)
    with world.public_desk.sessions.reading() as session:
        assert {one.scores_spelling for one in asked_questions(session, applicant.campaign_id)} == {True}


def test_a_shortlister_reads_it_beside_the_minimum(world):
    campaign_id = world.campaign(until=CampaignState.SIFTING)
    client = world.public_client()
    world.sign_in(client, "shortlister_one")

    def page() -> str:
        return client.get(f"/sift/{campaign_id}/next", follow_redirects=True).text

    assert NOT in page()
    say_so(world)
    assert "Spelling and grammar count." in page() and NOT not in page()


def test_a_recruiter_sets_it_for_a_criterion(world, applicant):
    with world.staff_desk.sessions.reading() as session:
        key = session.scalars(select(Criterion.id).order_by(Criterion.position)).first()
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    path = f"/campaigns/{applicant.campaign_id}/criteria"
    assert "Spelling does not count" in client.get(path).text
    sent = {"name": "Clear writing", "stage": "1", "weight": "1", "minimum": "4", "scores_spelling": "y",
            "reason": "A proofreader must spell."}  # fmt: skip
    assert client.post(f"{path}/{key}", data=sent).status_code == 303
    assert "Spelling counts" in client.get(path).text
