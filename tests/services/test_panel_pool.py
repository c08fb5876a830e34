"""The panel pool: joined by choice, with what people tell of themselves sealed, and nothing left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from recruitment.rules.errors import Invalid, NotAllowed, TooSoon
from recruitment.rules.panel_members import Training
from recruitment.rules.pool import PoolAnswers
from recruitment.services import pool
from recruitment.services.openings import record_opening
from recruitment.store.pool import PoolAbsence, PoolMembership, PoolTraining
from recruitment.store.trail import TrailEvent
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.pool import open_composition
from tests.support.panels import add_pooled

TOLD = PoolAnswers("female", "asian", "yes", may_check=True, may_propose=True)


def blob(world, part):
    with world.staff_desk.sessions.reading() as session:
        return session.get_one(PoolMembership, world.people[part]).answers


def give(world, part, answers):
    with world.staff_desk.sessions.writing() as session:
        pool.give_answers(session, actor=world.actor(part), desk=world.staff_desk, answers=answers)


def test_what_somebody_tells_is_sealed_and_looks_like_having_told_nothing(world):
    add_pooled(world, "zora", TOLD)
    add_pooled(world, "yuri")

    told, silent = blob(world, "zora"), blob(world, "yuri")

    assert len(told) == len(silent)
    assert b"asian" not in told and b"female" not in told


def test_giving_and_taking_back_leave_the_same_trace(world):
    add_pooled(world, "zora")
    give(world, "zora", TOLD)
    give(world, "zora", PoolAnswers())

    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent).where(TrailEvent.event == "pool_answers_changed")).all()
    assert len(events) == 2
    assert events[0].detail == events[1].detail == {}


def test_without_consent_nothing_is_kept(world):
    add_pooled(world, "zora")
    give(world, "zora", PoolAnswers("female", "asian", "yes", may_check=False))

    person = world.people["zora"]
    receipt = record_opening(
        world.staff_desk, actor=world.actor("recruiter"), compartment=Compartment.POOL,
        scope_id=world.organisation_id, records=[person], ground="a test",
    )  # fmt: skip
    found = open_composition(world.staff_desk.vault, receipt, [(person, blob(world, "zora"))], 0)
    assert {counts.not_said for counts in found.counts.values()} == {1}
    assert all(not counts.groups for counts in found.counts.values())


def test_answers_may_not_be_used_for_proposals_alone(world):
    add_pooled(world, "zora")
    with pytest.raises(Invalid, match="only be used for proposals"):
        give(world, "zora", PoolAnswers("female", may_check=False, may_propose=True))


def test_leaving_erases_everything_the_pool_held(world):
    add_pooled(world, "zora", TOLD)
    desk, actor = world.staff_desk, world.actor("zora")
    with desk.sessions.writing() as session:
        today = desk.now.date()
        pool.add_absence(session, actor=actor, desk=desk, first_day=today, last_day=today)
    with desk.sessions.writing() as session:
        pool.leave_pool(session, actor=actor, desk=desk)

    with desk.sessions.reading() as session:
        for table in (PoolMembership, PoolTraining, PoolAbsence):
            held = select(func.count()).select_from(table).where(table.person_id == actor.id)
            assert session.scalar(held) == 0
        with pytest.raises(TooSoon):
            pool.give_answers(session, actor=actor, desk=desk, answers=TOLD)


def test_training_counts_once_somebody_else_confirmed_it(world):
    add_pooled(world, "zora")
    desk, actor = world.staff_desk, world.actor("zora")
    training = Training("chair", desk.now.date() - timedelta(days=2), None, "Certificate 7")
    with desk.sessions.writing() as session:
        training_id = pool.add_training(session, actor=actor, desk=desk, training=training)
        with pytest.raises(NotAllowed):
            pool.confirm_training(session, actor=actor, desk=desk, person_id=actor.id, training_id=training_id)

    def confirmed():
        with desk.sessions.reading() as session:
            own = pool.read_own_membership(session, actor=actor, desk=desk)
            return {each.training.course for each in own.training if each.is_confirmed}

    assert "chair" not in confirmed()
    with desk.sessions.writing() as session:
        pool.confirm_training(
            session, actor=world.actor("recruiter"), desk=desk, person_id=actor.id, training_id=training_id
        )
    assert "chair" in confirmed()


def test_a_recruiter_does_not_confirm_their_own_training(world):
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        pool.join_pool(session, actor=recruiter, desk=desk, facts=pool.PoolFacts("Band 7", "People"))
        training = Training("panel", desk.now.date(), None, "Certificate 8")
        training_id = pool.add_training(session, actor=recruiter, desk=desk, training=training)
        with pytest.raises(Invalid, match="Somebody else"):
            pool.confirm_training(
                session, actor=recruiter, desk=desk, person_id=recruiter.id, training_id=training_id
            )


def test_the_list_of_the_pool_is_for_recruiters_and_holds_no_characteristic(world):
    add_pooled(world, "zora", TOLD)
    with world.staff_desk.sessions.reading() as session:
        with pytest.raises(NotAllowed):
            pool.list_pool(session, actor=world.actor("zora"))
        listed = pool.list_pool(session, actor=world.actor("recruiter"))
    zora = next(person for person in listed if person.name == "Zora")
    assert "asian" not in repr(zora) and "female" not in repr(zora)
