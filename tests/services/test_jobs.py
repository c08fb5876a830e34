"""Queued work is done once, comes again after a failure, and mail reaches a real SMTP server."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from recruitment.app import open_staff_desk
from recruitment.services.jobs import enqueue
from recruitment.services.post import post_letter
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.worker import LONGEST_DELAY, run_due_jobs, run_job
from recruitment.store.jobs import Job, Message
from recruitment.vault.sealing.contact import Letter
from tests.support.mailboxes import Post, posting
from tests.support.world import World


@pytest.fixture
def post() -> Iterator[Post]:
    with posting() as found:
        yield found


def write_letters(world: World, number: int = 1) -> None:
    with world.staff_desk.sessions.writing() as session:
        for place in range(number):
            letter = Letter(
                f"candidate{place}@example.org",
                f"We have received application {place}",
                "Thank you for applying, Siân.\n",
                f"application-{place}.txt",
                "Reference: LUMO-TIRA-42\n\nI was the first woman in the team — “Zoë”.\n",
            )
            post_letter(session, desk=world.staff_desk, organisation_id=world.organisation_id, letter=letter)


def waiting(world: World) -> tuple[int, int]:
    """How many jobs and how many sealed messages there are."""
    with world.staff_desk.sessions.reading() as session:
        jobs = session.scalars(select(func.count()).select_from(Job)).one()
        return jobs, session.scalars(select(func.count()).select_from(Message)).one()


def only_job(world: World) -> Job:
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(select(Job)).one()


def test_a_letter_reaches_a_real_mail_server_and_its_sealed_copy_is_gone(world: World, post: Post) -> None:
    write_letters(world)
    assert waiting(world) == (1, 1)
    assert run_due_jobs(world.staff_desk, post.server) == 1
    (letter,) = post.mailbox.letters
    (attachment,) = letter.iter_attachments()
    body = letter.get_body()
    assert body is not None
    told = {
        "to": letter["To"],
        "from": letter["From"],
        "subject": letter["Subject"],
        "automatic": letter["Auto-Submitted"],
        "body": body.get_content().replace("\r\n", "\n"),
        "file": attachment.get_filename(),
        "copy": attachment.get_content().replace("\r\n", "\n"),
    }
    assert told == {
        "to": "candidate0@example.org",
        "from": "Jobs <jobs@body.example>",
        "subject": "We have received application 0",
        "automatic": "auto-generated",
        "body": "Thank you for applying, Siân.\n",
        "file": "application-0.txt",
        "copy": "Reference: LUMO-TIRA-42\n\nI was the first woman in the team — “Zoë”.\n",
    }
    assert waiting(world) == (0, 0)


def test_two_workers_at_once_do_each_job_once(world: World, post: Post) -> None:
    write_letters(world, 16)
    assert waiting(world) == (16, 16)
    post.mailbox.together = 2
    done: list[int] = []

    def work(desk: StaffDesk) -> None:
        done.append(run_due_jobs(desk, post.server))

    desks = [open_staff_desk(world.config, clock=world.clock) for _ in range(2)]
    workers = [threading.Thread(target=work, args=(desk,)) for desk in desks]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for desk in desks:
        desk.sessions.engine.dispose()
        desk.vault.key_store.engine.dispose()
    assert len(done) == 2
    assert sum(done) == 16
    assert min(done) > 0
    assert sorted(letter["To"] for letter in post.mailbox.letters) == sorted(
        f"candidate{place}@example.org" for place in range(16)
    )
    assert waiting(world) == (0, 0)


def test_a_mail_server_that_is_down_leaves_the_letter_waiting_until_it_is_up_again(
    world: World, post: Post
) -> None:
    write_letters(world)
    down = replace(post.server, port=1)
    assert run_job(world.staff_desk, down) is True
    assert waiting(world) == (1, 1)
    job = only_job(world)
    assert (job.attempts, job.failure) == (1, "ConnectionRefusedError")
    assert job.run_after > world.clock.now
    assert run_job(world.staff_desk, post.server) is False
    world.clock.now = job.run_after
    assert run_job(world.staff_desk, post.server) is True
    assert [letter["To"] for letter in post.mailbox.letters] == ["candidate0@example.org"]
    assert waiting(world) == (0, 0)


def test_a_mail_server_that_refuses_a_letter_leaves_it_waiting(world: World, post: Post) -> None:
    write_letters(world)
    post.mailbox.answer = "451 Try again later"
    run_job(world.staff_desk, post.server)
    assert only_job(world).failure == "SMTPDataError"
    assert waiting(world) == (1, 1)
    post.mailbox.answer = None
    world.clock.advance(hours=1)
    run_job(world.staff_desk, post.server)
    assert len(post.mailbox.letters) == 1
    assert waiting(world) == (0, 0)


def test_what_failed_is_kept_without_a_word_of_the_letter(world: World, post: Post) -> None:
    write_letters(world)
    post.mailbox.answer = "554 No such person: candidate0@example.org"
    run_job(world.staff_desk, post.server)
    job = only_job(world)
    kept = f"{job.kind} {job.detail} {job.failure}"
    assert job.failure == "SMTPDataError"
    assert [word for word in ("candidate0", "example.org", "Siân", "received") if word in kept] == []


@pytest.mark.sqlite_only
def test_a_job_that_keeps_failing_comes_again_ever_later_and_at_least_every_hour(world: World, post: Post) -> None:
    write_letters(world)
    down = replace(post.server, port=1)
    waits = []
    for _ in range(12):
        assert run_job(world.staff_desk, down) is True
        waits.append(only_job(world).run_after - world.clock.now)
        world.clock.now += waits[-1]
    assert waits == sorted(waits)
    assert waits[0] < waits[1]
    assert waits[-1] == LONGEST_DELAY
    run_job(world.staff_desk, post.server)
    assert len(post.mailbox.letters) == 1


def test_a_failing_job_does_not_hold_up_the_others(world: World, post: Post) -> None:
    with world.staff_desk.sessions.writing() as session:
        enqueue(session, desk=world.staff_desk, kind="no such kind")
    write_letters(world, 2)
    assert run_due_jobs(world.staff_desk, post.server) == 3
    assert len(post.mailbox.letters) == 2
    assert only_job(world).failure == "ValueError"


def test_a_job_is_queued_only_when_the_transaction_that_asked_for_it_commits(world: World, post: Post) -> None:
    with pytest.raises(LookupError), world.staff_desk.sessions.writing() as session:
        enqueue(session, desk=world.staff_desk, kind="send_letter", message_id=uuid4())
        assert session.scalars(select(func.count()).select_from(Job)).one() == 1
        raise LookupError
    assert waiting(world) == (0, 0)


def test_a_letter_that_was_sent_before_a_worker_died_is_not_sent_again(world: World, post: Post) -> None:
    """The job came again although its message is gone: nothing is left to do."""
    write_letters(world)
    job = only_job(world)
    run_job(world.staff_desk, post.server)
    with world.staff_desk.sessions.writing() as session:
        enqueue(session, desk=world.staff_desk, kind=job.kind, **job.detail)
    assert run_job(world.staff_desk, post.server) is True
    assert len(post.mailbox.letters) == 1
    assert waiting(world) == (0, 0)
