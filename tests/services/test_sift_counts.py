"""What a sift's pages show is what its scores say, whatever anybody does in between."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, update

from recruitment.rules.actors import Actor
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.sift_counts import Counted
from recruitment.services import rankings, scores, sift
from recruitment.services.coverage import lock_scores, read_coverage
from recruitment.services.moderation_lists import Heading, list_moderation, read_moderation
from recruitment.services.queues import count_own_moderation, find_next
from recruitment.services.shortlists import freeze_shortlist, resolve_disability_confident
from recruitment.services.sift_counts import find_miscounted, read_sums
from recruitment.services.sift_pace import find_where_stopped, read_own_measure
from recruitment.store.sift import BlindTotal, Score, SiftCount
from tests.support.sift_drama import ACTS, SHORTLISTERS, Drama
from tests.support.sift_reckoning import Reckoning, reckon_ranking
from tests.support.world import World


@pytest.fixture
def campaign(world: World) -> UUID:
    return world.campaign(until=CampaignState.SIFTING, applications=6)


def compare(world: World, campaign_id: UUID) -> None:
    """What the services read, beside what is reckoned from every row."""
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    with desk.sessions.reading() as session:
        truth = Reckoning(session, campaign_id)
        assert read_coverage(session, actor=recruiter, campaign_id=campaign_id) == truth.coverage()
        assert find_miscounted(session) == []
        for part in SHORTLISTERS:
            compare_own(session, world.actor(part), campaign_id, truth)


def compare_own(session: Any, actor: Actor, campaign_id: UUID, truth: Reckoning) -> None:
    whose = {"actor": actor, "campaign_id": campaign_id}
    expected = truth.queue(actor.id)
    pages = [sift.read_queue(session, **whose, page=page, per_page=7) for page in range(1, len(expected) // 7 + 2)]
    found = [(item.handle, item.question_number, item.is_scored) for page in pages for item in page.items]
    assert found == expected
    assert [item.place for page in pages for item in page.items] == list(range(1, len(expected) + 1))
    queue = pages[0]
    assert (queue.total, queue.scored) == (len(expected), sum(done for _, _, done in expected))
    left = [handle for handle, _, done in expected if not done]
    assert queue.next_open == (left[0] if left else None)
    assert count_own_moderation(session, **whose) == truth.to_agree(actor.id)
    compare_moderation(session, whose)
    measure = read_own_measure(session, **whose, left=9)
    assert measure.time_left == truth.time_left(actor.id, 9)
    assert [(one.question_number, one.criterion, one.drift) for one in measure.drifts] == truth.drifts(actor.id)
    last = truth.last_scored(actor.id)
    expected_next = find_next(session, **whose, after=last, or_itself=True)
    assert find_where_stopped(session, **whose) == expected_next
    if last is not None:
        handles = [handle for handle, _, _ in expected]
        behind = [handle for handle in left if handles.index(handle) >= handles.index(last)]
        assert expected_next == next(iter(behind + left), None)


def compare_moderation(session: Any, whose: Any) -> None:
    """The kept totals of the pages of moderation, beside all of the cases."""
    cases = list_moderation(session, **whose)
    totals = {page.heading: page.total for page in read_moderation(session, **whose).pages}
    assert totals == Counter(
        Heading.AGREED if case.is_agreed else Heading.WAITING if case.waits_for_me else Heading.OTHERS
        for case in cases
    )


@pytest.mark.parametrize("seed", range(3))
def test_counts_are_those_of_the_scores_after_any_acts(world: World, campaign: UUID, seed: int) -> None:
    drama = Drama(world, campaign, seed)
    compare(world, campaign)
    for _ in range(30):
        drama.act("they_score")
    for _ in range(20):
        drama.act("they_undo")
    compare(world, campaign)
    drama.score_what_is_left()
    compare(world, campaign)
    for name in ACTS:
        drama.act(name)
        compare(world, campaign)
    assert set(drama.done) == set(ACTS)
    for _ in range(8):
        for _ in range(15):
            drama.act_by_lot()
        compare(world, campaign)
    drama.finish()
    compare(world, campaign)
    assert ranking_kept(world, campaign) == []
    drama.write(lock_scores)
    compare_ranking(world, campaign)
    drama.least = 1
    for withdrawing in (drama.they_withdraw, drama.they_are_erased):
        withdrawing()
        compare_ranking(world, campaign)


def ranking_kept(world: World, campaign_id: UUID) -> list[BlindTotal]:
    with world.staff_desk.sessions.reading() as session:
        return list(session.scalars(select(BlindTotal).where(BlindTotal.campaign_id == campaign_id)))


def compare_ranking(world: World, campaign_id: UUID) -> None:
    asked: dict[str, Any] = {"actor": world.actor("recruiter"), "campaign_id": campaign_id}
    with world.staff_desk.sessions.reading() as session:
        expected, found, after = reckon_ranking(session, campaign_id), [], ""
        while True:
            page = rankings.read_ranking(session, **asked, after=after, per_page=2)
            assert page.is_first == (not after)
            found += [astuple(entry) for entry in page.entries]
            if not (after := page.next):
                break
        assert found == expected
        for line in {total for _, total, _, _ in expected} | {Fraction(0), Fraction(1, 7), Fraction(10**30)}:
            reaching = [(total, is_able) for _, total, is_able, _ in expected if total >= line]
            above = [total for total, is_able in reaching if is_able]
            tied = above.count(min(above)) if above else 0
            tried = rankings.try_line(session, **asked, line=line)
            assert astuple(tried)[1:] == (len(expected), len(above), len(reaching) - len(above), tied)


def test_the_ranking_is_there_from_the_lock_to_the_freeze_and_no_longer(world: World) -> None:
    campaign_id = world.campaign(until=CampaignState.LINE_SET, applications=12)
    assert len(ranking_kept(world, campaign_id)) == 12
    compare_ranking(world, campaign_id)
    asked: dict[str, Any] = {"actor": world.actor("recruiter"), "desk": world.staff_desk}
    with world.staff_desk.sessions.reading() as session:
        resolution = resolve_disability_confident(session, **asked, campaign_id=campaign_id)
    with world.staff_desk.sessions.writing() as session:
        freeze_shortlist(session, **asked, resolution=resolution)
    assert ranking_kept(world, campaign_id) == []


def test_a_count_that_is_not_that_of_the_scores_is_told_and_put_right_by_the_next_count(
    world: World, campaign: UUID
) -> None:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        session.execute(
            update(SiftCount).where(SiftCount.counted == "answers").values(number=SiftCount.number + 1)
        )
    with desk.sessions.reading() as session:
        (title,) = find_miscounted(session)
        assert title == "Casework officer"
    Drama(world, campaign, 1).they_fill_places()
    compare(world, campaign)


def test_shortlisters_who_save_at_once_are_all_counted(world: World, campaign: UUID) -> None:
    desk = world.public_desk

    def score_all(part: str) -> None:
        whose = {"actor": world.actor(part), "campaign_id": campaign}
        with desk.sessions.reading() as session:
            items = sift.read_queue(session, **whose, per_page=500).items
        for item in items:
            with desk.sessions.reading() as session:
                answer = sift.read_answer(session, **whose, desk=desk, handle=item.handle)
            for criterion in answer.criteria:
                with desk.sessions.writing() as session:
                    asked = {**whose, "desk": desk, "handle": item.handle, "criterion_id": criterion.id}
                    scores.score_answer(session, **asked, value=4 + len(part) % 2)

    with ThreadPoolExecutor(len(SHORTLISTERS)) as pool:
        list(pool.map(score_all, SHORTLISTERS))
    compare(world, campaign)
    with desk.sessions.reading() as session:
        given = session.scalar(select(func.count()).select_from(Score))
        kept = read_sums(session, [campaign])
    assert given == kept[campaign, Counted.SCORES_GIVEN] == kept[campaign, Counted.SCORES_WANTED] > 0
