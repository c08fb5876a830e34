"""Importing by page: a file is checked, its report read, and only the same file then imported."""

from __future__ import annotations

import io
import re
from html import unescape

import pytest

from recruitment.rules.campaigns import CampaignState
from tests.support.importing import count, row, write_csv

MAPPING = """
external_id = "Id"
[identity]
full_name = "Name"
email = "E-mail"
[texts]
1 = "A1"
2 = "A2"
3 = "A3"
[equality]
sex = "Sex"
[equality.values.sex]
F = "female"
M = "male"
"""


@pytest.fixture
def page(world, as_staff, tmp_path):
    """(campaign, a browser that checks a file, and one that confirms it)."""
    campaign_id = world.campaign(CampaignState.OPEN, applications=0)
    client, address = as_staff("recruiter"), f"/campaigns/{campaign_id}/import"

    def content(rows):
        return write_csv(tmp_path / "a.csv", rows).read_bytes()

    def check(rows, mapping=MAPPING, name="a.csv"):
        typed = {"document": (io.BytesIO(content(rows)), name), "mapping": mapping}
        return client.post(address, data=typed, content_type="multipart/form-data")

    def confirm(report, rows):
        hidden = dict(re.findall(r'name="(mapping|digest)"[^>]*value="([^"]*)"', report.text))
        typed = {key: unescape(value) for key, value in hidden.items()}
        typed["document"] = (io.BytesIO(content(rows)), "a.csv")
        return client.post(f"{address}/confirmed", data=typed, content_type="multipart/form-data")

    return campaign_id, client, check, confirm


def test_nothing_is_imported_before_the_recruiter_confirms_the_same_file(world, page):
    campaign_id, client, check, confirm = page
    assert "Candidate ID" in client.get(f"/campaigns/{campaign_id}/import").text
    rows = [row(n) for n in range(1, 4)]
    report = check(rows)
    assert report.status_code == 200
    assert "3 rows would be imported" in report.text
    assert count(world, campaign_id) == (0, 0)
    other = confirm(report, [*rows, row(4)])
    assert "another file than the one you checked" in other.text
    assert count(world, campaign_id) == (0, 0)
    done = confirm(report, rows)
    assert (done.status_code, done.location) == (303, f"/campaigns/{campaign_id}")
    assert count(world, campaign_id) == (3, 3)


def test_the_next_import_knows_the_mapping_and_tells_what_changed_without_a_reference(world, page):
    campaign_id, client, check, confirm = page
    confirm(check([row(1)]), [row(1)])
    assert "Id" in client.get(f"/campaigns/{campaign_id}/import").text
    assert "Candidate ID" not in client.get(f"/campaigns/{campaign_id}/import").text
    report = check([row(1, A2="Something else."), row(2)])
    assert "Row 2: answers" in report.text
    assert not re.search(r"\b[A-Z]{3}-[A-Z]{3}\b", report.text)


def test_what_is_wrong_is_said_by_row_and_nothing_that_was_typed_is_lost(page):
    _, _, check, _ = page
    wrong = check([row(1, **{"E-mail": "no address"}), row(2)])
    assert wrong.status_code == 400
    assert "row 2: column “E-mail”: is not an e-mail address" in wrong.text
    assert "no address" not in wrong.text
    assert "full_name" in wrong.text
    assert "is not TOML" in check([row(1)], mapping="external_id =").text
    assert "must end in .csv" in check([row(1)], name="a.pdf").text


def test_once_the_sift_has_opened_nothing_can_be_imported(world, as_staff):
    campaign_id = world.campaign(CampaignState.SIFTING)
    answer = as_staff("recruiter").get(f"/campaigns/{campaign_id}/import")
    assert answer.status_code == 409
