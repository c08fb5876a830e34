"""How shortlisters agree is read without telling who was near the line; borderline scores go to moderation."""

from __future__ import annotations

from dataclasses import asdict, astuple
from fractions import Fraction

import pytest
from sqlalchemy import select

from recruitment.commands.sample.scoring import agree_moderation
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, NotAllowed, TooLate, TooSoon
from recruitment.rules.scorer_agreement import Reliability
from recruitment.rules.scoring import above_line
from recruitment.services.coverage import lock_scores, read_coverage
from recruitment.services.moderation import arrange_moderation
from recruitment.services.rankings import blind_results, read_ranking
from recruitment.services.scorer_agreement import moderate_borderline, read_scorer_agreement
from recruitment.services.sift_counts import count_anew
from recruitment.store.applications import Answer, Application
from recruitment.store.campaigns import Campaign
from recruitment.store.sift import Allocation, AllocationState, Moderation, Score
from recruitment.store.trail import TrailEvent
from tests.support.agreement import SHORTLISTERS, score_all_differently
from tests.web.recruiter.test_recruiter_statements import freeze

APPLICATIONS, PLACES = 14, 5


def read(world, campaign, places=PLACES, part="recruiter"):
    with world.staff_desk.sessions.reading() as session:
        return read_scorer_agreement(session, actor=world.actor(part), campaign_id=campaign, places=places)


def send(world, campaign, places=PLACES):
    with world.staff_desk.sessions.writing() as session:
        return moderate_borderline(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign, places=places
        )


def lock(world, campaign):
    with world.staff_desk.sessions.writing() as session:
        lock_scores(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign)


def references_of(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        query = select(Application.reference).where(Application.campaign_id == campaign)
        return set(session.scalars(query))


@pytest.fixture
def sifted(world):
    """Every score is in, and none is moderated."""
    campaign = world.campaign(until=CampaignState.SIFTING, applications=APPLICATIONS)
    score_all_differently(world, campaign)
    return campaign


def test_before_the_sift_there_is_nothing_to_agree_on(world):
    with pytest.raises(TooSoon, match="once the sift is open"):
        read(world, world.campaign(until=CampaignState.OPEN))


@pytest.mark.parametrize("part", ["shortlister_one", "member", "analyst", "auditor"])
def test_only_recruiters_read_it(world, sifted, part):
    with pytest.raises(NotAllowed):
        read(world, sifted, part=part)


def test_while_scores_are_missing_no_shortlister_and_no_shortlist_is_told(world, sifted):
    with world.staff_desk.sessions.writing() as session:
        session.delete(session.scalars(select(Score).where(Score.campaign_id == sifted)).first())
    found = read(world, sifted)
    assert (found.is_complete, found.scorers, found.pairs, found.trial) == (False, (), (), None)
    assert found.overall.estimate is not None
    with pytest.raises(TooSoon, match="not scored"):
        send(world, sifted)


def test_without_any_score_the_verdict_is_too_few_to_say(world):
    found = read(world, world.campaign(until=CampaignState.SIFTING))
    assert (found.overall.verdict, found.overall.estimate) == (Reliability.TOO_FEW, None)
    assert found.criteria == ()


def test_until_the_lock_shortlisters_are_numbers_and_borderline_applications_a_count(world, sifted):
    found = read(world, sifted)
    assert [one.name for one in found.scorers] == ["Shortlister 1", "Shortlister 2", "Shortlister 3"]
    means = [one.severity.against_others.mean for one in found.scorers]
    assert means == sorted(means)
    assert {name for pair in found.pairs for name in pair.names} == {one.name for one in found.scorers}
    assert found.trial.borderline > 0
    assert found.trial.hanging == ()
    # Nothing that is returned holds a reference anywhere.
    assert not any(reference in repr(asdict(found)) for reference in references_of(world, sifted))


def test_the_figures_are_those_of_the_stored_scores(world, sifted):
    found = read(world, sifted)
    with world.staff_desk.sessions.reading() as session:
        scores = session.scalars(select(Score).where(Score.campaign_id == sifted)).all()
    assert found.overall.scores == len(scores)
    assert found.overall.units == sum(one.alpha.units for one in found.criteria)
    assert sum(one.severity.compared for one in found.scorers) == len(scores)


def test_who_reads_it_twice_reads_the_same(world, sifted):
    assert read(world, sifted) == read(world, sifted)


def test_no_number_of_interviews_below_one_is_taken(world, sifted):
    with pytest.raises(Invalid, match="1 or more"):
        read(world, sifted, places=0)
    with pytest.raises(Invalid, match="1 or more"):
        send(world, sifted, places=-1)


def test_the_differing_scores_of_borderline_applications_go_to_moderation_and_no_others(world, sifted):
    trial = read(world, sifted).trial
    assert send(world, sifted) == trial.to_moderate > 0
    with world.staff_desk.sessions.reading() as session:
        sent = session.execute(
            select(Answer.application_id, Answer.id, Moderation.criterion_id)
            .join(Answer, Answer.id == Moderation.answer_id)
            .where(Moderation.campaign_id == sifted)
        ).all()
        assert len({application for application, _, _ in sent}) <= trial.borderline
        for _, answer, criterion in sent:
            given = session.scalars(
                select(Score.value)
                .join(Allocation, Allocation.id == Score.allocation_id)
                .where(Allocation.answer_id == answer, Score.criterion_id == criterion)
            ).all()
            assert len(set(given)) > 1
        event = session.scalars(
            select(TrailEvent).where(TrailEvent.event == "borderline_moderation_arranged")
        ).one()
    assert event.detail == {"answers": trial.to_moderate, "places": PLACES}
    assert read(world, sifted).trial.to_moderate == 0
    assert send(world, sifted) == 0


def test_what_was_sent_holds_the_lock_until_it_is_agreed(world, sifted):
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    sent = send(world, sifted)
    with desk.sessions.writing() as session:
        arrange_moderation(session, actor=recruiter, desk=desk, campaign_id=sifted)
    with desk.sessions.reading() as session:
        assert read_coverage(session, actor=recruiter, campaign_id=sifted).in_moderation >= sent
    with pytest.raises(TooSoon, match="not agreed yet"):
        lock(world, sifted)
    agree_moderation(desk, sifted, [world.actor(part) for part in SHORTLISTERS])
    lock(world, sifted)
    with pytest.raises(TooLate, match="arrange moderation"):
        send(world, sifted)


@pytest.fixture
def scored(world):
    return world.campaign(until=CampaignState.SCORED, applications=APPLICATIONS)


def test_once_locked_shortlisters_have_names_and_borderline_applications_references(world, scored):
    known = references_of(world, scored)
    found = [read(world, scored, places=places) for places in range(1, APPLICATIONS)]
    assert {one.name for one in found[0].scorers} == {"Dev Patel", "Marcus Bell", "Siân Hughes"}
    assert any(one.trial.hanging for one in found)
    names = {scorer.name for scorer in found[0].scorers}
    for one in found:
        assert len(one.trial.hanging) == one.trial.borderline
        assert {place.reference for place in one.trial.hanging} <= known
        assert sum(bool(place.left_out) for place in one.trial.hanging) == one.trial.changed_by_leaving_out
        assert all(set(place.left_out + place.levelled) <= names for place in one.trial.hanging)


def test_the_places_that_hang_on_a_shortlister_are_those_of_the_ranking(world, scored):
    with world.staff_desk.sessions.reading() as session:
        entries = read_ranking(session, actor=world.actor("recruiter"), campaign_id=scored).entries
    totals = {entry.reference: entry.total for entry in entries}
    able = [entry.total for entry in entries if entry.meets_minimum]
    for places in range(1, len(able)):
        for one in read(world, scored, places=places).trial.hanging:
            assert one.place == 1 + sum(total > totals[one.reference] for total in totals.values())
            entry = next(entry for entry in entries if entry.reference == one.reference)
            assert one.is_shortlisted == (entry.meets_minimum and entry.total >= able[places - 1])
            assert one.left_out or one.levelled


def test_the_trial_starts_from_the_shortlist_that_the_ranking_gives(world, scored):
    with world.staff_desk.sessions.reading() as session:
        ranking = read_ranking(session, actor=world.actor("recruiter"), campaign_id=scored)
    able = [entry.total for entry in ranking.entries if entry.meets_minimum]
    for places in range(1, APPLICATIONS + 3):
        line = able[min(places, len(able)) - 1]
        assert read(world, scored, places).trial.shortlisted == sum(total >= line for total in able)


def test_a_line_that_is_set_says_how_many_whatever_is_asked(world):
    campaign = world.campaign(until=CampaignState.LINE_SET, applications=APPLICATIONS)
    found = read(world, campaign, places=1)
    with world.staff_desk.sessions.reading() as session:
        line = Fraction(session.get_one(Campaign, campaign).interview_line)
        above = above_line(blind_results(session, campaign).values(), line)
    assert len(above) == found.line_places == found.trial.places == found.trial.shortlisted > 1


def test_once_the_shortlist_is_frozen_nothing_tells_who_was_near(world, scored):
    freeze(world, scored)
    found = read(world, scored)
    assert (found.trial, found.can_be_tried) == (None, False)
    assert len(found.scorers) == len(SHORTLISTERS)
    assert not any(reference in repr(astuple(found)) for reference in references_of(world, scored))


def test_a_withdrawn_application_counts_no_more(world, scored):
    before = read(world, scored)
    with world.staff_desk.sessions.writing() as session:
        left = session.scalars(select(Application).where(Application.campaign_id == scored)).first()
        left.withdrawn_at = world.clock.now
        leaving = left.id
    with world.staff_desk.sessions.reading() as session:
        assert leaving not in blind_results(session, scored)
    assert read(world, scored).overall.units == before.overall.units - len(before.criteria)


def test_all_is_in_when_coverage_says_so(world, sifted):
    """Through a recusal that nobody takes over, and a score that is missing."""
    desk, recruiter = world.staff_desk, world.actor("recruiter")

    def are_alike():
        with desk.sessions.reading() as session:
            covered = read_coverage(session, actor=recruiter, campaign_id=sifted).is_complete
        assert read(world, sifted).is_complete == covered
        return covered

    assert are_alike()
    with desk.sessions.writing() as session:
        one = session.scalars(select(Allocation).where(Allocation.campaign_id == sifted)).first()
        one.state = AllocationState.RECUSED
        handle = one.id
        count_anew(session, sifted)
    assert not are_alike()
    with desk.sessions.writing() as session:
        session.get_one(Allocation, (sifted, handle)).state = AllocationState.OPEN
        session.delete(session.scalars(select(Score).where(Score.campaign_id == sifted)).first())
        count_anew(session, sifted)
    assert not are_alike()
