"""Whoever does not meet the requirements, or is below the minimum of a test, gets a letter that says so."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState, StageKind
from recruitment.rules.eligibility import EligibilityDecision, EligibilityStanding
from recruitment.rules.letters import LetterKind, LetterState
from recruitment.services import marks
from recruitment.services.applications import list_own_applications
from recruitment.services.closings import close_without_appointment
from recruitment.services.letter_previews import preview_letter
from recruitment.services.letters import read_letters
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application, StageEvent
from recruitment.store.campaigns import Campaign, Stage
from recruitment.store.eligibility import is_refused, is_running
from recruitment.store.letters import OutcomeLetter
from recruitment.store.trail import TrailEvent
from tests.support.canaries import Withheld, apply
from tests.support.letters import ASK, approve_all, queue_all
from tests.support.mailboxes import posting
from tests.support.panels import check, declare_nothing, entries, revealed
from tests.support.requirements import check_requirements
from tests.support.times import recruiter_of
from tests.support.world import World

WHY = "The register says that your entry lapsedcanary."
TEST = 3


@pytest.fixture
def post():
    with posting() as found:
        yield found


@pytest.fixture
def refused(world: World):
    """A campaign that was closed; its candidate who declared a registration was refused before."""
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=3)
    apply(world, campaign_id, Withheld(), actor=world.add_candidate("refused@example.org"))
    check_requirements(world, campaign_id, EligibilityDecision(EligibilityStanding.REFUSED, WHY))
    world.clock.advance(days=30)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        standing = select(Application).where(Application.campaign_id == campaign_id, is_running())
        for one in session.scalars(standing).all():
            one.withdrawn_at = desk.now
        session.flush()
        close_without_appointment(
            session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id, reason="Nobody is left."
        )
    return campaign_id


def reference_of(session, campaign_id):
    found = select(Application.reference).where(Application.campaign_id == campaign_id, is_refused())
    return session.scalars(found).one()


def test_the_refused_are_told_the_reason_in_a_letter_of_their_own(world, refused, post):
    approve_all(world)
    with world.staff_desk.sessions.reading() as session:
        due = read_letters(session, actor=world.actor("recruiter"), campaign_id=refused).due
    assert LetterKind.NOT_ELIGIBLE in {one.kind for one in due}
    queue_all(world, refused)
    run_due_jobs(world.staff_desk, post.server)
    (letter,) = [one.get_content() for one in post.outcome_letters if one["To"] == "refused@example.org"]
    assert f"The reason is: {WHY}" in letter
    assert "Nobody scored your answers" in letter and "shortlist" not in letter
    assert sum(WHY in one.get_content() for one in post.outcome_letters) == 1
    with world.staff_desk.sessions.reading() as session:
        opened = [
            event.detail
            for event in session.scalars(select(TrailEvent).where(TrailEvent.chain_id == refused))
            if event.detail.get("ground") == "to send a letter on the outcome"
        ]
    assert [one["compartment"] for one in opened] == ["eligibility"]


def test_nobody_reads_the_reason_in_a_preview_without_a_record(world, refused):
    with world.staff_desk.sessions.reading() as session:
        reference = reference_of(session, refused)
        shown = preview_letter(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=refused,
            reference=reference, ask_address=ASK,
        )  # fmt: skip
    assert shown.kind is LetterKind.NOT_ELIGIBLE
    assert "sealed until the letter is sent" in shown.letter.body and "canary" not in shown.letter.body


@pytest.fixture
def tested(world):
    """A test is closed: of the shortlist, the first is below the minimum and the second did not come."""
    campaign_id = revealed(world)
    declare_nothing(world, campaign_id)
    check(world, campaign_id)
    low, gone, *others = entries(world, campaign_id)
    desk = world.staff_desk
    asked = {"actor": recruiter_of(world, campaign_id), "desk": desk, "campaign_id": campaign_id, "position": TEST}
    with desk.sessions.writing() as session:
        session.add(Stage(campaign_id=campaign_id, position=TEST, kind=StageKind.TEST, name="Written test"))
        known = {key: session.get_one(Application, (campaign_id, key)).reference for key in (low, gone, *others)}
    with desk.sessions.writing() as session:
        marks.fix_rule(session, **asked, full=40, minimum=20)
        sheet = [f"{known[low]},19", f"{known[gone]},absent", *(f"{known[key]},30" for key in others)]
        marks.enter_marks(session, **asked, sheet="\n".join(sheet))
    with desk.sessions.writing() as session:
        marks.close_stage(session, **asked)
    return campaign_id, low, gone, others


def test_whoever_is_below_a_minimum_or_did_not_come_is_due_a_letter_as_soon_as_the_stage_is_closed(world, tested):
    campaign_id, low, gone, _ = tested
    with world.staff_desk.sessions.reading() as session:
        found = read_letters(session, actor=recruiter_of(world, campaign_id), campaign_id=campaign_id)
        events = select(StageEvent.application_id).where(
            StageEvent.campaign_id == campaign_id, StageEvent.kind == "not_invited"
        )
        assert set(session.scalars(events)) == {low, gone}
    due = {one.kind: one.number for one in found.due}
    assert (due[LetterKind.NOT_INVITED], due[LetterKind.MISSED_TEST]) == (1, 1)


def test_the_letter_has_their_own_mark_and_no_interview_and_comes_once(world, tested, post):
    campaign_id, low, gone, _ = tested
    approve_all(world)
    queue_all(world, campaign_id)
    run_due_jobs(world.staff_desk, post.server)
    with world.staff_desk.sessions.reading() as session:
        of = {key: session.get_one(Application, (campaign_id, key)).reference for key in (low, gone)}
    told = {key: [o.get_content() for o in post.outcome_letters if of[key] in o.get_content()] for key in of}
    ((of_low,), (of_gone,)) = told[low], told[gone]
    assert "- Written test: 19 of 40" in of_low and "Question 1" in of_low
    assert "Written test" not in of_gone and "you did not come to the test" in of_gone
    assert "did not come" not in of_low
    assert not any("20" in line for line in of_low.splitlines() if "test" in line.lower())
    with world.staff_desk.sessions.writing() as session:
        for key in (low, gone):
            session.add(
                StageEvent(campaign_id=campaign_id, application_id=key, kind="not_appointed", at=world.clock.now)
            )
        session.get_one(Campaign, campaign_id).state = CampaignState.DECIDED
    with world.staff_desk.sessions.reading() as session:
        due = read_letters(session, actor=recruiter_of(world, campaign_id), campaign_id=campaign_id).due
    assert not {LetterKind.NOT_INVITED, LetterKind.MISSED_TEST} & {one.kind for one in due}
    assert not {LetterKind.NOT_APPOINTED, LetterKind.MISSED_INTERVIEW} & {one.kind for one in due}
    # Whoever was told before there was a letter of its own for an absence is not written to again.
    with world.staff_desk.sessions.writing() as session:
        before = session.scalars(select(OutcomeLetter).where(OutcomeLetter.application_id == gone)).one()
        before.kind = LetterKind.NOT_INVITED
    with world.staff_desk.sessions.reading() as session:
        asked = {"actor": recruiter_of(world, campaign_id), "campaign_id": campaign_id}
        assert LetterKind.MISSED_TEST not in {one.kind for one in read_letters(session, **asked).due}
        shown = preview_letter(session, **asked, desk=world.staff_desk, reference=of[gone], ask_address=ASK)
    assert (shown.kind, shown.state) == (LetterKind.NOT_INVITED, LetterState.TAKEN)


def test_a_candidate_reads_it_on_their_own_page(world, tested):
    campaign_id, low, _, others = tested
    with world.public_desk.sessions.reading() as session:
        for key, stage in ((low, "not_invited"), (others[0], "shortlisted")):
            application = session.get_one(Application, (campaign_id, key))
            actor = Actor(ActorKind.CANDIDATE, application.candidate_id, world.organisation_id)
            own = list_own_applications(session, actor=actor, desk=world.public_desk)
            assert [one.stage for one in own if one.campaign_id == campaign_id] == [stage]
