"""What goes wrong half way: people leave, candidates withdraw, dates pass; the campaign can still go on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from recruitment.rules.campaigns import DRAFTS_KEPT, CampaignKind, CampaignState, QuestionKind, StageKind
from recruitment.rules.errors import Invalid, TooLate
from recruitment.rules.permissions import Role
from recruitment.services.accounts import add_person
from recruitment.services.applications import withdraw_application
from recruitment.services.campaign_parts import remove_question
from recruitment.services.campaigns import (
    CampaignPlan,
    add_question,
    add_vacancy,
    create_campaign,
    missing_for_opening,
)
from recruitment.services.clearance import prepare_clearing
from recruitment.services.coverage import lock_scores, read_coverage
from recruitment.services.filling import fill_places
from recruitment.services.moderation import arrange_moderation
from recruitment.services.roles import give_role, take_role
from recruitment.services.scores import score_answer
from recruitment.services.sift import read_answer, read_queue
from recruitment.services.sift_counts import count_anew
from recruitment.services.worker import destroy_old_drafts
from recruitment.store.applications import Answer, Application, Draft
from recruitment.store.campaigns import list_questions
from recruitment.store.people import people_with_role
from recruitment.store.sift import Allocation, AllocationState, Moderation, Score
from recruitment.store.trail import TrailEvent
from recruitment.vault.working import WorkingPurpose

SHORTLISTERS = ("shortlister_one", "shortlister_two", "shortlister_three")


def score_all(world, campaign, values):
    desk = world.staff_desk
    for part, value in values.items():
        actor = world.actor(part)
        with desk.sessions.writing() as session:
            for item in read_queue(session, actor=actor, campaign_id=campaign, per_page=500).items:
                answer = read_answer(session, actor=actor, desk=desk, campaign_id=campaign, handle=item.handle)
                for criterion in answer.criteria:
                    if criterion.score is None:
                        score_answer(
                            session, actor=actor, desk=desk, campaign_id=campaign, handle=item.handle,
                            criterion_id=criterion.id, value=value, reason="Because.",
                        )  # fmt: skip


def coverage_of(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return read_coverage(session, actor=world.actor("recruiter"), campaign_id=campaign)


def draft_campaign(world, **options):
    desk, actor = world.staff_desk, world.actor("recruiter")
    plan = CampaignPlan(
        options.pop("title", "Casework Officer"), CampaignKind.EXTERNAL, desk.now, desk.now + timedelta(days=7),
        **options,
    )  # fmt: skip
    with desk.sessions.writing() as session:
        return create_campaign(session, actor=actor, desk=desk, plan=plan)


def test_moderation_of_a_withdrawn_application_does_not_hold_the_lock(world):
    campaign = world.campaign(until=CampaignState.SIFTING)
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    score_all(world, campaign, dict(zip(SHORTLISTERS, (2, 5, 5), strict=True)))
    with desk.sessions.writing() as session:
        assert arrange_moderation(session, actor=recruiter, desk=desk, campaign_id=campaign) > 0
        in_moderation = session.scalars(
            select(Answer.application_id)
            .join(Moderation, (Moderation.answer_id == Answer.id) & (Moderation.campaign_id == campaign))
            .distinct()
        ).all()
    assert coverage_of(world, campaign).in_moderation > 0
    for application_id in in_moderation:
        candidate = world.add_candidate(f"{application_id.hex}@example.org")
        with desk.sessions.writing() as session:
            session.get_one(Application, (campaign, application_id)).candidate_id = candidate.id
        with desk.sessions.writing() as session:
            withdraw_application(session, actor=candidate, desk=desk, campaign_id=campaign)
    assert coverage_of(world, campaign).in_moderation == 0
    with desk.sessions.writing() as session:
        lock_scores(session, actor=recruiter, desk=desk, campaign_id=campaign)


def test_unfinished_answers_of_a_shortlister_who_leaves_go_to_others(world):
    campaign = world.campaign(until=CampaignState.SIFTING)
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    gone = world.people["shortlister_one"]
    with desk.sessions.writing() as session:
        give_role(
            session, actor=recruiter, desk=desk, campaign_id=campaign, person_id=world.people["deputy"],
            role=Role.SHORTLISTER,
        )  # fmt: skip
        held = session.scalar(
            select(func.count()).where(Allocation.campaign_id == campaign, Allocation.person_id == gone)
        )
        take_role(session, actor=recruiter, desk=desk, campaign_id=campaign, person_id=gone, role=Role.SHORTLISTER)
    assert held
    assert coverage_of(world, campaign).unfilled == held
    with desk.sessions.writing() as session:
        assert fill_places(session, actor=recruiter, desk=desk, campaign_id=campaign) == (held, 0)
    score_all(world, campaign, {"shortlister_two": 5, "shortlister_three": 5, "deputy": 5})
    with desk.sessions.writing() as session:
        lock_scores(session, actor=recruiter, desk=desk, campaign_id=campaign)


def test_scores_of_a_shortlister_who_leaves_stand(world):
    campaign = world.campaign(until=CampaignState.SIFTING)
    desk = world.staff_desk
    score_all(world, campaign, dict.fromkeys(SHORTLISTERS, 5))
    with desk.sessions.writing() as session:
        take_role(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign,
            person_id=world.people["shortlister_one"], role=Role.SHORTLISTER,
        )  # fmt: skip
        states = set(session.scalars(select(Allocation.state).where(Allocation.campaign_id == campaign)))
    assert states == {AllocationState.OPEN}
    assert coverage_of(world, campaign).is_complete


def set_scores_aside(world, campaign, reason="Declared a friendship with a candidate."):
    with world.staff_desk.sessions.writing() as session:
        take_role(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign,
            person_id=world.people["shortlister_one"], role=Role.SHORTLISTER, set_aside=reason,
        )  # fmt: skip


def test_scores_set_aside_are_kept_do_not_count_and_are_given_anew_by_others(world):
    campaign = world.campaign(until=CampaignState.SIFTING)
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    score_all(world, campaign, dict.fromkeys(SHORTLISTERS, 5))
    with desk.sessions.writing() as session:
        give_role(
            session, actor=recruiter, desk=desk, campaign_id=campaign, person_id=world.people["deputy"],
            role=Role.SHORTLISTER,
        )  # fmt: skip
        before = session.scalar(select(func.count()).select_from(Score).where(Score.campaign_id == campaign))
    set_scores_aside(world, campaign)
    assert not coverage_of(world, campaign).is_complete
    with desk.sessions.writing() as session:
        filled, left = fill_places(session, actor=recruiter, desk=desk, campaign_id=campaign)
        assert filled and not left
        kept = session.scalar(select(func.count()).select_from(Score).where(Score.campaign_id == campaign))
        event = session.scalars(select(TrailEvent).where(TrailEvent.event == "scores_set_aside")).one()
    assert kept == before
    assert event.detail["scores"] == filled
    assert event.detail["reason"] == "Declared a friendship with a candidate."
    score_all(world, campaign, {"deputy": 5})
    assert coverage_of(world, campaign).is_complete


def test_what_a_removed_shortlister_helped_to_agree_must_be_agreed_again(world):
    campaign = world.campaign(until=CampaignState.SIFTING)
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    score_all(world, campaign, dict(zip(SHORTLISTERS, (2, 5, 5), strict=True)))
    with desk.sessions.writing() as session:
        assert arrange_moderation(session, actor=recruiter, desk=desk, campaign_id=campaign) > 0
        for case in session.scalars(select(Moderation).where(Moderation.campaign_id == campaign)):
            case.agreed_value, case.agreed_at = 4, desk.now
        count_anew(session, campaign)
    assert coverage_of(world, campaign).in_moderation == 0
    set_scores_aside(world, campaign)
    assert coverage_of(world, campaign).in_moderation > 0


def test_scores_are_not_set_aside_once_they_are_locked(world):
    campaign = world.campaign(until=CampaignState.SCORED)
    with pytest.raises(TooLate):
        set_scores_aside(world, campaign)


def test_a_hidden_passage_is_not_opened_once_the_sift_is_open(world):
    campaign = world.campaign(until=CampaignState.SIFTING)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        answer_id = session.scalars(select(Answer.id).where(Answer.campaign_id == campaign)).first()
    with desk.sessions.reading() as session, pytest.raises(TooLate):
        prepare_clearing(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign, answer_id=answer_id,
            decisions={},
        )  # fmt: skip


def test_questions_left_after_a_removal_are_numbered_without_a_gap(world):
    campaign = draft_campaign(world)
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        added = [
            add_question(
                session, actor=recruiter, desk=desk, campaign_id=campaign, kind=QuestionKind.ANSWER, text=text
            )
            for text in ("First?", "Second?", "Third?")
        ]
        remove_question(session, actor=recruiter, desk=desk, campaign_id=campaign, question_id=added[0])
    with desk.sessions.reading() as session:
        left = [(question.position, question.text) for question in list_questions(session, campaign)]
    assert left == [(1, "Second?"), (2, "Third?")]


def test_a_campaign_without_an_interview_criterion_cannot_open(world):
    opened, campaign = world.campaign(until=CampaignState.OPEN), draft_campaign(world)
    sentence = "Add a criterion for the interview: without one the panel could decide nothing."
    with world.staff_desk.sessions.reading() as session:
        assert sentence in missing_for_opening(session, campaign)
        assert sentence not in missing_for_opening(session, opened)


def test_a_shortlister_whose_access_has_ended_is_not_counted_before_applications_open(world):
    campaign = world.campaign(until=CampaignState.OPEN)
    sentence = "Name at least 2 shortlisters."
    with world.staff_desk.sessions.writing() as session:
        assert sentence not in missing_for_opening(session, campaign)
        gone, *others = people_with_role(session, campaign, Role.SHORTLISTER)
        for one in (gone, *others[1:]):
            one.is_active = False
        session.flush()
        assert sentence in missing_for_opening(session, campaign)
        gone.is_active = True
        session.flush()
        assert sentence not in missing_for_opening(session, campaign)


def test_a_campaign_without_an_interview_is_refused(world):
    with pytest.raises(Invalid) as refusal:
        draft_campaign(world, stages=((StageKind.SIFT, "Sift"),))
    assert refusal.value.field == "stages"


def test_lines_longer_than_the_store_keeps_are_refused_on_both_databases(world):
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    campaign = draft_campaign(world, title="x" * 200)
    with pytest.raises(Invalid, match="Shorten the title"):
        draft_campaign(world, title="x" * 201)
    with desk.sessions.writing() as session, pytest.raises(Invalid, match="Shorten the working pattern"):
        add_vacancy(
            session, actor=recruiter, desk=desk, campaign_id=campaign, title="Officer", working_pattern="x" * 201
        )
    with desk.sessions.writing() as session, pytest.raises(Invalid, match="Shorten the email"):
        add_person(session, actor=recruiter, desk=desk, name="Ann Other", email=f"{'x' * 200}@example.org")


def test_a_campaign_still_being_prepared_keeps_its_drafts_key(world):
    campaign = draft_campaign(world)
    world.clock.advance(days=7, seconds=DRAFTS_KEPT.total_seconds() + 1)
    assert destroy_old_drafts(world.staff_desk) == 0
    assert world.staff_desk.vault.encrypt(campaign, WorkingPurpose.DRAFTS, "draft", b"text")


def test_drafts_left_by_a_worker_that_died_after_destroying_their_key_are_removed(world):
    campaign = world.campaign(until=CampaignState.OPEN)
    desk, candidate = world.staff_desk, world.add_candidate()
    with desk.sessions.writing() as session:
        session.add(
            Draft(
                campaign_id=campaign, id=desk.new_id(), candidate_id=candidate.id, sealed=b"x", updated_at=desk.now
            )
        )
    world.clock.advance(days=60)
    desk.vault.destroy_working_key(campaign, WorkingPurpose.DRAFTS)
    assert destroy_old_drafts(desk) == 1
    assert destroy_old_drafts(desk) == 0
    with desk.sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(Draft)) == 0
