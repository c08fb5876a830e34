"""The sheet of the Equality Delivery System, from its beginning to the day it is given."""

from __future__ import annotations

import html
import io
import zipfile

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.equality_delivery import OUTCOMES
from recruitment.services.actions import make_plan
from recruitment.services.trail import record_event
from recruitment.store.actions import ActionPlan
from recruitment.store.equality_delivery import EdsSheetRow
from recruitment.store.people import Person
from tests.support.yearly_figures import counts_of, publish_year

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def client(world):
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, world.people["recruiter"]).is_administrator = True
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    return client


def begin(client):
    begun = client.post("/equality-delivery")
    assert begun.status_code == 303
    return begun.location


def score_all(client, sheet, **fields):
    for outcome in OUTCOMES:
        answer = client.post(
            f"{sheet}/outcome?outcome={outcome.key}", data={"score": "2", "grounds": "Asked and seen.", **fields}
        )
        assert answer.status_code == 303


def row(world):
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(select(EdsSheetRow)).one()


def test_a_sheet_is_scored_given_and_then_stays_as_it_is(world, client):
    sheet = begin(client)
    assert "11 outcomes still to score." in client.get(sheet).text
    assert "Mark it as given" not in client.get(sheet).text
    score_all(client, sheet)
    page = client.get(sheet).text
    assert "22 of 33 points: achieving." in page
    given = {"given_to": "Board", "given_on-day": "1", "given_on-month": "9", "given_on-year": "2026"}
    assert client.post(sheet, data={**given, "given_on-year": "2031"}).status_code == 400
    assert client.post(sheet, data=given).status_code == 303
    page = html.unescape(client.get(sheet).text)
    assert "Given to Board on 1 September 2026, marked by Helen Marsh." in page
    assert "Change" not in page
    late = client.post(f"{sheet}/outcome?outcome=1A", data={"score": "3", "grounds": "Better now."})
    assert late.status_code == 409
    assert row(world).scored["1A"]["score"] == 2
    assert client.post("/equality-delivery").status_code == 409


def test_evidence_is_linked_by_what_it_was_called_then(world, client):
    campaign_id = world.campaign(until=CampaignState.DRAFT, title="Casework officer")
    desk, actor = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        publish_year(session, world.organisation_id, actor.id, 2025, counts_of(400, 1))
        make_plan(session, actor=actor, desk=desk, title="Race action plan")
        record_event(
            session, at=desk.now, chain_id=campaign_id, actor=actor, event="evidence_pack_made", sha256="ab"
        )
    sheet = begin(client)
    form = html.unescape(client.get(f"{sheet}/outcome?outcome=3B").text)
    for offered in (
        "The year to 31 March, 1 April 2025 to 31 March 2026",
        "Race action plan",
        "Casework officer, made on",
    ):
        assert offered in form
    with desk.sessions.reading() as session:
        plan = session.scalars(select(ActionPlan)).one()
    fields = {
        "score": "1",
        "grounds": "The board reads it.",
        "evidence": [f"plan:{plan.id}", f"pack:{campaign_id}"],
    }
    assert client.post(f"{sheet}/outcome?outcome=3B", data=fields).status_code == 303
    with desk.sessions.writing() as session:
        session.scalars(select(ActionPlan)).one().title = "Renamed"
    page = html.unescape(client.get(sheet).text)
    assert f'href="/plans/{plan.id}"' in page
    assert "Race action plan" in page
    assert "Evidence pack: Casework officer" in page
    sheets = zipfile.ZipFile(io.BytesIO(client.get(f"{sheet}/sheet.ods").data)).read("content.xml").decode()
    assert "Action plan: Race action plan" in html.unescape(sheets)
    by_itself = client.get(f"{sheet}/sheet.html")
    assert by_itself.headers["Content-Disposition"].startswith("attachment")
    assert "href=" not in by_itself.text
    assert "Race action plan" in by_itself.text


def test_evidence_of_another_body_cannot_be_linked(world, client):
    sheet = begin(client)
    refused = client.post(
        f"{sheet}/outcome?outcome=1A",
        data={"score": "1", "grounds": "A", "evidence": "plan:00000000-0000-0000-0000-000000000000"},
    )
    assert refused.status_code == 400
    assert row(world).scored == {}


def test_what_is_missing_is_said_and_nothing_typed_is_lost(world, client):
    sheet = begin(client)
    refused = client.post(f"{sheet}/outcome?outcome=1A", data={"grounds": "Patients told us so."})
    assert refused.status_code == 400
    assert "Choose a score" in refused.text
    assert "Patients told us so." in refused.text
    assert client.get(f"{sheet}/outcome?outcome=9Z").status_code == 404


def test_a_given_sheet_that_was_changed_says_so_and_is_not_handed_out(world, client):
    sheet = begin(client)
    score_all(client, sheet)
    client.post(
        sheet, data={"given_to": "Board", "given_on-day": "1", "given_on-month": "9", "given_on-year": "2026"}
    )
    with world.staff_desk.sessions.writing() as session:
        held = session.scalars(select(EdsSheetRow)).one()
        held.scored = held.scored | {"1A": {"score": 3, "grounds": "Better.", "evidence": []}}
    assert "was changed after it was given" in client.get(sheet).text
    assert client.get(f"{sheet}/sheet.ods").status_code == 404
    assert client.get(f"{sheet}/sheet.html").status_code == 404


def test_other_staff_read_and_change_nothing(world, client):
    sheet = begin(client)
    member = world.staff_client()
    world.sign_in(member, "member")
    assert member.get(sheet).status_code == 200
    assert "Score the next outcome" not in member.get(sheet).text
    assert member.get(f"{sheet}/outcome").status_code == 404
    assert member.post(f"{sheet}/outcome?outcome=1A", data={"score": "3", "grounds": "Mine"}).status_code == 404
    member.post(sheet, data={"given_to": "Me"})
    assert (row(world).scored, row(world).given_at) == ({}, None)
