"""The pages on which closing times move: the recruiter's, the second person's and the candidate's."""

from __future__ import annotations

import re
from datetime import timedelta

from recruitment.rules.campaigns import CampaignState
from recruitment.services.outgoing import read_outbox
from recruitment.services.worker import run_due_jobs
from recruitment.store.campaigns import Campaign

LATER = {
    "closes_on-day": "28", "closes_on-month": "9", "closes_on-year": "2026", "closes_time": "5pm",
    "reason": "Few applied.",
}  # fmt: skip


def test_a_recruiter_proposes_and_a_second_person_agrees(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    recruiter, second = as_staff("recruiter"), as_staff("member")
    path = f"/campaigns/{campaign}/closing-times"
    assert path in recruiter.get(f"/campaigns/{campaign}").text
    assert path in recruiter.get(f"/campaigns/{campaign}/details").text
    assert recruiter.post(path, data=LATER).status_code == 303
    mine, theirs = recruiter.get(path).text, second.get(path).text
    assert "You proposed this, so somebody else must agree." in mine
    assert "Agree to the new time" not in mine
    assert "5pm on 28 September 2026" in theirs
    closing_id = re.search(r"closing-times/([0-9a-f-]{36})/agree", theirs)[1]
    until = re.search(r'name="until" value="([^"]*)"', theirs)[1]
    assert recruiter.post(f"{path}/{closing_id}/agree", data={"until": until}).status_code == 400
    assert second.post(f"{path}/{closing_id}/agree", data={"until": ""}).status_code == 409
    assert second.post(f"{path}/{closing_id}/agree", data={"until": until}).status_code == 303
    advert = world.public_client().get(f"/campaigns/{campaign}").text
    assert re.search(r"Closes at 5pm on 28 September 2026 \(\d+ days left\)", advert)


def test_a_time_in_no_sensible_year_or_in_the_past_is_refused_at_its_field(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    path = f"/campaigns/{campaign}/closing-times"
    for year in ("9999", "0001", "2020"):
        answer = as_staff("recruiter").post(path, data=LATER | {"closes_on-year": year})
        assert answer.status_code == 400
        assert 'href="#closes_on' in answer.text


def test_a_candidate_asks_after_the_closing_time_and_writes_in_a_time_of_their_own(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    with world.staff_desk.sessions.reading() as session:
        world.clock.now = session.get_one(Campaign, campaign).closes_at + timedelta(hours=1)
    candidate = world.public_client()
    world.sign_in_candidate(candidate, "late@example.org")
    advert = candidate.get(f"/campaigns/{campaign}").text
    assert f"/campaigns/{campaign}/more-time" in advert
    page = candidate.post(f"/campaigns/{campaign}/more-time", follow_redirects=True).text
    code = re.search(r"Your code is <strong>([A-Z0-9-]+)</strong>", page)[1]
    recruiter, second = as_staff("recruiter"), as_staff("member")
    path = f"/campaigns/{campaign}/closing-times"
    listed = recruiter.get(path).text
    assert code in listed and "late@example.org" not in listed
    link = re.search(rf'href="({path}/[0-9a-f-]{{36}})"', listed)[1]
    assert recruiter.get(link).status_code == 200
    until = {"closes_on-day": "30", "closes_on-month": "9", "closes_on-year": "2026", "closes_time": "5pm"}
    assert recruiter.post(link, data=until).status_code == 400
    assert recruiter.post(link, data=until | {"ground": "need_or_trouble"}).status_code == 303
    agreed = re.search(r'name="until" value="([^"]*)"', second.get(path).text)[1]
    assert second.post(f"{link}/agree", data={"until": agreed, "ground": "need_or_trouble"}).status_code == 303
    told = candidate.get(f"/campaigns/{campaign}/more-time").text
    assert "You can send your application until 5pm on 30 September 2026" in told
    assert "Start your application" in told
    tasks = candidate.post(f"/campaigns/{campaign}/apply", follow_redirects=True).text
    assert "Send it before 5pm on 30 September 2026" in tasks
    other = world.public_client()
    world.sign_in_candidate(other, "other@example.org")
    assert other.post(f"/campaigns/{campaign}/apply").status_code == 409


def test_an_open_campaigns_details_keep_the_closing_time(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    page = as_staff("recruiter").get(f"/campaigns/{campaign}/details").text
    assert "closes_on-day" not in page and "Move the closing time" in page


def test_the_link_in_the_mail_is_ours_whatever_host_the_request_names(world, as_staff, monkeypatch):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    path = f"/campaigns/{campaign}/closing-times"
    recruiter = as_staff("recruiter")
    app = recruiter.application
    served = app.wsgi_app
    monkeypatch.setattr(
        app, "wsgi_app", lambda environ, start: served(environ | {"HTTP_HOST": "evil.example"}, start)
    )
    answer = recruiter.post(path, data=LATER)
    assert answer.status_code == 303
    run_due_jobs(world.staff_desk, None)
    with world.staff_desk.sessions.reading() as session:
        found = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"), limit=200)
    bodies = [one.letter.body for one in found if "closing time waits" in one.letter.subject]
    assert bodies and all(path in body and "evil.example" not in body for body in bodies)
