"""A campaign begun from a template, and a template kept of a campaign."""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.services.campaign_plans import read_plan
from recruitment.services.campaigns import missing_for_opening
from recruitment.store.campaigns import Criterion

TYPED = {
    "title": "Records officer", "kind": "external", "posts": "2", "location": "Leeds", "pay": "£24,000",
    "working_pattern": "Full time or part time", "grade": "Band 3",
    "opens_on-day": "7", "opens_on-month": "12", "opens_on-year": "2026", "opens_time": "9am",
    "closes_on-day": "4", "closes_on-month": "1", "closes_on-year": "2027", "closes_time": "11:59pm",
}  # fmt: skip


def campaign_of(answer) -> UUID:
    assert answer.status_code == 303
    return UUID(answer.location.rsplit("/", 1)[1])


def plan_of(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return read_plan(session, actor=world.actor("recruiter"), campaign_id=campaign_id)


def test_a_campaign_from_a_shipped_template_lacks_only_its_people(world, as_staff):
    client = as_staff("recruiter")
    assert "/campaigns/templates" in client.get("/campaigns/new").text
    listed = client.get("/campaigns/templates").text
    assert all(title in listed for title in ("Administrative post", "Caseworker", "Senior manager"))
    page = client.get("/campaigns/new/administrative").text
    assert "Organising work, Helping people" in page
    made = campaign_of(client.post("/campaigns/new/administrative", data=TYPED))
    with world.staff_desk.sessions.reading() as session:
        assert missing_for_opening(session, made) == ["Name at least 2 shortlisters."]
    plan = plan_of(world, made)
    assert [vacancy.title for vacancy in plan.vacancies] == ["Records officer"]
    assert (plan.vacancies[0].posts, plan.vacancies[0].location) == (2, "Leeds")
    assert plan.facts.grade == "Band 3"
    assert plan.criteria[0].guide[7].startswith("Saw what would go wrong")


def test_a_kept_template_makes_the_same_plan_and_can_be_removed(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    with world.staff_desk.sessions.writing() as session:
        session.scalars(select(Criterion).order_by(Criterion.position)).first().scores_spelling = True
    client = as_staff("recruiter")
    path = f"/campaigns/{campaign}/template"
    assert path in client.get(f"/campaigns/{campaign}").text
    assert client.post(path, data={"title": ""}).status_code == 400
    assert client.post(path, data={"title": "Our caseworkers", "about": "All casework"}).status_code == 303
    listed = client.get("/campaigns/templates").text
    key = re.search(r"/campaigns/new/([0-9a-f]{32})", listed)[1]
    made = plan_of(world, campaign_of(client.post(f"/campaigns/new/{key}", data=TYPED)))
    source = plan_of(world, campaign)
    assert [(q.text, q.hint, q.word_limit, q.criteria) for q in made.questions] == [
        (q.text, q.hint, q.word_limit, q.criteria) for q in source.questions
    ]
    assert [(c.name, c.weight, c.minimum, c.guide, c.scores_spelling) for c in made.criteria] == [
        (c.name, c.weight, c.minimum, c.guide, c.scores_spelling) for c in source.criteria
    ]
    assert {c.scores_spelling for c in made.criteria} == {True, False}
    drop = f"/campaigns/templates/{UUID(hex=key)}/drop"
    assert as_staff("member").post(drop).status_code == 404
    assert client.post(drop).status_code == 303
    assert "Our caseworkers" not in client.get("/campaigns/templates").text
    assert client.get(f"/campaigns/new/{key}").status_code == 404


def test_years_nobody_means_are_refused_at_their_dates(world, as_staff):
    wrong = TYPED | {"closes_on-year": "9999"}
    answer = as_staff("recruiter").post("/campaigns/new/caseworker", data=wrong)
    assert answer.status_code == 400 and 'href="#closes_on' in answer.text
    assert as_staff("recruiter").get("/campaigns/new/no-such-template").status_code == 404
