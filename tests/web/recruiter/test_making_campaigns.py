"""Making a campaign and changing its details."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from recruitment.rules.campaigns import CampaignState
from recruitment.services.campaign_plans import read_plan

TYPED = {
    "title": "Prison officer", "kind": "internal", "summary": "Keeping people safe.",
    "opens_on-day": "8", "opens_on-month": "9", "opens_on-year": "2026", "opens_time": "9am",
    "closes_on-day": "1", "closes_on-month": "12", "closes_on-year": "2026", "closes_time": "11:59pm",
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
