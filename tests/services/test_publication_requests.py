"""A publication is asked for on a page, worked out by the worker, and found again."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, TooSoon
from recruitment.rules.publications import PublicationKind
from recruitment.services.publication_plans import Wanted
from recruitment.services.publication_requests import (
    LONGEST_WORK,
    AskedPublication,
    StillWorking,
    ask_publication,
    list_requests,
    read_request,
    work_out_publication,
)
from recruitment.services.publications import list_published, prepare_publication, publish
from recruitment.services.worker import run_due_jobs, run_job
from recruitment.store.jobs import Job
from recruitment.store.people import CampaignRole
from recruitment.store.publications import PublicationRequest
from tests.support.world import World

pytestmark = pytest.mark.sqlite_only
RUN = Wanted(PublicationKind.RUN)


def ask(world: World, wanted: Wanted = RUN, part: str = "analyst") -> UUID:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return ask_publication(session, actor=world.actor(part), desk=desk, wanted=wanted)


def read(world: World, request_id: UUID) -> AskedPublication:
    with world.staff_desk.sessions.reading() as session:
        return read_request(session, actor=world.actor("analyst"), request_id=request_id)


@pytest.fixture
def tallied(world: World) -> UUID:
    return world.campaign(until=CampaignState.TALLIED, applications=40)


def test_the_worker_publishes_what_was_asked_for(world: World, tallied: UUID) -> None:
    asked = ask(world)
    assert (read(world, asked).publication_id, read(world, asked).refusal) == (None, "")
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        (published,) = list_published(session, actor=world.actor("recruiter"))
        assert session.scalars(select(Job.kind)).all() == []
    assert read(world, asked).publication_id == published.id


def test_a_refusal_is_kept_with_its_reason(world: World) -> None:
    world.campaign(until=CampaignState.TALLIED, applications=12)
    asked = ask(world)
    run_due_jobs(world.staff_desk, None)
    assert "too few applications" in read(world, asked).refusal
    with world.staff_desk.sessions.reading() as session:
        assert list_published(session, actor=world.actor("analyst")) == []
        (listed,) = list_requests(session, actor=world.actor("analyst"), desk=world.staff_desk)
    assert listed == read(world, asked)


def test_what_can_be_told_at_once_is_refused_at_once(world: World, tallied: UUID) -> None:
    with pytest.raises(TooSoon, match="No campaign"):
        ask(world, Wanted(PublicationKind.ANNUAL))
    world.clock.advance(days=366)
    ask(world, Wanted(PublicationKind.ANNUAL))
    run_due_jobs(world.staff_desk, None)
    with pytest.raises(Invalid, match="never made again"):
        ask(world, Wanted(PublicationKind.ANNUAL))


def test_asking_twice_while_it_waits_is_asking_once(world: World, tallied: UUID) -> None:
    assert ask(world) == ask(world)
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(Job.kind)).all().count("publish_figures") == 1


def test_two_workers_do_not_work_out_the_same(world: World, tallied: UUID) -> None:
    desk, asked = world.staff_desk, ask(world)
    with desk.sessions.writing() as session:
        session.get_one(PublicationRequest, asked).begun_at = desk.now
    with pytest.raises(StillWorking):
        work_out_publication(desk, asked)
    world.clock.now += LONGEST_WORK + timedelta(seconds=1)  # a worker that died
    work_out_publication(desk, asked)
    assert read(world, asked).publication_id is not None
    work_out_publication(desk, asked)  # done already: nothing happens
    with desk.sessions.reading() as session:
        assert len(list_published(session, actor=world.actor("analyst"))) == 1


def test_whoever_is_no_analyst_any_more_publishes_nothing(world: World, tallied: UUID) -> None:
    asked = ask(world)
    with world.staff_desk.sessions.writing() as session:
        for role in session.scalars(select(CampaignRole).where(CampaignRole.person_id == world.people["analyst"])):
            session.delete(role)
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        row = session.get_one(PublicationRequest, asked)
        assert (row.publication_id, row.refusal) == (
            None,
            "Whoever asked for it is no longer an analyst of a campaign.",
        )


def test_what_was_published_by_another_way_meanwhile_is_not_made_twice(world: World, tallied: UUID) -> None:
    desk, analyst, asked = world.staff_desk, world.actor("analyst"), ask(world)
    with desk.sessions.reading() as session:
        prepared = prepare_publication(session, actor=analyst, desk=desk, wanted=RUN)
    with desk.sessions.writing() as session:
        publish(session, actor=analyst, desk=desk, prepared=prepared)
    run_due_jobs(desk, None)
    assert "never made again" in read(world, asked).refusal


def test_a_fault_leaves_the_request_waiting_for_the_next_attempt(world: World, tallied: UUID) -> None:
    desk, asked = world.staff_desk, ask(world)
    hidden = world.home / "keys.db"
    desk.vault.key_store.engine.dispose()
    hidden.rename(world.home / "gone.db")
    assert run_job(desk, None)
    assert read(world, asked).publication_id is None
    desk.vault.key_store.engine.dispose()
    (world.home / "keys.db").unlink(missing_ok=True)
    (world.home / "gone.db").rename(hidden)
    world.clock.advance(hours=2)
    run_due_jobs(desk, None)
    assert read(world, asked).publication_id is not None


@pytest.mark.parametrize("part", ["recruiter", "auditor", "member"])
def test_only_an_analyst_asks_or_reads_what_was_asked(world: World, tallied: UUID, part: str) -> None:
    asked = ask(world)
    with pytest.raises(NotAllowed):
        ask(world, part=part)
    with world.staff_desk.sessions.reading() as session, pytest.raises(NotAllowed):
        read_request(session, actor=world.actor(part), request_id=asked)


def test_the_page_says_that_it_is_being_worked_out_and_leads_to_the_figures(world: World, tallied: UUID) -> None:
    client = world.staff_client()
    world.sign_in(client, "analyst")
    answer = client.post("/publications/new", data={"kind": "run", "part": ":"})
    assert answer.status_code == 303
    assert "being worked out" in client.get(answer.location).text
    assert "Being worked out since" in client.get("/publications").text
    run_due_jobs(world.staff_desk, None)
    onward = client.get(answer.location)
    assert onward.status_code == 303
    assert "What the figures say" in client.get(onward.location).text


def test_the_page_says_why_nothing_is_published(world: World) -> None:
    world.campaign(until=CampaignState.TALLIED, applications=12)
    client = world.staff_client()
    world.sign_in(client, "analyst")
    asked = client.post("/publications/new", data={"kind": "run", "part": ":"}).location
    run_due_jobs(world.staff_desk, None)
    assert "too few applications" in client.get(asked).text
    refused = client.post("/publications/new", data={"kind": "annual", "part": ":"})
    assert (refused.status_code, "No campaign of this period" in refused.text) == (400, True)
