"""Making a campaign and changing its details."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from recruitment.rules.campaigns import CampaignState
from recruitment.services.campaign_plans import read_plan
from recruitment.store.campaigns import Campaign

TYPED = {
    "title": "Prison officer", "kind": "internal", "summary": "Keeping people safe.",
    "opens_on-day": "8", "opens_on-month": "9", "opens_on-year": "2026", "opens_time": "9am",
    "closes_on-day": "1", "closes_on-month": "12", "closes_on-year": "2026", "closes_time": "11:59pm",
    "directorate": "Custody", "grade": "Band 3", "profession": "Operational delivery",
    "shortlisters_per_answer": "3", "more_stages": "test",
}  # fmt: skip


def plan_of(world, campaign):
    with world.staff_desk.sessions.reading() as session:
        return read_plan(session, actor=world.actor("recruiter"), campaign_id=campaign)


def test_a_new_campaign_keeps_what_was_entered(world, as_staff):
    answer = as_staff("recruiter").post("/campaigns/new", data=TYPED)
    assert answer.status_code == 303
    plan = plan_of(world, UUID(answer.location.rpartition("/")[2]))
    assert plan.facts.title == "Prison officer"
    assert plan.facts.opens_at == datetime(2026, 9, 8, 8, 0, tzinfo=UTC)
    assert plan.facts.closes_at == datetime(2026, 12, 1, 23, 59, tzinfo=UTC)
    assert (plan.facts.shortlisters_per_answer, plan.facts.is_unlinked) == (3, True)
    assert [stage.name for stage in plan.stages] == ["Sift", "Test", "Interview"]
    assert (plan.facts.directorate, plan.facts.grade) == ("Custody", "Band 3")
    assert plan.facts.profession == "Operational delivery"


def test_the_words_of_other_campaigns_are_offered_so_that_the_same_has_the_same_name(world, as_staff):
    client = as_staff("recruiter")
    assert "Used before" not in client.get("/campaigns/new").text
    client.post("/campaigns/new", data=TYPED)
    page = client.get("/campaigns/new").text
    for words in ("Custody", "Band 3", "Operational delivery"):
        assert f"Used before: {words}" in page


def test_what_a_campaign_is_narrowed_by_can_be_changed_and_is_what_figures_are_told_by(world, as_staff):
    campaign = world.campaign(until=CampaignState.DRAFT)
    client = as_staff("recruiter")
    assert client.post(f"/campaigns/{campaign}/details", data=TYPED | {"profession": "Policy"}).status_code == 303
    assert 'value="Policy"' in client.get(f"/campaigns/{campaign}/details").text
    with world.staff_desk.sessions.reading() as session:
        row = session.get_one(Campaign, campaign)
        assert (row.profession, row.directorate, row.panel_grade) == ("Policy", "Custody", "Band 3")


def test_too_long_a_profession_is_refused_and_nothing_typed_is_lost(world, as_staff):
    answer = as_staff("recruiter").post("/campaigns/new", data=TYPED | {"profession": "x" * 201})
    assert answer.status_code == 400
    assert "Profession must be 200 characters or fewer" in answer.text
    assert 'value="Prison officer"' in answer.text


def test_a_closing_date_before_the_opening_date_is_refused_with_what_was_typed(world, as_staff):
    answer = as_staff("recruiter").post("/campaigns/new", data=TYPED | {"closes_on-month": "8"})
    assert answer.status_code == 400
    assert '<a href="#closes_on-day">The closing date must be after the opening date.</a>' in answer.text
    assert 'value="Prison officer"' in answer.text


def test_a_time_that_is_none_is_refused(world, as_staff):
    answer = as_staff("recruiter").post("/campaigns/new", data=TYPED | {"closes_time": "25:00"})
    assert "Closing time must be a time, like 9am or 5:30pm" in answer.text


def test_details_change_after_opening_only_with_a_reason(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN)
    client = as_staff("recruiter")
    refused = client.post(f"/campaigns/{campaign}/details", data=TYPED)
    assert "Applications are open: say why this must change" in refused.text
    assert plan_of(world, campaign).facts.title == "Casework officer"
    changed = client.post(f"/campaigns/{campaign}/details", data=TYPED | {"reason": "The title was wrong."})
    assert changed.status_code == 303
    assert plan_of(world, campaign).facts.title == "Prison officer"


def test_details_are_only_read_once_the_sift_has_opened(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING)
    page = as_staff("recruiter").get(f"/campaigns/{campaign}/details")
    assert "The sift has opened, so this can no longer change." in page.text
    assert "Save the details" not in page.text
