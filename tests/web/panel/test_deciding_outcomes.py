import html
import re
from random import Random

import pytest
from sqlalchemy import select

from recruitment.commands.sample.scoring import score_interviews
from recruitment.rules.campaigns import CampaignState
from recruitment.services.outcomes import read_merit
from recruitment.services.reveals import read_names
from recruitment.store.campaigns import Campaign, Vacancy
from recruitment.store.interviews import Outcome

PANEL = ("shortlister_one", "shortlister_two", "member")


@pytest.fixture
def scored(world):
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=12)
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        chair = world.actor("shortlister_one")
        named = read_names(session, actor=chair, desk=desk, campaign_id=campaign_id)
    abilities = {one.application_id: 0.55 + 0.04 * place for place, one in enumerate(named)}
    panel = [world.actor(part) for part in PANEL]
    score_interviews(desk, campaign_id, panel, abilities, Random(3))
    return campaign_id


def _client(world, part):
    client = world.staff_client()
    world.sign_in(client, part)
    return client


def _merit(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return read_merit(session, actor=world.actor("shortlister_one"), campaign_id=campaign_id)


def _names(world, campaign_id):
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        named = read_names(session, actor=world.actor("shortlister_one"), desk=desk, campaign_id=campaign_id)
    return {one.application_id: one.name for one in named}


def _in_order(merit, posts=2):
    form = {}
    for place, one in enumerate(merit):
        result = "not_appointed"
        if one.result.meets_minimum:
            result = "appointed" if place < posts else "reserve"
        form[f"result_{one.application_id.hex}"] = result
        form[f"reason_{one.application_id.hex}"] = "The stronger evidence on inclusion."
    return form


def _outcomes(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        rows = session.scalars(select(Outcome).where(Outcome.campaign_id == campaign_id)).all()
        return {row.application_id: row.result for row in rows}, session.get_one(Campaign, campaign_id).state


def test_the_chair_sees_the_order_of_merit_by_name(world, scored):
    merit, names = _merit(world, scored), _names(world, scored)

    page = html.unescape(_client(world, "shortlister_one").post(f"/campaigns/{scored}/interviews/merit").text)

    headings = re.findall(r'<h2 class="govuk-heading-m">\d+\. ([^<]+)</h2>', page)
    assert headings == [names[one.application_id] for one in merit]


def test_outcomes_in_order_of_merit_become_final(world, scored):
    client = _client(world, "shortlister_one")
    form = _in_order(_merit(world, scored))

    answer = client.post(f"/campaigns/{scored}/interviews/outcomes", data=form)

    assert (answer.status_code, answer.location) == (303, f"/campaigns/{scored}/interviews/outcomes")
    assert "The outcomes are final" in client.get(answer.location).text
    results, state = _outcomes(world, scored)
    assert state == CampaignState.DECIDED
    assert {f"result_{key.hex}": result for key, result in results.items()} == {
        key: value for key, value in form.items() if key.startswith("result_")
    }


def test_whoever_breaks_the_order_reads_why_by_name_and_keeps_what_was_chosen(world, scored):
    merit, names = _merit(world, scored), _names(world, scored)
    form = _in_order(merit)
    form[f"result_{merit[0].application_id.hex}"] = "not_appointed"

    answer = _client(world, "shortlister_one").post(f"/campaigns/{scored}/interviews/outcomes", data=form)

    page = html.unescape(answer.text)
    assert merit[0].result.total > merit[1].result.total
    assert answer.status_code == 400
    assert f"is placed before {names[merit[0].application_id]}, who has the higher total." in page
    assert not [
        one
        for one in merit
        if one.application_id.hex
        in page.split("There is a problem")[1]
        .split("<h1")[0]
        .replace(f"#result_{merit[0].application_id.hex}", "")
    ]
    assert page.count(" checked") == len(merit)
    assert _outcomes(world, scored) == ({}, CampaignState.REVEALED)


def test_an_outcome_left_out_is_asked_for_by_name(world, scored):
    merit, names = _merit(world, scored), _names(world, scored)
    form = _in_order(merit)
    del form[f"result_{merit[1].application_id.hex}"]

    page = _client(world, "shortlister_one").post(f"/campaigns/{scored}/interviews/outcomes", data=form)

    assert f"Select an outcome for {names[merit[1].application_id]}" in html.unescape(page.text)
    assert page.text.count(" checked") == len(merit) - 1
    assert _outcomes(world, scored) == ({}, CampaignState.REVEALED)


def test_where_there_are_several_vacancies_each_appointed_candidate_is_given_one_with_room(world, scored):
    with world.staff_desk.sessions.writing() as session:
        only = session.scalars(select(Vacancy).where(Vacancy.campaign_id == scored)).one()
        only.posts = 1
        other = Vacancy(
            campaign_id=scored, id=world.staff_desk.new_id(), position=2, title="Casework officer, north", posts=1
        )
        session.add(other)
    merit = _merit(world, scored)
    first, second = merit[0].application_id.hex, merit[1].application_id.hex
    client = _client(world, "shortlister_one")
    form = _in_order(merit)

    without = client.post(f"/campaigns/{scored}/interviews/outcomes", data=form)
    both = {f"vacancy_{first}": str(only.id), f"vacancy_{second}": str(only.id)}
    overfull = client.post(f"/campaigns/{scored}/interviews/outcomes", data=form | both)
    fitting = client.post(
        f"/campaigns/{scored}/interviews/outcomes", data=form | both | {f"vacancy_{second}": str(other.id)}
    )

    assert "Select the vacancy that" in without.text
    assert "which has 1 post." in overfull.text
    assert fitting.status_code == 303


@pytest.mark.parametrize("part", ["member", "shortlister_two", "deputy", "recruiter", "analyst", "auditor"])
def test_only_the_chair_decides(world, scored, part):
    client = _client(world, part)

    assert client.post(f"/campaigns/{scored}/interviews/merit").status_code == 404
    assert (
        client.post(f"/campaigns/{scored}/interviews/outcomes", data=_in_order(_merit(world, scored))).status_code
        == 404
    )
    assert _outcomes(world, scored) == ({}, CampaignState.REVEALED)
