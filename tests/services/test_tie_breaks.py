"""Tie-breaks: offered late, filled in by a person, sealed, and opened only on the record."""

from __future__ import annotations

import inspect
from collections import defaultdict
from dataclasses import replace
from random import Random

import grimp
import pytest
from sqlalchemy import select

from recruitment.commands.sample.scoring import score_interviews
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, NotFound, TooLate, TooSoon
from recruitment.rules.tie_breaks import TieBreakStanding
from recruitment.services import tie_breaks
from recruitment.services.interview_results import interview_criteria
from recruitment.services.outcomes import read_merit
from recruitment.services.trail import list_events
from recruitment.store.interviews import InterviewScore
from recruitment.store.keys import CompartmentKey, WrappedPrivateKey
from recruitment.store.tie_breaks import TieBreak
from tests.rules.test_tie_breaks import RECORD

PANEL = ("shortlister_one", "shortlister_two", "member")


class Chair:
    """The panel chair of one campaign whose interviews are scored, everybody alike."""

    def __init__(self, world, campaign):
        self.world, self.desk, self.campaign = world, world.staff_desk, campaign
        self.actor = world.actor("shortlister_one")

    def do(self, act, actor=None, **options):
        with self.desk.sessions.writing() as session:
            return act(
                session, actor=actor or self.actor, desk=self.desk, campaign_id=self.campaign, **options
            )  # fmt: skip

    def standing(self):
        with self.desk.sessions.reading() as session:
            return tie_breaks.tie_break_standing(session, self.campaign)

    def record(self, **changes):
        with self.desk.sessions.reading() as session:
            merit = read_merit(session, actor=self.actor, campaign_id=self.campaign)
            criteria = {row.id: "" for row in interview_criteria(session, self.campaign)}
        first, second, *_ = [one.application_id for one in merit]
        return replace(RECORD, preferred=first, others=(second,), criteria=criteria, advised_on=RECORD.evidence_on,
                       **changes)  # fmt: skip

    def read(self, tie_break_id, actor=None):
        with self.desk.sessions.reading() as session:
            return tie_breaks.read_tie_break(
                session, actor=actor or self.actor, desk=self.desk, campaign_id=self.campaign,
                tie_break_id=tie_break_id,
            )  # fmt: skip


def make_chair(world, *, scored=True):
    campaign = world.campaign(until=CampaignState.REVEALED, applications=12)
    if scored:
        panel = [world.actor(part) for part in PANEL]
        score_interviews(world.staff_desk, campaign, panel, defaultdict(lambda: 0.8), Random(3))
        with world.staff_desk.sessions.writing() as session:
            for row in session.scalars(select(InterviewScore).where(InterviewScore.campaign_id == campaign)):
                row.value = 5
    return Chair(world, campaign)


@pytest.fixture
def chair(world):
    return make_chair(world)


def test_a_record_is_not_offered_until_every_interview_score_is_in(world):
    chair = make_chair(world, scored=False)
    with pytest.raises(TooSoon, match="Not every panel member has scored"):
        chair.do(tie_breaks.begin_tie_break)
    assert chair.standing() is TieBreakStanding.NONE


def test_the_page_offers_a_record_only_while_scores_are_locked_and_outcomes_open(world):
    def is_offered(chair):
        with chair.desk.sessions.reading() as session:
            return tie_breaks.list_tie_breaks(session, actor=chair.actor, campaign_id=chair.campaign).is_offered

    assert not is_offered(make_chair(world, scored=False))
    assert is_offered(make_chair(world))
    decided = world.campaign(until=CampaignState.DECIDED, applications=12, title="Another")
    assert not is_offered(Chair(world, decided))


def test_a_begun_record_is_incomplete_until_it_is_whole_or_dropped(chair):
    begun = chair.do(tie_breaks.begin_tie_break)
    assert chair.standing() is TieBreakStanding.INCOMPLETE
    with pytest.raises(Invalid, match="proportionate"):
        chair.do(tie_breaks.complete_tie_break, tie_break_id=begun, record=chair.record(proportionality=""))
    assert chair.standing() is TieBreakStanding.INCOMPLETE
    chair.do(tie_breaks.complete_tie_break, tie_break_id=begun, record=chair.record())
    assert chair.standing() is TieBreakStanding.COMPLETE
    another = chair.do(tie_breaks.begin_tie_break)
    assert chair.standing() is TieBreakStanding.INCOMPLETE
    chair.do(tie_breaks.drop_tie_break, tie_break_id=another, reason="The totals were corrected.")
    assert chair.standing() is TieBreakStanding.COMPLETE


def test_a_dropped_record_alone_is_none(chair):
    begun = chair.do(tie_breaks.begin_tie_break)
    with pytest.raises(Invalid, match="Say why"):
        chair.do(tie_breaks.drop_tie_break, tie_break_id=begun, reason="")
    chair.do(tie_breaks.drop_tie_break, tie_break_id=begun, reason="Nobody is tied.")
    assert chair.standing() is TieBreakStanding.NONE


def test_a_complete_record_cannot_change(chair):
    begun = chair.do(tie_breaks.begin_tie_break)
    chair.do(tie_breaks.complete_tie_break, tie_break_id=begun, record=chair.record())
    with pytest.raises(TooLate):
        chair.do(tie_breaks.complete_tie_break, tie_break_id=begun, record=chair.record(adviser="Another"))
    with pytest.raises(TooLate):
        chair.do(tie_breaks.drop_tie_break, tie_break_id=begun, reason="No.")


def test_what_is_told_of_people_is_sealed_and_each_opening_is_recorded_first(chair):
    begun, record = chair.do(tie_breaks.begin_tie_break), chair.record()
    chair.do(tie_breaks.complete_tie_break, tie_break_id=begun, record=record)
    with chair.desk.sessions.reading() as session:
        row = session.get_one(TieBreak, (chair.campaign, begun))
        held = [str(value) for name, value in vars(row).items() if not name.startswith("_")]
        assert record.evidence.encode() not in row.sealed
        assert not any(record.preferred.hex in value or "disability" in value for value in held)
    assert chair.read(begun) == record
    with chair.desk.sessions.reading() as session:
        events = list_events(session, chair.campaign, limit=1000)
        opened = [row.detail for row in events if row.event == "compartment_opened"]
        assert opened[-1]["compartment"] == "tie_break"
        assert opened[-1]["records"] == [begun.hex]
        assert not any(record.evidence in str(row.detail) or "disab" in str(row.detail) for row in events)


@pytest.mark.parametrize("part", ["shortlister_two", "member", "recruiter", "auditor", "analyst"])
def test_nobody_but_the_chair_begins_fills_in_or_opens_a_record(chair, part):
    other = chair.world.actor(part)
    begun, record = chair.do(tie_breaks.begin_tie_break), chair.record()
    asked = {"actor": other, "tie_break_id": begun}
    with pytest.raises(NotAllowed):
        chair.do(tie_breaks.begin_tie_break, actor=other)
    with pytest.raises(NotAllowed):
        chair.do(tie_breaks.complete_tie_break, **asked, record=record)
    chair.do(tie_breaks.complete_tie_break, tie_break_id=begun, record=record)
    with pytest.raises(NotAllowed):
        chair.read(begun, other)
    with chair.desk.sessions.reading() as session, pytest.raises(NotAllowed):
        tie_breaks.list_tie_breaks(session, actor=other, campaign_id=chair.campaign)


def test_an_empty_record_cannot_be_opened(chair):
    begun = chair.do(tie_breaks.begin_tie_break)
    with pytest.raises(TooSoon):
        chair.read(begun)
    with pytest.raises(NotFound):
        chair.read(chair.campaign)


def test_a_campaign_made_before_there_were_tie_breaks_gets_a_compartment_for_its_first_one(chair):
    with chair.desk.sessions.writing() as session, chair.desk.vault.key_store.writing() as store:
        session.delete(session.get_one(CompartmentKey, (chair.campaign, "tie_break")))
        store.delete(store.get_one(WrappedPrivateKey, (chair.campaign, "tie_break")))
    begun, record = chair.do(tie_breaks.begin_tie_break), chair.record()
    chair.do(tie_breaks.complete_tie_break, tie_break_id=begun, record=record)
    assert chair.read(begun) == record


def test_no_chain_of_imports_leads_from_a_tie_break_to_equality_answers_and_nobody_is_proposed():
    graph = grimp.build_graph("recruitment")
    known = ("recruitment.store.equality", "recruitment.vault.opening.equality",
             "recruitment.services.equality_answers", "recruitment.services.tallies")  # fmt: skip
    for module in (
        "recruitment.rules.tie_breaks",
        "recruitment.services.tie_breaks",
        "recruitment.web.panel.tie_breaks",
    ):
        for knower in known:
            chain = graph.find_shortest_chain(module, knower)
            assert chain is None or "recruitment.store" in chain, chain
    # Whom it is for comes from a person alone: no function makes a record, one gives back what was sealed.
    makers = [
        name
        for name, function in inspect.getmembers(tie_breaks, inspect.isfunction)
        if function.__annotations__.get("return") == "TieBreakRecord"
        and function.__module__ == tie_breaks.__name__
    ]
    assert makers == ["read_tie_break"]
