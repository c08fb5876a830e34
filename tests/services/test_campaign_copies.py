"""A copy of a campaign: all that was laid down, nothing that people did, and no date."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed
from recruitment.rules.permissions import Role
from recruitment.services.campaign_copies import copy_campaign, list_colleagues_to_carry
from recruitment.services.campaign_plans import read_plan
from recruitment.services.campaigns import open_campaign, record_volume_rule
from recruitment.services.panel_arrangements import PackQuestion, read_pack, write_pack
from recruitment.store.base import Base
from recruitment.store.campaigns import Campaign
from recruitment.store.people import CampaignRole
from recruitment.store.pool import InclusionQuestion
from recruitment.store.trail import TrailEvent

# What a copy may have rows in: the plan, the copier's role, the keys, and its own trail.
PLAN = {"stages", "vacancies", "questions", "criteria", "question_criteria", "anchors", "interview_questions",
        "campaign_roles"}  # fmt: skip


def copy(world, campaign_id, actor="recruiter", **options):
    asked = {
        "title": "Casework officer, again",
        "opens_at": world.clock.now + timedelta(days=7), "closes_at": world.clock.now + timedelta(days=28),
    } | options  # fmt: skip
    with world.staff_desk.sessions.writing() as session:
        return copy_campaign(
            session, actor=world.actor(actor), desk=world.staff_desk, campaign_id=campaign_id, **asked
        )


def shape(plan):
    """The plan without ids, dates and title."""
    names = {question.id: question.text for question in plan.questions}
    return (
        [(v.title, v.location, v.grade, v.pay, v.working_pattern, v.posts) for v in plan.vacancies],
        [(q.position, q.kind, q.text, q.hint, q.word_limit, q.criteria) for q in plan.questions],
        [
            (c.position, c.stage, c.name, c.description, c.weight, c.minimum, c.guide,
             sorted(names[key] for key in c.questions))
            for c in plan.criteria
        ],
        plan.stages,
        plan.facts.kind, plan.facts.summary, plan.facts.is_unlinked, plan.facts.shortlisters_per_answer,
        plan.facts.second_look_size, plan.facts.volume_cap, plan.facts.volume_reason,
        plan.facts.inclusion_question, plan.facts.scale_min, plan.facts.scale_max,
    )  # fmt: skip


def read(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return read_plan(session, actor=world.actor("recruiter"), campaign_id=campaign_id)


def test_a_copy_has_the_whole_plan_and_is_a_draft_with_dates_of_its_own(world):
    campaign = world.campaign(until=CampaignState.DRAFT)
    asked = {"actor": world.actor("recruiter"), "desk": world.staff_desk, "campaign_id": campaign}
    with world.staff_desk.sessions.writing() as session:
        record_volume_rule(session, **asked, cap=30, reason="Three days of interviews.")
        row = session.get_one(Campaign, campaign)
        row.directorate, row.profession, row.panel_grade = "Finance", "Operational delivery", "Band 7"
        row.second_look_size, row.is_unlinked = 12, False
        heard = read_plan(session, actor=world.actor("recruiter"), campaign_id=campaign).criteria[-1].id
        write_pack(session, **asked, questions=[PackQuestion("Tell us of a case.", heard), PackQuestion("Why?")])
    copied = copy(world, campaign)
    old, new = read(world, campaign), read(world, copied)
    assert shape(new) == shape(old)
    assert len(new.criteria) > 3
    assert new.facts.title == "Casework officer, again"
    assert new.facts.state is CampaignState.DRAFT
    assert new.facts.opens_at == world.clock.now + timedelta(days=7)
    with world.staff_desk.sessions.reading() as session:
        row = session.get_one(Campaign, copied)
        assert (row.directorate, row.profession, row.panel_grade) == ("Finance", "Operational delivery", "Band 7")
        assert row.volume_recorded_at == world.clock.now
        pack = read_pack(session, actor=world.actor("recruiter"), campaign_id=copied)
        assert [each.text for each in pack.questions] == ["Tell us of a case.", "Why?"]
        assert pack.questions[0].criterion_id == new.criteria[-1].id


def test_nothing_that_people_did_comes_along_from_a_finished_campaign(world):
    campaign = world.campaign(until=CampaignState.RELEASED, applications=8)
    copied = copy(world, campaign)
    with world.staff_desk.sessions.reading() as session:
        found = {
            table.name
            for table in Base.metadata.sorted_tables
            if "campaign_id" in table.c
            and session.scalar(select(func.count()).select_from(table).where(table.c.campaign_id == copied))
        }
        row, old = session.get_one(Campaign, copied), session.get_one(Campaign, campaign)
        given = {
            name
            for name in ("interview_line", "shortlist_digest", "frozen_at", "reveal_asked_by", "reveal_asked_at",
                         "reveal_agreed_by", "reveal_agreed_at", "unfinished", "panel_policy_version",
                         "interviews_from", "interviews_until")
            if getattr(row, name) is not None
        }  # fmt: skip
        assert old.frozen_at is not None
        events = session.scalars(
            select(TrailEvent.event).where(TrailEvent.chain_id == copied).order_by(TrailEvent.number)
        ).all()
    assert found - PLAN <= {"compartment_keys", "public_keys", "working_keys"}
    assert given == set()
    assert events == ["campaign_created", "campaign_copied"]


def test_the_copier_recruits_and_others_come_along_by_a_tick(world):
    campaign = world.campaign(until=CampaignState.OPEN, applications=2)
    with world.staff_desk.sessions.reading() as session:
        offered = list_colleagues_to_carry(session, actor=world.actor("recruiter"), campaign_id=campaign)
    carried = [(one.id, one.role) for one in offered if one.role in (Role.SHORTLISTER, Role.PANEL_CHAIR)]
    assert len(carried) >= 3
    copied = copy(world, campaign, carried=carried)
    with world.staff_desk.sessions.reading() as session:
        held = session.execute(
            select(CampaignRole.person_id, CampaignRole.role).where(CampaignRole.campaign_id == copied)
        ).all()
    recruiter = (world.people["recruiter"], Role.RECRUITER)
    assert {(person, Role(role)) for person, role in held} == {recruiter, *carried}


def test_a_copy_with_its_people_can_be_opened_at_once(world):
    campaign = world.campaign(until=CampaignState.OPEN, applications=2)
    with world.staff_desk.sessions.reading() as session:
        offered = list_colleagues_to_carry(session, actor=world.actor("recruiter"), campaign_id=campaign)
    copied = copy(world, campaign, carried=[(one.id, one.role) for one in offered])
    with world.staff_desk.sessions.writing() as session:
        open_campaign(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=copied)
    assert read(world, copied).facts.state is CampaignState.OPEN


def test_nobody_comes_along_who_had_no_such_role(world):
    campaign = world.campaign(until=CampaignState.OPEN, applications=2)
    with pytest.raises(Invalid) as refusal:
        copy(world, campaign, carried=[(world.people["analyst"], Role.SHORTLISTER)])
    assert refusal.value.field == "carried"


def test_only_a_recruiter_of_the_campaign_copies_it(world):
    campaign = world.campaign(until=CampaignState.OPEN, applications=2)
    for part in ("analyst", "deputy", "auditor", "shortlister_three"):
        with pytest.raises(NotAllowed):
            copy(world, campaign, actor=part)


def test_an_inclusion_question_that_was_retired_stays_behind(world):
    campaign = world.campaign(until=CampaignState.REVEALED, applications=8)
    with world.staff_desk.sessions.writing() as session:
        row = session.get_one(Campaign, campaign)
        chosen, text = row.inclusion_question_id, row.inclusion_question
    assert chosen is not None
    assert read(world, copy(world, campaign)).facts.inclusion_question == text
    with world.staff_desk.sessions.writing() as session:
        question = session.get_one(InclusionQuestion, (world.organisation_id, chosen))
        question.retired_at = world.clock.now
    assert read(world, copy(world, campaign)).facts.inclusion_question == ""


def test_wrong_dates_are_refused_and_leave_no_copy(world):
    campaign = world.campaign(until=CampaignState.DRAFT)
    with pytest.raises(Invalid) as refusal:
        copy(world, campaign, closes_at=world.clock.now)
    assert refusal.value.field == "closes_at"
    with world.staff_desk.sessions.reading() as session:
        assert session.scalar(select(func.count()).select_from(Campaign)) == 1
