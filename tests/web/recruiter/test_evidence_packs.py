"""The evidence pack in the recruiter's and the auditor's hands."""

from __future__ import annotations

import io
import zipfile

import pytest

from recruitment.rules.campaigns import CampaignState
from recruitment.services.evidence_packs import verify_pack


@pytest.fixture
def campaign_id(world):
    return world.campaign(until=CampaignState.RELEASED, applications=12)


@pytest.mark.parametrize("part", ["recruiter", "auditor"])
def test_the_pack_is_made_from_its_page_and_verifies(world, campaign_id, part):
    client = world.staff_client()
    world.sign_in(client, part)
    assert "Make and download the pack" in client.get(f"/campaigns/{campaign_id}/evidence").text

    made = client.post(f"/campaigns/{campaign_id}/evidence")

    assert made.status_code == 200
    assert made.headers["Content-Disposition"] == "attachment; filename=evidence-pack.zip"
    assert verify_pack(made.data, key=world.staff_desk.vault.verifying_key).problems == ()
    with zipfile.ZipFile(io.BytesIO(made.data)) as archive:
        report = archive.read("report.html").decode()
    assert "Rules in force" in report
    assert "Outcomes in order of merit" in report


def test_before_the_outcomes_the_page_says_when_the_pack_can_be_made(world):
    early = world.campaign(until=CampaignState.REVEALED, applications=6)
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    page = client.get(f"/campaigns/{early}/evidence").text
    assert "once the outcomes are final" in page
    assert "Make and download" not in page
    assert client.post(f"/campaigns/{early}/evidence").status_code == 409


def test_the_page_shows_the_first_rows_and_the_pack_holds_all(world, campaign_id):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    page = client.get(f"/campaigns/{campaign_id}/evidence/read").text
    with zipfile.ZipFile(io.BytesIO(client.post(f"/campaigns/{campaign_id}/evidence").data)) as archive:
        report = archive.read("report.html").decode()
        scores = len(archive.read("sift-scores.csv").splitlines()) - 1
    assert scores > 30
    assert f"The first 30 of {scores} rows are here." in page
    assert "rows are here" not in report
    assert report.count("Shortlister ") >= scores
