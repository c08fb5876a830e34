"""A candidate's own page for their rights."""

from __future__ import annotations

from sqlalchemy import select

from recruitment.services.rights_decisions import agree_copy
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application
from recruitment.store.equality import EqualityRow
from recruitment.store.rights import RightsRequest


def test_a_copy_is_asked_with_one_press_looked_at_and_then_sent(world, applicant):
    applicant.write()
    applicant.submit()
    answer = applicant.client.post("/your-data/copy", follow_redirects=True)
    assert "Somebody here looks at your request first" in answer.text and "We are working on it" in answer.text
    assert applicant.client.post("/your-data/copy").status_code == 409
    run_due_jobs(world.staff_desk, None)
    assert "Done, " not in applicant.client.get("/your-data").text
    with world.staff_desk.sessions.writing() as session:
        asked = session.scalars(select(RightsRequest.id)).one()
        agree_copy(session, actor=world.actor("recruiter"), desk=world.staff_desk, request_id=asked)
    run_due_jobs(world.staff_desk, None)
    assert "A copy of what we hold about you" in applicant.client.get("/your-data").text
    assert "Done, " in applicant.client.get("/your-data").text


def test_contact_details_are_corrected_and_a_wrong_entry_keeps_what_was_typed(world, applicant):
    applicant.write()
    applicant.submit()
    typed = {"email": "", "phone": "", "address": "7 Newlane", "postcode": "LS2 2AB"}
    refused = applicant.client.post(f"{applicant.at}/correct", data=typed)
    assert refused.status_code == 400 and "7 Newlane" in refused.text
    assert "Enter an e-mail address or a telephone number" in refused.text
    taken = applicant.client.post(f"{applicant.at}/correct", data=typed | {"phone": "07700 900555"})
    assert taken.location.endswith("/your-data?done=correction")


def test_an_application_is_erased_with_its_equality_answers_after_asking_once_more(world, applicant):
    applicant.write()
    applicant.submit()
    assert "You cannot undo this" in applicant.page("/erase").text
    assert applicant.client.post(f"{applicant.at}/erase").location.endswith("/your-data?done=erased")
    page = applicant.client.get("/your-data?done=erased").text
    assert "Your application is withdrawn and erased." in page and "You have sent no application." in page
    with world.public_desk.sessions.reading() as session:
        assert session.scalars(select(Application.candidate_id)).all() == [None]
        # A withdrawal, which looks like every other row.
        assert len(session.scalars(select(EqualityRow.id)).all()) == 1
        assert len(session.scalars(select(RightsRequest.id)).all()) == 1


def test_a_notice_to_stop_ends_the_equality_questions(world, applicant):
    applicant.write()
    applicant.submit()
    page = applicant.client.post("/your-data/stop", follow_redirects=True).text
    assert "We will not use equality answers of yours" in page and "You have given notice." in page
    for path in ("", "/questions", "/change", "/withdraw"):
        shown = applicant.client.get(f"/campaigns/{applicant.campaign_id}/equality{path}")
        assert "You asked us to stop" in shown.text, path
    with world.public_desk.sessions.reading() as session:
        assert len(session.scalars(select(EqualityRow.id)).all()) == 1
