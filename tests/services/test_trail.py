"""The trail shows every kind of tampering, and holds each opening before its plaintext exists."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from recruitment.rules.actors import NOBODY, Actor, ActorKind
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotAllowed
from recruitment.rules.trail import event_sentence
from recruitment.services.releases import prepare_release
from recruitment.services.requests import read_adjustments
from recruitment.services.reveals import read_names
from recruitment.services.shortlists import resolve_disability_confident
from recruitment.services.staff_desk import StaffDesk
from recruitment.services.trail import START, check_trail, record_event
from recruitment.services.worker import sign_heads
from recruitment.store.applications import SealedRecord
from recruitment.store.trail import SignedHead, TrailEvent, TrailHead
from recruitment.vault.errors import CannotBeOpened
from tests.support.world import World


def problems(world: World, chain_id: UUID) -> list[str]:
    with world.staff_desk.sessions.reading() as session:
        found = check_trail(session, chain_id, world.staff_desk.vault.verifying_key)
    return [problem.sentence for problem in found]


def length(world: World, chain_id: UUID) -> int:
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(select(func.count()).where(TrailEvent.chain_id == chain_id)).one()


@pytest.fixture
def chain(world: World) -> UUID:
    """A campaign with an intact trail."""
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=3)
    assert length(world, campaign_id) > 10
    assert problems(world, campaign_id) == []
    return campaign_id


def tamper(world: World, act: Callable[[Session], Any]) -> None:
    with world.staff_desk.sessions.writing() as session:
        act(session)


def one_event(chain_id: UUID, number: int) -> Any:
    return (TrailEvent.chain_id == chain_id) & (TrailEvent.number == number)


def test_the_trail_of_a_whole_campaign_verifies_and_so_does_the_organisation_s(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=6)
    for chain_id, least in ((campaign_id, 50), (world.organisation_id, 5)):
        sign_heads(world.staff_desk)
        assert length(world, chain_id) >= least
        assert problems(world, chain_id) == []


@pytest.mark.parametrize(
    "changed",
    [
        {"detail": {"person": "somebody else"}},
        {"actor": "staff:somebody"},
        {"event": "nothing_happened"},
        {"previous": bytes(32)},
        {"digest": bytes(32)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_an_altered_event_is_found(world: World, chain: UUID, changed: dict[str, Any]) -> None:
    tamper(world, lambda session: session.execute(update(TrailEvent).where(one_event(chain, 4)).values(changed)))
    assert "Event 4 was altered." in problems(world, chain)


def test_an_event_moved_in_time_is_found(world: World, chain: UUID) -> None:
    tamper(
        world,
        lambda session: session.execute(update(TrailEvent).where(one_event(chain, 4)).values(at=world.clock.now)),
    )
    assert problems(world, chain) == ["Event 4 was altered."]


def test_an_event_removed_from_the_middle_is_found(world: World, chain: UUID) -> None:
    tamper(world, lambda session: session.execute(delete(TrailEvent).where(one_event(chain, 4))))
    assert problems(world, chain) == ["Event 4 is missing.", "Event 5 was altered."]


def test_the_last_event_removed_is_found(world: World, chain: UUID) -> None:
    last = length(world, chain)
    tamper(world, lambda session: session.execute(delete(TrailEvent).where(one_event(chain, last))))
    assert problems(world, chain) == ["The end of the chain is missing, or its head was altered."]


def test_a_head_put_back_to_an_earlier_event_is_found(world: World, chain: UUID) -> None:
    def put_back(session: Session) -> None:
        earlier = session.get_one(TrailEvent, (chain, 5))
        head = session.get_one(TrailHead, chain)
        head.number, head.digest = earlier.number, earlier.digest

    tamper(world, put_back)
    assert problems(world, chain) == ["The end of the chain is missing, or its head was altered."]


def test_a_head_removed_with_the_last_event_is_found(world: World, chain: UUID) -> None:
    last = length(world, chain)

    def remove(session: Session) -> None:
        session.execute(delete(TrailEvent).where(one_event(chain, last)))
        session.execute(delete(TrailHead).where(TrailHead.chain_id == chain))

    tamper(world, remove)
    assert problems(world, chain) == ["The head of the chain is missing."]


def written_by(event: TrailEvent) -> Actor:
    kind, _, key = event.actor.partition(":")
    return Actor(ActorKind(kind), UUID(key) if key else NOBODY, NOBODY)


def rewrite(session: Session, chain_id: UUID, change: Callable[[TrailEvent], None]) -> None:
    """Forge a whole chain anew: every digest and the head fit."""
    events = list(session.scalars(select(TrailEvent).where(TrailEvent.chain_id == chain_id)))
    events.sort(key=lambda event: event.number)
    for event in events:
        session.expunge(event)
    session.execute(delete(TrailEvent).where(TrailEvent.chain_id == chain_id))
    head = session.get_one(TrailHead, chain_id)
    head.number, head.digest = 0, START
    for event in events:
        change(event)
        record_event(
            session, at=event.at, chain_id=chain_id, actor=written_by(event), event=event.event, **event.detail
        )


def forge_the_fourth(event: TrailEvent) -> None:
    if event.number == 4:
        event.detail = {"forged": True}


def test_a_chain_rewritten_as_a_whole_no_longer_holds_the_head_that_was_signed(world: World, chain: UUID) -> None:
    assert sign_heads(world.staff_desk) > 0
    signed = length(world, chain)
    assert problems(world, chain) == []
    tamper(world, lambda session: rewrite(session, chain, lambda event: None))
    assert problems(world, chain) == []
    tamper(world, lambda session: rewrite(session, chain, forge_the_fourth))
    assert problems(world, chain) == [f"The chain was rewritten: signed head {signed} is not in it."]


def test_a_head_signed_by_somebody_else_is_found(world: World, chain: UUID) -> None:
    sign_heads(world.staff_desk)
    signed = length(world, chain)

    def forge(session: Session) -> None:
        rewrite(session, chain, forge_the_fourth)
        head = session.get_one(TrailHead, chain)
        session.execute(
            update(SignedHead).where(SignedHead.chain_id == chain).values(digest=head.digest, signature=bytes(64))
        )

    tamper(world, forge)
    assert problems(world, chain) == [f"The signature of head {signed} is not ours."]


def test_heads_are_signed_once_each_time_they_have_grown(world: World, chain: UUID) -> None:
    assert sign_heads(world.staff_desk) > 0
    assert sign_heads(world.staff_desk) == 0
    with world.staff_desk.sessions.writing() as session:
        record_event(session, at=world.clock.now, chain_id=chain, actor=world.actor("recruiter"), event="tested")
    assert sign_heads(world.staff_desk) == 1
    assert problems(world, chain) == []


def openings(world: World, chain_id: UUID) -> list[dict[str, Any]]:
    with world.staff_desk.sessions.reading() as session:
        return list(
            session.scalars(
                select(TrailEvent.detail)
                .where(TrailEvent.chain_id == chain_id, TrailEvent.event == "compartment_opened")
                .order_by(TrailEvent.number)
            )
        )


def test_an_opening_stands_in_the_trail_even_when_nothing_could_be_opened(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=6)
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.reading() as session:
        named = read_names(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    before = openings(world, campaign_id)
    assert len(named) > 0
    assert before[-1]["ground"] == "revealed shortlist"
    with desk.sessions.writing() as session:
        session.execute(
            update(SealedRecord)
            .where(SealedRecord.campaign_id == campaign_id, SealedRecord.compartment == "identity")
            .values(blob=b"altered")
        )
    with desk.sessions.reading() as session, pytest.raises(CannotBeOpened, match="identity"):
        read_names(session, actor=recruiter, desk=desk, campaign_id=campaign_id)
    after = openings(world, campaign_id)
    assert after == [*before, before[-1]]
    assert after[-1]["records"] == sorted(one.application_id.hex for one in named)
    assert problems(world, campaign_id) == []


def open_names(session: Session, desk: StaffDesk, actor: Actor, campaign_id: UUID) -> object:
    return read_names(session, actor=actor, desk=desk, campaign_id=campaign_id)


def open_adjustments(session: Session, desk: StaffDesk, actor: Actor, campaign_id: UUID) -> object:
    return read_adjustments(session, actor=actor, desk=desk, campaign_id=campaign_id)


def open_opt_ins(session: Session, desk: StaffDesk, actor: Actor, campaign_id: UUID) -> object:
    return resolve_disability_confident(session, actor=actor, desk=desk, campaign_id=campaign_id)


def open_counts(session: Session, desk: StaffDesk, actor: Actor, campaign_id: UUID) -> object:
    return prepare_release(session, actor=actor, desk=desk, campaign_id=campaign_id)


@pytest.mark.parametrize(
    ("until", "act", "allowed"),
    [
        (CampaignState.REVEALED, open_names, "recruiter"),
        (CampaignState.OPEN, open_adjustments, "recruiter"),
        (CampaignState.LINE_SET, open_opt_ins, "recruiter"),
        (CampaignState.TALLIED, open_counts, "analyst"),
    ],
)
def test_who_may_not_open_leaves_no_opening_in_the_trail(
    world: World, until: CampaignState, act: Callable[..., object], allowed: str
) -> None:
    campaign_id = world.campaign(until=until, applications=6)
    before = len(openings(world, campaign_id))
    for part in ("auditor", "shortlister_three"):
        with world.staff_desk.sessions.reading() as session, pytest.raises(NotAllowed):
            act(session, world.staff_desk, world.actor(part), campaign_id)
    assert len(openings(world, campaign_id)) == before
    with world.staff_desk.sessions.reading() as session:
        act(session, world.staff_desk, world.actor(allowed), campaign_id)
    assert len(openings(world, campaign_id)) == before + 1


def test_a_proposal_is_said_to_be_agreed_only_when_all_agreed():
    said = [
        event_sentence("Ann", "moderation_proposed", {"value": 5, "agreed": agreed}, {})
        for agreed in (False, True)
    ]
    assert said == ["Ann proposed 5 in moderation.", "Ann proposed 5 in moderation, and all agreed."]
