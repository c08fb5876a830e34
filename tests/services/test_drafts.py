"""Drafts are their writer's alone, are never lost to a second window, and end 28 days after closing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.drafts import Draft
from recruitment.rules.errors import NotAllowed, NotFound, Stale, TooLate
from recruitment.services.drafts import OpenDraft, read_draft, save_draft, start_draft
from recruitment.services.trail import check_trail
from recruitment.services.worker import destroy_old_drafts
from recruitment.store import applications as rows
from recruitment.store.campaigns import Campaign
from recruitment.store.trail import TrailEvent
from recruitment.vault.errors import KeyDestroyed
from recruitment.vault.working import WorkingPurpose
from tests.support.world import World


def read(world: World, actor: Actor, campaign_id: UUID) -> OpenDraft:
    with world.public_desk.sessions.reading() as session:
        return read_draft(session, actor=actor, desk=world.public_desk, campaign_id=campaign_id)


def save(world: World, actor: Actor, campaign_id: UUID, version: int, content: Draft) -> None:
    with world.public_desk.sessions.writing() as session:
        save_draft(
            session,
            actor=actor,
            desk=world.public_desk,
            campaign_id=campaign_id,
            version=version,
            content=content,
        )


@pytest.fixture
def started(world: World) -> tuple[UUID, Actor, UUID]:
    """An open campaign, a candidate, and the candidate's draft in it."""
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=1)
    actor = world.add_candidate()
    with world.public_desk.sessions.writing() as session:
        draft_id = start_draft(
            session, actor=actor, desk=world.public_desk, campaign_id=campaign_id, email="candidate@example.org"
        )
    return campaign_id, actor, draft_id


def closing(world: World, campaign_id: UUID) -> Campaign:
    with world.staff_desk.sessions.reading() as session:
        return session.get_one(Campaign, campaign_id)


def drafts(world: World, campaign_id: UUID) -> int:
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(
            select(func.count()).select_from(rows.Draft).where(rows.Draft.campaign_id == campaign_id)
        ).one()


def test_what_was_saved_is_read_again_and_lies_sealed(world: World, started: tuple[UUID, Actor, UUID]) -> None:
    campaign_id, actor, draft_id = started
    content = replace(read(world, actor, campaign_id).content, full_name="Folasade Adeyemi")
    save(world, actor, campaign_id, 1, content)
    assert read(world, actor, campaign_id) == OpenDraft(campaign_id, draft_id, 2, content, False, False)
    with world.staff_desk.sessions.reading() as session:
        sealed = session.get_one(rows.Draft, (campaign_id, draft_id)).sealed
    assert b"Folasade" not in sealed
    assert (
        world.public_desk.vault.decrypt(campaign_id, WorkingPurpose.DRAFTS, f"draft {draft_id}", sealed).count(
            b"Folasade"
        )
        == 1
    )


def test_a_draft_is_nobody_else_s(world: World, started: tuple[UUID, Actor, UUID]) -> None:
    campaign_id, actor, _ = started
    assert read(world, actor, campaign_id).version == 1
    with pytest.raises(NotFound):
        read(world, world.add_candidate("another@example.org"), campaign_id)
    with pytest.raises(NotAllowed):
        read(world, world.actor("recruiter"), campaign_id)


def test_a_second_window_never_overwrites_what_the_first_one_saved(
    world: World, started: tuple[UUID, Actor, UUID]
) -> None:
    campaign_id, actor, _ = started
    first = replace(read(world, actor, campaign_id).content, full_name="First")
    save(world, actor, campaign_id, 1, first)
    with pytest.raises(Stale):
        save(world, actor, campaign_id, 1, replace(first, full_name="Second"))
    assert read(world, actor, campaign_id).content == first


def test_a_draft_can_be_read_after_closing_but_not_changed(
    world: World, started: tuple[UUID, Actor, UUID]
) -> None:
    campaign_id, actor, _ = started
    closes = closing(world, campaign_id).closes_at
    world.clock.now = closes - timedelta(seconds=1)
    save(world, actor, campaign_id, 1, read(world, actor, campaign_id).content)
    world.clock.now = closes
    assert read(world, actor, campaign_id).is_closed is True
    with pytest.raises(TooLate):
        save(world, actor, campaign_id, 2, Draft())


def test_the_drafts_key_is_destroyed_28_days_after_closing_and_not_before(
    world: World, started: tuple[UUID, Actor, UUID]
) -> None:
    campaign_id, actor, draft_id = started
    with world.staff_desk.sessions.reading() as session:
        kept = session.get_one(rows.Draft, (campaign_id, draft_id)).sealed
    end = closing(world, campaign_id).closes_at + timedelta(days=28)
    world.clock.now = end - timedelta(seconds=1)
    assert destroy_old_drafts(world.staff_desk) == 0
    assert read(world, actor, campaign_id).content.email == "candidate@example.org"
    world.clock.now = end
    assert destroy_old_drafts(world.staff_desk) == 1
    assert drafts(world, campaign_id) == 0
    world.public_desk.vault.forget()
    # A copy from before, out of a backup or an old page, is unreadable too.
    for desk in (world.public_desk, world.staff_desk):
        with pytest.raises(KeyDestroyed):
            desk.vault.decrypt(campaign_id, WorkingPurpose.DRAFTS, f"draft {draft_id}", kept)
    assert destroy_old_drafts(world.staff_desk) == 0


def test_the_end_of_the_drafts_stands_in_the_trail_and_the_sift_goes_on(
    world: World, started: tuple[UUID, Actor, UUID]
) -> None:
    campaign_id, _, _ = started
    world.clock.now = closing(world, campaign_id).closes_at + timedelta(days=28)
    destroy_old_drafts(world.staff_desk)
    with world.staff_desk.sessions.reading() as session:
        last = session.scalars(
            select(TrailEvent)
            .where(TrailEvent.chain_id == campaign_id)
            .order_by(TrailEvent.number.desc())
            .limit(1)
        ).one()
        assert (last.event, last.actor) == ("drafts_destroyed", "system")
        assert check_trail(session, campaign_id, world.staff_desk.vault.verifying_key) == []
    assert world.staff_desk.vault.encrypt(campaign_id, WorkingPurpose.SIFT, "answer", b"") != b""


def test_drafts_of_a_campaign_that_is_still_open_outlive_another_s(
    world: World, started: tuple[UUID, Actor, UUID]
) -> None:
    campaign_id, _, _ = started
    world.clock.now = closing(world, campaign_id).closes_at + timedelta(days=20)
    later = world.campaign(until=CampaignState.OPEN, applications=1, seed=2, title="A later one")
    actor = world.add_candidate("later@example.org")
    with world.public_desk.sessions.writing() as session:
        start_draft(session, actor=actor, desk=world.public_desk, campaign_id=later, email="later@example.org")
    world.clock.now = closing(world, campaign_id).closes_at + timedelta(days=28)
    assert destroy_old_drafts(world.staff_desk) == 1
    assert (drafts(world, campaign_id), drafts(world, later)) == (0, 1)
    assert read(world, actor, later).content.email == "later@example.org"
