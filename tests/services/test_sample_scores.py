"""Calibration: two invented answers scored alone, then compared; nothing of it reaches a candidate's score."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, Refusal, TooLate
from recruitment.rules.permissions import Role
from recruitment.rules.waiting import tasks_of
from recruitment.services import sample_answers, sample_scores
from recruitment.services.campaign_copies import copy_campaign
from recruitment.services.campaign_parts import remove_question
from recruitment.services.coverage import read_coverage
from recruitment.services.digests import write_digest
from recruitment.services.queues import list_own_sifts
from recruitment.services.reasons import LONGEST_REASON
from recruitment.services.roles import take_role
from recruitment.services.sift import open_sift, read_queue
from recruitment.services.trail import check_trail
from recruitment.services.waiting import list_work
from recruitment.store.campaigns import list_questions
from recruitment.store.people import Person
from recruitment.store.sample_answers import SampleAnswer, SampleScore
from recruitment.store.sift import Score

TEXT = "We measured it before, changed one thing, and measured it again."
THREE = ("shortlister_one", "shortlister_two", "shortlister_three")


def write(world, campaign_id, *texts, question=0):
    with world.staff_desk.sessions.writing() as session:
        asked = list_questions(session, campaign_id)[question].id
        return [
            sample_answers.add_sample(
                session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id,
                question_id=asked, text=text,
            )
            for text in texts
        ]  # fmt: skip


def read(world, part, campaign_id, sample_id):
    desk = world.public_desk
    with desk.sessions.reading() as session:
        return sample_scores.read_sample(
            session, actor=world.actor(part), desk=desk, campaign_id=campaign_id, sample_id=sample_id
        )


def score(world, part, campaign_id, sample_id, value, reason=""):
    desk = world.public_desk
    criteria = read(world, part, campaign_id, sample_id).criteria
    with desk.sessions.writing() as session:
        return sample_scores.score_sample(
            session, actor=world.actor(part), desk=desk, campaign_id=campaign_id, sample_id=sample_id,
            given={criterion.id: (value, reason) for criterion in criteria},
        )  # fmt: skip


@pytest.fixture
def sifting(world):
    """A sift just opened, with two samples."""
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=6)
    samples = write(world, campaign_id, TEXT, "I am good with people.")
    world.clock.advance(days=20)
    with world.staff_desk.sessions.writing() as session:
        open_sift(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id)
    return campaign_id, samples


def test_the_others_scores_are_seen_only_once_ones_own_are_in(world, sifting):
    campaign_id, (first, _) = sifting
    score(world, THREE[0], campaign_id, first, 6, "Measured before and after.")
    before = read(world, THREE[1], campaign_id, first)
    assert not before.is_scored and before.text == TEXT and before.others_scored == 0
    assert [one.voices for one in before.criteria] == [()]
    score(world, THREE[1], campaign_id, first, 3, "One example only.")
    (criterion,) = read(world, THREE[1], campaign_id, first).criteria
    assert [(v.is_own, v.score, v.reason) for v in criterion.voices] == [
        (True, 3, "One example only."),
        (False, 6, "Measured before and after."),
    ]
    assert criterion.spread.is_wide and (criterion.spread.lowest, criterion.spread.highest) == (3, 6)


def test_one_can_score_a_sample_once_and_sending_it_twice_changes_nothing(world, sifting):
    campaign_id, (first, _) = sifting
    assert score(world, THREE[0], campaign_id, first, 5)
    assert not score(world, THREE[0], campaign_id, first, 5)
    with pytest.raises(TooLate):
        score(world, THREE[0], campaign_id, first, 6)


def test_a_score_off_the_scale_a_missing_reason_and_one_too_long_are_refused(world, sifting):
    campaign_id, (first, _) = sifting
    for value, reason in ((None, ""), (8, ""), (0, ""), (2, " "), (5, "x" * (LONGEST_REASON + 1))):
        with pytest.raises(Invalid):
            score(world, THREE[0], campaign_id, first, value, reason)


def test_reasons_lie_under_the_sift_key(world, sifting):
    campaign_id, (first, _) = sifting
    score(world, THREE[0], campaign_id, first, 5, "Kept from a stolen database.")
    with world.staff_desk.sessions.reading() as session:
        (row,) = session.scalars(select(SampleScore)).all()
    assert row.reason and b"stolen" not in row.reason


def test_no_score_of_a_candidate_comes_from_a_sample(world, sifting):
    campaign_id, samples = sifting
    for part in THREE:
        for sample_id in samples:
            score(world, part, campaign_id, sample_id, 7)
    with world.staff_desk.sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(Score)) == 0
        assert session.scalar(select(func.count()).select_from(SampleScore)) == 6
        coverage = read_coverage(session, actor=world.actor("recruiter"), campaign_id=campaign_id)
        assert {one.scores_given for one in coverage.shortlisters} == {0}
        assert check_trail(session, campaign_id, world.staff_desk.vault.verifying_key) == []


def tasks(world, part):
    with world.staff_desk.sessions.reading() as session:
        (work,) = list_work(session, actor=world.actor(part))
    return [task.words for task in tasks_of(work.standing, world.clock.now)]


def test_samples_wait_on_the_first_screens_of_recruiter_and_shortlister(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=6)
    assert not [words for words in tasks(world, "recruiter") if "sample" in words], (
        "not a fortnight before closing"
    )
    world.clock.advance(days=8)
    assert "2 sample answers to write, or to leave out" in tasks(world, "recruiter")
    write(world, campaign_id, TEXT, "More.")
    assert not [words for words in tasks(world, "recruiter") if "sample" in words]
    assert not [words for words in tasks(world, THREE[0]) if "sample" in words]
    world.clock.advance(days=20)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        open_sift(session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id)
    assert "2 sample answers to score first on the scoring site" in tasks(world, THREE[0])
    with desk.sessions.reading() as session:
        (own,) = list_own_sifts(session, actor=world.actor(THREE[0]))
        queue = read_queue(session, actor=world.actor(THREE[0]), campaign_id=campaign_id)
        person = session.get_one(Person, world.people[THREE[0]])
        letter = write_digest(session, desk=desk, person=person, staff_url="https://staff.example")
        samples = session.scalars(select(SampleAnswer.id)).all()
    assert (own.samples_left, queue.samples_left) == (2, 2)
    assert "sample answers to score first" in letter.body and TEXT not in letter.body
    for sample_id in samples:
        score(world, THREE[0], campaign_id, sample_id, 5)
    assert not [words for words in tasks(world, THREE[0]) if "sample" in words]


def test_leaving_them_out_is_recorded_and_taken_back_by_writing_one(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=6)
    world.clock.advance(days=8)
    asked = {"actor": world.actor("recruiter"), "desk": world.staff_desk, "campaign_id": campaign_id}
    with world.staff_desk.sessions.writing() as session:
        sample_answers.leave_samples_out(session, **asked)
    assert not [words for words in tasks(world, "recruiter") if "sample" in words]
    (sample_id,) = write(world, campaign_id, TEXT)
    assert "1 sample answer to write, or to leave out" in tasks(world, "recruiter")
    with pytest.raises(Invalid), world.staff_desk.sessions.writing() as session:
        sample_answers.leave_samples_out(session, **asked)
    with world.staff_desk.sessions.writing() as session:
        sample_answers.remove_sample(session, **asked, sample_id=sample_id)
        sample_answers.leave_samples_out(session, **asked)


def test_a_campaign_holds_two_samples_and_an_empty_or_endless_one_is_refused(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=6)
    for text in (" ", "x" * 6_001):
        with pytest.raises(Invalid):
            write(world, campaign_id, text)
    write(world, campaign_id, TEXT, "More.")
    with pytest.raises(Invalid, match="2 sample answers already"):
        write(world, campaign_id, "A third.")


def test_once_the_sift_is_open_samples_stay_as_they_are(world, sifting):
    campaign_id, (first, _) = sifting
    asked = {"actor": world.actor("recruiter"), "desk": world.staff_desk, "campaign_id": campaign_id}
    with pytest.raises(Refusal):
        write(world, campaign_id, "Late.")
    with pytest.raises(Refusal), world.staff_desk.sessions.writing() as session:
        sample_answers.remove_sample(session, **asked, sample_id=first)


def test_a_copy_takes_the_samples_along_and_a_removed_question_takes_its_own(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=6)
    write(world, campaign_id, TEXT)
    now = world.clock.now
    with world.staff_desk.sessions.writing() as session:
        recruiter = {"actor": world.actor("recruiter"), "desk": world.staff_desk}
        copy_id = copy_campaign(
            session, **recruiter, campaign_id=campaign_id, title="Again", opens_at=now,
            closes_at=now.replace(year=now.year + 1),
        )  # fmt: skip
        written = sample_answers.read_samples(session, actor=recruiter["actor"], campaign_id=copy_id)
        assert [one.text for one in written.samples] == [TEXT]
        remove_question(session, **recruiter, campaign_id=copy_id, question_id=written.samples[0].question_id)
        left = sample_answers.read_samples(session, actor=recruiter["actor"], campaign_id=copy_id)
    assert left.samples == ()


def test_only_shortlisters_of_the_campaign_score_them_and_who_left_is_no_longer_shown(world, sifting):
    campaign_id, (first, _) = sifting
    score(world, THREE[0], campaign_id, first, 6)
    with pytest.raises(NotAllowed):
        read(world, "recruiter", campaign_id, first)
    with pytest.raises(NotFound):
        read(world, THREE[1], campaign_id, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        take_role(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id,
            person_id=world.people[THREE[0]], role=Role.SHORTLISTER,
        )  # fmt: skip
    score(world, THREE[1], campaign_id, first, 5)
    (criterion,) = read(world, THREE[1], campaign_id, first).criteria
    assert [voice.is_own for voice in criterion.voices] == [True]
