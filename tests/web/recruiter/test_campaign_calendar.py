"""The calendar on its pages and in its file."""

from __future__ import annotations

from recruitment.rules.campaigns import CampaignState
from recruitment.store.people import Person


def dates(year: str = "2026") -> dict[str, str]:
    typed = {}
    for step, day, month in (
        ("sift_opens", "25", "9"), ("sift_ends", "9", "10"), ("freeze", "12", "10"), ("interviews", "2", "11"),
        ("decision", "6", "11"), ("letters", "14", "11"),
    ):  # fmt: skip
        typed |= {f"{step}-day": day, f"{step}-month": month, f"{step}-year": year}
    return typed


def test_the_campaigns_page_shows_the_next_date_and_leads_to_the_calendar(world, as_staff):
    campaign = world.campaign(until=CampaignState.SIFTING, applications=2)
    client = as_staff("recruiter")
    assert "all scores are in on" in client.get(f"/campaigns/{campaign}").text
    assert "Overdue" not in client.get(f"/campaigns/{campaign}").text
    world.clock.advance(days=40)
    assert "Overdue" in client.get(f"/campaigns/{campaign}").text
    page = client.get(f"/campaigns/{campaign}/calendar").text
    assert "Overdue" in page and "working days of England and Wales" in page


def test_dates_are_set_by_hand_by_a_recruiter_alone(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    path = f"/campaigns/{campaign}/calendar"
    assert as_staff("recruiter").post(f"{path}/change", data=dates()).status_code == 303
    page = as_staff("member").get(path).text
    assert "Saturday 14 November 2026" in page and "Not a working day." in page and "Change dates" not in page
    assert as_staff("member").get(f"{path}/change").status_code == 404


def test_a_year_nobody_means_is_refused_at_its_date(world, as_staff):
    campaign = world.campaign(until=CampaignState.OPEN, applications=1)
    for year in ("9999", "0001"):
        answer = as_staff("recruiter").post(f"/campaigns/{campaign}/calendar/change", data=dates(year))
        assert answer.status_code == 400
        assert 'href="#sift_opens' in answer.text and "The year must be between" in answer.text


def test_the_file_names_steps_and_campaign_and_no_person(world, as_staff):
    campaign = world.campaign(until=CampaignState.REVEALED, applications=12)
    answer = as_staff("recruiter").get(f"/campaigns/{campaign}/calendar.ics")
    assert answer.content_type.startswith("text/calendar")
    assert "Interviews begin: Casework officer" in answer.text
    with world.staff_desk.sessions.reading() as session:
        names = [person.name for person in session.query(Person)]
    assert names and not any(name in answer.text for name in names)
