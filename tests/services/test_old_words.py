"""Words of candidates from before they were sealed are sealed anew by the worker, and lost to nobody."""

from __future__ import annotations

import pytest

from recruitment.services.appointments import words_place
from recruitment.services.correspondence_answers import list_questions_asked, open_question
from recruitment.services.old_words import seal_old_words
from recruitment.services.own_appointments import read_own_appointment
from recruitment.services.reasons import open_reason, seal_reason
from recruitment.services.worker import keep_house
from recruitment.store.slots import Appointment
from tests.support.panels import check, declare_nothing, entries, revealed
from tests.support.times import INTERVIEW, invite, recruiter_of

OLD = "I am in hospital with Quenbylacanary"


@pytest.fixture
def old(world):
    """A campaign and a candidate whose words lie under the sift key, where the public site can read them."""
    campaign_id = revealed(world)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    first, *_ = entries(world, campaign_id)
    candidate = invite(world, campaign_id, first)
    with world.staff_desk.sessions.writing() as session:
        row = session.get_one(Appointment, (campaign_id, first, INTERVIEW))
        row.words = seal_reason(world.staff_desk, campaign_id, words_place(row, "words"), OLD)
    public = world.public_desk
    with public.sessions.reading() as session:
        row = session.get_one(Appointment, (campaign_id, first, INTERVIEW))
        assert open_reason(public, campaign_id, words_place(row, "words"), row.words) == OLD, "the leak is there"
    return campaign_id, first, candidate


def test_the_worker_seals_them_and_the_recruiter_still_opens_them(world, old):
    campaign_id, first, candidate = old
    keep_house(world.staff_desk)
    assert seal_old_words(world.staff_desk) == 0, "once is enough"
    asked = {"actor": recruiter_of(world, campaign_id), "campaign_id": campaign_id}
    with world.staff_desk.sessions.reading() as session:
        assert session.get_one(Appointment, (campaign_id, first, INTERVIEW)).words == b"unsuited"
        (line,) = list_questions_asked(session, **asked)
        opened = open_question(session, **asked, desk=world.staff_desk, question_id=line.id)
    assert opened.question == f"No time suits (Interview):\n\n{OLD}"
    with world.public_desk.sessions.reading() as session:
        own = read_own_appointment(
            session, actor=candidate, desk=world.public_desk, campaign_id=campaign_id, position=INTERVIEW
        )
    assert own.is_unsuited


def test_what_cannot_be_opened_any_more_is_replaced_by_the_mark_alone(world, old):
    campaign_id, first, _ = old
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Appointment, (campaign_id, first, INTERVIEW)).words = b"garbled" * 9
    assert seal_old_words(world.staff_desk) == 1
    with world.staff_desk.sessions.reading() as session:
        assert session.get_one(Appointment, (campaign_id, first, INTERVIEW)).words == b"unsuited"
        assert not list_questions_asked(session, actor=recruiter_of(world, campaign_id), campaign_id=campaign_id)
