"""A hold keeps one application's papers beyond the campaign's period, by two people, and nothing else."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.rules.actors import Actor, ActorKind, system_actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.rules.holds import HoldKind, HoldStanding
from recruitment.rules.retention import RetentionKind
from recruitment.services import holds
from recruitment.services.accounts import add_person
from recruitment.services.hold_papers import read_papers
from recruitment.services.retention import erase_due
from recruitment.services.retention_plans import plan_erasures
from recruitment.services.worker import keep_house, run_due_jobs
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.holds import Hold, HoldRecord
from recruitment.store.trail import TrailEvent
from tests.support.canaries import Withheld, apply, found_in, raw_bytes
from tests.support.copies import copy_blobs, opened_today
from tests.support.world import World

HELD = Withheld()
OTHER = Withheld(
    first="Ostrelcanary", last="Dinvercanary", email="o@dinver.example", phone="07700 900999",
    street="1 Umberline Row", postcode="LS1 1UN", detail="A quiet roomcanary", related="Perrincanary Vale",
    equality={},
)  # fmt: skip
KEPT = (HELD.first, HELD.last, HELD.email, HELD.phone, HELD.street, HELD.detail, HELD.related)
GONE = (OTHER.first, OTHER.last, OTHER.email, OTHER.phone, OTHER.street, OTHER.detail, OTHER.related)


@pytest.fixture
def second(world: World) -> Actor:
    """Another administrator."""
    with world.staff_desk.sessions.writing() as session:
        person_id = add_person(
            session, actor=system_actor(world.organisation_id), desk=world.staff_desk, name="Second",
            email="second@body.example", is_administrator=True,
        )  # fmt: skip
    return Actor(ActorKind.STAFF, person_id, world.organisation_id)


@pytest.fixture
def campaign_id(world: World) -> UUID:
    """Two people full of canaries, in a campaign that has ended."""
    key = world.campaign(until=CampaignState.OPEN, applications=3)
    for place, withheld in enumerate((HELD, OTHER)):
        apply(world, key, withheld, actor=world.add_candidate(f"a{place}@example.org"))
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, key).state = CampaignState.RELEASED
    return key


def held_reference(world: World, campaign_id: UUID) -> str:
    """The reference of the first canary's application."""
    with world.staff_desk.sessions.reading() as session:
        hashed = world.staff_desk.vault.blind("address", world.organisation_id, "a0@example.org")
        return session.scalars(
            select(Application.reference)
            .join(Candidate, Candidate.id == Application.candidate_id)
            .where(Application.campaign_id == campaign_id, Candidate.address_hash == hashed)
        ).one()


def ask(world: World, campaign_id: UUID, **changed: object) -> UUID:
    with world.staff_desk.sessions.writing() as session:
        return holds.ask_hold(
            session,
            **{
                "actor": world.actor("recruiter"),
                "desk": world.staff_desk,
                "campaign_id": campaign_id,
                "reference": held_reference(world, campaign_id),
                "kind": HoldKind.TRIBUNAL,
                "reason": "Claim 1234567/2027.",
                "review_on": world.clock.now.date() + timedelta(days=180),
                **changed,
            },
        )


def decide(world: World, actor: Actor, hold_id: UUID, act=holds.decide_hold, is_agreed: bool = True) -> None:
    with world.staff_desk.sessions.writing() as session:
        act(session, actor=actor, desk=world.staff_desk, hold_id=hold_id, is_agreed=is_agreed)


def a_night(world: World) -> None:
    erase_due(world.staff_desk)
    world.clock.advance(hours=2)
    keep_house(world.staff_desk)


def test_what_is_held_outlives_its_campaign_and_nothing_else_does(
    world: World, campaign_id: UUID, second: Actor
) -> None:
    hold_id = ask(world, campaign_id)
    decide(world, second, hold_id)
    run_due_jobs(world.staff_desk, None)
    before = copy_blobs(world)
    assert found_in(opened_today(world, before), (*KEPT, *GONE)) == [*KEPT, *GONE]
    world.clock.advance(days=800)
    a_night(world)
    # Through the hold's key, and from the rows of the hold alone.
    assert found_in(opened_today(world, before), (*KEPT, *GONE)) == list(KEPT)
    after = copy_blobs(world)
    assert {compartment for _, compartment, _, _ in after[0]} <= {"hold", "contact", "pool", "counts"}
    assert found_in(raw_bytes(world), (*KEPT, *GONE)) == []
    for actor in (world.actor("recruiter"), second):
        with world.staff_desk.sessions.reading() as session:
            papers = read_papers(session, actor=actor, desk=world.staff_desk, hold_id=hold_id)
        assert papers.identity is not None and papers.identity.full_name == f"{HELD.first} {HELD.last}"
        assert papers.requests.adjustments_detail == HELD.detail and papers.requests.disability_confident
        assert papers.relationships[0].person == HELD.related
        assert len(papers.documents) == 1
        assert any("complaints fell" in line for line in papers.papers["Answers as shortlisters read them"])
    with world.staff_desk.sessions.writing() as session:
        holds.ask_release(session, actor=second, desk=world.staff_desk, hold_id=hold_id, reason="Settled.")
    decide(world, world.actor("recruiter"), hold_id, holds.decide_release)
    a_night(world)
    assert found_in(opened_today(world, before), KEPT) == []
    assert found_in(opened_today(world, after), KEPT) == []
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(HoldRecord.part)).all() == []
        assert session.get_one(Hold, hold_id).standing == HoldStanding.ERASED
        told = session.scalars(
            select(TrailEvent.event).where(TrailEvent.event.like("hold_%")).order_by(TrailEvent.number)
        ).all()
        assert told == [
            "hold_asked", "hold_placed", "hold_collected", "hold_collected", "hold_release_asked", "hold_released",
            "hold_erased",
        ]  # fmt: skip


def test_nobody_places_or_releases_a_hold_alone(world: World, campaign_id: UUID, second: Actor) -> None:
    hold_id = ask(world, campaign_id)
    with pytest.raises(NotAllowed):
        decide(world, world.actor("recruiter"), hold_id)
    decide(world, second, hold_id)
    with world.staff_desk.sessions.writing() as session:
        holds.ask_release(session, actor=second, desk=world.staff_desk, hold_id=hold_id, reason="Settled.")
    with pytest.raises(NotAllowed):
        decide(world, second, hold_id, holds.decide_release)
    decide(world, world.actor("recruiter"), hold_id, holds.decide_release, is_agreed=False)
    with world.staff_desk.sessions.reading() as session:
        assert session.get_one(Hold, hold_id).standing == HoldStanding.PLACED
    with pytest.raises(TooLate):
        decide(world, second, hold_id)


@pytest.mark.parametrize("part", ["shortlister_one", "member", "analyst", "auditor"])
def test_only_administrators_and_recruiters_of_the_campaign_ask(
    world: World, campaign_id: UUID, part: str
) -> None:
    with pytest.raises(NotFound):
        ask(world, campaign_id, actor=world.actor(part))


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reference": "ZZZ-ZZZ"}, "reference"),
        ({"reason": " "}, "reason"),
        ({"review_on": date(2020, 1, 1)}, "review_on"),
        ({"review_on": date(2040, 1, 1)}, "review_on"),
        ({"review_on": None}, "review_on"),
    ],
)
def test_a_hold_names_an_application_a_reason_and_a_day_within_a_year(
    world: World, campaign_id: UUID, changed: dict[str, object], field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        ask(world, campaign_id, **changed)
    assert refused.value.field == field


def test_while_a_hold_waits_nothing_of_its_campaign_is_erased_for_a_month(world: World, campaign_id: UUID) -> None:
    world.clock.advance(days=800)
    ask(world, campaign_id)
    erase_due(world.staff_desk)
    with world.staff_desk.sessions.reading() as session:
        assert len(session.scalars(select(Application.id)).all()) == 5
        (one,) = [
            each
            for each in plan_erasures(session, world.organisation_id, world.clock.now.date())
            if each.kind is RetentionKind.APPLICATIONS
        ]
        assert "waits for a second person" in one.waits
    world.clock.advance(days=31)
    erase_due(world.staff_desk)
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(Application.id)).all() == []


def test_papers_are_read_by_the_two_alone_and_not_before_the_reveal(
    world: World, campaign_id: UUID, second: Actor
) -> None:
    hold_id = ask(world, campaign_id)
    decide(world, second, hold_id)

    def read(actor: Actor) -> object:
        with world.staff_desk.sessions.reading() as session:
            return read_papers(session, actor=actor, desk=world.staff_desk, hold_id=hold_id)

    with pytest.raises(TooSoon):  # the worker has not moved them yet
        read(second)
    run_due_jobs(world.staff_desk, None)
    assert read(second)
    with world.staff_desk.sessions.writing() as session:
        third = add_person(
            session, actor=system_actor(world.organisation_id), desk=world.staff_desk, name="Third",
            email="third@body.example", is_administrator=True,
        )  # fmt: skip
        session.get_one(Campaign, campaign_id).state = CampaignState.FROZEN
    with pytest.raises(NotAllowed):
        read(Actor(ActorKind.STAFF, third, world.organisation_id))
    with pytest.raises(TooSoon):
        read(second)
