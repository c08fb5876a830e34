"""Each scores alone; then scores are seen, talked over and agreed; challenges and the checklist end first."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.commands.sample.interviewing import complete_checklist
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, TooLate, TooSoon
from recruitment.rules.inclusion_checklist import ItemAnswer
from recruitment.rules.letters import LetterKind
from recruitment.rules.outcomes import Outcome
from recruitment.services import challenges, inclusion_checklists, outcomes
from recruitment.services.interview_results import (
    agree_score,
    interview_criteria,
    interview_results,
    read_discussion,
)
from recruitment.services.interviews import read_interview_form, score_interview
from recruitment.services.letter_previews import preview_letter
from recruitment.services.letters import read_letters
from recruitment.store.applications import Application
from recruitment.store.campaigns import list_vacancies
from recruitment.store.interviews import InterviewScore
from recruitment.store.panels import Challenge
from recruitment.store.slots import Appointment
from tests.support.panels import PANEL, entries
from tests.support.times import INTERVIEW


@pytest.fixture
def campaign_id(world):
    return world.campaign(until=CampaignState.REVEALED, applications=6)


def score(world, campaign_id, part, application_id, value):
    desk = world.staff_desk
    asked = {
        "actor": world.actor(part),
        "desk": desk,
        "campaign_id": campaign_id,
        "application_id": application_id,
    }
    with desk.sessions.writing() as session:
        form = read_interview_form(session, **asked)
        score_interview(
            session, **asked, scores={each.id: (value, f"Said so: {value}.") for each in form.criteria}
        )


def discussion(world, campaign_id, part, application_id):
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        return read_discussion(
            session, actor=world.actor(part), desk=desk, campaign_id=campaign_id, application_id=application_id
        )


def agree(world, campaign_id, part, application_id, criterion_id, value, reason="We heard the example again."):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        agree_score(
            session, actor=world.actor(part), desk=desk, campaign_id=campaign_id, application_id=application_id,
            criterion_id=criterion_id, value=value, reason=reason,
        )  # fmt: skip


def test_nobody_sees_another_score_before_all_have_scored_that_candidate(world, campaign_id):
    first, *_ = entries(world, campaign_id)
    for part, value in zip(PANEL[:2], (3, 6), strict=True):
        score(world, campaign_id, part, first, value)
        with pytest.raises(TooSoon, match="once everybody who sits"):
            discussion(world, campaign_id, part, first)
    score(world, campaign_id, PANEL[2], first, 5)

    seen = discussion(world, campaign_id, PANEL[0], first)

    assert [[voice.value for voice in one.voices] for one in seen] == [[5, 3, 6]] * len(seen)
    assert seen[0].spread == 3


def test_once_they_are_seen_no_first_score_can_change(world, campaign_id):
    first, *_ = entries(world, campaign_id)
    for part in PANEL:
        score(world, campaign_id, part, first, 4)
    with pytest.raises(TooLate, match="locked"):
        score(world, campaign_id, PANEL[0], first, 7)


def test_an_agreed_score_counts_and_the_first_ones_stay(world, campaign_id):
    first, *_ = entries(world, campaign_id)
    for part, value in zip(PANEL, (2, 6, 7), strict=True):
        score(world, campaign_id, part, first, value)
    with world.staff_desk.sessions.reading() as session:
        before = interview_results(session, campaign_id)[first].total
        criterion_id = interview_criteria(session, campaign_id)[0].id
    agree(world, campaign_id, PANEL[0], first, criterion_id, 4)

    with world.staff_desk.sessions.reading() as session:
        after = interview_results(session, campaign_id)[first].total
        kept = session.scalars(
            select(InterviewScore.value).where(
                InterviewScore.campaign_id == campaign_id, InterviewScore.application_id == first,
                InterviewScore.criterion_id == criterion_id,
            )
        ).all()  # fmt: skip
    assert before - after == 1
    assert sorted(kept) == [2, 6, 7]
    assert discussion(world, campaign_id, PANEL[1], first)[0].agreed == 4


def test_only_the_chair_writes_down_what_is_agreed_and_with_a_reason(world, campaign_id):
    first, *_ = entries(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        criterion_id = interview_criteria(session, campaign_id)[0].id
    with pytest.raises(TooSoon):
        agree(world, campaign_id, PANEL[0], first, criterion_id, 4)
    for part in PANEL:
        score(world, campaign_id, part, first, 5)
    with pytest.raises(NotAllowed):
        agree(world, campaign_id, PANEL[1], first, criterion_id, 4)
    with pytest.raises(Invalid, match="Give the reason"):
        agree(world, campaign_id, PANEL[0], first, criterion_id, 4, reason=" ")


def decide(world, campaign_id):
    desk, chair = world.staff_desk, world.actor(PANEL[0])
    with desk.sessions.writing() as session:
        merit = outcomes.read_merit(session, actor=chair, campaign_id=campaign_id)
        vacancy, *_ = list_vacancies(session, campaign_id)
        decisions = {
            one.application_id: outcomes.Decided(
                Outcome.APPOINTED if place < vacancy.posts else Outcome.RESERVE,
                vacancy.id if place < vacancy.posts else None,
                "The whole panel agreed the order.",
            )
            for place, one in enumerate(merit)
        }
        outcomes.decide_outcomes(session, actor=chair, desk=desk, campaign_id=campaign_id, decisions=decisions)


def all_scored(world, campaign_id):
    for application_id in entries(world, campaign_id):
        for part in PANEL:
            score(world, campaign_id, part, application_id, 5)


def test_outcomes_wait_for_the_checklist(world, campaign_id):
    all_scored(world, campaign_id)
    with pytest.raises(TooSoon, match="checklist is not complete"):
        decide(world, campaign_id)
    assert complete_checklist(world.staff_desk, campaign_id) > 0
    decide(world, campaign_id)


def test_whoever_did_not_come_is_due_a_letter_that_thanks_nobody_for_coming(world, campaign_id):
    desk, gone = world.staff_desk, entries(world, campaign_id)[0]
    with desk.sessions.writing() as session:
        session.get_one(Appointment, (campaign_id, gone, INTERVIEW)).came = False
    for application_id in entries(world, campaign_id):
        for part in PANEL if application_id != gone else ():
            score(world, campaign_id, part, application_id, 5)
    complete_checklist(desk, campaign_id)
    decide(world, campaign_id)
    with desk.sessions.reading() as session:
        due = read_letters(session, actor=world.actor("recruiter"), campaign_id=campaign_id).due
        (one,) = [one for one in due if one.kind is LetterKind.MISSED_INTERVIEW]
        asked = {"actor": world.actor("recruiter"), "desk": desk, "campaign_id": campaign_id}
        shown = preview_letter(session, **asked, reference=one.example, ask_address="https://jobs.example/ask")
        assert one.number == 1
        assert session.get_one(Application, (campaign_id, gone)).reference == one.example
    assert "you did not come to the interview" in shown.letter.body
    assert "Question 1" in shown.letter.body and "Your scores at the interview" not in shown.letter.body
    assert shown.letter.welsh is not None and "ni ddaethoch i’r cyfweliad" in shown.letter.welsh.body


def test_outcomes_wait_for_the_answer_to_a_challenge_and_both_are_kept_sealed(world, campaign_id):
    all_scored(world, campaign_id)
    complete_checklist(world.staff_desk, campaign_id)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        challenge_id = challenges.raise_challenge(
            session, actor=world.actor("member"), desk=desk, campaign_id=campaign_id, text="We called it fit."
        )
    with pytest.raises(TooSoon, match="1 challenge waits"):
        decide(world, campaign_id)

    asked = {"desk": desk, "campaign_id": campaign_id, "challenge_id": challenge_id}
    with desk.sessions.writing() as session:
        with pytest.raises(NotAllowed):
            challenges.answer_challenge(session, actor=world.actor("member"), **asked, answer="No.")
        challenges.answer_challenge(session, actor=world.actor(PANEL[0]), **asked, answer="We scored it anew.")
    with desk.sessions.writing() as session, pytest.raises(TooLate):
        challenges.answer_challenge(session, actor=world.actor(PANEL[0]), **asked, answer="Something else.")
    with desk.sessions.reading() as session:
        (read,) = challenges.list_challenges(
            session, actor=world.actor("shortlister_two"), desk=desk, campaign_id=campaign_id
        )
        row = session.get_one(Challenge, (campaign_id, challenge_id))
    assert (read.text, read.answer) == ("We called it fit.", "We scored it anew.")
    assert b"fit" not in row.text and b"anew" not in row.answer
    decide(world, campaign_id)


def test_the_checklist_answers_itself_from_evidence_and_the_lead_answers_the_rest(world, campaign_id):
    desk, lead = world.staff_desk, world.actor("shortlister_two")
    asked = {"actor": lead, "desk": desk, "campaign_id": campaign_id}
    with desk.sessions.reading() as session:
        items = {each.item.key: each for each in inclusion_checklists.read_inclusion_checklist(session, **asked)}
    assert items["training"].answer is ItemAnswer.YES and "in date" in items["training"].note
    assert items["conflicts"].answer is ItemAnswer.YES
    assert items["briefing"].is_open
    with desk.sessions.writing() as session:
        with pytest.raises(Invalid, match="what was done about it"):
            inclusion_checklists.answer_item(session, **asked, item="briefing", answer=ItemAnswer.NO)
        inclusion_checklists.answer_item(session, **asked, item="briefing", answer=ItemAnswer.YES)
    with desk.sessions.reading() as session:
        items = {each.item.key: each for each in inclusion_checklists.read_inclusion_checklist(session, **asked)}
    assert not items["briefing"].is_open


def test_an_open_challenge_opens_its_item_of_the_checklist(world, campaign_id):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        challenges.raise_challenge(
            session, actor=world.actor("member"), desk=desk, campaign_id=campaign_id, text="Too quick."
        )
    with desk.sessions.reading() as session:
        items = inclusion_checklists.read_inclusion_checklist(
            session, actor=world.actor("shortlister_two"), desk=desk, campaign_id=campaign_id
        )
    assert next(each for each in items if each.item.key == "challenges").is_open


def test_the_checklist_is_the_leads_alone(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        for part in ("shortlister_one", "member", "recruiter"):
            with pytest.raises(NotAllowed):
                inclusion_checklists.read_inclusion_checklist(
                    session, actor=world.actor(part), desk=world.staff_desk, campaign_id=campaign_id
                )
