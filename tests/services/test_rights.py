"""What candidates ask for by right reaches them alone, changes what it should, and stands in the trail."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from recruitment.rules.actors import Actor
from recruitment.rules.applications import Contact
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.rules.holds import HoldStanding
from recruitment.rules.rights import Right, RightStanding
from recruitment.services import rights
from recruitment.services.equality_answers import (
    may_change_equality_answers,
    prepare_equality_answers,
    prepare_equality_withdrawals,
    store_equality_row,
)
from recruitment.services.jobs import MAKE_ACCESS_PACKAGE, enqueue
from recruitment.services.outgoing import read_outbox
from recruitment.services.rights_decisions import agree_copy, decide_request, list_requests
from recruitment.services.tallies import tally_campaign
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application, SealedRecord
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.holds import Hold
from recruitment.store.people import Person
from recruitment.store.rights import RightsRequest
from recruitment.store.trail import TrailEvent
from recruitment.vault.sealing.contact import seal_address
from tests.support.canaries import EQUALITY, Withheld, apply, found_in
from tests.support.copies import copy_blobs, opened_today
from tests.support.world import World

OWN = Withheld()
OTHER = Withheld(
    first="Ostrelcanary", last="Dinvercanary", email="o@dinver.example", phone="07700 900999",
    street="1 Umberline Row", detail="A quiet roomcanary", related="Perrincanary Vale",
)  # fmt: skip
ADDRESS = "own@canary-mail.example"


@pytest.fixture
def candidate(world: World) -> Actor:
    return world.add_candidate(ADDRESS)


@pytest.fixture
def campaign_id(world: World, candidate: Actor) -> UUID:
    key = world.campaign(until=CampaignState.OPEN, applications=3)
    apply(world, key, OWN, actor=candidate)
    apply(world, key, OTHER, actor=world.add_candidate("other@example.org"))
    return key


def move(world: World, campaign_id: UUID, state: CampaignState) -> None:
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).state = state


def ask_copy(world: World, actor: Actor) -> None:
    with world.public_desk.sessions.writing() as session:
        rights.ask_copy(session, actor=actor, desk=world.public_desk)


def send_copies(world: World, part: str = "recruiter") -> None:
    """An administrator agrees to every copy that waits, and the worker makes it."""
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        for row in session.scalars(select(RightsRequest).where(RightsRequest.kind == Right.ACCESS)).all():
            if row.standing == RightStanding.WAITING:
                agree_copy(session, actor=world.actor(part), desk=desk, request_id=row.id)
    run_due_jobs(desk, None)


def letters(world: World) -> list:
    with world.staff_desk.sessions.reading() as session:
        return [
            one.letter
            for one in read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))
            if one.letter.attachment_name == "what-we-hold.txt"
        ]


def test_a_copy_goes_to_the_persons_own_address_with_everything_of_theirs_and_of_nobody_else(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    ask_copy(world, candidate)
    send_copies(world)
    (letter,) = letters(world)
    assert letter.to == ADDRESS
    told = letter.attachment
    for word in (
        OWN.first,
        OWN.last,
        OWN.email,
        OWN.phone,
        OWN.street,
        OWN.detail,
        OWN.related,
        "asked twenty carers",
    ):
        assert word in told
    for word in (OTHER.first, OTHER.email, OTHER.related, EQUALITY["religion_text"]):
        assert word not in told
    assert "Scores follow once outcomes are final" in told
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(select(TrailEvent).where(TrailEvent.actor == f"candidate:{candidate.id}")).all()
        opened = [event.detail for event in events if event.event == "compartment_opened"]
        assert {each["compartment"] for each in opened} == {
            "contact",
            "eligibility",
            "identity",
            "requests",
            "relationships",
        }
        assert {each["ground"] for each in opened} == {"the person's own request"}
        (listed,) = rights.list_own_requests(session, actor=candidate)
        assert (listed.kind, listed.standing) == (Right.ACCESS, RightStanding.DONE)


def test_no_copy_is_made_before_somebody_of_the_staff_agrees_not_even_by_a_job_put_there_by_hand(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    """As whoever broke into the public site could put one there."""
    ask_copy(world, candidate)
    desk = world.public_desk
    with desk.sessions.writing() as session:
        request = session.scalars(select(RightsRequest)).one()
        enqueue(session, desk=desk, kind=MAKE_ACCESS_PACKAGE, request_id=request.id)
    run_due_jobs(world.staff_desk, None)
    assert letters(world) == []
    with pytest.raises(NotAllowed):
        send_copies(world, "analyst")
    send_copies(world)
    assert len(letters(world)) == 1


def test_papers_that_a_claim_holds_are_not_erased_at_once(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    with world.staff_desk.sessions.writing() as session:
        own = session.scalars(select(Application).where(Application.candidate_id == candidate.id)).one()
        now = world.clock.now
        session.add(
            Hold(
                id=uuid4(), organisation_id=world.organisation_id, campaign_id=campaign_id, application_id=own.id,
                reference=own.reference, kind="tribunal", reason="A claim.", review_on=now.date(),
                standing=HoldStanding.ASKED, asked_by=world.people["recruiter"], asked_at=now,
            )
        )  # fmt: skip
    with world.public_desk.sessions.writing() as session:
        is_done = rights.ask_erasure(session, actor=candidate, desk=world.public_desk, campaign_id=campaign_id)
    assert not is_done
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(SealedRecord.blob).where(SealedRecord.application_id == own.id)).all()


def test_a_copy_is_asked_once_at_a_time_and_by_candidates_alone(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    ask_copy(world, candidate)
    with pytest.raises(TooLate):
        ask_copy(world, candidate)
    with pytest.raises(NotAllowed), world.public_desk.sessions.writing() as session:
        rights.ask_right(session, world.actor("recruiter"), world.public_desk, Right.ACCESS)
    send_copies(world)
    ask_copy(world, candidate)


def test_a_copy_after_the_outcomes_has_the_scores_without_the_names_of_scorers(world: World) -> None:
    key = world.campaign(until=CampaignState.DECIDED, applications=12)
    actor = world.add_candidate(ADDRESS)
    with world.staff_desk.sessions.writing() as session:
        one = session.scalars(select(Application).where(Application.campaign_id == key)).first()
        assert one is not None
        one.candidate_id = actor.id
    ask_copy(world, actor)
    send_copies(world)
    (letter,) = letters(world)
    assert "Scores of the sift" in letter.attachment and "by scorer 1" in letter.attachment
    with world.staff_desk.sessions.reading() as session:
        names = session.scalars(select(Person.name)).all()
    assert not [name for name in names if name in letter.attachment]


def test_corrected_contact_details_take_their_place_and_nothing_else_changes(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    new = Contact("new@canary-mail.example", "07700 900555", ("7 Newlane",), "LS2 2AB")
    with world.public_desk.sessions.writing() as session:
        rights.ask_correction(
            session, actor=candidate, desk=world.public_desk, campaign_id=campaign_id, change=new
        )
    run_due_jobs(world.staff_desk, None)
    opened = opened_today(world, copy_blobs(world))
    assert found_in(opened, ("new@canary-mail.example", "7 Newlane", OWN.last)) == [
        "new@canary-mail.example", "7 Newlane", OWN.last,
    ]  # fmt: skip
    # It stands in their own words as well, which are theirs.
    assert found_in(opened, (OWN.phone,)) == [OWN.phone]
    ask_copy(world, candidate)
    send_copies(world)
    assert "E-mail address: new@canary-mail.example" in letters(world)[0].attachment
    with world.staff_desk.sessions.reading() as session:
        row = session.scalars(select(RightsRequest).where(RightsRequest.kind == Right.RECTIFICATION)).one()
        assert (row.standing, row.sealed) == (RightStanding.DONE, None)


def test_a_correction_of_what_is_erased_meanwhile_is_closed(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    with world.public_desk.sessions.writing() as session:
        rights.ask_correction(
            session,
            actor=candidate,
            desk=world.public_desk,
            campaign_id=campaign_id,
            change=Contact("n@b.example"),
        )
    assert erase(world, candidate, campaign_id)
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        row = session.scalars(select(RightsRequest).where(RightsRequest.kind == Right.RECTIFICATION)).one()
        assert (row.standing, row.sealed) == (RightStanding.DONE, None)


def test_a_correction_that_reaches_nobody_or_is_anothers_is_refused(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    asked = {"desk": world.public_desk, "campaign_id": campaign_id}
    with world.public_desk.sessions.writing() as session, pytest.raises(Invalid):
        rights.ask_correction(session, actor=candidate, change=Contact(), **asked)
    stranger = world.add_candidate("stranger@example.org")
    with world.public_desk.sessions.writing() as session, pytest.raises(NotFound):
        rights.ask_correction(session, actor=stranger, change=Contact("a@b.example"), **asked)


def erase(world: World, actor: Actor, campaign_id: UUID) -> bool:
    with world.public_desk.sessions.writing() as session:
        return rights.ask_erasure(session, actor=actor, desk=world.public_desk, campaign_id=campaign_id)


def test_before_the_freeze_an_application_is_withdrawn_and_erased_at_once(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    assert found_in(opened_today(world, copy_blobs(world)), (OWN.first, OWN.detail, "asked twenty carers"))
    assert erase(world, candidate, campaign_id)
    opened = opened_today(world, copy_blobs(world))
    assert found_in(opened, (OWN.first, OWN.last, OWN.phone, OWN.detail, OWN.related)) == []
    assert found_in(opened, (OTHER.first, OTHER.related)) == [OTHER.first, OTHER.related]
    with world.staff_desk.sessions.reading() as session:
        (one,) = session.scalars(select(Application).where(Application.withdrawn_at.is_not(None)))
        assert one.candidate_id is None
        assert not session.scalars(select(SealedRecord.part).where(SealedRecord.application_id == one.id)).all()
        assert rights.list_own_requests(session, actor=candidate)[0].standing is RightStanding.DONE


def test_after_the_freeze_an_administrator_decides_and_the_candidate_is_told(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    move(world, campaign_id, CampaignState.FROZEN)
    assert not erase(world, candidate, campaign_id)
    desk, administrator = world.staff_desk, world.actor("recruiter")

    def decide(**how: object) -> None:
        with desk.sessions.writing() as session:
            (asked,) = list_requests(session, actor=administrator, desk=desk)
            decide_request(session, actor=administrator, desk=desk, request_id=asked.id, **how)  # type: ignore[arg-type]

    with pytest.raises(TooSoon):
        decide(is_agreed=True, reason="")
    with pytest.raises(Invalid):
        decide(is_agreed=False, reason=" ")
    decide(is_agreed=False, reason="A claim may still be brought.")
    with desk.sessions.reading() as session:
        (told,) = rights.list_own_requests(session, actor=candidate)
        assert (told.standing, told.reason) == (RightStanding.REFUSED, "A claim may still be brought.")
        with pytest.raises(NotFound):
            list_requests(session, actor=world.actor("member"), desk=desk)
    move(world, campaign_id, CampaignState.RELEASED)
    assert not erase(world, candidate, campaign_id)
    with desk.sessions.writing() as session:
        waiting = next(one for one in list_requests(session, actor=administrator, desk=desk) if one.is_to_decide)
        decide_request(session, actor=administrator, desk=desk, request_id=waiting.id, is_agreed=True, reason="")
    assert found_in(opened_today(world, copy_blobs(world)), (OWN.first, OWN.detail)) == []


def test_after_a_notice_no_answer_is_taken_and_what_was_given_is_not_counted(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    desk = world.public_desk
    with desk.sessions.writing() as session:
        rights.give_notice(session, actor=candidate, desk=desk)
        rights.give_notice(session, actor=candidate, desk=desk)
    with desk.sessions.reading() as session:
        assert rights.applications_to_stop(session, actor=candidate) == [campaign_id]
        (blob,) = prepare_equality_withdrawals(session, actor=candidate, desk=desk, campaign_id=campaign_id)
        assert not may_change_equality_answers(session, actor=candidate, campaign_id=campaign_id)
        with pytest.raises(TooLate):
            prepare_equality_answers(
                session, actor=candidate, desk=desk, campaign_id=campaign_id, answers={"sex": "female"}
            )
        assert len(rights.list_own_requests(session, actor=candidate)) == 1
    with desk.sessions.writing() as session:
        store_equality_row(session, campaign_id=campaign_id, blob=blob)
    move(world, campaign_id, CampaignState.DECIDED)
    # Two gave answers, one of them then gave notice; the three of the sample answered before.
    with world.staff_desk.sessions.reading() as session:
        everybody = len(session.scalars(select(Application.id)).all())
    assert tally_campaign(world.staff_desk, campaign_id) <= everybody - 1


def test_the_message_with_a_copy_is_in_the_language_of_its_reader_and_the_copy_as_it_is_held(
    world: World, candidate: Actor, campaign_id: UUID
) -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        account = session.get_one(Candidate, candidate.id)
        keys = desk.vault.public_keys(session, account.organisation_id)
        account.address_sealed = seal_address(keys, account.id, ADDRESS, "cy")
    ask_copy(world, candidate)
    send_copies(world)
    (letter,) = letters(world)
    assert letter.subject == "Yr hyn y mae Office for Fair Dealing yn ei gadw amdanoch"
    assert letter.body.startswith("Gofynnoch am gopi o'r hyn sydd gennym amdanoch.")
    assert OWN.first in letter.attachment and letter.to == ADDRESS
