"""Promise 9: a submitted application is never lost: acknowledged means durable."""

from __future__ import annotations

from datetime import timedelta
from threading import Thread

from recruitment.rules.campaigns import CampaignState
from recruitment.services.desk import utc_now
from recruitment.services.submissions import prepare_submission, submit_application
from recruitment.store.applications import Answer, Application, Draft, SealedRecord, StageEvent
from recruitment.store.jobs import Job, Message
from tests.support.drafting import complete_draft
from tests.support.processes import Visitor, running_site


def open_now(world, applications: int = 0):
    world.clock.now = utc_now() - timedelta(days=2)
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=applications)
    world.clock.now = utc_now()
    return campaign_id


def whole(world, campaign_id, application_id) -> dict[str, int]:
    with world.staff_desk.sessions.reading() as session:
        by = {"campaign_id": campaign_id, "application_id": application_id}
        return {
            "application": int(session.get(Application, (campaign_id, application_id)) is not None),
            "answers": session.query(Answer).filter_by(**by).count(),
            "sealed": session.query(SealedRecord).filter_by(**by).filter_by(compartment="identity").count(),
            "stages": session.query(StageEvent).filter_by(**by).count(),
            "draft": session.query(Draft).filter_by(campaign_id=campaign_id, id=application_id).count(),
        }


DRAFT = {"application": 0, "answers": 0, "sealed": 0, "stages": 0, "draft": 1}
SUBMITTED = {"application": 1, "answers": 3, "sealed": 1, "stages": 1, "draft": 0}


def test_a_power_cut_right_after_the_acknowledgement_loses_nothing(world):
    campaign_id = open_now(world)
    candidate = world.add_candidate()
    application_id = complete_draft(world, campaign_id, candidate)
    assert whole(world, campaign_id, application_id) == DRAFT
    with running_site(world, "public") as running:
        visitor = Visitor(world.public_app, running.port, f"candidate:{candidate.id}:1")
        base = f"/campaigns/{campaign_id}/application"
        status, location, _ = visitor.send(f"{base}/submit", {}, page=f"{base}/check")
        running.kill()
    assert (status, location.endswith("/submitted")) == (303, True)
    assert whole(world, campaign_id, application_id) == SUBMITTED
    with world.staff_desk.sessions.reading() as session:
        # The confirmation waits too, in the same transaction.
        assert session.query(Message).count() == session.query(Job).count() == 1


def test_a_submission_that_fails_half_way_leaves_the_draft_whole(world):
    campaign_id = open_now(world)
    candidate = world.add_candidate()
    application_id = complete_draft(world, campaign_id, candidate)
    desk = world.public_desk
    with desk.sessions.reading() as session:
        submission = prepare_submission(
            session, actor=candidate, desk=desk, campaign_id=campaign_id, copy_text="copy"
        )
    try:
        with desk.sessions.writing() as session:
            submit_application(session, actor=candidate, desk=desk, submission=submission)
            raise ConnectionError("the database went away before the commit")
    except ConnectionError:
        pass
    assert whole(world, campaign_id, application_id) == DRAFT
    with desk.sessions.writing() as session:
        submit_application(session, actor=candidate, desk=desk, submission=submission)
    assert whole(world, campaign_id, application_id) == SUBMITTED


def test_two_tabs_at_once_make_one_application_and_both_hear_the_same_reference(world):
    campaign_id = open_now(world)
    candidate = world.add_candidate()
    application_id = complete_draft(world, campaign_id, candidate)
    desk, heard = world.public_desk, []

    def submit() -> None:
        with desk.sessions.reading() as session:
            submission = prepare_submission(
                session, actor=candidate, desk=desk, campaign_id=campaign_id, copy_text="copy"
            )
        ready.append(submission)
        while len(ready) < 2:
            pass
        with desk.sessions.writing() as session:
            heard.append(submit_application(session, actor=candidate, desk=desk, submission=submission))

    ready: list[object] = []
    tabs = [Thread(target=submit), Thread(target=submit)]
    for tab in tabs:
        tab.start()
    for tab in tabs:
        tab.join(30)
    assert len(heard) == 2
    assert len(set(heard)) == 1
    assert whole(world, campaign_id, application_id) == SUBMITTED
