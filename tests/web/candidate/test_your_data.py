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


def test_a_name_is_corrected_and_a_wrong_entry_keeps_what_was_typed(world, applicant):
    applicant.write()
    applicant.submit()
    assert "Correct your name" in applicant.client.get("/your-data").text
    typed = {"full_name": "", "preferred_name": "", "previous_names": ""}
    refused = applicant.client.post(f"{applicant.at}/correct-name", data=typed)
    assert refused.status_code == 400 and "Enter what is to be corrected" in refused.text
    long = applicant.client.post(
        f"{applicant.at}/correct-name", data=typed | {"previous_names": "Vale\n" * 21, "full_name": "Robin Vale"}
    )
    assert long.status_code == 400 and "Enter up to 20 short lines" in long.text and "Robin Vale" in long.text
    taken = applicant.client.post(f"{applicant.at}/correct-name", data=typed | {"full_name": "Robin Vale"})
    assert taken.location.endswith("/your-data?done=correction")
    run_due_jobs(world.staff_desk, None)
    assert "Correcting your details" in applicant.client.get("/your-data").text


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


def test_restriction_and_objection_are_asked_decided_and_ended_on_pages(world, applicant):
    applicant.write()
    applicant.submit()
    typed = {"words": "My own words."}
    refused = applicant.client.post(f"{applicant.at}/restrict", data=typed)
    assert refused.status_code == 400 and "My own words." in refused.text
    assert "Select why we should stop using it" in refused.text
    assert "you are not on it" in applicant.page("/restrict").text
    asked = applicant.client.post(f"{applicant.at}/restrict", data=typed | {"ground": "claim"})
    assert asked.location.endswith("/your-data?done=restriction")
    assert applicant.client.post(f"{applicant.at}/object", data={"words": ""}).status_code == 400
    assert applicant.client.post(f"{applicant.at}/object", data={"words": "I am ill."}).status_code == 303

    staff = world.staff_client()
    world.sign_in(staff, "recruiter")
    first = staff.get("/").text
    assert "Restriction to decide on" in first and "Objection to decide on" in first
    with world.staff_desk.sessions.reading() as session:
        by_kind = {row.kind: row.id for row in session.scalars(select(RightsRequest))}
    at = f"/rights/{by_kind['restriction']}"
    page = staff.get(at).text
    assert "My own words." in page and "Article 18(1)(c)" in page
    assert "I am ill." in staff.get(f"/rights/{by_kind['objection']}").text
    wrong = staff.post(at, data={"decision": "no", "reason": ""})
    assert wrong.status_code == 400 and "Say why: the candidate is told" in wrong.text
    assert staff.post(at, data={"decision": "yes", "reason": "For the claim."}).status_code == 303
    assert staff.get(at).status_code == 409
    own = applicant.client.get("/your-data").text
    assert "We store this application and do not use it." in own and "For the claim." in own
    assert "Use it again" in staff.get("/rights").text
    assert staff.post(f"{at}/end", data={"reason": ""}).status_code == 400
    assert staff.post(f"{at}/end", data={"reason": "The claim is over."}).status_code == 303
    assert staff.get(f"{at}/end").status_code == 409
    assert applicant.client.post(f"{applicant.at}/use-again").location.endswith("done=ended")
    assert "do not use it" not in applicant.client.get("/your-data").text
    assert applicant.client.post(f"{applicant.at}/use-again").status_code == 409
