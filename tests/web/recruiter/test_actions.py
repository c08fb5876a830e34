"""An action's life, from a campaign's checklist to its completion, and on the next campaign's first page."""

from __future__ import annotations

import html
import io
import zipfile

import pytest
from sqlalchemy import select

from recruitment.commands.sample.plans import PLANS, make_sample_plans
from recruitment.rules.campaigns import CampaignState
from recruitment.store.actions import Action, ActionPlan
from recruitment.store.people import Person


@pytest.fixture
def client(world):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    return client


def _plan(world, client):
    assert client.post("/plans", data={"title": "Race action plan"}).status_code == 303
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(select(ActionPlan.id)).one()


def _fields(**changes):
    return {
        "objective": "Panels", "what": "Check the advert earlier", "lead": "Recruitment lead", "due-day": "31",
        "due-month": "3", "due-year": "2020", "status": "Not started", **changes,
    }  # fmt: skip


def test_an_action_begins_with_a_finding_and_ends_with_its_evidence(world, client):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=6)
    plan_id = _plan(world, client)
    page = html.unescape(client.get(f"/campaigns/{campaign_id}/quality").text)
    assert "Make an action" in page
    new = f"/plans/{plan_id}/actions/new?campaign={campaign_id}&what=The+advert"
    assert "The advert" in client.get(new).text
    assert client.post(new, data=_fields()).status_code == 303
    plan = html.unescape(client.get(f"/plans/{plan_id}").text)
    assert "Overdue" in plan
    assert "From the campaign “Casework officer”" in plan

    draft = world.campaign(until=CampaignState.DRAFT, seed=2, title="Second campaign")
    assert "Check the advert earlier" in client.get(f"/campaigns/{draft}").text

    with world.staff_desk.sessions.reading() as session:
        action_id = session.scalars(select(Action.id)).one()
    path = f"/actions/{action_id}"
    refused = client.post(path, data=_fields(status="Completed"))
    assert refused.status_code == 400
    assert "Say what shows that it is done." in refused.text
    assert client.post(path, data=_fields(status="Completed", evidence="The check of May")).status_code == 303
    assert "Overdue" not in client.get(f"/plans/{plan_id}").text
    assert "Check the advert earlier" not in client.get(f"/campaigns/{draft}").text


def test_a_plan_comes_in_from_a_file_whole_or_not_at_all(world, client):
    plan_id = _plan(world, client)
    bad = "What,Lead,Due\nTrain chairs,Learning,soon\nAsk earlier,,2027-01-01\n"
    refused = client.post(f"/plans/{plan_id}", data={"file": (io.BytesIO(bad.encode()), "plan.csv")})
    assert refused.status_code == 400
    assert "Line 2" in refused.text
    assert "Line 3" in refused.text
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(Action)).all() == []
    good = "What,Lead,Due\nTrain chairs,Learning,2027-01-01\nAsk earlier,Recruitment,2027-01-01\n"
    assert (
        client.post(f"/plans/{plan_id}", data={"file": (io.BytesIO(good.encode()), "plan.csv")}).status_code == 303
    )
    assert "Train chairs" in client.get(f"/plans/{plan_id}").text


def test_a_group_gets_the_plan_as_a_sheet(world, client):
    plan_id = _plan(world, client)
    client.post(f"/plans/{plan_id}/actions/new", data=_fields())
    answer = client.get(f"/plans/{plan_id}/report.ods")
    assert answer.data.startswith(b"PK")
    assert b"Check the advert earlier" in zipfile.ZipFile(io.BytesIO(answer.data)).read("content.xml")


def test_whoever_neither_recruits_nor_administers_reads_only(world, client):
    world.campaign(until=CampaignState.OPEN, applications=0)
    plan_id = _plan(world, client)
    other = world.staff_client()
    world.sign_in(other, "member")
    assert "Race action plan" in other.get("/plans").text
    assert "Make a plan" not in other.get("/plans").text
    assert other.get(f"/plans/{plan_id}/actions/new").status_code == 404
    assert other.post("/plans", data={"title": "Mine"}).status_code in (200, 404, 405)
    with world.staff_desk.sessions.reading() as session:
        assert len(session.scalars(select(ActionPlan)).all()) == 1


def test_the_sample_has_the_plans_of_five_bodies_each_action_with_its_screen(world, client):
    desk, actor = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        session.get_one(Person, actor.id).is_administrator = True
    assert make_sample_plans(desk, actor) == len(PLANS) == 5
    assert make_sample_plans(desk, actor) == 0
    page = html.unescape(client.get("/plans").text)
    assert [title for title, _, _ in PLANS if title not in page] == []
    with desk.sessions.reading() as session:
        actions = session.scalars(select(Action)).all()
    assert len(actions) > 15
    assert [one.what for one in actions if not one.evidence] == []
