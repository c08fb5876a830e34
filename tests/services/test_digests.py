"""The morning's mail says what waits, to whom it waits for, once, and tells nothing of a candidate."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import func, select

from recruitment.rules.actions import ActionText, Status
from recruitment.rules.campaigns import CampaignState
from recruitment.services.actions import add_action, change_action, make_plan
from recruitment.services.digests import begin_digests, post_digests, write_digest
from recruitment.services.jobs import POST_DIGESTS
from recruitment.services.worker import keep_house, run_due_jobs
from recruitment.store.applications import Application
from recruitment.store.jobs import Job, Message
from recruitment.store.people import Person

STAFF = "https://staff.example"


def digest(world, part):
    with world.staff_desk.sessions.reading() as session:
        person = session.get_one(Person, world.people[part])
        return write_digest(session, desk=world.staff_desk, person=person, staff_url=STAFF)


def messages(world):
    with world.staff_desk.sessions.reading() as session:
        return session.scalar(select(func.count()).select_from(Message))


def mornings(world):
    with world.staff_desk.sessions.reading() as session:
        return sorted(session.scalars(select(Job.run_after).where(Job.kind == POST_DIGESTS)))


def test_a_digest_says_what_the_first_screen_says_by_due_date_with_the_way_to_it(world):
    world.campaign(until=CampaignState.OPEN, applications=6)
    world.clock.advance(days=40)
    letter = digest(world, "recruiter")
    assert letter.subject == "1 thing waits for you"
    assert "- Casework officer: " in letter.body
    assert "(was due " in letter.body
    assert "In trouble\n- Casework officer: it closed " in letter.body
    assert f"Sign in: {STAFF}/\n" in letter.body
    assert letter.body.endswith(f"To get this mail no longer: {STAFF}/morning-mail\n")
    assert letter.attachment == ""


def test_whoever_wrote_an_action_is_reminded_of_it_until_it_is_completed(world):
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    today = world.clock.now.date()
    text = ActionText(
        "",
        "Ask networks earlier",
        "Head of recruitment",
        today + timedelta(days=20),
        Status.NOT_STARTED,
        "",
        "",
        "",
    )
    with desk.sessions.writing() as session:
        plan = make_plan(session, actor=recruiter, desk=desk, title="Race action plan")
        action = add_action(session, actor=recruiter, desk=desk, plan_id=plan, text=text)
    assert digest(world, "recruiter") is None
    world.clock.advance(days=10)
    assert "- Action plan: Ask networks earlier (due " in digest(world, "recruiter").body
    world.clock.advance(days=20)
    assert "- Action plan: Ask networks earlier (was due " in digest(world, "recruiter").body
    assert digest(world, "analyst") is None
    done = replace(text, status=Status.COMPLETED, evidence="Minutes of the network's meeting.")
    with desk.sessions.writing() as session:
        change_action(session, actor=recruiter, desk=desk, action_id=action, text=done)
    assert digest(world, "recruiter") is None


def test_a_shortlister_is_told_of_their_own_answers_alone(world):
    world.campaign(until=CampaignState.SIFTING, applications=4)
    letter = digest(world, "shortlister_three")
    assert "to score on the scoring site" in letter.body
    assert "In trouble" not in letter.body
    assert "second look" not in letter.body
    assert digest(world, "analyst") is None


def test_no_candidate_and_no_reference_stands_in_any_digest(world):
    world.campaign(until=CampaignState.REVEALED, applications=8)
    with world.staff_desk.sessions.reading() as session:
        found = session.execute(select(Application.id, Application.candidate_id, Application.reference)).all()
    hidden = {str(value) for row in found for value in row}
    letters = [letter for part in world.people if (letter := digest(world, part))]
    assert letters
    assert [letter for letter in letters if any(one in letter.subject + letter.body for one in hidden)] == []


def test_digests_go_out_once_each_morning_at_seven_in_the_uk(world):
    world.campaign(until=CampaignState.DRAFT)
    world.clock.now = datetime(2026, 9, 3, 5, 59, tzinfo=UTC)  # 6:59 in summer time
    keep_house(world.staff_desk, STAFF)
    keep_house(world.staff_desk, STAFF)
    assert mornings(world) == [datetime(2026, 9, 3, 6, tzinfo=UTC)]
    run_due_jobs(world.staff_desk, None)
    assert messages(world) == 0
    world.clock.advance(minutes=1)
    run_due_jobs(world.staff_desk, None)
    sent = messages(world)
    assert sent >= 1
    assert mornings(world) == [datetime(2026, 9, 4, 6, tzinfo=UTC)]
    keep_house(world.staff_desk, STAFF)
    run_due_jobs(world.staff_desk, None)
    assert messages(world) == sent


def test_a_worker_that_died_after_posting_posts_no_second_digest(world):
    world.campaign(until=CampaignState.DRAFT)
    day = world.clock.now.date()
    assert post_digests(world.staff_desk, day, STAFF) >= 1
    assert post_digests(world.staff_desk, day, STAFF) == 0


def test_mornings_on_which_no_worker_ran_are_not_made_up_for(world):
    world.campaign(until=CampaignState.DRAFT)
    begin_digests(world.staff_desk, STAFF)
    world.clock.advance(days=5)
    run_due_jobs(world.staff_desk, None)
    (only,) = mornings(world)
    assert timedelta(0) < only - world.clock.now < timedelta(days=1)


def test_across_the_change_to_winter_time_it_stays_at_seven(world):
    world.campaign(until=CampaignState.DRAFT)
    world.clock.now = datetime(2026, 10, 24, 12, tzinfo=UTC)
    begin_digests(world.staff_desk, STAFF)
    assert mornings(world) == [datetime(2026, 10, 25, 7, tzinfo=UTC)]


def test_somebody_who_left_gets_none(world):
    world.campaign(until=CampaignState.DRAFT)
    before = post_digests(world.staff_desk, world.clock.now.date(), STAFF)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, world.people["recruiter"]).is_active = False
    world.clock.advance(days=2)
    assert post_digests(world.staff_desk, world.clock.now.date(), STAFF) == before - 1
