"""Before the closing time a candidate may withdraw and apply again; the first application counts as withdrawn."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from recruitment.rules.rights import Right, RightStanding
from recruitment.services.equality_answers import prepare_equality_withdrawals
from recruitment.services.retention_plans import accounts_left
from recruitment.services.rights import list_own_requests
from recruitment.services.sift import open_sift
from recruitment.store.applications import Answer, Application, SealedRecord, StageEvent
from recruitment.store.candidates import Candidate
from recruitment.store.equality import EqualityRow
from recruitment.store.sift import Allocation


@pytest.fixture
def twice(world, applicant):
    """The candidate has sent an application, withdrawn it and sent another: (the first, the second)."""
    applicant.write()
    applicant.submit()
    applicant.client.post(applicant.at + "/withdraw")
    applicant.write()
    assert applicant.submit().location.endswith("/submitted")
    with world.public_desk.sessions.reading() as session:
        first, second = session.scalars(select(Application).order_by(Application.withdrawn_at.is_(None))).all()
    return first, second


def test_whoever_withdrew_is_told_until_when_they_can_apply_again(world, applicant):
    applicant.write()
    applicant.submit()
    page = applicant.page("/withdraw").text
    assert "You can apply again until" in page and "empty form" in page
    applicant.client.post(applicant.at + "/withdraw")
    assert "apply again" in applicant.client.get("/applications").text
    assert applicant.page("/submitted").location == "/applications"
    assert applicant.begin().location.endswith("/application")
    listed = applicant.client.get("/applications").text
    assert "apply again" not in listed and "Not sent yet" in listed and "Withdrawn" in listed


def test_after_the_closing_time_there_is_no_applying_again(world, applicant):
    applicant.write()
    applicant.submit()
    world.clock.advance(days=30)
    assert "you cannot apply for this vacancy again" in applicant.page("/withdraw").text
    applicant.client.post(applicant.at + "/withdraw")
    assert "apply again" not in applicant.client.get("/applications").text
    assert applicant.begin().location.endswith("/submitted")


def test_while_an_application_stands_no_second_one_can_be_begun(applicant):
    applicant.write()
    applicant.submit()
    assert applicant.begin().location.endswith("/submitted")


def test_the_second_is_a_new_application_and_the_first_stays_withdrawn(world, applicant, twice):
    first, second = twice
    assert first.withdrawn_at is not None and second.withdrawn_at is None
    assert (first.candidate_id, first.earlier_candidate_id) == (None, applicant.id)
    assert (second.candidate_id, second.earlier_candidate_id) == (applicant.id, None)
    assert first.reference != second.reference
    listed = applicant.client.get("/applications").text
    assert first.reference in listed and second.reference in listed
    assert "You sent another application for this vacancy after it." in listed
    # A third time, and the first two are earlier ones.
    applicant.client.post(applicant.at + "/withdraw")
    applicant.write()
    applicant.submit()
    with world.public_desk.sessions.reading() as session:
        earlier = select(func.count()).where(Application.earlier_candidate_id == applicant.id)
        assert session.scalar(earlier) == 2


def test_a_submission_sent_again_after_all_leads_to_the_second_confirmation(world, applicant, twice):
    assert applicant.submit().location.endswith("/submitted")
    assert twice[1].reference in applicant.page("/submitted").text
    with world.public_desk.sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(Application)) == 2


def test_shortlisters_get_answers_of_the_second_only(world, applicant, twice):
    first, second = twice
    world.clock.advance(days=30)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        open_sift(session, actor=world.actor("recruiter"), desk=desk, campaign_id=applicant.campaign_id)
    with desk.sessions.reading() as session:
        written = select(Answer.application_id).distinct()
        assert set(session.scalars(written)) == {first.id, second.id}
        handed_out = written.join(Allocation, Allocation.answer_id == Answer.id)
        assert set(session.scalars(handed_out)) == {second.id}


def test_the_first_counts_as_withdrawn_and_the_second_begins_its_own_stages(world, twice):
    first, second = twice
    with world.staff_desk.sessions.reading() as session:
        stages = {(one.application_id, one.kind) for one in session.scalars(select(StageEvent))}
    assert stages == {(first.id, "submitted"), (first.id, "withdrawn"), (second.id, "submitted")}


def test_equality_answers_are_withdrawn_from_both_by_rows_of_one_length(world, applicant, twice):
    desk = world.public_desk
    with desk.sessions.reading() as session:
        blobs = prepare_equality_withdrawals(
            session, actor=applicant.actor, desk=desk, campaign_id=applicant.campaign_id
        )
    assert len(blobs) == 2 and len({len(blob) for blob in blobs}) == 1
    applicant.client.post(f"/campaigns/{applicant.campaign_id}/equality/withdraw")
    with desk.sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(EqualityRow)) == 2


def test_erasing_erases_both_and_then_the_account_is_nobodys(world, applicant, twice):
    with world.public_desk.sessions.reading() as session:
        assert session.scalar(select(func.count(func.distinct(SealedRecord.application_id)))) == 2
    applicant.client.post(applicant.at + "/erase")
    with world.public_desk.sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(SealedRecord)) == 0
        assert {one.candidate_id or one.earlier_candidate_id for one in session.scalars(select(Application))} == {
            None
        }
        asked = list_own_requests(session, actor=applicant.actor)
        assert {(one.kind, one.standing) for one in asked} == {(Right.ERASURE, RightStanding.DONE)}
        assert {one.reference for one in asked} == {one.reference for one in twice}


def test_an_account_is_kept_while_an_earlier_application_is(world, applicant, twice):
    with world.public_desk.sessions.writing() as session:
        session.get_one(Application, (applicant.campaign_id, twice[1].id)).candidate_id = None
    world.clock.advance(days=1)
    with world.staff_desk.sessions.reading() as session:
        left = select(Candidate.id).where(*accounts_left(world.organisation_id, world.clock.now.date()))
        assert applicant.id not in session.scalars(left).all()
