"""Every item of the checklist that the records answer, both ways, over a real campaign."""

from __future__ import annotations

from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from recruitment.rules.adjustments import Agreed, Answer, Made
from recruitment.services import adverts
from recruitment.services.trail import record_event
from recruitment.store.applications import Answer as AnswerRow
from recruitment.store.applications import Application
from recruitment.store.campaigns import Anchor, Campaign, list_criteria
from recruitment.store.interviews import InterviewScore, Outcome
from recruitment.store.letters import OutcomeLetter
from recruitment.store.panels import Challenge, ChecklistEntry, PanelCheck, PanelWaiver
from recruitment.store.quality_checklists import AgreedAdjustments
from recruitment.store.retention import RetentionPeriods
from recruitment.store.sift import Allocation, AllocationState, ClearanceDecision, Score
from recruitment.store.tie_breaks import TieBreak
from recruitment.store.trail import TrailEvent
from tests.support.quality import (
    BY_PERSON,
    BY_RECORDS,
    clean_campaign,
    open_items,
    see_to_adjustments,
)


@pytest.fixture
def campaign_id(world):
    return clean_campaign(world)


def _a_score_is_missing(world, session, campaign_id):
    one = session.scalars(select(Score.allocation_id).where(Score.campaign_id == campaign_id)).first()
    session.execute(delete(Score).where(Score.allocation_id == one))


def _a_criterion_has_no_guide(world, session, campaign_id):
    session.execute(
        delete(Anchor).where(
            Anchor.campaign_id == campaign_id, Anchor.criterion_id == list_criteria(session, campaign_id)[0].id
        )
    )


def _the_line_has_no_reason(world, session, campaign_id):
    session.execute(update(Campaign).where(Campaign.id == campaign_id).values(interview_line_reason=""))


def _a_shortlister_cleared(world, session, campaign_id):
    answer_id = session.scalars(select(Allocation.answer_id).where(Allocation.campaign_id == campaign_id)).first()
    session.execute(
        ClearanceDecision.__table__.insert().values(
            campaign_id=campaign_id, answer_id=answer_id, ordinal=99, restored=True,
            person_id=world.people["shortlister_three"], decided_at=world.clock.now,
        )
    )  # fmt: skip


def _one_person_revealed(world, session, campaign_id):
    asked = session.get_one(Campaign, campaign_id).reveal_asked_by
    session.execute(update(Campaign).where(Campaign.id == campaign_id).values(reveal_agreed_by=asked))


def _change_last_check(session, campaign_id, rule, **change):
    check = session.scalars(
        select(PanelCheck)
        .where(PanelCheck.campaign_id == campaign_id)
        .order_by(PanelCheck.checked_at.desc(), PanelCheck.id)
    ).first()
    assert rule in {one["rule"] for one in check.findings}
    check.findings = [one | (change if one["rule"] == rule else {}) for one in check.findings]


def _the_panel_was_too_small(world, session, campaign_id):
    _change_last_check(session, campaign_id, "size", verdict="not_met", severity="blocks")


def _training_had_run_out(world, session, campaign_id):
    _change_last_check(session, campaign_id, "training_in_date", verdict="not_met", severity="warns")


def _an_inclusion_item_is_unanswered(world, session, campaign_id):
    item = session.scalars(select(ChecklistEntry.item).where(ChecklistEntry.campaign_id == campaign_id)).first()
    session.execute(
        delete(ChecklistEntry).where(ChecklistEntry.campaign_id == campaign_id, ChecklistEntry.item == item)
    )


def _no_inclusion_question(world, session, campaign_id):
    session.execute(update(Campaign).where(Campaign.id == campaign_id).values(inclusion_question=""))
    # The question was among the texts that were checked: whoever drops it looks through them again.
    adverts.record_look(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id)


def _opt_ins_before_the_line(world, session, campaign_id):
    events = session.scalars(select(TrailEvent).where(TrailEvent.chain_id == campaign_id)).all()
    line = next(one for one in events if one.event == "interview_line_set")
    opened = next(one for one in events if "Disability Confident" in str(one.detail.get("ground")))
    earlier = next(one for one in events if one.event == "campaign_opened")
    assert line.number < opened.number
    earlier.event, earlier.detail = opened.event, opened.detail


def _a_challenge_waits(world, session, campaign_id):
    session.add(
        Challenge(campaign_id=campaign_id, id=uuid4(), raised_by=world.people["member"], raised_at=world.clock.now)
    )


def _out_of_order(world, session, campaign_id):
    """The best is held in reserve, the last of the reserve is appointed, and no reason stands there."""
    found = session.scalars(
        select(Outcome).where(Outcome.campaign_id == campaign_id).order_by(Outcome.merit, Outcome.result)
    ).all()
    best, last = found[0], found[-1]
    assert (best.result, last.result) == ("appointed", "reserve")
    best.result, last.result = last.result, best.result
    for row in found:
        row.reason = ""


def _a_tie_break_is_only_begun(world, session, campaign_id):
    values = {"campaign_id": campaign_id, "id": uuid4(), "begun_at": world.clock.now}
    for column in TieBreak.__table__.columns:
        if column.name not in values and not column.nullable and column.default is None:
            values[column.name] = world.people["shortlister_one"] if "by" in column.name else b"sealed"
    session.execute(TieBreak.__table__.insert().values(values))


def _some_came_from_elsewhere(world, session, campaign_id):
    record_event(
        session, at=world.clock.now, chain_id=campaign_id, actor=world.actor("recruiter"),
        event="applications_imported", applications=2,
    )  # fmt: skip


def _the_advert_has_an_open_hit(world, session, campaign_id):
    campaign = session.get_one(Campaign, campaign_id)
    campaign.summary = f"{campaign.summary} We want a young, energetic salesman who is a native English speaker."


def _swap(session, campaign_id, one, other):
    """Two steps of the trail in the other order, which no service lets anybody take."""
    events = session.scalars(select(TrailEvent).where(TrailEvent.chain_id == campaign_id)).all()
    first, second = (
        max((row for row in events if row.event == name), key=lambda row: row.number) for name in (one, other)
    )
    assert first.number < second.number
    first.event, second.event = second.event, first.event


def _a_criterion_changed_late(world, session, campaign_id):
    record_event(
        session, at=world.clock.now, chain_id=campaign_id, actor=world.actor("recruiter"),
        event="criterion_changed", name="Judgement",
    )  # fmt: skip


def _one_scorer_was_asked_for(world, session, campaign_id):
    session.get_one(Campaign, campaign_id).shortlisters_per_answer = 1


def _a_score_was_set_aside(world, session, campaign_id):
    row = session.scalars(select(Allocation).where(Allocation.campaign_id == campaign_id)).first()
    assert row.state == AllocationState.OPEN
    row.state = AllocationState.SET_ASIDE


def _the_line_came_before_the_lock(world, session, campaign_id):
    _swap(session, campaign_id, "scores_locked", "interview_line_set")


def _there_was_no_line(world, session, campaign_id):
    for row in session.scalars(select(TrailEvent).where(TrailEvent.chain_id == campaign_id)):
        if row.event == "interview_line_set":
            row.event = "sift_looked_at"


def _the_reveal_came_before_the_freeze(world, session, campaign_id):
    _swap(session, campaign_id, "shortlist_frozen", "reveal_agreed")


def _an_interview_lacks_a_score(world, session, campaign_id):
    row = session.scalars(select(InterviewScore).where(InterviewScore.campaign_id == campaign_id)).first()
    session.execute(
        delete(InterviewScore).where(
            InterviewScore.campaign_id == campaign_id, InterviewScore.application_id == row.application_id
        )
    )


def _nobody_opened_the_adjustments(world, session, campaign_id):
    session.execute(delete(AgreedAdjustments).where(AgreedAdjustments.campaign_id == campaign_id))


def _somebody_applied_after_the_adjustments_were_opened(world, session, campaign_id):
    session.get_one(AgreedAdjustments, campaign_id).applications -= 1


def _an_adjustment_has_no_answer(world, session, campaign_id):
    session.get_one(AgreedAdjustments, campaign_id).is_answered = False


def _an_adjustment_was_not_made(world, session, campaign_id):
    session.get_one(AgreedAdjustments, campaign_id).is_made = False


# (the item, what breaks it and nothing else)
def _no_periods_were_adopted(world, session, campaign_id):
    session.execute(delete(RetentionPeriods))


def _somebody_got_no_letter(world, session, campaign_id):
    session.delete(session.scalars(select(OutcomeLetter)).first())


def _a_letter_is_in_doubt(world, session, campaign_id):
    session.scalars(select(OutcomeLetter)).first().state = "in_doubt"


BREAKS = [
    ("letters", _somebody_got_no_letter),
    ("letters", _a_letter_is_in_doubt),
    ("retention", _no_periods_were_adopted),
    ("guide_first", _a_criterion_has_no_guide),
    ("guide_first", _a_criterion_changed_late),
    ("advert", _the_advert_has_an_open_hit),
    ("equality_questions", _some_came_from_elsewhere),
    ("two_scorers", _a_score_is_missing),
    ("two_scorers", _one_scorer_was_asked_for),
    ("two_scorers", _a_score_was_set_aside),
    ("passages", _a_shortlister_cleared),
    ("line", _the_line_has_no_reason),
    ("line", _the_line_came_before_the_lock),
    ("opt_ins", _opt_ins_before_the_line),
    ("reveal", _one_person_revealed),
    ("reveal", _the_reveal_came_before_the_freeze),
    ("panel", _the_panel_was_too_small),
    ("training", _training_had_run_out),
    ("inclusion_lead", _an_inclusion_item_is_unanswered),
    ("inclusion_question", _no_inclusion_question),
    ("adjustments", _nobody_opened_the_adjustments),
    ("adjustments", _somebody_applied_after_the_adjustments_were_opened),
    ("adjustments", _an_adjustment_has_no_answer),
    ("adjustments", _an_adjustment_was_not_made),
    ("challenges", _a_challenge_waits),
    ("merit", _out_of_order),
    ("tie_break", _a_tie_break_is_only_begun),
]


def test_there_is_a_break_for_every_item_that_the_records_answer():
    # Promotion and a first sift, which this campaign does not have, have tests of their own.
    assert {key for key, _ in BREAKS} == {key for key in BY_RECORDS - {"promotion"} if "first_sift" not in key}


def test_a_clean_campaign_leaves_open_only_what_a_person_must_say(world, campaign_id):
    assert open_items(world, campaign_id) == BY_PERSON - {"promotion"}


@pytest.mark.parametrize(("key", "break_it"), BREAKS, ids=lambda one: getattr(one, "__name__", one).strip("_"))
def test_a_campaign_that_breaks_one_item_leaves_exactly_that_item_open(world, campaign_id, key, break_it):
    before = open_items(world, campaign_id)
    assert key not in before
    with world.staff_desk.sessions.writing() as session:
        break_it(world, session, campaign_id)
    assert open_items(world, campaign_id) - before == {key}


def test_without_a_line_what_rests_on_it_is_open_too(world, campaign_id):
    before = open_items(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        _there_was_no_line(world, session, campaign_id)
    assert open_items(world, campaign_id) - before == {"line", "opt_ins"}


def test_an_interview_without_its_scores_leaves_open_what_rests_on_them(world, campaign_id):
    before = open_items(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        _an_interview_lacks_a_score(world, session, campaign_id)
    assert open_items(world, campaign_id) - before == {"inclusion_question", "merit"}


def test_a_panel_that_nobody_checked_leaves_open_what_rests_on_the_check(world, campaign_id):
    before = open_items(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        session.execute(delete(PanelCheck).where(PanelCheck.campaign_id == campaign_id))
    # The inclusion lead's checklist and question hang on there having been a panel.
    assert open_items(world, campaign_id) - before == {"panel", "training", "inclusion_lead", "inclusion_question"}


@pytest.mark.parametrize(
    ("is_same_panel", "is_approved", "is_met"), [(True, True, True), (False, True, False), (True, False, False)]
)
def test_only_an_approved_waiver_for_this_very_panel_answers(
    world, campaign_id, is_same_panel, is_approved, is_met
):
    with world.staff_desk.sessions.writing() as session:
        _the_panel_was_too_small(world, session, campaign_id)
    assert "panel" in open_items(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        check = session.scalars(
            select(PanelCheck)
            .where(PanelCheck.campaign_id == campaign_id)
            .order_by(PanelCheck.checked_at.desc(), PanelCheck.id)
        ).first()
        session.add(
            PanelWaiver(
                campaign_id=campaign_id, id=uuid4(), rule="size",
                members=check.members if is_same_panel else check.members[:1],
                reason="Illness.", who_was_asked="The pool.", asked_by=world.people["recruiter"],
                asked_at=world.clock.now, is_approved=is_approved, decided_by=world.people["auditor"],
                decided_at=world.clock.now,
            )
        )  # fmt: skip
    assert ("panel" in open_items(world, campaign_id)) is not is_met


def test_scores_of_somebody_who_withdrew_are_not_missed(world, campaign_id):
    with world.staff_desk.sessions.writing() as session:
        _a_score_is_missing(world, session, campaign_id)
    assert "two_scorers" in open_items(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        scored = select(Score.allocation_id).where(Score.campaign_id == campaign_id)
        short = session.scalars(
            select(AnswerRow.application_id)
            .join(
                Allocation,
                (Allocation.campaign_id == AnswerRow.campaign_id) & (Allocation.answer_id == AnswerRow.id),
            )
            .where(AnswerRow.campaign_id == campaign_id, Allocation.id.not_in(scored))
        ).one()
        session.get_one(Application, (campaign_id, short)).withdrawn_at = world.clock.now
    assert "two_scorers" not in open_items(world, campaign_id)


def test_adjustments_are_answered_by_what_is_agreed_and_made(world, campaign_id):
    asked = see_to_adjustments(world, campaign_id, Agreed(Answer.AGREED, "A room on the ground floor."))
    assert asked >= 1
    assert "adjustments" in open_items(world, campaign_id)
    see_to_adjustments(world, campaign_id, Agreed(Answer.AGREED, "A room on the ground floor.", Made.NOT_MADE))
    assert "adjustments" in open_items(world, campaign_id)
    see_to_adjustments(world, campaign_id, Agreed(Answer.REFUSED, "The test is of speed itself."))
    assert "adjustments" not in open_items(world, campaign_id)
