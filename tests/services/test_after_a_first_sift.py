"""What comes after a first sift: ranking, opt-ins, agreement, the funnel, letters, evidence, papers."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.counts_format import counts_from_json
from recruitment.rules.errors import Invalid, TooSoon
from recruitment.rules.funnel import FunnelStage
from recruitment.rules.funnel_reports import steps_of
from recruitment.rules.letters import LetterKind
from recruitment.services import coverage, rankings
from recruitment.services.application_papers import own_papers, staff_papers
from recruitment.services.closings import close_without_appointment
from recruitment.services.erasures import erase_application
from recruitment.services.evidence import gather_evidence
from recruitment.services.evidence_packs import prepare_pack, verify_pack
from recruitment.services.late_applications import hand_out_late
from recruitment.services.letter_facts import letter_facts
from recruitment.services.letters import due_letters
from recruitment.services.openings import record_opening
from recruitment.services.quality_checklists import read_quality_checklist
from recruitment.services.releases import prepare_release, read_release, release_funnel
from recruitment.services.scorer_agreement import moderate_borderline, read_scorer_agreement
from recruitment.services.second_looks import read_second_look
from recruitment.services.tallies import tally_campaign
from recruitment.store.applications import Application, StageEvent
from recruitment.store.campaigns import Campaign
from recruitment.store.first_sifts import FirstSiftResult
from recruitment.store.releases import Tally
from recruitment.store.second_looks import SecondLook
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.counts import open_counts
from tests.support.canaries import Withheld, apply
from tests.support.first_sifts import (
    LEAD,
    LEAD_QUESTION,
    act,
    applications_of,
    begun,
    frozen,
    handed_out,
    locked,
    revealed,
    score_queues,
    settle,
    settled,
)


def test_whoever_was_cut_is_in_no_ranking_and_the_shortlist_is_that_of_a_full_sift(world):
    """The same applications and the same scores, with a first sift and without one."""
    shortlisted, totals = [], []
    for is_held in (True, False):
        campaign_id = begun(world, is_held=is_held)
        low = applications_of(world, campaign_id)[:3]
        weak = applications_of(world, campaign_id)[3:5]
        score_queues(world, campaign_id, low)
        if is_held:
            settle(world, campaign_id)
            score_queues(world, campaign_id, weak, low_on="Services for everybody")
        act(world, coverage.lock_scores, campaign_id)
        with world.staff_desk.sessions.reading() as session:
            found = rankings.read_ranking(session, actor=world.actor("recruiter"), campaign_id=campaign_id)
            names = {row.id: row.reference for row in session.scalars(select(Application))}
        if is_held:
            assert found.cut == tuple(sorted(names[key] for key in low))
            assert {one.reference for one in found.entries}.isdisjoint(found.cut)
        else:
            assert not found.cut
        totals.append(len(found.entries))
        frozen(world, campaign_id)
        with world.staff_desk.sessions.reading() as session:
            events = session.execute(
                select(StageEvent.application_id, StageEvent.kind).where(
                    StageEvent.campaign_id == campaign_id, StageEvent.kind != "submitted"
                )
            ).all()
        places = {key: place for place, key in enumerate(applications_of(world, campaign_id))}
        kinds = {places[key]: kind for key, kind in events}
        assert {kinds[place] for place in (0, 1, 2)} == {"not_past_first_sift" if is_held else "not_shortlisted"}
        shortlisted.append({place for place, kind in kinds.items() if kind == "shortlisted"})
    assert totals == [5, 8]
    assert shortlisted[0] == {5, 6, 7} and shortlisted[1] == {3, 4, 5, 6, 7}


def test_an_opt_in_below_the_minimum_is_no_different_from_anybody_and_one_at_it_goes_on(world):
    """Blind: the opt-ins stay sealed until the interview line, and the line of a first sift is the minimum."""
    campaign_id = begun(world)
    chosen = apply(world, campaign_id, Withheld(opt_in=True))
    with world.staff_desk.sessions.writing() as session:
        campaign = session.get_one(Campaign, campaign_id)
        hand_out_late(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign=campaign,
            application_id=chosen,
        )  # fmt: skip
    assert {number for key, number in handed_out(world, campaign_id) if key == chosen} == {LEAD_QUESTION}
    score_queues(world, campaign_id, value=4)
    assert settle(world, campaign_id) == (9, 0)
    score_queues(world, campaign_id, value=4)
    act(world, coverage.lock_scores, campaign_id)
    with pytest.raises(Invalid, match="Nobody who meets every minimum"):
        frozen(world, campaign_id, line=13)
    frozen(world, campaign_id, line=12)
    with world.staff_desk.sessions.reading() as session:
        assert session.get(StageEvent, (campaign_id, chosen, "shortlisted"))


def test_nobody_past_it_leaves_a_campaign_that_can_be_closed(world):
    campaign_id = begun(world, 3)
    score_queues(world, campaign_id, applications_of(world, campaign_id))
    assert settle(world, campaign_id) == (0, 3)
    act(world, coverage.lock_scores, campaign_id)
    act(world, close_without_appointment, campaign_id, reason="Nobody reached the minimum.")
    with world.staff_desk.sessions.reading() as session:
        kinds = session.scalars(
            select(StageEvent.kind).where(StageEvent.campaign_id == campaign_id, StageEvent.kind != "submitted")
        ).all()
    assert kinds == ["not_past_first_sift"] * 3


def test_agreement_is_read_but_no_shortlist_is_tried_before_the_full_sift(world):
    campaign_id = begun(world)
    score_queues(world, campaign_id)
    asked = {"actor": world.actor("recruiter"), "campaign_id": campaign_id}
    with world.staff_desk.sessions.reading() as session:
        found = read_scorer_agreement(session, **asked, places=2)
    assert found.is_complete and found.in_first_sift and not found.can_be_tried and found.trial is None
    with pytest.raises(TooSoon, match="first sift is under way"):
        act(world, moderate_borderline, campaign_id, places=2)
    settle(world, campaign_id)
    score_queues(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        found = read_scorer_agreement(session, **asked, places=2)
    assert found.can_be_tried and found.trial.shortlisted == 8, "all tie"


def test_those_cut_stand_in_no_trial_and_their_scores_are_not_moderated_again(world):
    campaign_id, _ = settled(world)
    score_queues(world, campaign_id)
    with world.staff_desk.sessions.reading() as session:
        found = read_scorer_agreement(session, actor=world.actor("recruiter"), campaign_id=campaign_id, places=20)
    assert found.trial.shortlisted == 5
    assert act(world, moderate_borderline, campaign_id, places=3) == 0


def test_the_second_look_takes_only_texts_that_somebody_reads(world):
    campaign_id = begun(world)
    desk, clearer = world.staff_desk, world.actor("member")
    with desk.sessions.reading() as session:
        drawn = len(session.scalars(select(SecondLook)).all())
        page = read_second_look(session, actor=clearer, desk=desk, campaign_id=campaign_id)
    assert 0 < page.drawn < drawn
    low = applications_of(world, campaign_id)[:3]
    score_queues(world, campaign_id, low)
    settle(world, campaign_id)
    with desk.sessions.reading() as session:
        after = read_second_look(session, actor=clearer, desk=desk, campaign_id=campaign_id)
    assert page.drawn < after.drawn <= drawn


def test_the_funnel_has_the_first_sift_as_a_stage_of_its_own(world):
    campaign_id, _ = locked(world)
    frozen(world, campaign_id)
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).state = CampaignState.DECIDED
    tally_campaign(desk, campaign_id)
    receipt = record_opening(
        desk, actor=world.actor("analyst"), compartment=Compartment.COUNTS, scope_id=world.organisation_id,
        records=[campaign_id], ground="test",
    )  # fmt: skip
    with desk.sessions.reading() as session:
        blob = session.get_one(Tally, campaign_id).blob
    counts = counts_from_json(open_counts(desk.vault, receipt, campaign_id, blob))
    assert counts.stages[:3] == (FunnelStage.SUBMITTED, FunnelStage.FIRST_SIFTED, FunnelStage.SIFTED)
    assert (counts.total(FunnelStage.FIRST_SIFTED), counts.total(FunnelStage.SIFTED)) == (8, 5)
    women = [counts.count("sex", "female", stage) for stage in counts.stages[:3]]
    assert women[0] == women[1] >= women[2], "and so for each answer"


def test_what_is_published_has_it_as_a_stage(world):
    campaign_id, _ = locked(world, cut=10, applications=24)
    frozen(world, campaign_id)
    desk, analyst = world.staff_desk, world.actor("analyst")
    with desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).state = CampaignState.DECIDED
    tally_campaign(desk, campaign_id)
    with desk.sessions.reading() as session:
        ready = prepare_release(session, actor=analyst, desk=desk, campaign_id=campaign_id)
    with desk.sessions.writing() as session:
        release_funnel(session, actor=analyst, desk=desk, prepared=ready)
    with desk.sessions.reading() as session:
        table = read_release(session, actor=analyst, campaign_id=campaign_id).tables[0]
    assert table.stages[:3] == ("submitted", "first sift", "sifted")
    assert [figure.shown for figure in table.total[:2]] == [25, 25], "rounded to the nearest five"
    assert ("first sift", "sifted") in steps_of(table.stages)
    client = world.staff_client()
    world.sign_in(client, "analyst")
    page = client.get(f"/campaigns/{campaign_id}/release").text
    assert "First sift" in page and "first sift,sifted" in client.get(f"/campaigns/{campaign_id}/release.csv").text


def test_whoever_was_cut_gets_a_letter_with_their_own_score_and_its_reason(world):
    campaign_id, low = locked(world)
    frozen(world, campaign_id)
    revealed(world, campaign_id)
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        due, _ = due_letters(session, session.get_one(Campaign, campaign_id))
        assert {key for key, kind in due.items() if kind is LetterKind.NOT_PAST_FIRST_SIFT} == set(low)
        facts = letter_facts(session, desk, campaign_id, due, "https://jobs.example/ask")
    (score,) = facts[low[0]].sift
    assert (score.criterion, score.value, score.reasons) == (LEAD, 3, ("No example of weighing anything.",))


def test_the_evidence_holds_it_and_the_checklist_answers_itself(world):
    campaign_id, low = locked(world)
    frozen(world, campaign_id)
    revealed(world, campaign_id)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Campaign, campaign_id).state = CampaignState.DECIDED
    with world.staff_desk.sessions.reading() as session:
        told = gather_evidence(session, session.get_one(Campaign, campaign_id), at=world.clock.now)
        lines = read_quality_checklist(session, actor=world.actor("recruiter"), campaign_id=campaign_id).lines
        names = {row.id: row.reference for row in session.scalars(select(Application))}
    assert told.rules["first sift"] == {"criterion": LEAD, "line": 4, "held": True, "reason": "212 applied."}
    assert {row[0] for row in told.first_sift[1:] if row[1] == "below the minimum"} == {names[key] for key in low}
    assert {row[0] for row in told.sift_scores} >= {names[key] for key in low}
    with world.staff_desk.sessions.reading() as session:
        asked = {"actor": world.actor("recruiter"), "desk": world.staff_desk, "campaign_id": campaign_id}
        pack = prepare_pack(session, **asked, report=lambda found: found.title)
    checked = verify_pack(pack.content)
    assert "first-sift.csv" in checked.files and not checked.problems
    found = {line.item.key: line.found.standing for line in lines if line.found}
    first = {key: str(standing) for key, standing in found.items() if key.startswith("first_sift")}
    assert first == dict.fromkeys(("first_sift_advert", "first_sift_minimum", "first_sift_scorers"), "met")
    assert str(found["two_scorers"]) == "met", "answers that were never to be scored lack nobody"


def test_papers_tell_it_and_an_erased_application_leaves_nothing_of_it(world):
    campaign_id, low = settled(world)
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        papers = staff_papers(session, desk, campaign_id, low[0])
        own = [own_papers(session, desk, campaign_id, low[0], are_outcomes_final=final) for final in (False, True)]
    assert papers["The first sift"][0].endswith("below the minimum")
    assert ["The first sift" in one for one in own] == [False, True]
    with desk.sessions.writing() as session:
        application = session.get_one(Application, (campaign_id, low[0]))
        erase_application(session, actor=world.actor("recruiter"), desk=desk, application=application)
    with desk.sessions.reading() as session:
        assert session.get(FirstSiftResult, (campaign_id, low[0])) is None
