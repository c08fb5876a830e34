"""The chair's pages for the record of a tie-break."""

from __future__ import annotations

import html
import re

import pytest

from recruitment.services.tie_breaks import tie_break_standing
from tests.services.test_tie_breaks import make_chair


@pytest.fixture
def chair(world):
    return make_chair(world)


def client_of(world, part="shortlister_one"):
    client = world.staff_client()
    world.sign_in(client, part)
    return client


def begin(client, chair):
    """Begin a record; its address."""
    root = f"/campaigns/{chair.campaign}/interviews/tie-breaks"
    assert client.post(root).status_code == 303
    return root + re.search(rf"{root}(/[0-9a-f-]{{36}})/form", client.get(root).text)[1]


def filled(chair):
    record = chair.record()
    form = {name: getattr(record, name) for name in (
        "post", "told_by", "evidence", "evidence_source", "comparator", "equal_qualification", "proportionality",
        "alternatives", "decision_maker", "adviser",
    )}  # fmt: skip
    for name in ("evidence_on", "advised_on"):
        form |= {f"{name}-day": "31", f"{name}-month": "3", f"{name}-year": "2026"}
    form |= {f"criterion_{key.hex}": "equal" for key in record.criteria}
    return form | {
        "preferred": record.preferred.hex, "others": [key.hex for key in record.others],
        "characteristic": "disability", "has_no_policy": "y",
    }  # fmt: skip


def test_a_record_is_begun_filled_in_sealed_and_opened_again(world, chair):
    client = client_of(world)
    address = begin(client, chair)
    page = html.unescape(client.post(f"{address}/form").text)
    assert "checked" not in page, "nobody and nothing is proposed"
    answer = client.post(address, data=filled(chair), follow_redirects=True)
    assert "The record is complete and sealed." in answer.text
    opened = html.unescape(client.post(f"{address}/opened").text)
    for words in ("Disability", "4 in 100 mediators", "Eli Gunn, solicitor", "Certified equal", "31 March 2026"):
        assert words in opened
    with world.staff_desk.sessions.reading() as session:
        assert tie_break_standing(session, chair.campaign) == "complete"


def test_what_is_missing_is_said_beside_the_entry_and_what_was_typed_stays(world, chair):
    client = client_of(world)
    address = begin(client, chair)
    form = filled(chair) | {"adviser": ""}
    form.pop("has_no_policy")
    answer = client.post(address, data=form)
    assert answer.status_code == 400
    assert "Enter the legal or HR adviser" in answer.text
    assert "Confirm that there is no such policy" in answer.text
    assert "4 in 100 mediators" in answer.text


def test_a_difference_on_a_criterion_must_be_explained(world, chair):
    client = client_of(world)
    address, form = begin(client, chair), filled(chair)
    key = next(name for name in form if name.startswith("criterion_"))
    refused = client.post(address, data=form | {key: "explained"})
    assert (refused.status_code, "Explain “" in html.unescape(refused.text)) == (400, True)


def test_a_record_that_was_begun_in_error_is_dropped_with_a_reason(world, chair):
    client = client_of(world)
    address = begin(client, chair)
    assert client.post(f"{address}/drop", data={"reason": ""}).status_code == 400
    page = client.post(f"{address}/drop", data={"reason": "Nobody is tied."}, follow_redirects=True).text
    assert "Nobody is tied." in page
    assert client.get(f"{address}/drop").status_code == 303


def test_before_the_scores_are_locked_the_page_says_why_there_is_no_form(world):
    chair = make_chair(world, scored=False)
    client = client_of(world)
    page = client.get(f"/campaigns/{chair.campaign}/interviews/tie-breaks").text
    assert "once every panel member has scored every candidate" in page
    assert "Begin a record" not in page


def test_the_chairs_page_leads_there_and_no_member_finds_it(world, chair):
    home = f"/campaigns/{chair.campaign}/interviews"
    assert f"{home}/tie-breaks" in client_of(world).get(home).text
    member = client_of(world, "member")
    assert f"{home}/tie-breaks" not in member.get(home).text
    assert member.get(f"{home}/tie-breaks").status_code == 404
