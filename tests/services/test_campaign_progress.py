"""What waits in whole campaigns stands on the first screen and in the morning's mail of whoever can act on it."""

from __future__ import annotations

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.waiting import tasks_of
from recruitment.services.accounts import Site
from recruitment.services.digests import write_digest
from recruitment.services.eligibility_checks import decide_eligibility
from recruitment.services.outside_scorers import decide_outside_scorer
from recruitment.services.waiting import list_work
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.people import Person
from tests.support.outside_scorers import add_outside_scorer
from tests.support.requirements import CONFIRMED, a_requirement

CHECK = "4 applications whose requirements are to check"
DECIDE = "1 outside scorer to decide on as the second person"
ASKED = "1 outside scorer waiting for a second person"
WITHOUT = "1 outside scorer without a sign-in yet"


def waits(world, part):
    """What the first screen says, once the morning's mail has been seen to say the same."""
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        work = list_work(session, actor=world.actor(part))
        person = session.get_one(Person, world.people[part])
        letter = write_digest(session, desk=desk, person=person, staff_url="https://staff.example")
    found = [task.words for one in work for task in tasks_of(one.standing, desk.now)]
    assert all(words in (letter.body if letter else "") for words in found)
    return found


def test_the_check_of_requirements_waits_for_the_recruiter_until_each_is_decided(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=4)
    assert CHECK not in waits(world, "recruiter")
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        session.add(a_requirement(campaign_id))
    assert CHECK in waits(world, "recruiter")
    others = ("deputy", "member", "shortlister_two")
    assert not [words for part in others for words in waits(world, part) if "to check" in words]
    with desk.sessions.writing() as session:
        references = session.query(Application.reference).filter_by(campaign_id=campaign_id).all()
        decide_eligibility(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id,
            decisions={reference: CONFIRMED for (reference,) in references[1:]},
        )  # fmt: skip
    assert "1 application whose requirements are to check" in waits(world, "recruiter")


@pytest.fixture
def asked(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=4)
    with world.staff_desk.sessions.writing() as session:
        scorer_id = add_outside_scorer(session, campaign_id, world.people["recruiter"], world.clock.now)
    return campaign_id, scorer_id


def test_an_outside_scorer_waits_for_the_second_person_and_the_recruiter_sees_that(world, asked):
    assert ASKED in waits(world, "recruiter")
    assert DECIDE in waits(world, "deputy")
    assert DECIDE not in waits(world, "recruiter")


def test_whoever_scores_is_not_told_of_an_outside_scorer_even_as_a_second_person(world, asked):
    """The panel chair of the sample campaign is one of its shortlisters, and may not read the reason."""
    assert not [words for words in waits(world, "shortlister_one") if "outside" in words]


def test_who_was_let_in_and_has_no_sign_in_yet_is_named_until_they_have_one(world, asked):
    campaign_id, scorer_id = asked
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        decide_outside_scorer(
            session, actor=world.actor("deputy"), desk=desk, campaign_id=campaign_id, scorer_id=scorer_id,
            is_agreed=True, reason="Fair.", make_url=str,
        )  # fmt: skip
    assert WITHOUT in waits(world, "recruiter")
    assert not [words for words in waits(world, "deputy") if "outside" in words]
    with desk.sessions.writing() as session:
        person = session.query(Person).filter_by(only_campaign_id=campaign_id).one()
        person.public_password = f"set on {Site.PUBLIC}"
    assert WITHOUT not in waits(world, "recruiter")


def test_nothing_of_this_waits_once_scores_are_locked(world, asked):
    campaign_id, _ = asked
    with world.staff_desk.sessions.writing() as session:
        session.add(a_requirement(campaign_id))
        session.get_one(Campaign, campaign_id).state = CampaignState.SCORED
    assert waits(world, "recruiter") == ["Draw the interview line"]
