"""Candidates choose a time by themselves, and a booking is still made by one road: the rules of the panel."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.rules.permissions import Role
from recruitment.services import attendance, bookings, own_appointments, slots
from recruitment.services.applications import withdraw_application
from recruitment.services.correspondence_answers import has_letter, list_questions_asked, open_question
from recruitment.services.outgoing import read_outbox, to_email
from recruitment.services.roles import take_role
from recruitment.services.worker import run_due_jobs
from recruitment.store.panels import Booking
from recruitment.store.slots import Appointment
from recruitment.store.trail import TrailEvent
from tests.support.canaries import found_in, raw_bytes
from tests.support.panels import check, declare_nothing, entries, revealed
from tests.support.times import INTERVIEW, SITES, invite, offer, recruiter_of


@pytest.fixture
def campaign(world):
    """A campaign in which nothing stands in the way of interviews."""
    campaign_id = revealed(world)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    return campaign_id


def choose(world, campaign_id, candidate, slot_id):
    desk = world.public_desk
    with desk.sessions.writing() as session:
        own_appointments.choose_time(
            session, actor=candidate, desk=desk, campaign_id=campaign_id, position=INTERVIEW, slot_id=slot_id,
            sites=SITES,
        )  # fmt: skip


def give_back(world, campaign_id, candidate, words=""):
    desk = world.public_desk
    with desk.sessions.writing() as session:
        own_appointments.give_back(
            session,
            actor=candidate,
            desk=desk,
            campaign_id=campaign_id,
            position=INTERVIEW,
            words=words,
            sites=SITES,
        )


def seen(world, campaign_id, candidate):
    desk = world.public_desk
    with desk.sessions.reading() as session:
        return own_appointments.read_own_appointment(
            session, actor=candidate, desk=desk, campaign_id=campaign_id, position=INTERVIEW
        )


def letters(world, subject=""):
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        found = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"), limit=200)
    return [one.letter for one in found if one.letter.subject.startswith(subject)]


def booked(world, campaign_id):
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        rows = session.scalars(select(Booking).where(Booking.campaign_id == campaign_id)).all()
    return {row.application_id: (row.begins, row.minutes, row.place) for row in rows}


def test_a_chosen_time_is_booked_and_both_get_the_same_entry_without_a_name(world, campaign):
    first, *_ = entries(world, campaign)
    candidate = invite(world, campaign, first, adjustments="Questions on paper")
    half_past, *_ = offer(world, campaign, "9:30 10:30")
    (asked,) = letters(world, "Choose a time")
    assert f"https://jobs.example/campaigns/{campaign}/appointments/2" in asked.body
    assert asked.attachment == "", "there is no time yet"

    choose(world, campaign, candidate, half_past)
    assert seen(world, campaign, candidate).standing == "chosen"
    assert booked(world, campaign) == {first: ("09:30", 45, "Room 4")}
    assert seen(world, campaign, candidate).standing == "booked"

    told = letters(world, "Booked")
    assert asked.to in {letter.to for letter in told}
    assert {"recruiter@body.example", "member@body.example"} <= {letter.to for letter in told}
    for letter in told:
        entry = Calendar.from_ical(letter.attachment).walk("VEVENT")[0]
        assert entry["SUMMARY"] == "Interview: Casework officer" and entry["SEQUENCE"] == 1
        if letter.to != asked.to:
            assert asked.to not in letter.body + letter.attachment + letter.subject
    mail = to_email(told[0], "jobs@body.example")
    assert [part.get_content_type() for part in mail.iter_attachments()] == ["text/calendar"]
    assert 'method="PUBLISH"' in mail.as_string()

    with world.staff_desk.sessions.reading() as session:
        (row,) = bookings.list_bookings(
            session, actor=world.actor("member"), desk=world.staff_desk, campaign_id=campaign
        )
    assert row.adjustments == "Questions on paper", "they reach whoever runs the interview"


def test_two_who_choose_at_once_one_gets_it_and_the_other_chooses_again(world, campaign):
    first, second, *_ = entries(world, campaign)
    candidates = [invite(world, campaign, key) for key in (first, second)]
    nine, ten = offer(world, campaign, "9:00 10:00")
    assert [len(seen(world, campaign, one).choices) for one in candidates] == [2, 2], "both see both times"

    def race(candidate):
        try:
            choose(world, campaign, candidate, nine)
        except Invalid as refusal:
            return refusal.sentence
        return "got it"

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(race, candidates))
    assert sorted(told) == ["Somebody else has just taken that time. Choose another.", "got it"]
    loser = candidates[told.index("Somebody else has just taken that time. Choose another.")]
    assert [slot.id for slot in seen(world, campaign, loser).choices] == [ten]
    choose(world, campaign, loser, ten)
    assert sorted(begins for begins, _, _ in booked(world, campaign).values()) == ["09:00", "10:00"]


def test_a_longer_time_is_seen_by_whom_it_is_for_and_by_nobody_else(world, campaign):
    first, second, *_ = entries(world, campaign)
    longer, usual = invite(world, campaign, first, minutes=70), invite(world, campaign, second)
    offer(world, campaign, "9:00 10:00")
    (long_slot,) = offer(world, campaign, "9:30", minutes=70)
    assert [slot.span.minutes for slot in seen(world, campaign, longer).choices] == [70]
    assert [slot.span.minutes for slot in seen(world, campaign, usual).choices] == [45, 45]
    choose(world, campaign, longer, long_slot)
    assert seen(world, campaign, usual).choices == (), "both overlap it, and nothing says why"


def test_a_time_is_changed_until_the_hour_set_and_its_entry_keeps_its_uid(world, campaign):
    first, *_ = entries(world, campaign)
    candidate = invite(world, campaign, first)
    nine, ten = offer(world, campaign, "9:00 10:00")
    choose(world, campaign, candidate, nine)
    assert booked(world, campaign)
    choose(world, campaign, candidate, ten)
    assert booked(world, campaign)[first][0] == "10:00"
    mine = [one for one in letters(world, "Booked") if "jobs.example/campaigns" in one.body]
    events = [Calendar.from_ical(one.attachment).walk("VEVENT")[0] for one in mine]
    assert sorted(event["SEQUENCE"] for event in events) == [1, 2]
    assert len({event["UID"] for event in events}) == 1

    world.clock.now += timedelta(days=2, hours=2)
    assert seen(world, campaign, candidate).change_until is None
    with pytest.raises(TooLate, match="Write to the recruitment team"):
        choose(world, campaign, candidate, nine)
    with pytest.raises(TooLate):
        give_back(world, campaign, candidate)


def test_who_gives_a_time_back_frees_it_and_says_which_would_suit(world, campaign):
    first, second, *_ = entries(world, campaign)
    candidate, other = invite(world, campaign, first), invite(world, campaign, second)
    (nine,) = offer(world, campaign, "9:00")
    choose(world, campaign, candidate, nine)
    assert booked(world, campaign) and not seen(world, campaign, other).choices
    give_back(world, campaign, candidate, "Only afternoons: I look after my mother")
    assert booked(world, campaign) == {}
    assert [slot.id for slot in seen(world, campaign, other).choices] == [nine]
    gone = letters(world, "Cancelled")
    assert all(Calendar.from_ical(one.attachment)["METHOD"] == "CANCEL" for one in gone) and len(gone) >= 3
    (unsuited,) = letters(world, "No time suits")
    assert unsuited.to == "recruiter@body.example" and "mother" not in unsuited.body
    assert seen(world, campaign, candidate).is_unsuited
    with world.staff_desk.sessions.reading() as session:
        found = slots.read_slots(
            session, actor=recruiter_of(world, campaign), desk=world.staff_desk, campaign_id=campaign,
            position=INTERVIEW,
        )  # fmt: skip
    assert [one.application_id for one in found.invited if one.is_unsuited] == [first]


def test_what_is_written_when_no_time_suits_is_opened_by_a_recruiter_with_a_record_and_by_nothing_else(
    world, campaign
):
    first, *_ = entries(world, campaign)
    candidate = invite(world, campaign, first)
    give_back(world, campaign, candidate, "I am in hospital with Quenbylacanary")
    desk = world.staff_desk
    with world.public_desk.sessions.reading() as session:
        kept = session.get_one(Appointment, (campaign, first, INTERVIEW)).words
    assert kept == b"unsuited", "the working key, which the public site holds, opens nothing here"
    assert found_in(raw_bytes(world), ("Quenbylacanary",)) == []
    asked = {"actor": recruiter_of(world, campaign), "campaign_id": campaign}
    with desk.sessions.reading() as session:
        (line,) = list_questions_asked(session, **asked)
        opened = open_question(session, **asked, desk=desk, question_id=line.id)
        assert not has_letter(session, **asked, question_id=line.id), "only a time was offered"
    with desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent.detail).where(TrailEvent.chain_id == campaign)).all()
    assert opened.question == "No time suits (Interview):\n\nI am in hospital with Quenbylacanary"
    assert [line.id.hex] in [one["records"] for one in events if one.get("compartment") == "correspondence"]
    for _ in range(2):
        give_back(world, campaign, candidate, "Fridays")
    with pytest.raises(Invalid, match="we have not answered yet"):
        give_back(world, campaign, candidate, "Fridays")


def test_a_panel_that_no_longer_stands_keeps_a_chosen_time_from_being_booked_until_it_does(world, campaign):
    first, *_ = entries(world, campaign)
    candidate = invite(world, campaign, first)
    (nine,) = offer(world, campaign, "9:00")
    desk, recruiter = world.staff_desk, recruiter_of(world, campaign)
    with desk.sessions.writing() as session:
        take_role(
            session, actor=recruiter, desk=desk, campaign_id=campaign, role=Role.PANEL_MEMBER,
            person_id=world.people["member"],
        )  # fmt: skip
    choose(world, campaign, candidate, nine)
    assert booked(world, campaign) == {}
    assert seen(world, campaign, candidate).standing == "chosen", "the time stays theirs"
    (told,) = letters(world, "Interview panel")
    assert "2 of at least 3 members" in told.body
    with pytest.raises(TooSoon, match="of at least 3 members"):
        offer(world, campaign, "11:00")
    world.clock.now += timedelta(hours=1)
    assert booked(world, campaign) == {} and len(letters(world, "Interview panel")) == 1, "told once"


def test_a_recruiter_changes_and_cancels_with_a_reason_which_the_candidate_reads(world, campaign):
    first, *_ = entries(world, campaign)
    candidate = invite(world, campaign, first)
    (nine,) = offer(world, campaign, "9:00")
    choose(world, campaign, candidate, nine)
    assert booked(world, campaign)
    desk, recruiter = world.staff_desk, recruiter_of(world, campaign)
    asked = {"actor": recruiter, "desk": desk, "campaign_id": campaign, "application_id": first, "sites": SITES}
    later = {"day": desk.now.date() + timedelta(days=4), "begins": "15:00", "minutes": 45}
    with pytest.raises(Invalid, match="Say why"), desk.sessions.writing() as session:
        bookings.book_interview(session, **asked, **later)
    with desk.sessions.writing() as session:
        bookings.book_interview(session, **asked, **later, reason="The chair is ill.")
    assert seen(world, campaign, candidate).reason == "The chair is ill."
    assert any("The chair is ill." in one.body for one in letters(world, "Booked"))
    with pytest.raises(Invalid, match="Say why"), desk.sessions.writing() as session:
        bookings.cancel_booking(session, **asked)
    with desk.sessions.writing() as session:
        bookings.cancel_booking(session, **asked, reason="The building is closed.")
    assert booked(world, campaign) == {}
    assert seen(world, campaign, candidate).reason == "The building is closed."
    assert [slot.id for slot in seen(world, campaign, candidate).choices] == [nine], "they may choose again"


def test_who_did_not_come_is_recorded_once_the_time_has_come_and_cannot_be_scored(world, campaign):
    first, *_ = entries(world, campaign)
    candidate = invite(world, campaign, first)
    (nine,) = offer(world, campaign, "9:00")
    choose(world, campaign, candidate, nine)
    assert booked(world, campaign)
    desk = world.staff_desk
    asked = {
        "actor": recruiter_of(world, campaign), "desk": desk, "campaign_id": campaign, "position": INTERVIEW,
        "application_id": first,
    }  # fmt: skip
    with pytest.raises(TooSoon), desk.sessions.writing() as session:
        attendance.record_attendance(session, **asked, came=False)
    world.clock.now += timedelta(days=3)
    with desk.sessions.writing() as session:
        attendance.record_attendance(session, **asked, came=False)
    with desk.sessions.reading() as session:
        assert attendance.missed_interview(session, campaign) == {first}
        events = session.scalars(select(TrailEvent.event).where(TrailEvent.chain_id == campaign)).all()
    assert {"time_chosen", "interview_booked", "attendance_recorded"} <= set(events)


def test_who_withdraws_frees_their_time(world, campaign):
    first, second, *_ = entries(world, campaign)
    candidate, other = invite(world, campaign, first), invite(world, campaign, second)
    (nine,) = offer(world, campaign, "9:00")
    choose(world, campaign, candidate, nine)
    assert booked(world, campaign)
    with world.public_desk.sessions.writing() as session:
        withdraw_application(session, actor=candidate, desk=world.public_desk, campaign_id=campaign)
    assert booked(world, campaign) == {}
    assert [slot.id for slot in seen(world, campaign, other).choices] == [nine]
    with pytest.raises(NotFound):
        seen(world, campaign, candidate)


def test_nothing_that_is_kept_tells_who_asked_for_an_adjustment(world, campaign):
    """Whoever asked for one is invited apart from the rest, and the record of requests hides who that is."""
    first, *rest = entries(world, campaign)
    invite(world, campaign, first, adjustments="Questions on paper")
    desk = world.staff_desk
    desk.clock.advance(minutes=5)
    recruiter = recruiter_of(world, campaign)
    with desk.sessions.writing() as session:
        asked = {"actor": recruiter, "desk": desk, "campaign_id": campaign, "position": INTERVIEW}
        assert slots.invite_all(session, **asked, sites=SITES) == len(rest) > 0
    with desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent.detail).where(TrailEvent.event == "candidates_invited")).all()
        rows = session.scalars(select(Appointment).where(Appointment.campaign_id == campaign)).all()
        read = slots.read_slots(session, **asked)
    assert {one.adjustments for one in read.invited} == {"", "Questions on paper"}
    assert [detail["invited"] for detail in events] == [1, len(rest)]
    assert not [key for key in (first, *rest) if str(key) in str(events)]
    assert len({len(row.adjustments or b"") for row in rows}) == 1
    assert len({row.invited_at for row in rows}) == 1
