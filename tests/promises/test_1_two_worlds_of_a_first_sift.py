"""Promise 1 in a campaign with a first sift: whoever the candidate is, whatever they chose, and on whichever side
of its line they stand, shortlisters hear the same to the byte, before it is closed and after."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from recruitment.services import campaigns, coverage, sift
from recruitment.store.applications import SealedRecord
from tests.promises.test_1_two_worlds import ONE, OTHER, SHORTLISTERS, guess
from tests.support.canaries import Withheld, apply
from tests.support.crawler import crawl, differences, heard
from tests.support.first_sifts import act, apply_some, decide, handed_out, planned, score_queues, settle
from tests.support.world import World


def states(world: World, withheld: Withheld, *, is_cut: bool) -> Iterator[str]:
    campaign_id = planned(world)
    act(world, campaigns.open_campaign, campaign_id)
    world.clock.advance(days=1)
    apply_some(world, campaign_id, 4)
    world.application_id, world.campaign_id = apply(world, campaign_id, withheld), campaign_id
    world.clock.advance(days=15)
    decide(world, campaign_id)
    act(world, sift.open_sift, campaign_id)
    yield "first sift begun"
    score_queues(world, campaign_id, [world.application_id] if is_cut else [])
    yield "first sift scored"
    assert settle(world, campaign_id) == ((4, 1) if is_cut else (5, 0))
    assert sum(key == world.application_id for key, _ in handed_out(world, campaign_id)) == (1 if is_cut else 3)
    yield "full sift"
    score_queues(world, campaign_id)
    act(world, coverage.lock_scores, campaign_id)
    yield "locked"


def listen(world: World) -> list:
    log = []
    for part in SHORTLISTERS:
        log += guess(world, part)
        for app, client, roots in (
            (world.public_app, world.public_client(), ["/sift", "/"]),
            (world.staff_app, world.staff_client(), ["/"]),
        ):
            world.sign_in(client, part)
            log += crawl(client, roots, submit=False)
            if app is world.staff_app:
                base = f"/campaigns/{world.campaign_id}"
                for path in ("/first-sift", "/first-sift/decision", "/sift", "/ranking"):
                    with client.open(base + path) as response:
                        assert response.status_code in (403, 404)
                        log.append(heard(f"GET {base}{path}", response))
    return log


@pytest.mark.parametrize("is_cut", [True, False])
def test_a_first_sift_tells_shortlisters_nothing_of_whom_it_cuts(make_world, is_cut):
    first, second = make_world(), make_world()
    read = 0
    for one, other in zip(states(first, ONE, is_cut=is_cut), states(second, OTHER, is_cut=is_cut), strict=True):
        assert one == other
        log, theirs = listen(first), listen(second)
        assert [entry.request for entry in log] == [entry.request for entry in theirs], one
        for mine, of_other in zip(log, theirs, strict=True):
            assert differences(mine, of_other) == [], (one, mine.request)
        read += sum("/answers/" in entry.request and entry.status == 200 for entry in log)
        found = [entry for entry in log if not entry.request.endswith("guess")]
        assert [word for word in ONE.canaries if any(word in entry.body for entry in found)] == []
    assert read > 20, "the answers were there to be read"
    with first.staff_desk.sessions.reading() as session, second.staff_desk.sessions.reading() as another:
        blobs = [
            each.get(SealedRecord, (world.campaign_id, world.application_id, "requests", "opt_in")).blob
            for each, world in ((session, first), (another, second))
        ]
    assert blobs[0] != blobs[1]
