"""Promise 3, at the end: after retention no withheld word is found in database, log, key store, or an older copy
of the database opened with today's keys."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text, update

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.eligibility import EligibilityDecision, EligibilityStanding
from recruitment.rules.retention import RetentionKind
from recruitment.services.post import post_letter, post_sealed, seal_message
from recruitment.services.retention import erase_due
from recruitment.services.tallies import tally_campaign
from recruitment.services.trail import check_trail
from recruitment.services.worker import keep_house, run_due_jobs
from recruitment.store.applications import Application
from recruitment.store.campaigns import Campaign
from recruitment.store.candidates import Candidate
from recruitment.store.interviews import Outcome
from recruitment.store.jobs import Message
from recruitment.store.keys import WrappedPrivateKey, WrappedWorkingKey
from recruitment.store.retention import KeyTurn, RetentionAct
from recruitment.store.session import Sessions
from recruitment.vault.sealing.contact import Letter
from tests.support.canaries import Withheld, apply, found_in, raw_bytes
from tests.support.copies import copy_blobs, opened_today
from tests.support.letters import ask
from tests.support.requirements import check_requirements
from tests.support.world import World

WITHHELD = Withheld()
LETTER = "Telmarincanary"
REFUSAL = "Ushantcanary"  # why the requirements are not met: sealed, and in a letter
TYPED = "Brixolancanary"  # words that staff typed in the clear, as a reason
# The college stands in no section that was filled in.
ASKED = "Ostervincanary"  # in a question about a letter
ALL = (*(each for each in WITHHELD.canaries if each != WITHHELD.college), LETTER, REFUSAL, ASKED)


@dataclass(frozen=True)
class Kept:
    campaign_id: UUID
    copy: Any


@pytest.fixture
def ended(world: World) -> Kept:
    """A campaign with one person full of canaries, and one that is counted; with a copy made before."""
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=12)
    desk = world.staff_desk
    # The account's own address is a canary too.
    application_id = apply(world, campaign_id, WITHHELD, actor=world.add_candidate(WITHHELD.email))
    with desk.sessions.writing() as session:
        ask(session, desk, campaign_id, application_id, f"I am {ASKED}. Why?")
        letter = Letter(WITHHELD.email, "Your application", f"Dear {WITHHELD.first}, {LETTER}")
        post_letter(session, desk=desk, organisation_id=world.organisation_id, letter=letter)
    refusal = EligibilityDecision(EligibilityStanding.REFUSED, f"Not on the register, {REFUSAL}")
    assert check_requirements(world, campaign_id, refusal) == [WITHHELD.registration]
    run_due_jobs(desk, None)  # the letter about it waits
    copy = copy_blobs(world)
    decided = world.campaign(until=CampaignState.RELEASED, applications=12, seed=2, title="Second campaign")
    with desk.sessions.writing() as session:
        session.execute(update(Outcome).where(Outcome.campaign_id == decided).values(reason=TYPED))
    return Kept(campaign_id, copy)


def files(world: World) -> bytes:
    """Database, log and key store; of PostgreSQL the server's own files of this database as well."""
    kept = raw_bytes(world)
    if not world.staff_desk.sessions.is_sqlite:
        engine = world.staff_desk.sessions.engine
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("CHECKPOINT"))
            folder = connection.execute(text("SHOW data_directory")).scalar_one()
            oid = connection.execute(
                text("SELECT oid FROM pg_database WHERE datname = current_database()")
            ).scalar_one()
        kept += b"".join(path.read_bytes() for path in Path(folder, "base", str(oid)).iterdir() if path.is_file())
    return kept


def let_time_pass(world: World, months: int) -> None:
    world.clock.advance(days=31 * months)


def retain(world: World) -> None:
    """A night, and the hour after it in which old keys still open."""
    erase_due(world.staff_desk)
    world.clock.advance(hours=2)
    keep_house(world.staff_desk)


def wrapped_keys(world: World) -> list[bytes]:
    """Every key in the key store that opens something, as it is stored."""
    with world.staff_desk.vault.key_store.reading() as store:
        return [
            *store.scalars(select(WrappedPrivateKey.wrapped)),
            *store.scalars(select(WrappedWorkingKey.wrapped)),
        ]


def test_if_the_old_pages_were_not_let_go_what_was_erased_would_still_lie_there(
    world: World, ended: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = wrapped_keys(world)
    monkeypatch.setattr(Sessions, "let_old_pages_go", lambda self, *tables: True)
    let_time_pass(world, 26)
    retain(world)
    assert TYPED.encode() in files(world)
    assert [key for key in keys if key in raw_bytes(world)] != []


def test_before_retention_the_copy_opens_with_todays_keys(world: World, ended: Kept) -> None:
    assert found_in(opened_today(world, ended.copy), ALL) == list(ALL)
    assert TYPED.encode() in files(world)


def test_after_retention_no_canary_is_found_anywhere(world: World, ended: Kept) -> None:
    keys = wrapped_keys(world)
    assert len(keys) > 10 and [key for key in keys if key not in raw_bytes(world)] == []
    let_time_pass(world, 26)
    retain(world)
    later = copy_blobs(world)
    assert found_in(files(world), (*ALL, TYPED)) == []
    # The very bytes of the destroyed keys are gone from the key store's file and log, turned ones among them.
    assert [key for key in keys if key in raw_bytes(world)] == []
    assert found_in(opened_today(world, ended.copy), ALL) == []
    assert found_in(opened_today(world, later), ALL) == []
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(Application.id)).all() == []
        assert session.scalars(select(Candidate.id)).all() == []
        assert session.scalars(select(Message.id)).all() == []


def test_an_older_copy_gives_nothing_although_its_owner_stays_and_keeps_their_address(
    world: World, ended: Kept
) -> None:
    """What is kept is sealed anew: it opens from the live rows, and from no copy made before the turn."""
    actor = world.add_candidate("staying@canary-mail.example")
    before = copy_blobs(world)
    let_time_pass(world, 26)
    fresh = world.campaign(until=CampaignState.OPEN, applications=2, seed=3, title="Third campaign")
    apply(world, fresh, Withheld(first="Oswincanary", email="staying@canary-mail.example"), actor=actor)
    assert found_in(opened_today(world, before), ("staying@canary-mail.example",))
    retain(world)
    assert not found_in(opened_today(world, before), ("staying@canary-mail.example", *ALL))
    assert found_in(opened_today(world, copy_blobs(world)), ("staying@canary-mail.example", "Oswincanary"))


def test_until_an_hour_after_the_night_old_keys_open_what_was_begun_before_it(world: World, ended: Kept) -> None:
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        keys = desk.vault.public_keys(session, world.organisation_id)
    message_id, blob = seal_message(desk, keys, Letter("late@example.org", "Late", "Begun before the night"))
    let_time_pass(world, 13)
    erase_due(desk)
    with desk.sessions.writing() as session:
        assert session.get(KeyTurn, world.organisation_id) is not None
        post_sealed(session, desk=desk, organisation_id=world.organisation_id, message_id=message_id, blob=blob)
    assert b"Begun before" in opened_today(world, copy_blobs(world))
    world.clock.advance(hours=2)
    keep_house(desk)
    assert b"Begun before" in opened_today(world, copy_blobs(world))
    with desk.sessions.reading() as session:
        assert session.get(KeyTurn, world.organisation_id) is None
        assert session.get_one(Message, message_id).blob != blob


def test_what_retention_did_stands_in_a_trail_without_a_break(world: World, ended: Kept) -> None:
    let_time_pass(world, 26)
    retain(world)
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        kinds = set(session.scalars(select(RetentionAct.kind)))
        assert {RetentionKind.APPLICATIONS, RetentionKind.ACCOUNTS, RetentionKind.TRAIL} <= kinds
        chains = [world.organisation_id, *session.scalars(text("SELECT id FROM campaigns"))]
        for chain in chains:
            chain_id = chain if isinstance(chain, UUID) else UUID(str(chain))
            assert check_trail(session, chain_id, desk.vault.verifying_key) == []
        cut = session.execute(text("SELECT count(*) FROM trail_starts")).scalar_one()
        assert cut >= 2
    with desk.sessions.writing() as session:
        session.execute(text("UPDATE trail_starts SET number = number + 1"))
    with desk.sessions.reading() as session:
        assert check_trail(session, world.organisation_id, desk.vault.verifying_key)


def test_the_key_of_counted_answers_is_destroyed_the_night_after(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=12)
    apply(world, campaign_id, WITHHELD)
    copy = copy_blobs(world)
    assert found_in(opened_today(world, copy), ("Zoroastriancanary",))
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).state = CampaignState.DECIDED
    tally_campaign(world.staff_desk, campaign_id)
    erase_due(world.staff_desk)
    assert not found_in(opened_today(world, copy), ("Zoroastriancanary",))
    assert found_in(opened_today(world, copy), (WITHHELD.first,))
