"""Promise 3: the database holds no withheld plaintext, nor, once rows have been rewritten, the link between an
application and its equality answers."""

from __future__ import annotations

import base64
from random import Random

import pytest
from sqlalchemy import text

from recruitment.rules.campaigns import CampaignState
from recruitment.services.openings import record_opening
from recruitment.services.tallies import rewrite_rows
from recruitment.store.applications import SealedRecord
from recruitment.store.equality import EqualityRow
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.identity import open_identities
from tests.support.canaries import EQUALITY, Withheld, apply, found_in, raw_bytes


def opened_name(world, campaign_id, application_id) -> str:
    desk = world.staff_desk
    receipt = record_opening(
        desk,
        actor=world.actor("recruiter"),
        compartment=Compartment.IDENTITY,
        scope_id=campaign_id,
        records=[application_id],
        ground="test",
    )
    with desk.sessions.reading() as session:
        blob = session.get_one(SealedRecord, (campaign_id, application_id, Compartment.IDENTITY, "")).blob
    return open_identities(desk.vault, receipt, [(application_id, blob)])[application_id].full_name


def test_the_search_finds_what_lies_open():
    assert found_in("…Quenbyla…".encode(), ("Quenbyla",)) == ["Quenbyla"]
    assert found_in("…Quenbyla…".encode("utf-16-le"), ("Quenbyla",)) == ["Quenbyla"]
    assert found_in(base64.b64encode(b"ab Quenbyla Varnheskold cd"), ("Quenbyla",)) == ["Quenbyla"]


def test_no_withheld_word_of_a_submitted_application_lies_in_the_files(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=3)
    withheld = Withheld()
    application_id = apply(world, campaign_id, withheld)
    # It is there: the holder of the keys reads it.
    assert opened_name(world, campaign_id, application_id) == "Quenbyla Varnheskold"
    assert found_in(raw_bytes(world), withheld.canaries) == []


def test_no_word_of_an_answer_lies_in_the_files_either(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=3)
    apply(world, campaign_id, Withheld())
    assert found_in(raw_bytes(world), ("complaints fell by 30", "asked twenty carers", "weighed it fairly")) == []


def arrive_in_order(world, campaign_id, number: int) -> list[bytes]:
    """Applications one after another, each at once with its equality answers; the blobs in that order."""
    seen: set[bytes] = set()
    order = []
    for place in range(number):
        candidate = world.add_candidate(f"c{place}@example.org")
        apply(world, campaign_id, Withheld(equality=dict(EQUALITY)), actor=candidate)
        with world.staff_desk.sessions.reading() as session:
            blobs = {row.blob for row in session.query(EqualityRow).filter_by(campaign_id=campaign_id)}
        (fresh,) = blobs - seen
        seen = blobs
        order.append(fresh)
    return order


def guessed_order(world) -> list[bytes]:
    """The attacker's best guess at the order of arrival, from everything in the files and tables."""
    engine = world.staff_desk.sessions.engine
    if world.staff_desk.sessions.is_sqlite:
        raw = b"".join((world.home / name).read_bytes() for name in ("recruitment.db-wal", "recruitment.db"))
        with world.staff_desk.sessions.reading() as session:
            blobs = [row.blob for row in session.query(EqualityRow)]
        return sorted(blobs, key=lambda blob: raw.find(blob[:40]))
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT blob FROM equality_rows ORDER BY xmin::text::bigint, ctid"))
        return [bytes(blob) for (blob,) in rows]


def right_places(guess: list[bytes], truth: list[bytes]) -> int:
    return sum(one == other for one, other in zip(guess, truth, strict=True))


def test_an_attacker_with_the_files_links_rows_before_the_rewrite_and_not_after(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    truth = arrive_in_order(world, campaign_id, 24)
    assert right_places(guessed_order(world), truth) == 24
    rewrite_rows(world.staff_desk, campaign_id)
    after = guessed_order(world)
    assert sorted(after) == sorted(truth)
    # By chance one place is right on average; nine or more of 24 happen less than once in a million.
    assert right_places(after, truth) < 9


@pytest.mark.postgres_only
def test_after_a_rewrite_the_row_versions_tell_nothing(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    arrive_in_order(world, campaign_id, 12)
    with world.staff_desk.sessions.engine.connect() as connection:
        query = text("SELECT count(DISTINCT xmin::text) FROM equality_rows")
        assert connection.execute(query).scalar_one() == 12
    rewrite_rows(world.staff_desk, campaign_id)
    with world.staff_desk.sessions.engine.connect() as connection:
        assert connection.execute(query).scalar_one() == 1


def test_every_equality_row_has_one_length_and_nothing_beside_campaign_and_key(world):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=0)
    random = Random(4)
    for place in range(6):
        answers = dict(random.sample(sorted(EQUALITY.items())[:3], k=place % 3 + 1))
        apply(
            world,
            campaign_id,
            Withheld(equality=answers),
            actor=world.add_candidate(f"x{place}@example.org"),
        )
    with world.staff_desk.sessions.reading() as session:
        rows = session.query(EqualityRow).all()
    assert len(rows) == 6
    assert len({len(row.blob) for row in rows}) == 1
    assert [column.name for column in EqualityRow.__table__.columns] == ["campaign_id", "id", "blob"]
