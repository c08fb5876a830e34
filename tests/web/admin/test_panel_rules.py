"""The rules for panels, as an administrator sets them on a page."""

import re

import pytest

from recruitment.services.panel_policies import current_policy

pytestmark = pytest.mark.sqlite_only


def held(world):
    with world.staff_desk.sessions.reading() as session:
        return current_policy(session, world.organisation_id)


def send(world, **changes):
    """The page as it stands with some entries changed, posted."""
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    page = client.get("/panel-rules").text
    typed = {}
    for field in re.findall(r"<input[^>]*>", page):
        name, value = (re.search(rf' {each}="([^"]*)"', field) for each in ("name", "value"))
        if name and ('type="radio"' not in field or " checked" in field) and 'type="checkbox"' not in field:
            typed[name[1]] = value[1] if value else ""
    return client.post("/panel-rules", data=typed | {"reason": "Our network asked."} | changes)


def test_a_body_names_the_groups_that_its_panels_should_have_somebody_of(world):
    answer = send(world, severity_representation="warns", represented=["disability:yes"])
    assert answer.status_code == 303
    version, policy = held(world)
    setting = policy.setting("representation")
    assert (version, setting.characteristic, setting.groups) == (2, "disability", ("yes",))
    page = world.staff_client()
    world.sign_in(page, "recruiter")
    found = re.search(r'<input[^>]*value="disability:yes"[^>]*>', page.get("/panel-rules").text)
    assert " checked" in found[0]


@pytest.mark.parametrize(
    ("represented", "sentence"),
    [
        ([], "Choose groups of one characteristic"),
        (["disability:yes", "sex:female"], "Choose groups of one characteristic"),
        (["sex:female"], "Another rule reads the same characteristic"),
    ],
)
def test_groups_that_cannot_be_looked_for_are_refused_and_nothing_is_adopted(world, represented, sentence):
    answer = send(world, severity_representation="warns", represented=represented)
    assert answer.status_code == 400
    assert sentence in answer.text
    assert "Our network asked." in answer.text
    assert held(world)[0] == 1
