"""One person's application is sent on the site and, typed by a colleague, at the same moment: neither is lost."""

from __future__ import annotations

import threading
import time

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid
from recruitment.services import entries
from recruitment.services.applications import list_own_applications
from recruitment.services.entry_submissions import prepare_entry, submit_entry
from recruitment.services.outgoing import read_outbox
from recruitment.services.submissions import prepare_submission, submit_application
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application, Draft
from tests.support.drafting import complete_draft
from tests.support.entering import add_colleague, begin, fill

EMAIL = "quenbyla.v@canary-mail.example"
BESIDE = "What you began on our site is not sent"


@pytest.fixture
def opened(world):
    return world.campaign(until=CampaignState.OPEN, applications=1)


@pytest.fixture
def candidate(world, opened):
    found = world.add_candidate(EMAIL)
    complete_draft(world, opened, found)
    return found


def ready(world, opened, candidate):
    """What each of the two is about to store."""
    colleague = add_colleague(world)
    entry_id = begin(world, opened, colleague)
    fill(world, entry_id, colleague, email=EMAIL)
    with world.staff_desk.sessions.reading() as session:
        entry = entries.read_entry(session, actor=colleague, desk=world.staff_desk, entry_id=entry_id)
        typed = prepare_entry(session, actor=colleague, desk=world.staff_desk, entry=entry)
    with world.public_desk.sessions.reading() as session:
        own = prepare_submission(
            session, actor=candidate, desk=world.public_desk, campaign_id=opened, copy_text=""
        )  # fmt: skip

    def on_the_site(session):
        submit_application(session, actor=candidate, desk=world.public_desk, submission=own)

    def by_a_colleague(session):
        submit_entry(session, actor=colleague, desk=world.staff_desk, prepared=typed)

    return {"site": (world.public_desk, on_the_site), "entry": (world.staff_desk, by_a_colleague)}


@pytest.mark.parametrize("first", ["site", "entry"])
def test_whichever_comes_first_the_other_waits_and_is_told_in_a_sentence(world, opened, candidate, first):
    acts = ready(world, opened, candidate)
    second = {"site": "entry", "entry": "site"}[first]
    raised = []

    def late():
        desk, act = acts[second]
        try:
            with desk.sessions.writing() as session:
                act(session)
        except Invalid as refusal:
            raised.append(refusal.sentence)

    desk, act = acts[first]
    waiting = threading.Thread(target=late)
    with desk.sessions.writing() as session:
        act(session)
        waiting.start()
        time.sleep(0.5)
    waiting.join(20)
    with world.staff_desk.sessions.reading() as session:
        sent = session.scalars(select(Application).where(Application.campaign_id == opened)).all()
        drafts = session.scalars(select(Draft.candidate_id)).all()
    own = [one for one in sent if one.candidate_id == candidate.id]
    assert len(own) == 1
    if first == "site":
        # As where the address has applied before: the typed one stands beside it, and nothing tells the typist.
        assert (raised, len(sent), drafts) == ([], 3, [])
    else:
        assert raised == ["You have an application here already. Withdraw it before you send another."]
        assert (len(sent), drafts) == (2, [candidate.id]), "what was written on the site is kept"


def test_who_had_begun_on_the_site_is_told_that_this_one_is_not_sent_and_can_send_it_instead(
    world, opened, candidate
):
    acts = ready(world, opened, candidate)
    desk, act = acts["entry"]
    with desk.sessions.writing() as session:
        act(session)
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        mail = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))
    assert [one.letter.to for one in mail if one.letter.subject.startswith(BESIDE)] == [EMAIL]
    client = world.public_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = f"candidate:{candidate.id}:1", True
    at = f"/campaigns/{opened}/application"
    for path in (at, f"{at}/check"):
        assert "Another application of yours for this vacancy is" in client.get(path).get_data(as_text=True)
    answer = client.post(f"{at}/submit")
    assert answer.status_code == 409, "not a confirmation of something else"
    assert "Withdraw it before you send this one" in answer.get_data(as_text=True)
    client.post(f"{at}/withdraw")
    assert client.post(f"{at}/submit").status_code == 303
    with world.public_desk.sessions.reading() as session:
        found = list_own_applications(session, actor=candidate, desk=world.public_desk)
    assert {one.stage for one in found if one.campaign_id == opened} == {"submitted", "withdrawn"}


def test_who_had_begun_nothing_on_the_site_gets_no_such_message(world, opened):
    candidate = world.add_candidate(EMAIL)
    colleague = add_colleague(world)
    entry_id = begin(world, opened, colleague)
    fill(world, entry_id, colleague, email=EMAIL)
    with world.staff_desk.sessions.reading() as session:
        entry = entries.read_entry(session, actor=colleague, desk=world.staff_desk, entry_id=entry_id)
        typed = prepare_entry(session, actor=colleague, desk=world.staff_desk, entry=entry)
    with world.staff_desk.sessions.writing() as session:
        submit_entry(session, actor=colleague, desk=world.staff_desk, prepared=typed)
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        mail = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))
        (own,) = session.scalars(select(Application).where(Application.candidate_id == candidate.id))
    assert [one.letter.to for one in mail if own.reference in one.letter.subject] == [EMAIL]
    assert [one for one in mail if one.letter.subject.startswith(BESIDE)] == []
