"""Promise 4: every opening is recorded before it happens, in a trail that shows tampering."""

from __future__ import annotations

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import NotAllowed
from recruitment.services import clearance, outcome_exports, releases, requests, reveals, shortlists
from recruitment.services.trail import check_trail
from recruitment.store.trail import TrailEvent
from tests.support.canaries import Withheld, apply


def openings(world, chain_id) -> list[str]:
    with world.staff_desk.sessions.reading() as session:
        events = session.scalars(
            select(TrailEvent)
            .where(TrailEvent.chain_id == chain_id, TrailEvent.event == "compartment_opened")
            .order_by(TrailEvent.number)
        )
        return [event.detail["compartment"] for event in events]


CASES = [
    (CampaignState.OPEN, "clearance", "recruiter", clearance.read_clearance),
    (CampaignState.OPEN, "requests", "recruiter", requests.read_adjustments),
    (CampaignState.LINE_SET, "requests", "recruiter", shortlists.resolve_disability_confident),
    (CampaignState.REVEALED, "identity", "shortlister_one", reveals.read_names),
    (CampaignState.TALLIED, "counts", "analyst", releases.prepare_release),
    (CampaignState.DECIDED, "identity", "recruiter", outcome_exports.export_starters),
]


@pytest.mark.parametrize(("state", "compartment", "part", "read"), CASES)
def test_each_reader_of_a_compartment_leaves_a_record(world, state, compartment, part, read):
    campaign_id = world.campaign(until=state, applications=8)
    if state is CampaignState.OPEN:
        apply(world, campaign_id, Withheld())  # somebody who asked for an adjustment
    before = openings(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        assert read(session, actor=world.actor(part), desk=world.staff_desk, campaign_id=campaign_id)
    assert openings(world, campaign_id) == [*before, compartment]


@pytest.mark.parametrize(("state", "compartment", "part", "read"), CASES)
def test_when_the_record_cannot_be_written_nothing_opens(world, state, compartment, part, read):
    campaign_id = world.campaign(until=state, applications=8)
    with world.staff_desk.sessions.writing() as session:
        session.execute(text("ALTER TABLE trail_events RENAME TO trail_events_away"))
    with pytest.raises(DBAPIError), world.staff_desk.sessions.reading() as session:
        read(session, actor=world.actor(part), desk=world.staff_desk, campaign_id=campaign_id)


def test_somebody_without_the_permission_opens_nothing_and_leaves_no_opening(world):
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=8)
    before = openings(world, campaign_id)
    for part in ("shortlister_three", "analyst", "auditor", "deputy"):
        with pytest.raises(NotAllowed), world.staff_desk.sessions.reading() as session:
            reveals.read_names(session, actor=world.actor(part), desk=world.staff_desk, campaign_id=campaign_id)
    assert openings(world, campaign_id) == before


def test_a_record_that_was_altered_shows(world):
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=8)
    with world.staff_desk.sessions.reading() as session:
        assert check_trail(session, campaign_id, world.staff_desk.vault.verifying_key) == []
    with world.staff_desk.sessions.writing() as session:
        event = session.scalars(
            select(TrailEvent)
            .where(TrailEvent.chain_id == campaign_id, TrailEvent.event == "compartment_opened")
            .limit(1)
        ).one()
        event.detail = {**event.detail, "ground": "nothing to see here"}
        number = event.number
    with world.staff_desk.sessions.reading() as session:
        problems = check_trail(session, campaign_id, world.staff_desk.vault.verifying_key)
    assert [problem.number for problem in problems] == [number]
