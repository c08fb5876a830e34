"""An auditor's yearly audit through its pages."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from recruitment.rules.audits import ITEMS
from recruitment.rules.campaigns import CampaignState
from recruitment.store.audits import InclusionAudit
from recruitment.store.people import CampaignRole


@pytest.fixture
def campaign_id(world):
    return world.campaign(until=CampaignState.RELEASED, applications=6)


@pytest.fixture
def administrator(world):
    client = world.staff_client()
    world.sign_in(client, "recruiter")  # of the sample, who administers as well
    return client


def _auditor(world, campaign_id):
    """Somebody who had no part in the campaign but the auditor's."""
    client = world.staff_client()
    world.sign_in(client, "auditor")
    return client


def _begin(world, administrator, **changes):
    today = world.clock.now.date()
    first = today - timedelta(days=364)
    form = {
        "auditor": str(world.people["auditor"]), "directorate": "Internal Audit",
        "period_from-day": first.day, "period_from-month": first.month, "period_from-year": first.year,
        "period_until-day": today.day, "period_until-month": today.month, "period_until-year": today.year,
        **changes,
    }  # fmt: skip
    return administrator.post("/audits", data=form)


def _path(world):
    with world.staff_desk.sessions.reading() as session:
        return f"/audits/{session.scalars(select(InclusionAudit.id)).one()}"


def test_an_audit_is_begun_drawn_judged_and_completed_on_its_pages(world, campaign_id, administrator):
    assert _begin(world, administrator).status_code == 303
    auditor, path = _auditor(world, campaign_id), _path(world)
    assert "1 campaign can be audited" in auditor.get(path).text
    assert auditor.post(f"{path}/random", data={"size": "1"}).status_code == 303
    judging = f"{path}/campaigns/{campaign_id}"
    page = html.unescape(auditor.get(judging).text)
    assert [item.key for item in ITEMS if item.text not in page] == []

    answers = {item.key: "yes" for item in ITEMS} | {"merit": "no"}
    refused = auditor.post(judging, data=answers)
    assert refused.status_code == 400
    assert "Say what you found, and where" in refused.text
    assert auditor.post(judging, data=answers | {"note_merit": "Second in order came first."}).status_code == 303
    assert auditor.post(f"{path}/complete", data={"summary": "One finding."}).status_code == 303

    report = html.unescape(administrator.get(path).text)
    assert "Second in order came first." in report
    assert "One finding." in report
    assert "The next audit is due by" in administrator.get("/audits").text

    # A finding becomes an action for those who plan; an auditor only reads.
    administrator.post("/plans", data={"title": "Race action plan"})
    (way,) = re.findall(r'href="(/actions/new\?[^"]*)"', report)
    assert "/actions/new" not in auditor.get(path).text
    assert "Second in order came first." in html.unescape(administrator.get(way, follow_redirects=True).text)


def test_what_an_auditor_reads_has_every_score_and_no_name(world, campaign_id, administrator):
    from recruitment.services.reveals import read_names

    desk = world.staff_desk
    with desk.sessions.reading() as session:
        names = [
            one.name
            for one in read_names(session, actor=world.actor("recruiter"), desk=desk, campaign_id=campaign_id)
        ]
    assert names
    page = html.unescape(_auditor(world, campaign_id).get(f"/campaigns/{campaign_id}/evidence/read").text)
    assert "Sift scores" in page
    assert len(re.findall("Shortlister [123]", page)) > 10
    assert [name for name in names if name in page] == []


def test_a_sample_larger_than_what_can_be_audited_is_refused_on_the_page(world, campaign_id, administrator):
    _begin(world, administrator)
    auditor, path = _auditor(world, campaign_id), _path(world)
    refused = auditor.post(f"{path}/random", data={"size": "2"})
    assert refused.status_code == 400
    assert "Choose from 1 to 1 campaigns" in refused.text


def test_campaigns_are_chosen_with_a_reason(world, campaign_id, administrator):
    _begin(world, administrator)
    auditor, path = _auditor(world, campaign_id), _path(world)
    assert auditor.post(f"{path}/targeted", data={"campaigns": campaign_id.hex}).status_code == 400
    chosen = {"campaigns": str(campaign_id), "reason": "There was a complaint."}
    assert auditor.post(f"{path}/targeted", data=chosen).status_code == 303
    assert "There was a complaint." in auditor.get(path).text


@pytest.mark.parametrize("changes", [{"auditor": ""}, {"directorate": " "}, {"period_from-year": "3000"}])
def test_an_audit_lacking_something_is_not_begun(world, campaign_id, administrator, changes):
    assert _begin(world, administrator, **changes).status_code == 400
    with world.staff_desk.sessions.reading() as session:
        assert session.scalars(select(InclusionAudit)).all() == []


def test_drawing_gives_the_auditor_the_trail_of_that_campaign(world, administrator):
    campaign_id = world.campaign(until=CampaignState.RELEASED, applications=6)
    with world.staff_desk.sessions.writing() as session:
        for row in session.scalars(select(CampaignRole).where(CampaignRole.role == "auditor")):
            session.delete(row)
    _begin(world, administrator)
    auditor, path = _auditor(world, campaign_id), _path(world)
    assert auditor.get(f"/campaigns/{campaign_id}/trail").status_code == 404
    auditor.post(f"{path}/random", data={"size": "1"})
    assert auditor.get(f"/campaigns/{campaign_id}/trail").status_code == 200
