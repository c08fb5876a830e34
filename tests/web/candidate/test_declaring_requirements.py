"""Candidates declare what the job requires, where it requires anything; recruiters check it on their own page."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.store.applications import SealedRecord
from recruitment.store.campaigns import Campaign
from recruitment.store.eligibility import EligibilityCheck, EligibilityRequirement

WORDS = "You are on the register of the Nursing and Midwifery Council."


@pytest.fixture
def required(world, campaign_id):
    with world.staff_desk.sessions.writing() as session:
        session.add(EligibilityRequirement(campaign_id=campaign_id, requirement="registration", words=WORDS))


@pytest.fixture
def recruiter(world):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    return client


def test_without_requirements_there_is_no_such_page_and_no_such_task(applicant):
    applicant.begin()
    assert applicant.page("/requirements").status_code == 404
    assert "Requirements of the job" not in applicant.page().text


def test_the_advert_and_the_tasks_name_them_and_an_application_needs_them(applicant, required):
    assert WORDS in applicant.client.get(f"/campaigns/{applicant.campaign_id}").text
    applicant.write()
    assert "Requirements of the job" in applicant.page().text
    refused = applicant.submit()
    assert refused.status_code == 400 and "Say whether you meet the requirements" in refused.text


def test_one_must_be_chosen(applicant, required, errors_of):
    applicant.begin()
    page = applicant.save("/requirements", registration_detail="18Q4417")
    assert page.status_code == 400 and errors_of(page) == ["Say whether you meet this requirement"]
    assert "18Q4417" in page.text


def test_what_is_declared_is_kept_shown_and_sealed(world, applicant, required):
    applicant.write()
    applicant.save("/requirements", registration="by_start", registration_detail="18Q4417")
    page = applicant.page("/requirements").text
    assert "18Q4417" in page and 'value="by_start" checked' in re.sub(r"\s+", " ", page)
    assert "Not yet, but I will before I start (18Q4417)" in applicant.page("/check").text
    assert "Not yet, but I will before I start (18Q4417)" in applicant.page("/copy").text
    assert applicant.submit().location.endswith("/submitted")
    with world.public_desk.sessions.reading() as session:
        parts = select(SealedRecord.part).where(SealedRecord.compartment == "eligibility")
        assert session.scalars(parts).all() == ["answers"]


def test_the_recruiter_opens_confirms_and_looks_again(world, applicant, required, recruiter):
    applicant.write()
    applicant.save("/requirements", registration="yes", registration_detail="18Q4417")
    applicant.submit()
    path = f"/campaigns/{applicant.campaign_id}/requirements"
    closed = recruiter.get(path).text
    assert "1 application waits" in closed and "18Q4417" not in closed
    page = recruiter.post(path)
    assert "18Q4417" in page.text and "Philippa" not in page.text and "philippa" not in page.text
    (reference,) = re.findall(r'name="reference1"[^>]*value="([^"]+)"', page.text)
    nothing = recruiter.post(f"{path}/decisions", data={"reference1": reference})
    assert nothing.status_code == 400 and "Say of at least one what the check found." in nothing.text
    unreasoned = recruiter.post(f"{path}/decisions", data={"reference1": reference, "standing1": "refused"})
    assert unreasoned.status_code == 400 and "Say why: the candidate is told." in unreasoned.text
    told = {"reference1": reference, "standing1": "refused", "reason1": "Your entry lapsed."}
    assert recruiter.post(f"{path}/decisions", data=told).location == path
    assert "You do not meet the requirements of the job" in applicant.client.get("/applications").text
    again = recruiter.post(path, data={"reference": reference.lower()})
    assert "Your entry lapsed." in again.text
    right = {"reference1": reference, "standing1": "confirmed"}
    assert recruiter.post(f"{path}/decisions", data=right).location == path
    assert "We have confirmed that you meet the requirements" in applicant.client.get("/applications").text
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(EligibilityCheck.standing)).all() == ["confirmed"]


def test_a_reference_that_is_not_there_looks_like_nothing(applicant, required, recruiter):
    path = f"/campaigns/{applicant.campaign_id}/requirements"
    assert recruiter.post(path, data={"reference": "NOT-HERE"}).status_code == 404
    assert recruiter.post(f"{path}/decisions").status_code == 409  # names nobody: a page from before


def test_requirements_are_laid_down_while_the_campaign_is_prepared(world, applicant, required, recruiter):
    path = f"/campaigns/{applicant.campaign_id}/requirements/edit"
    assert "The campaign is open, so these can no longer change." in recruiter.get(path).text
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, applicant.campaign_id).state = CampaignState.DRAFT
    assert WORDS in recruiter.get(path).text
    assert recruiter.post(path, data={"other": "x" * 301}).status_code == 400
    saved = recruiter.post(path, data={"right_to_work": "You may work in the UK.", "registration": ""})
    assert saved.location == f"/campaigns/{applicant.campaign_id}"
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(EligibilityRequirement.words)).all() == ["You may work in the UK."]


def test_steps_of_the_campaign_say_how_many_wait(applicant, required, recruiter):
    applicant.write()
    applicant.save("/requirements", registration="yes")
    applicant.submit()
    page = recruiter.get(f"/campaigns/{applicant.campaign_id}").text
    assert "Check requirements" in page and "1 application to check" in page
