"""Many candidates submit in the same seconds: nobody is refused, nothing is lost, the trail holds together."""

from __future__ import annotations

import threading
from dataclasses import replace
from uuid import UUID

from sqlalchemy import func, select

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.drafts import SECTIONS
from recruitment.services.drafts import asked_questions, read_draft, save_draft, start_draft
from recruitment.services.submissions import prepare_submission, submit_application
from recruitment.services.trail import check_trail
from recruitment.store.applications import Answer, Application, Draft, SealedRecord
from recruitment.store.jobs import Job, Message
from recruitment.store.trail import TrailEvent, TrailHead
from tests.support.world import World

THREADS, EACH = 32, 4


def write_and_submit(world: World, actor: Actor, campaign_id: UUID, number: int) -> str:
    """What the screens do: start, save, prepare with nothing locked, submit. The reference."""
    desk = world.public_desk
    email = f"writer{number}@example.org"
    with desk.sessions.writing() as session:
        start_draft(session, actor=actor, desk=desk, campaign_id=campaign_id, email=email)
    with desk.sessions.reading() as session:
        draft = read_draft(session, actor=actor, desk=desk, campaign_id=campaign_id)
        questions = asked_questions(session, campaign_id)
    content = replace(
        draft.content,
        full_name=f"Folasade Adeyemi {number}",
        answers={str(one.id): f"I am Folasade, and I settled complaint {number}." for one in questions},
        done=SECTIONS,
    )
    with desk.sessions.writing() as session:
        save_draft(
            session, actor=actor, desk=desk, campaign_id=campaign_id, version=draft.version, content=content
        )
    with desk.sessions.reading() as session:
        ready = prepare_submission(session, actor=actor, desk=desk, campaign_id=campaign_id, copy_text="A copy")
    with desk.sessions.writing() as session:
        return submit_application(session, actor=actor, desk=desk, submission=ready)


def test_32_candidates_at_a_time_submit_without_one_error(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    actors = [world.add_candidate(f"writer{number}@example.org") for number in range(THREADS * EACH)]
    references: list[str] = []
    errors: list[BaseException] = []
    start = threading.Barrier(THREADS)

    def submit(thread: int) -> None:
        start.wait()
        for number in range(thread, THREADS * EACH, THREADS):
            try:
                references.append(write_and_submit(world, actors[number], campaign_id, number))
            except Exception as problem:
                errors.append(problem)

    threads = [threading.Thread(target=submit, args=(thread,)) for thread in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert errors == []
    assert len(references) == THREADS * EACH
    # Read anew, from the database and not from a session that wrote.
    world.public_desk.sessions.engine.dispose()
    with world.staff_desk.sessions.reading() as session:

        def count(table: type) -> int:
            return session.scalars(
                select(func.count()).select_from(table).where(table.campaign_id == campaign_id)  # type: ignore[attr-defined]
            ).one()

        stored = session.scalars(select(Application.reference).where(Application.campaign_id == campaign_id))
        assert sorted(stored) == sorted(references)
        assert {table.__name__: count(table) for table in (Answer, SealedRecord, Draft)} == {
            "Answer": 3 * len(references),
            "SealedRecord": 4 * len(references),
            "Draft": 0,
        }
        assert session.scalars(select(func.count()).select_from(Job)).one() == len(references)
        assert session.scalars(select(func.count()).select_from(Message)).one() == len(references)
        submitted = session.scalars(
            select(TrailEvent.number).where(
                TrailEvent.chain_id == campaign_id, TrailEvent.event == "application_submitted"
            )
        ).all()
        assert len(submitted) == len(references)
        assert session.get_one(TrailHead, campaign_id).number == max(submitted)
        assert check_trail(session, campaign_id, world.staff_desk.vault.verifying_key) == []


def test_the_same_application_sent_by_eight_clicks_at_once_is_stored_once(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    desk, actor = world.public_desk, world.add_candidate("writer@example.org")
    with desk.sessions.writing() as session:
        start_draft(session, actor=actor, desk=desk, campaign_id=campaign_id, email="writer@example.org")
    with desk.sessions.reading() as session:
        draft = read_draft(session, actor=actor, desk=desk, campaign_id=campaign_id)
        questions = asked_questions(session, campaign_id)
    answers = {str(one.id): "I settled it." for one in questions}
    content = replace(draft.content, full_name="Folasade Adeyemi", answers=answers, done=SECTIONS)
    with desk.sessions.writing() as session:
        save_draft(session, actor=actor, desk=desk, campaign_id=campaign_id, version=1, content=content)
    with desk.sessions.reading() as session:
        ready = [
            prepare_submission(session, actor=actor, desk=desk, campaign_id=campaign_id, copy_text="")
            for _ in range(8)
        ]
    given: list[str] = []
    errors: list[BaseException] = []
    start = threading.Barrier(len(ready))

    def click(number: int) -> None:
        start.wait()
        try:
            with desk.sessions.writing() as session:
                given.append(submit_application(session, actor=actor, desk=desk, submission=ready[number]))
        except Exception as problem:
            errors.append(problem)

    clicks = [threading.Thread(target=click, args=(number,)) for number in range(len(ready))]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert errors == []
    assert len(given) == len(ready)
    assert len(set(given)) == 1
    with desk.sessions.reading() as session:
        assert session.scalars(
            select(Application.reference).where(Application.campaign_id == campaign_id)
        ).all() == [given[0]]
        assert session.scalars(select(func.count()).select_from(Message)).one() == 1
