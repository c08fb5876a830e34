"""What a queue counts as scored is kept with each answer, and follows every score and every undo."""

from __future__ import annotations

from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.queues import has_every_score
from recruitment.services.sift import open_sift
from recruitment.store.sift import Allocation


def kept_and_found(world, campaign_id):
    """Allocation → what is kept of it, and what its scores say."""
    with world.public_desk.sessions.reading() as session:
        rows = session.execute(
            select(Allocation.id, Allocation.is_complete, has_every_score()).where(
                Allocation.campaign_id == campaign_id
            )
        )
        return {handle: (kept, bool(found)) for handle, kept, found in rows}


def test_an_answer_is_complete_with_its_last_criterion_and_no_longer_after_an_undo(
    world, arrive, several_criteria
):
    campaign_id = world.campaign(until=CampaignState.OPEN, applications=4)
    several_criteria(campaign_id)
    world.clock.advance(days=20)
    with world.staff_desk.sessions.writing() as session:
        open_sift(session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign_id)
    me = arrive("shortlister_one", campaign_id)
    first, second = me.handles()[:2]
    criteria = me.answer(first).criteria
    assert len(criteria) > 1
    for number in range(len(criteria)):
        assert kept_and_found(world, campaign_id)[first] == (False, False)
        me.score(first, 5, criterion=number)
    assert kept_and_found(world, campaign_id)[first] == (True, True)
    assert me.queue().scored == 1
    assert me.client.get(f"{me.base}/next").location.endswith(str(second))
    me.score(first, 6)
    me.client.post(me.path(first), data={f"undo-{criteria[0].id}": "1"})
    assert kept_and_found(world, campaign_id)[first] == (True, True), "the score before stands again"
    me.client.post(me.path(first), data={f"undo-{criteria[1].id}": "1"})
    found = kept_and_found(world, campaign_id)
    assert found[first] == (False, False) and me.queue().scored == 0
    assert {kept for kept, _ in found.values()} == {seen for _, seen in found.values()} == {False}
