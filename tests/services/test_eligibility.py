"""What candidates must meet is checked by a named recruiter before the sift; only those who meet it are scored."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from recruitment.rules.actors import Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.eligibility import EligibilityDecision, EligibilityStanding, Requirement
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.services import eligibility_checks as checks
from recruitment.services.applications import list_own_applications, withdraw_application
from recruitment.services.closings import close_without_appointment
from recruitment.services.coverage import lock_scores, read_coverage
from recruitment.services.eligibility_requirements import set_requirements
from recruitment.services.outgoing import read_outbox
from recruitment.services.sift import open_sift
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Answer, Application, SealedRecord, StageEvent
from recruitment.store.campaigns import Campaign
from recruitment.store.eligibility import EligibilityCheck, EligibilityRequirement
from recruitment.store.sift import Allocation
from recruitment.store.trail import TrailEvent
from tests.support.canaries import Withheld, apply, found_in, raw_bytes
from tests.support.world import World

CONFIRMED = EligibilityDecision(EligibilityStanding.CONFIRMED)
WHY = "The register says that your entry lapsedcanary."
REFUSED = EligibilityDecision(EligibilityStanding.REFUSED, WHY)
OWN = Withheld()


@pytest.fixture
def campaign_id(world: World) -> UUID:
    """Three applications of the sample, without answers, and one that declares a registration."""
    key = world.campaign(until=CampaignState.OPEN, applications=3)
    require(world, key)
    apply(world, key, OWN, actor=world.add_candidate(OWN.email))
    return key


def require(world: World, campaign_id: UUID) -> None:
    with world.staff_desk.sessions.writing() as session:
        session.add(
            EligibilityRequirement(
                campaign_id=campaign_id, requirement="registration", words="You are on the register of nurses."
            )
        )


def asked(world: World, campaign_id: UUID, part: str = "recruiter") -> dict[str, Any]:
    return {"actor": world.actor(part), "desk": world.staff_desk, "campaign_id": campaign_id}


def opened(
    world: World, campaign_id: UUID, *references: str, part: str = "recruiter"
) -> tuple[checks.ToCheck, ...]:
    with world.staff_desk.sessions.reading() as session:
        return checks.open_checks(session, **asked(world, campaign_id, part), references=references)


def decide(
    world: World, campaign_id: UUID, decisions: dict[str, EligibilityDecision], part: str = "recruiter"
) -> int:
    with world.staff_desk.sessions.writing() as session:
        return checks.decide_eligibility(session, **asked(world, campaign_id, part), decisions=decisions)


def own(world: World, campaign_id: UUID) -> checks.ToCheck:
    """The one that declares something."""
    return next(one for one in opened(world, campaign_id) if one.answers)


def decide_all(world: World, campaign_id: UUID, refused: str = "") -> None:
    decide(
        world,
        campaign_id,
        {one.reference: REFUSED if one.reference == refused else CONFIRMED for one in opened(world, campaign_id)},
    )


def begin_sift(world: World, campaign_id: UUID) -> None:
    world.clock.advance(days=30)
    with world.staff_desk.sessions.writing() as session:
        open_sift(session, **asked(world, campaign_id))


def mails(world: World) -> list[str]:
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        found = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))
    return [f"{one.letter.to}: {one.letter.body}" for one in found if "requirements" in one.letter.body]


def test_a_recruiter_sees_what_was_declared_by_reference_and_the_opening_is_recorded(
    world: World, campaign_id: UUID
) -> None:
    found = opened(world, campaign_id)
    assert len(found) == 4 and [one.reference for one in found] == sorted(one.reference for one in found)
    declared = next(one for one in found if one.answers)
    assert declared.answers["registration"].detail == OWN.registration
    # Nothing of who it is comes along.
    assert not [word for word in OWN.canaries if word != OWN.registration and word in repr(found)]
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent).where(TrailEvent.event == "compartment_opened")).all()
    (event,) = [one for one in events if one.detail["compartment"] == "eligibility"]
    assert len(event.detail["records"]) == 4


@pytest.mark.parametrize("part", ["member", "shortlister_one", "analyst", "auditor", "deputy"])
def test_nobody_but_a_recruiter_sees_or_decides_it(world: World, campaign_id: UUID, part: str) -> None:
    reference = own(world, campaign_id).reference
    with pytest.raises(NotAllowed):
        opened(world, campaign_id, part=part)
    with pytest.raises(NotAllowed):
        decide(world, campaign_id, {reference: CONFIRMED}, part)


def test_the_sift_waits_for_the_checks_and_says_who_does_them(world: World, campaign_id: UUID) -> None:
    with pytest.raises(TooSoon, match="4 applications wait for the check of the requirements"):
        begin_sift(world, campaign_id)


def test_shortlisters_get_the_eligible_only(world: World, campaign_id: UUID) -> None:
    refused = own(world, campaign_id)
    decide_all(world, campaign_id, refused.reference)
    begin_sift(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        written = set(session.scalars(select(Answer.application_id)))
        handed_out = set(
            session.scalars(select(Answer.application_id).join(Allocation, Allocation.answer_id == Answer.id))
        )
        stages = session.scalars(
            select(StageEvent.kind).where(StageEvent.application_id == refused.application_id)
        )
        assert set(stages) == {"submitted", "not_eligible"}
    assert written - handed_out == {refused.application_id} and len(handed_out) == 3


def test_whoever_withdrew_waits_for_no_check(world: World, campaign_id: UUID) -> None:
    candidate = own(world, campaign_id)
    with world.public_desk.sessions.writing() as session:
        row = session.get_one(Application, (campaign_id, candidate.application_id))
        actor = Actor(ActorKind.CANDIDATE, row.candidate_id, world.organisation_id)
        withdraw_application(session, actor=actor, desk=world.public_desk, campaign_id=campaign_id)
    assert len(opened(world, campaign_id)) == 3
    with pytest.raises(NotFound):
        opened(world, campaign_id, candidate.reference)


def test_a_refusal_needs_a_reason_which_the_candidate_is_told_and_nobody_else_can_read(
    world: World, campaign_id: UUID
) -> None:
    reference = own(world, campaign_id).reference
    with pytest.raises(Invalid, match="the candidate is told") as refusal:
        decide(world, campaign_id, {reference: EligibilityDecision(EligibilityStanding.REFUSED, " ")})
    assert refusal.value.field == reference
    decide(world, campaign_id, {reference: REFUSED})
    assert found_in(raw_bytes(world), ("lapsedcanary", OWN.registration)) == []
    (mail,) = mails(world)
    assert mail.startswith(OWN.email) and WHY in mail
    assert [event.detail.get("reason") for event in events(world, "eligibility_refused")] == [None]


def events(world: World, kind: str) -> list[TrailEvent]:
    with world.staff_desk.sessions.reading() as session:
        return list(session.scalars(select(TrailEvent).where(TrailEvent.event == kind)))


def test_the_name_of_who_decided_stays_with_it(world: World, campaign_id: UUID) -> None:
    decide_all(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        assert set(session.scalars(select(EligibilityCheck.checked_by))) == {world.people["recruiter"]}
    assert {event.actor for event in events(world, "eligibility_confirmed")} == {
        f"staff:{world.people['recruiter']}"
    }


def test_a_mistake_is_put_right_until_the_sift_opens_and_the_candidate_is_told(
    world: World, campaign_id: UUID
) -> None:
    mistaken = own(world, campaign_id)
    decide_all(world, campaign_id, mistaken.reference)
    assert len(mails(world)) == 1
    assert opened(world, campaign_id) == ()
    (again,) = opened(world, campaign_id, mistaken.reference)
    assert again.decision == REFUSED
    decide(world, campaign_id, {mistaken.reference: CONFIRMED})
    assert any("Our earlier message was a mistake" in mail for mail in mails(world))
    begin_sift(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        assert not session.scalars(select(StageEvent).where(StageEvent.kind == "not_eligible")).all()
    with pytest.raises(TooLate):
        opened(world, campaign_id, mistaken.reference)
    with pytest.raises(TooLate):
        decide(world, campaign_id, {mistaken.reference: REFUSED})


def test_nobody_is_written_to_twice_about_one_decision(world: World, campaign_id: UUID) -> None:
    one = own(world, campaign_id)
    decide(world, campaign_id, {one.reference: REFUSED})
    assert len(mails(world)) == 1
    checks.tell_checked(world.staff_desk, campaign_id, one.application_id)
    assert len(mails(world)) == 1


def test_candidates_see_where_they_stand(world: World, campaign_id: UUID) -> None:
    first = own(world, campaign_id)
    with world.public_desk.sessions.reading() as session:
        candidate_id = session.get_one(Application, (campaign_id, first.application_id)).candidate_id
    actor = Actor(ActorKind.CANDIDATE, candidate_id, world.organisation_id)

    def stage() -> str:
        with world.public_desk.sessions.reading() as session:
            (found,) = list_own_applications(session, actor=actor, desk=world.public_desk)
            return found.stage

    assert stage() == "submitted"
    decide(world, campaign_id, {first.reference: CONFIRMED})
    assert stage() == "eligible"
    decide(world, campaign_id, {first.reference: REFUSED})
    assert stage() == "not_eligible"


def test_requirements_are_fixed_once_candidates_can_answer(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    words = {Requirement.REGISTRATION: "On the register."}
    with world.staff_desk.sessions.writing() as session, pytest.raises(TooLate):
        set_requirements(session, **asked(world, campaign_id), words=words)
    with world.staff_desk.sessions.writing() as session:
        session.execute(update(Campaign).where(Campaign.id == campaign_id).values(state=CampaignState.DRAFT))
    with world.staff_desk.sessions.writing() as session:
        set_requirements(session, **asked(world, campaign_id), words=words | {Requirement.OTHER: "  "})
    with world.staff_desk.sessions.reading() as session:
        assert [(one.requirement, one.words) for one in session.scalars(select(EligibilityRequirement))] == [
            ("registration", "On the register.")
        ]
    with world.staff_desk.sessions.writing() as session, pytest.raises(Invalid) as refusal:
        set_requirements(session, **asked(world, campaign_id), words={Requirement.OTHER: "x" * 301})
    assert refusal.value.field == "other"


def test_where_nobody_is_eligible_the_campaign_can_close_and_each_is_told_so(
    world: World, campaign_id: UUID
) -> None:
    decide(world, campaign_id, {one.reference: REFUSED for one in opened(world, campaign_id)})
    with pytest.raises(TooSoon, match="no applications to sift"):
        begin_sift(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        close_without_appointment(session, **asked(world, campaign_id), reason="Nobody is on the register.")
    with world.staff_desk.sessions.reading() as session:
        stages = session.scalars(select(StageEvent.kind).where(StageEvent.campaign_id == campaign_id)).all()
    assert sorted(stages) == ["not_eligible"] * 4 + ["submitted"] * 4


def test_an_application_from_a_form_is_sealed_and_one_from_elsewhere_has_nothing(
    world: World, campaign_id: UUID
) -> None:
    with world.staff_desk.sessions.reading() as session:
        sealed = session.scalars(select(SealedRecord).where(SealedRecord.compartment == "eligibility")).all()
    assert len(sealed) == 1 and OWN.registration.encode() not in sealed[0].blob


def test_coverage_and_locking_go_on_without_the_refused(world: World, campaign_id: UUID) -> None:
    decide_all(world, campaign_id, own(world, campaign_id).reference)
    begin_sift(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        found = read_coverage(session, actor=world.actor("recruiter"), campaign_id=campaign_id)
    assert found.unfilled == 0
    with world.staff_desk.sessions.writing() as session, pytest.raises(TooSoon):
        lock_scores(session, **asked(world, campaign_id))


def test_what_comes_late_is_checked_while_the_sift_is_open_and_then_handed_out(
    world: World, campaign_id: UUID
) -> None:
    decide_all(world, campaign_id)
    begin_sift(world, campaign_id)
    apply(world, campaign_id, Withheld(registration="late"), actor=world.add_candidate("late@example.org"))
    with world.staff_desk.sessions.writing() as session, pytest.raises(TooSoon, match="1 application waits"):
        lock_scores(session, **asked(world, campaign_id))
    (late,) = opened(world, campaign_id)
    assert late.answers["registration"].detail == "late"
    decide(world, campaign_id, {late.reference: CONFIRMED})
    with world.staff_desk.sessions.reading() as session:
        handed_out = select(Answer.application_id).join(Allocation, Allocation.answer_id == Answer.id)
        assert late.application_id in set(session.scalars(handed_out))
    with pytest.raises(TooLate):
        decide(world, campaign_id, {late.reference: REFUSED})
