"""Somebody from outside scores in one campaign: asked for, agreed to by a second person, gone at the freeze."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignKind, CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate
from recruitment.rules.outside_scorers import ScorerStanding
from recruitment.rules.permissions import Role
from recruitment.services import outside_scorers
from recruitment.services.accounts import Site, invite_person, read_enrolment
from recruitment.services.campaigns import CampaignPlan, create_campaign, find_staff
from recruitment.services.closings import close_without_appointment
from recruitment.services.outgoing import read_outbox
from recruitment.services.people_changes import change_person, retire_person, return_person
from recruitment.services.roles import give_role
from recruitment.services.shortlists import freeze_shortlist, resolve_disability_confident
from recruitment.services.sift import open_sift, read_queue
from recruitment.services.signed_in import find_visitor
from recruitment.services.worker import run_due_jobs
from recruitment.store.outside_scorers import OutsideScorer
from recruitment.store.people import CampaignRole, Person, find_person, people_with_role
from tests.support.world import World

EMAIL = "iolo@outside.example"


def asked(world: World, campaign_id: UUID, part: str = "recruiter") -> dict[str, Any]:
    return {"actor": world.actor(part), "desk": world.staff_desk, "campaign_id": campaign_id}


def ask(world: World, campaign_id: UUID, part: str = "recruiter", **changed: str) -> UUID:
    entries = {"name": "Iolo Outside", "email": EMAIL, "reason": "A shortlister is ill."} | changed
    with world.staff_desk.sessions.writing() as session:
        return outside_scorers.ask_outside_scorer(session, **asked(world, campaign_id, part), **entries)


def decide(
    world: World, campaign_id: UUID, scorer_id: UUID, part: str = "deputy", is_agreed: bool = True
) -> list[str]:
    made: list[str] = []

    def make_url(token: str) -> str:
        made.append(token)
        return f"https://jobs.example/enrol/{token}"

    with world.staff_desk.sessions.writing() as session:
        outside_scorers.decide_outside_scorer(
            session, **asked(world, campaign_id, part), scorer_id=scorer_id, is_agreed=is_agreed, reason="Fair.",
            make_url=make_url,
        )  # fmt: skip
    return made


def guest(world: World) -> Person | None:
    with world.staff_desk.sessions.reading() as session:
        return find_person(session, EMAIL)


@pytest.fixture
def campaign_id(world: World) -> UUID:
    return world.campaign(until=CampaignState.OPEN, applications=4)


def test_nobody_is_let_in_before_a_second_person_agrees(world: World, campaign_id: UUID) -> None:
    scorer_id = ask(world, campaign_id)
    assert guest(world) is None
    with pytest.raises(NotAllowed):
        decide(world, campaign_id, scorer_id, part="recruiter")
    for part in ("member", "shortlister_three", "analyst", "auditor"):
        with pytest.raises(NotAllowed):
            decide(world, campaign_id, scorer_id, part=part)
    (token,) = decide(world, campaign_id, scorer_id)
    with world.public_desk.sessions.reading() as session:
        offer = read_enrolment(session, desk=world.public_desk, token=token, site=Site.PUBLIC, issuer="jobs")
    assert offer.email == EMAIL
    with pytest.raises(TooLate):
        decide(world, campaign_id, scorer_id)


def test_whoever_scores_neither_reads_the_reason_nor_decides_whatever_else_they_are(
    world: World, campaign_id: UUID
) -> None:
    scorer_id = ask(world, campaign_id, reason="Everybody here knows the internal candidate.")
    with world.staff_desk.sessions.writing() as session:
        session.add(
            CampaignRole(
                campaign_id=campaign_id, person_id=world.people["shortlister_two"], role=Role.DEPUTY,
                given_at=world.clock.now,
            )
        )  # fmt: skip
    with world.staff_desk.sessions.reading() as session:
        read = {"campaign_id": campaign_id}
        found = outside_scorers.read_outside_scorers(session, actor=world.actor("deputy"), **read)
        assert "internal candidate" in found.listed[0].reason
        for part in ("shortlister_one", "shortlister_two"):
            with pytest.raises(NotAllowed):
                outside_scorers.read_outside_scorers(session, actor=world.actor(part), **read)
    with pytest.raises(NotAllowed):
        decide(world, campaign_id, scorer_id, part="shortlister_two")
    decide(world, campaign_id, scorer_id)


def test_the_link_goes_by_mail_to_the_scorer_alone(world: World, campaign_id: UUID) -> None:
    (token,) = decide(world, campaign_id, ask(world, campaign_id))
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        found = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))
    assert [one.letter.to for one in found if token in one.letter.body] == [EMAIL]


def test_a_refusal_lets_nobody_in(world: World, campaign_id: UUID) -> None:
    assert decide(world, campaign_id, ask(world, campaign_id), is_agreed=False) == []
    assert guest(world) is None


def test_what_is_missing_or_known_is_refused(world: World, campaign_id: UUID) -> None:
    for changed, field in (
        ({"name": " "}, "name"), ({"email": "iolo"}, "email"), ({"reason": ""}, "reason"),
    ):  # fmt: skip
        with pytest.raises(Invalid) as refusal:
            ask(world, campaign_id, **changed)
        assert refusal.value.field == field
    with world.staff_desk.sessions.reading() as session:
        known = session.get_one(Person, world.people["member"]).email
    with pytest.raises(Invalid, match="Give them the role"):
        ask(world, campaign_id, email=known)
    ask(world, campaign_id)
    with pytest.raises(Invalid, match="waits for a second person already"):
        ask(world, campaign_id)


def test_the_account_is_for_this_campaign_and_the_scoring_site_alone(world: World, campaign_id: UUID) -> None:
    decide(world, campaign_id, ask(world, campaign_id))
    person = guest(world)
    assert person is not None and person.only_campaign_id == campaign_id and not person.is_administrator
    desk, recruiter, now = world.staff_desk, world.actor("recruiter"), world.clock.now
    with desk.sessions.writing() as session:
        plan = CampaignPlan("Another", CampaignKind.EXTERNAL, now, now + timedelta(days=9))
        other = create_campaign(session, actor=recruiter, desk=desk, plan=plan)
    for where, role in ((other, Role.SHORTLISTER), (campaign_id, Role.CLEARER), (campaign_id, Role.AUDITOR)):
        with desk.sessions.writing() as session, pytest.raises(Invalid):
            give_role(session, **asked(world, where), person_id=person.id, role=role)
    with desk.sessions.writing() as session, pytest.raises(NotFound):
        invite_person(session, actor=recruiter, desk=desk, person_id=person.id, site=Site.STAFF)
    with desk.sessions.reading() as session:
        assert person.id not in {one.id for one in find_staff(session, world.organisation_id)}


def test_an_outside_scorer_gets_answers_like_the_others(world: World, campaign_id: UUID) -> None:
    decide(world, campaign_id, ask(world, campaign_id))
    person = guest(world)
    assert person is not None
    world.clock.advance(days=30)
    with world.staff_desk.sessions.writing() as session:
        open_sift(session, **asked(world, campaign_id))
    actor = Actor(ActorKind.STAFF, person.id, world.organisation_id)
    with world.public_desk.sessions.reading() as session:
        assert read_queue(session, actor=actor, campaign_id=campaign_id, per_page=100).items


def test_the_account_ends_with_a_campaign_that_closes_and_its_sessions_with_it(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    decide(world, campaign_id, ask(world, campaign_id))
    person = guest(world)
    assert person is not None
    waiting = ask(world, campaign_id, email="second@outside.example")
    world.clock.advance(days=30)
    with world.staff_desk.sessions.reading() as session:
        assert find_visitor(session, "staff", str(person.id)) is not None
    with world.staff_desk.sessions.writing() as session:
        close_without_appointment(session, **asked(world, campaign_id), reason="Nobody applied.")
    with world.staff_desk.sessions.reading() as session:
        assert find_visitor(session, "staff", str(person.id)) is None
        assert set(session.scalars(select(OutsideScorer.standing))) == {ScorerStanding.ENDED}
    with pytest.raises(TooLate):
        decide(world, campaign_id, waiting)


def test_the_account_ends_at_the_freeze(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.LINE_SET, applications=6)
    with world.staff_desk.sessions.writing() as session:
        row = session.get_one(Person, world.people["shortlister_three"])
        row.only_campaign_id = campaign_id  # let in before the sift
        resolving = asked(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        assert row.id in {one.id for one in people_with_role(session, campaign_id, Role.SHORTLISTER)}
        resolution = resolve_disability_confident(session, **resolving)
    with world.staff_desk.sessions.writing() as session:
        freeze_shortlist(session, actor=world.actor("recruiter"), desk=world.staff_desk, resolution=resolution)
    with world.staff_desk.sessions.reading() as session:
        assert not session.get_one(Person, row.id).is_active
        others = [key for part, key in world.people.items() if part != "shortlister_three"]
        assert all(session.get_one(Person, key).is_active for key in others)


def test_nobody_is_asked_for_once_the_scores_are_locked(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.SCORED, applications=6)
    with pytest.raises(TooLate):
        ask(world, campaign_id)


def test_a_recruiter_asks_and_the_deputy_agrees_on_their_pages(world: World, campaign_id: UUID) -> None:
    recruiter, deputy = world.staff_client(), world.staff_client()
    world.sign_in(recruiter, "recruiter")
    world.sign_in(deputy, "deputy")
    path = f"/campaigns/{campaign_id}/outside-scorers"
    assert recruiter.post(path, data={"name": "Iolo"}).status_code == 400
    sent = {"name": "Iolo Outside", "email": EMAIL, "reason": "A shortlister is ill."}
    assert recruiter.post(path, data=sent).location == path
    with world.staff_desk.sessions.reading() as session:
        (scorer_id,) = session.scalars(select(OutsideScorer.id))
    assert "can decide" in recruiter.get(path).text and f"{path}/{scorer_id}" not in recruiter.get(path).text
    assert recruiter.get(f"{path}/{scorer_id}").status_code == 404
    assert f"{path}/{scorer_id}" in deputy.get(path).text
    assert deputy.post(f"{path}/{scorer_id}", data={"answer": "yes"}).status_code == 400
    agreed = deputy.post(f"{path}/{scorer_id}", data={"answer": "yes", "reason": "Fair."})
    assert agreed.location == path and guest(world) is not None


def test_an_administrator_alone_brings_nobody_back_who_came_from_outside(world: World, campaign_id: UUID) -> None:
    decide(world, campaign_id, ask(world, campaign_id))
    person, desk = guest(world), world.staff_desk
    assert person is not None
    made: dict[str, Any] = {"actor": world.actor("recruiter"), "desk": desk, "person_id": person.id}
    with desk.sessions.writing() as session, pytest.raises(Invalid):
        change_person(session, **made, name=person.name, is_administrator=True)
    with desk.sessions.writing() as session:
        retire_person(session, **made)
    with desk.sessions.writing() as session, pytest.raises(TooLate):
        return_person(session, **made)
    back = guest(world)
    assert back is not None and not back.is_active
