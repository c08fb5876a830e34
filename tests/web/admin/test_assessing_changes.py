"""Equality impact assessments: written on the staff site, read by everybody on the public one."""

from __future__ import annotations

import html
import re

import pytest

from recruitment.rules.equality_assessments import DECISION_TITLES
from recruitment.rules.panel_policies import DEFAULT_POLICY
from recruitment.rules.protected_characteristics import CHARACTERISTIC_TITLES
from recruitment.services.panel_policies import adopt_policy


@pytest.fixture
def client(world):
    made = world.staff_client()
    world.sign_in(made, "recruiter")
    return made


FORM = {
    "purpose": "Panels have three members.", "relevant": "yes", "screening": "Panels decide.",
    "evidence": "The release of 2025.", "aims": "It advances equality of opportunity.", "mitigation": "",
    "decision": "goes_ahead", "decision_reason": "Nothing speaks against it.", "decided_by": "Director of people",
    "review_on-day": "1", "review_on-month": "9", "review_on-year": "2027",
    **{f"effect_{each}": "none" for each in CHARACTERISTIC_TITLES},
}  # fmt: skip


def begin(client, **changes):
    form = {"change": "A <new> rule", "kind": "process", "policy_version": ""} | changes
    answer = client.post("/equality-assessments/new", data=form)
    assert answer.status_code == 303
    return answer.location.removesuffix("/write")


def test_an_assessment_is_written_published_and_read_without_signing_in(world, client):
    address = begin(client)
    assert client.post(f"{address}/write", data=FORM).status_code == 303
    visitor = world.public_client()
    assert visitor.get(address).status_code == 404
    page = client.post(f"{address}/publish", data={"version": "1"}, follow_redirects=True).text
    assert "Everybody can read it" in page
    assert "A &lt;new&gt; rule" in visitor.get("/equality-assessments").text
    shown = html.unescape(visitor.get(address).text)
    for words in (
        "Panels have three members.",
        "The change goes ahead as it is",
        "1 September 2027",
        "Sexual orientation",
    ):
        assert words in shown
    assert world.people["recruiter"].hex not in shown
    assert "equality-assessments" in visitor.get("/").text


def test_a_later_version_starts_from_the_last_one_and_the_earlier_stays_readable(world, client):
    address = begin(client)
    for purpose in ("First words.", "Second words."):
        assert client.post(f"{address}/write", data=FORM | {"purpose": purpose}).status_code == 303
        version = re.search(r'name="version" value="(\d+)"', client.get(address).text)[1]
        client.post(f"{address}/publish", data={"version": version})
    assert "Second words." in client.get(f"{address}/write").text
    visitor = world.public_client()
    assert "Second words." in visitor.get(address).text
    earlier = visitor.get(f"{address}?version=1").text
    assert ("First words." in earlier, "later version" in earlier) == (True, True)
    assert visitor.get(f"{address}?version=3").status_code == 404
    welsh = html.unescape(visitor.get(address, headers={"Accept-Language": "cy"}).text)
    for english, said in ((">Decision<", "Penderfyniad"), (DECISION_TITLES[FORM["decision"]], "Mae’r newid")):
        assert english not in welsh and said in welsh


def test_what_is_missing_is_said_beside_its_entry_and_what_was_typed_stays(client):
    address = begin(client)
    answer = client.post(f"{address}/write", data=FORM | {"effect_age": "negative", "words_age": ""})
    assert answer.status_code == 400
    assert "Say what the effect for age is" in answer.text
    assert "The release of 2025." in answer.text


def test_a_version_of_the_panel_rules_leads_to_its_assessment(world, client):
    with world.staff_desk.sessions.writing() as session:
        version = adopt_policy(
            session, actor=world.actor("recruiter"), desk=world.staff_desk, policy=DEFAULT_POLICY, reason="New."
        )
    rules = client.get("/panel-rules").text
    assert f"/equality-assessments/new?policy_version={version}" in rules
    new = client.get(f"/equality-assessments/new?policy_version={version}").text
    assert f"Rules for panels, version {version}" in new
    address = begin(client, kind="panel_rules", policy_version=str(version))
    client.post(f"{address}/write", data=FORM)
    assert f'href="{address}"' in client.get("/panel-rules").text


@pytest.mark.parametrize("version", ["²", "9999999", "x", "2"])
def test_a_version_that_is_not_there_is_not_published(client, version):
    address = begin(client)
    client.post(f"{address}/write", data=FORM)
    assert client.post(f"{address}/publish", data={"version": version}).status_code == 404
