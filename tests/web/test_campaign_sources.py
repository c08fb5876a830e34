"""Where candidates heard of a campaign: chosen once, counted, linked to nobody, and told late."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from recruitment.rules.campaign_sources import check_kept, figures_of, read_names
from recruitment.rules.campaigns import CampaignState
from recruitment.rules.disclosure import THRESHOLD
from recruitment.rules.errors import Invalid
from recruitment.services.campaign_sources import read_sources, set_sources
from recruitment.store.applications import Application
from recruitment.store.campaign_sources import CampaignSource
from recruitment.store.trail import TrailEvent


def test_a_list_is_one_source_a_line_without_doubles():
    assert read_names(" A job fair \n\nOur site\n") == ("A job fair", "Our site")
    for typed in ("A fair\na fair", "\n".join(map(str, range(21)))):
        with pytest.raises(Invalid):
            read_names(typed)


def test_what_candidates_may_have_chosen_stays():
    check_kept(["Fair"], ["Fair", "Site"], CampaignState.OPEN)
    check_kept(["Fair"], [], CampaignState.DRAFT)
    with pytest.raises(Invalid, match="must stay"):
        check_kept(["Fair"], ["Site"], CampaignState.OPEN)


def test_counts_are_told_from_the_threshold_on_and_only_once_no_application_can_come():
    counts = [("Fair", THRESHOLD), ("Site", THRESHOLD - 1)]
    assert [one.told for one in figures_of(counts, CampaignState.SIFTING)] == [None, None]
    assert [one.told for one in figures_of(counts, CampaignState.SCORED)] == [THRESHOLD, None]


def list_of(world, campaign):
    with world.staff_desk.sessions.writing() as session:
        set_sources(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, campaign_id=campaign,
            typed="A job fair\nOur site",
        )  # fmt: skip


def told(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return list(session.scalars(select(CampaignSource.told).where(CampaignSource.campaign_id == campaign)))


def test_a_candidate_chooses_once_and_nothing_says_who(world):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    list_of(world, campaign)
    with world.staff_desk.sessions.reading() as session:
        owner = session.scalars(select(Application.candidate_id)).first()
        events = len(session.scalars(select(TrailEvent)).all())
    client = world.public_client()
    world._set_session(client, f"candidate:{owner}:1")
    page, path = f"/campaigns/{campaign}/application/submitted", f"/campaigns/{campaign}/application/source"
    assert "Where did you hear of this job?" in client.get(page).text
    assert client.post(path, data={"source": "99"}).status_code == 303
    assert told(world, campaign) == [0, 0]
    other = world.public_client()
    world._set_session(other, f"candidate:{owner}:1")
    for _ in range(2):
        assert other.post(path, data={"source": "2"}).status_code == 303
    assert told(world, campaign) == [0, 1]
    assert "Thank you for telling us" in other.get(page).text
    with world.staff_desk.sessions.reading() as session:
        assert len(session.scalars(select(TrailEvent)).all()) == events
    stranger = world.public_client()
    world.sign_in_candidate(stranger, "stranger@example.org")
    assert stranger.post(path, data={"source": "1"}).status_code == 404


def test_counts_that_are_told_do_not_grow_any_more(world):
    campaign = world.campaign(until=CampaignState.OPEN, applications=2)
    list_of(world, campaign)
    with world.staff_desk.sessions.writing() as session:
        session.get_one(CampaignSource, (campaign, 1)).told = THRESHOLD
    with world.staff_desk.sessions.reading() as session:
        found = read_sources(session, actor=world.actor("recruiter"), campaign_id=campaign)
        assert [one.told for one in found.figures] == [None, None]


def test_shortlisters_and_panel_have_no_page_of_it(world):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    list_of(world, campaign)
    for part in ("shortlister_one", "member"):
        client = world.staff_client()
        world.sign_in(client, part)
        assert client.get(f"/campaigns/{campaign}/sources").status_code == 404
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    assert "A job fair" in client.get(f"/campaigns/{campaign}/sources").text
    answer = client.post(f"/campaigns/{campaign}/sources", data={"names": "Our site"})
    assert answer.status_code == 400 and "must stay" in answer.text
