"""A test after the reveal: the minimum first, marks by reference, and nobody below it is interviewed."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import StageKind
from recruitment.rules.errors import Invalid, NotFound, TooLate, TooSoon
from recruitment.services import marks, slots
from recruitment.services.application_papers import own_papers
from recruitment.services.attendance import missed_interview
from recruitment.services.campaign_copies import copy_campaign
from recruitment.services.marks import below_minimum
from recruitment.store.applications import Application, StageEvent, StageEventKind
from recruitment.store.campaigns import Stage
from recruitment.store.marks import StageMark, StageMarking
from recruitment.store.panels import Booking
from recruitment.store.trail import TrailEvent
from tests.support.panels import book, check, declare_nothing, entries, revealed
from tests.support.times import recruiter_of

TEST = 3


@pytest.fixture
def campaign(world):
    """Nothing stands in the way of interviews; the campaign's list has a test as well."""
    campaign_id = revealed(world)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        session.add(Stage(campaign_id=campaign_id, position=TEST, kind=StageKind.TEST, name="Written test"))
    return campaign_id


def act(world, campaign_id, what, **more):
    desk = world.staff_desk
    asked = {"actor": recruiter_of(world, campaign_id), "desk": desk, "campaign_id": campaign_id, "position": TEST}
    with desk.sessions.writing() as session:
        return what(session, **(asked | more))


def references(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return {
            key: session.get_one(Application, (campaign_id, key)).reference for key in entries(world, campaign_id)
        }


def test_marks_wait_for_the_minimum_and_the_minimum_cannot_follow_the_marks(world, campaign):
    first, *_ = references(world, campaign).values()
    with pytest.raises(TooSoon, match="Fix the minimum mark first"):
        act(world, campaign, marks.enter_marks, sheet=f"{first},30")
    act(world, campaign, marks.fix_rule, full=40, minimum=25)
    act(world, campaign, marks.fix_rule, full=40, minimum=20)
    act(world, campaign, marks.enter_marks, sheet=f"{first},30")
    with pytest.raises(TooLate, match="can no longer change"):
        act(world, campaign, marks.fix_rule, full=40, minimum=31)


def test_whoever_is_below_the_minimum_or_absent_is_tested_no_further(world, campaign):
    known = references(world, campaign)
    low, gone, *others = known
    act(world, campaign, marks.fix_rule, full=40, minimum=20)
    act(world, campaign, marks.enter_marks, sheet=f"{known[low]},19\n{known[gone]},absent")
    with pytest.raises(TooSoon, match="Marks are missing"):
        act(world, campaign, marks.close_stage)
    with pytest.raises(TooSoon, match="Close the marks of “Written test” first"):
        book(world, campaign, others[0])
    act(world, campaign, marks.enter_marks, sheet="\n".join(f"{known[key]},20" for key in others))
    act(world, campaign, marks.close_stage)

    with world.staff_desk.sessions.reading() as session:
        tested = set(
            session.scalars(select(StageEvent.application_id).where(StageEvent.kind == StageEventKind.TESTED))
        )
        assert tested == {low, *others}, "who was absent was not tested"
        assert missed_interview(session, campaign) | below_minimum(session, campaign) == {low, gone}
        told = own_papers(session, world.staff_desk, campaign, low, are_outcomes_final=True)
        early = own_papers(session, world.staff_desk, campaign, low, are_outcomes_final=False)
    assert told["Marks of tests"] == [f"Stage {TEST}: 19"] and "Marks of tests" not in early
    with pytest.raises(TooLate, match="below the minimum mark"):
        book(world, campaign, low)
    with pytest.raises(Invalid, match="below the minimum mark"):
        act(world, campaign, slots.invite, position=2, application_id=gone, minutes=45, adjustments="")
    book(world, campaign, others[0])
    with pytest.raises(TooLate, match="its marks stand"):
        act(world, campaign, marks.enter_marks, sheet=f"{known[low]},40")


def test_a_stage_that_did_not_take_place_keeps_nobody_out(world, campaign):
    first, *_ = entries(world, campaign)
    act(world, campaign, marks.fix_rule, full=40, minimum=20)
    with pytest.raises(Invalid, match="Say why"):
        act(world, campaign, marks.close_stage, was_held=False)
    act(world, campaign, marks.close_stage, was_held=False, reason="The provider failed.")
    book(world, campaign, first)
    with world.staff_desk.sessions.reading() as session:
        assert session.get(Booking, (campaign, first)) is not None
        assert not session.scalars(select(StageEvent).where(StageEvent.kind == StageEventKind.TESTED)).all()


def test_the_sheet_is_the_recruiters_alone_and_an_interview_has_none(world, campaign):
    with pytest.raises(NotFound):
        act(world, campaign, marks.fix_rule, actor=world.actor("member"), full=40, minimum=20)
    with pytest.raises(TooLate, match="has no sheet of marks"):
        act(world, campaign, marks.fix_rule, position=2, full=40, minimum=20)
    with pytest.raises(NotFound):
        act(world, campaign, marks.fix_rule, position=9, full=40, minimum=20)


def test_the_page_holds_references_and_no_name(world, campaign):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    path = f"/campaigns/{campaign}/stages/{TEST}/marks"
    known = list(references(world, campaign).values())
    assert "Not set yet" in client.get(path).text
    client.post(f"{path}/rule", data={"full": "40", "minimum": "20"})
    wrong = client.post(path, data={"sheet": f"{known[0]},41"})
    assert wrong.status_code == 400 and "Line 1: the mark of" in wrong.text and f"{known[0]},41" in wrong.text
    page = client.post(path, data={"sheet": f"{known[0]},33"}, follow_redirects=True).text
    assert "The marks are saved." in page and "Goes on" in page
    sheet = client.get(f"{path}/sheet.csv").text
    assert sheet.splitlines()[0] == "reference,mark" and f"{known[0]},33" in sheet
    names = client.get(f"/campaigns/{campaign}/bookings").text
    assert "Book" in names and not [word for word in ("@", "Interview of") if word in page.partition("<main")[2]]


def test_a_copy_has_the_minimum_and_no_mark(world, campaign):
    first, *_ = references(world, campaign).values()
    act(world, campaign, marks.fix_rule, full=40, minimum=25)
    act(world, campaign, marks.enter_marks, sheet=f"{first},30")
    with world.staff_desk.sessions.writing() as session:
        copied = copy_campaign(
            session, actor=recruiter_of(world, campaign), desk=world.staff_desk, campaign_id=campaign,
            title="The same again", opens_at=world.clock.now, closes_at=world.clock.now + timedelta(days=20),
        )  # fmt: skip
    with world.staff_desk.sessions.reading() as session:
        (rule,) = session.scalars(select(StageMarking).where(StageMarking.campaign_id == copied))
        assert (rule.full, rule.minimum, rule.closed_at) == (40, 25, None)
        assert session.get_one(Stage, (copied, rule.stage_position)).name == "Written test"
        assert not session.scalars(select(StageMark).where(StageMark.campaign_id == copied)).all()
        told = session.scalars(select(TrailEvent.event).where(TrailEvent.chain_id == copied)).all()
        assert "mark_rule_fixed" in told


def test_the_marks_stand_among_the_steps_of_the_campaign_until_the_stage_is_closed(world, campaign):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    path = f"/campaigns/{campaign}/stages/{TEST}/marks"

    def step() -> str:
        page = client.get(f"/campaigns/{campaign}").text
        assert f'href="{path}"' in page
        return " ".join(page.split("Written test: times and marks")[1].split("</li>")[0].split())

    assert "Can be done now" in step() or "Next" in step()
    act(world, campaign, marks.fix_rule, full=40, minimum=25)
    sheet = "\n".join(f"{reference},30" for reference in references(world, campaign).values())
    act(world, campaign, marks.enter_marks, sheet=sheet)
    act(world, campaign, marks.close_stage)
    assert "Done" in step()
