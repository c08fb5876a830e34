"""The checklist after a campaign: settled, signed, closed; and each body's own version."""

from __future__ import annotations

from datetime import timedelta

import pytest

from recruitment.rules.adjustments import Agreed, Answer
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.rules.permissions import Role
from recruitment.rules.quality_checklist import ITEMS, Entry, Phase, Settled
from recruitment.rules.quality_evidence import Standing
from recruitment.rules.waiting import tasks_of
from recruitment.services import adverts
from recruitment.services.closings import close_without_appointment
from recruitment.services.quality_checklists import adopt_template
from recruitment.services.roles import give_role
from recruitment.services.waiting import list_work
from recruitment.store.campaigns import Campaign
from recruitment.store.quality_checklists import AgreedAdjustments, QualityEntry, QualitySignature
from tests.support.quality import (
    clean_campaign,
    open_items,
    read_lines,
    see_to_adjustments,
    settle,
    settle_rest,
    sign,
)


@pytest.fixture
def campaign_id(world):
    return clean_campaign(world)


def test_nobody_closes_a_campaign_while_an_item_is_open(world, campaign_id):
    with pytest.raises(TooSoon) as refusal:
        sign(world, campaign_id)
    assert "What needs to change next time is written down." in refusal.value.sentence
    settle_rest(world, campaign_id)
    sign(world, campaign_id)
    found = read_lines(world, campaign_id)
    assert (found.signed_by, found.open) == ("Helen Marsh", ())


def test_a_signed_checklist_keeps_what_was_signed_and_takes_nothing_more(world, campaign_id):
    settle_rest(world, campaign_id)
    sign(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        lines = session.get_one(QualitySignature, campaign_id).lines
    assert {line["item"]: line["standing"] for line in lines}["lessons"] == "done"
    assert len(lines) == len(ITEMS) - 1
    with pytest.raises(TooLate):
        settle(world, campaign_id, {"lessons": Entry(Settled.EXCEPTION, "Forgot.")})
    with pytest.raises(TooLate):
        sign(world, campaign_id)


def test_an_exception_is_signed_with_its_reason_and_falls_away_once_the_records_show_the_item(world, campaign_id):
    with world.staff_desk.sessions.writing() as session:
        campaign = session.get_one(Campaign, campaign_id)
        reason = campaign.interview_line_reason
        campaign.interview_line_reason = ""
    with pytest.raises(Invalid):
        settle(world, campaign_id, {"line": Entry(Settled.EXCEPTION, " ")})
    with pytest.raises(Invalid):
        settle(world, campaign_id, {"line": Entry(Settled.DONE, "")})
    settle(world, campaign_id, {"line": Entry(Settled.EXCEPTION, "Agreed by the chair in a meeting.")})
    (line,) = [line for line in read_lines(world, campaign_id).lines if line.item.key == "line"]
    assert line.is_exception
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).interview_line_reason = reason
    (line,) = [line for line in read_lines(world, campaign_id).lines if line.item.key == "line"]
    assert not line.is_exception


def test_a_body_leaves_items_out_and_adds_its_own(world, campaign_id):
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        adopt_template(
            session,
            actor=world.actor("recruiter"),  # who administers as well
            desk=desk,
            left_out=frozenset({"retention"}),
            own={Phase.AFTERWARDS: ("The network was told.", " ")},
            reason="The network asked for it.",
        )
    found = read_lines(world, campaign_id)
    assert found.template.version == 2
    assert "retention" not in {line.item.key for line in found.lines}
    (own,) = [line for line in found.lines if line.item.text == "The network was told."]
    assert own.is_open
    settle(world, campaign_id, {own.item.key: Entry(Settled.DONE, "")})
    assert own.item.key not in open_items(world, campaign_id)


def test_an_auditor_reads_and_changes_nothing(world, campaign_id):
    assert read_lines(world, campaign_id, "auditor").lines
    with pytest.raises(NotAllowed):
        settle(world, campaign_id, {"lessons": Entry(Settled.DONE, "")}, "auditor")
    with pytest.raises(NotFound):
        read_lines(world, campaign_id, "shortlister_three")


def test_the_checklist_waits_for_the_outcomes(world):
    early = world.campaign(until=CampaignState.REVEALED, applications=6)
    with pytest.raises(TooSoon):
        read_lines(world, early)


def test_a_closed_campaign_takes_no_change_but_is_released_and_read(world, campaign_id):
    settle_rest(world, campaign_id)
    sign(world, campaign_id)
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session, pytest.raises(TooLate):
        adverts.record_look(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    with pytest.raises(TooLate):
        see_to_adjustments(world, campaign_id, Agreed(Answer.AGREED, "Late."))
    with desk.sessions.writing() as session:
        give_role(
            session, actor=recruiter, desk=desk, campaign_id=campaign_id,
            person_id=world.people["deputy"], role=Role.ANALYST,
        )  # fmt: skip
    assert read_lines(world, campaign_id).signed_by == "Helen Marsh"


def test_a_campaign_waits_for_its_recruiter_until_its_checklist_is_signed(world, campaign_id):
    def waits():
        with world.staff_desk.sessions.reading() as session:
            work = list_work(session, actor=world.actor("recruiter"))
        return [
            task.words for one in work if one.id == campaign_id for task in tasks_of(one.standing, world.clock.now)
        ]

    assert waits() == ["Close the campaign with its checklist"]
    settle_rest(world, campaign_id)
    sign(world, campaign_id)
    assert waits() == []


def test_an_answer_that_a_person_gave_before_the_records_could_does_not_stand_against_them(world, campaign_id):
    with world.staff_desk.sessions.writing() as session:
        session.get_one(AgreedAdjustments, campaign_id).is_made = False
        session.add(
            QualityEntry(
                campaign_id=campaign_id, item="adjustments", settled="done", note="",
                entered_by=world.people["recruiter"], entered_at=world.clock.now,
            )
        )  # fmt: skip
    assert "adjustments" in open_items(world, campaign_id)


def test_promotion_inside_the_body_is_open_long_enough_or_the_item_is(world, campaign_id):
    with world.staff_desk.sessions.writing() as session:
        campaign = session.get_one(Campaign, campaign_id)
        campaign.kind = "acting_up"
        opened = campaign.opens_at
    assert "promotion" not in open_items(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).closes_at = opened + timedelta(days=2)
    assert "promotion" in open_items(world, campaign_id)


def test_a_campaign_closed_without_an_appointment_is_not_asked_for_steps_that_never_came(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        world.clock.now = session.get_one(Campaign, campaign_id).closes_at + timedelta(days=1)
        close_without_appointment(
            session, actor=recruiter, desk=desk, campaign_id=campaign_id, reason="Nobody applied."
        )
    lines = {line.item.key: line for line in read_lines(world, campaign_id).lines}
    steps = {"line", "opt_ins", "reveal", "panel", "training", "inclusion_lead", "inclusion_question", "merit"}
    assert {key for key in steps if lines[key].found.standing is Standing.NOT_APPLICABLE} == steps
    assert lines["adjustments"].is_open
