import html

import pytest
from sqlalchemy import event, func, select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.rankings import blind_results
from recruitment.services.reveals import read_names
from recruitment.store.trail import TrailEvent


@pytest.fixture
def revealed(world):
    return world.campaign(until=CampaignState.REVEALED, applications=12)


def _client(world, part):
    client = world.staff_client()
    world.sign_in(client, part)
    return client


def _names(world, campaign_id):
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        actor = world.actor("shortlister_one")
        return [one.name for one in read_names(session, actor=actor, desk=desk, campaign_id=campaign_id)]


def _openings(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return session.scalar(
            select(func.count())
            .select_from(TrailEvent)
            .where(TrailEvent.chain_id == campaign_id, TrailEvent.event == "compartment_opened")
        )


def _statements(world, act):
    seen = []
    engine = world.staff_desk.sessions.engine
    event.listen(engine, "before_cursor_execute", lambda *args: seen.append(args[2]))
    act()
    return len(seen)


def test_names_are_shown_in_alphabetical_order_and_the_opening_is_recorded(world, revealed):
    names = _names(world, revealed)
    client = _client(world, "member")
    before = _openings(world, revealed)

    page = html.unescape(client.post(f"/campaigns/{revealed}/interviews/names").text)

    assert len(names) >= 2
    assert [page.index(name) for name in names] == sorted(page.index(name) for name in names)
    assert names == sorted(names, key=str.casefold)
    assert _openings(world, revealed) == before + 1


def test_the_panel_page_itself_opens_nothing(world, revealed):
    names = _names(world, revealed)
    client = _client(world, "member")
    before = _openings(world, revealed)

    page = html.unescape(client.get(f"/campaigns/{revealed}/interviews").text)
    answer = client.get(f"/campaigns/{revealed}/interviews/names")

    assert f"0 of {len(names)}" in page
    assert not [name for name in names if name in page]
    assert answer.status_code == 303
    assert _openings(world, revealed) == before


@pytest.mark.parametrize("part", ["analyst", "auditor", "deputy", "shortlister_three"])
def test_others_cannot_see_names(world, revealed, part):
    names = _names(world, revealed)
    client = _client(world, part)

    answer = client.post(f"/campaigns/{revealed}/interviews/names")

    assert names
    assert answer.status_code == 404
    assert not [name for name in names if name in html.unescape(answer.text)]


def test_before_the_reveal_no_name_is_shown(world):
    campaign_id = world.campaign(until=CampaignState.FROZEN, applications=6)

    before = _openings(world, campaign_id)

    answer = _client(world, "shortlister_one").post(f"/campaigns/{campaign_id}/interviews/names")

    assert answer.status_code == 409
    assert _openings(world, campaign_id) == before


def test_no_sift_score_line_or_route_of_entry_is_on_the_panels_pages(world, revealed):
    with world.staff_desk.sessions.reading() as session:
        totals = {str(result.total) for result in blind_results(session, revealed).values()}
    client = _client(world, "shortlister_one")

    pages = [
        client.get(f"/campaigns/{revealed}/interviews").text,
        client.post(f"/campaigns/{revealed}/interviews/names").text,
    ]

    assert totals
    for page in pages:
        shown = page.split("<main")[1].split("</main>")[0]
        for word in ("Disability Confident", "interview line", "rank", "sift"):
            assert word not in shown
        assert not [total for total in totals if f">{total}<" in shown]


def test_the_statements_of_the_names_page_do_not_grow_with_the_candidates(world):
    counts = []
    for applications in (6, 18):
        campaign_id = world.campaign(until=CampaignState.REVEALED, applications=applications, seed=applications)
        client = _client(world, "member")
        counts.append(
            _statements(world, lambda c=client, i=campaign_id: c.post(f"/campaigns/{i}/interviews/names"))
        )

    assert counts[0] == counts[1] <= 25  # seven of them write the record of the opening
