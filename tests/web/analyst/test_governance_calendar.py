"""The calendar of a body's groups: from the usual groups to a report that was given, and who may do what."""

from __future__ import annotations

import html
import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from recruitment.commands.sample.calendar import CALENDAR, make_sample_calendar
from recruitment.commands.sample.plans import make_sample_plans
from recruitment.rules.actions import ActionText, Status
from recruitment.rules.campaigns import CampaignState
from recruitment.services.actions import add_action, make_plan
from recruitment.services.digests import write_digest
from recruitment.store.actions import Action
from recruitment.store.governance_calendar import CalendarEntry, GovernanceGroup, GroupReport, LeftOutReport
from recruitment.store.people import Person
from recruitment.store.publications import Publication
from recruitment.store.trail import TrailEvent
from tests.support.crawler import normalised
from tests.support.yearly_figures import counts_of, publish_year

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def client(world):
    """An administrator who analyses nothing."""
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, world.people["recruiter"]).is_administrator = True
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    return client


def rows(world, table):
    with world.staff_desk.sessions.reading() as session:
        return session.scalars(select(table)).all()


def usual(client, **fields):
    assert client.post("/calendar/usual", data=fields).status_code == 303


def entry_of(world, title):
    return next(one for one in rows(world, CalendarEntry) if one.title == title)


def plan_with_action(world, what="Check the advert earlier", due=date(2026, 1, 31), title="Race action plan"):
    desk, actor = world.staff_desk, world.actor("recruiter")
    with desk.sessions.writing() as session:
        plan_id = make_plan(session, actor=actor, desk=desk, title=title)
        text = ActionText("Fair adverts", what, "Recruitment lead", due, Status.IN_PROGRESS, "Half done")
        add_action(session, actor=actor, desk=desk, plan_id=plan_id, text=text)
    return plan_id


def publish(world, first=2025):
    with world.staff_desk.sessions.writing() as session:
        return publish_year(session, world.organisation_id, world.people["analyst"], first, counts_of(400, 1))


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200, path
    return html.unescape(normalised(answer.text))


def test_one_button_brings_the_usual_groups_and_an_nhs_body_its_standards(world, client):
    assert "There is no group yet." in page_of(client, "/calendar")
    usual(client, is_nhs="y")
    groups = page_of(client, "/calendar/groups")
    assert [name for name in ("Board", "Equality steering group", "Recruitment sub-group", "Staff networks")
            if name not in groups] == []  # fmt: skip
    calendar = page_of(client, "/calendar")
    # It is 1 September 2026: the half year is due on the 20th working day after 30 September.
    assert "28 October 2026" in calendar
    assert "30 July 2027" in calendar
    assert "Workforce Race Equality Standard" in calendar
    assert client.post("/calendar/usual").status_code == 409
    assert len(rows(world, GovernanceGroup)) == 4


def test_a_body_outside_the_nhs_has_no_standards_of_it(world, client):
    usual(client)
    assert "Workforce Race" not in page_of(client, "/calendar")


def test_a_report_is_due_after_its_period_overdue_after_its_day_and_gone_once_given(world, client):
    usual(client)
    assert "Overdue" not in page_of(client, "/calendar")
    assert "Due now" not in page_of(client, "/calendar")
    world.clock.advance(days=35)  # 6 October: the quarter is over
    assert "Due now" in page_of(client, "/calendar")
    world.clock.advance(days=30)  # 5 November
    calendar = page_of(client, "/calendar")
    assert "Overdue" in calendar
    assert calendar.index("Overdue") < calendar.index("Coming within a year")

    entry = entry_of(world, "Quarterly report on recruitment")
    made = client.post(f"/calendar/entries/{entry.id}/report", data={"until": "2026-09-30"})
    assert made.status_code == 303
    assert "Made, not given yet" in page_of(client, "/calendar")
    refused = client.post(
        made.location, data={"given_on-day": "1", "given_on-month": "1", "given_on-year": "2030"}
    )
    assert refused.status_code == 400
    assert "Enter a day that is not in the future." in refused.text
    assert 'value="2030"' in refused.text
    given = {"given_on-day": "5", "given_on-month": "11", "given_on-year": "2026", "note": "Paper 7"}
    assert client.post(made.location, data=given).status_code == 303
    report = page_of(client, made.location)
    assert "Given on 5 November 2026, marked by Helen Marsh." in report
    assert "Paper 7" in report
    assert "Made, not given yet" not in page_of(client, "/calendar")
    assert client.post(f"/calendar/entries/{entry.id}/report", data={"until": "2026-09-30"}).status_code == 409
    said = [one.event for one in rows(world, TrailEvent)]
    assert {"group_report_made", "group_report_given"} <= set(said)


def test_a_report_holds_what_is_published_and_planned_and_stays_as_it_was_made(world, client):
    publish(world)
    plan_with_action(world)
    usual(client)
    entry = entry_of(world, "Yearly report on recruitment")
    made = client.post(f"/calendar/entries/{entry.id}/report", data={"until": "2027-03-31"})
    page_of(client, "/calendar")  # what was saved is said once
    before = page_of(client, made.location)
    assert "About 400 people applied" in before
    assert "No figures of this very period are published. These are the latest that were." in before
    assert "Ethnic group" in before
    assert "Fair adverts" in before
    assert "Overdue: 1" in before

    with world.staff_desk.sessions.writing() as session:
        session.scalars(select(Action)).one().what = "Something else entirely"
        session.scalars(select(Publication)).one().title = "Another title"
    assert page_of(client, made.location) == before
    page = client.get(f"{made.location}/report.html")
    assert page.headers["Content-Disposition"].startswith("attachment")
    assert "Check the advert earlier" in page.text
    assert 'href="http' not in page.text
    assert "<script" not in page.text
    sheets = zipfile.ZipFile(io.BytesIO(client.get(f"{made.location}/report.ods").data)).read("content.xml")
    assert b"Check the advert earlier" in sheets
    assert b"Ethnic group" in sheets


def test_figures_of_the_very_period_come_before_later_ones_of_another_kind(world, client):
    publish(world, 2025)
    with world.staff_desk.sessions.writing() as session:
        publish_year(session, world.organisation_id, world.people["analyst"], 2026, counts_of(200, 2))
    usual(client)
    world.clock.advance(days=300)
    entry = entry_of(world, "Yearly report on recruitment")
    made = client.post(f"/calendar/entries/{entry.id}/report", data={"until": "2027-03-31"})
    report = page_of(client, made.location)
    assert "About 200 people applied" in report
    assert "No figures of this very period" not in report


def test_a_report_that_was_changed_afterwards_says_so_and_is_not_handed_out(world, client):
    plan_with_action(world)
    usual(client)
    entry = entry_of(world, "Quarterly report on recruitment")
    made = client.post(f"/calendar/entries/{entry.id}/report")
    assert "was changed after it was made" not in page_of(client, made.location)
    with world.staff_desk.sessions.writing() as session:
        row = session.scalars(select(GroupReport)).one()
        row.content = row.content | {"title": "A kinder title"}
    assert "was changed after it was made" in page_of(client, made.location)
    assert client.get(f"{made.location}/report.html").status_code == 404
    assert client.get(f"{made.location}/report.ods").status_code == 404


def test_a_group_can_get_one_plan_alone(world, client):
    plan_id = plan_with_action(world)
    plan_with_action(world, "Something for another group", title="Another plan")
    client.post("/calendar/groups", data={"name": "Race sub-group", "kind": "sub_group"})
    (group,) = rows(world, GovernanceGroup)
    fields = {"title": "Race action plan, progress", "rhythm": "quarterly", "working_days": "10",
              "parts": "actions", "plan": str(plan_id)}  # fmt: skip
    assert client.post(f"/calendar/groups/{group.id}", data=fields).status_code == 303
    (entry,) = rows(world, CalendarEntry)
    made = client.post(f"/calendar/entries/{entry.id}/report")
    report = page_of(client, made.location)
    assert "Check the advert earlier" in report
    assert "Something for another group" not in report
    assert "What the figures say" not in report


def test_what_is_entered_wrongly_is_said_and_nothing_typed_is_lost(world, client):
    client.post("/calendar/groups", data={"name": "Board", "kind": "board"})
    twice = client.post("/calendar/groups", data={"name": " board ", "kind": "board"})
    assert "There is a group of that name already." in twice.text
    (group,) = rows(world, GovernanceGroup)
    path = f"/calendar/groups/{group.id}"
    without_month = client.post(path, data={"title": "July report", "rhythm": "yearly", "parts": "figures"})
    assert without_month.status_code == 400
    assert "Choose a month" in without_month.text
    assert "July report" in without_month.text
    nothing = client.post(path, data={"title": "July report", "rhythm": "quarterly", "working_days": "5"})
    assert "Choose figures, actions or both" in nothing.text
    days = client.post(path, data={"title": "A", "rhythm": "quarterly", "working_days": "400", "parts": "figures"})
    assert days.status_code == 400
    assert rows(world, CalendarEntry) == []


def test_what_is_not_given_is_left_out_with_a_reason(world, client):
    usual(client)
    world.clock.advance(days=90)
    entry = entry_of(world, "Quarterly report on recruitment")
    path = f"/calendar/entries/{entry.id}?until=2026-09-30"
    assert client.post(path, data={"reason": ""}).status_code == 400
    assert client.post(path, data={"reason": "The group did not meet."}).status_code == 303
    assert "The group did not meet." in page_of(client, path)
    assert len(rows(world, LeftOutReport)) == 1
    assert "quarterly" not in [
        line for line in page_of(client, "/calendar").split("Coming within")[0].splitlines() if "Overdue" in line
    ]


@pytest.mark.parametrize("until", ["2026-09-29", "1999-03-31", "2099-03-31", "soon"])
def test_a_period_that_is_none_of_the_entrys_is_not_there(world, client, until):
    usual(client)
    entry = entry_of(world, "Quarterly report on recruitment")
    answer = client.get(f"/calendar/entries/{entry.id}?until={until}")
    assert answer.status_code == (200 if until == "soon" else 404)


def test_a_group_that_ends_gets_nothing_more_and_keeps_what_it_was_given(world, client):
    usual(client)
    entry = entry_of(world, "Quarterly report on recruitment")
    made = client.post(f"/calendar/entries/{entry.id}/report")
    assert client.post(f"/calendar/groups/{entry.group_id}/end").status_code == 303
    assert "Quarterly report" not in page_of(client, "/calendar")
    assert client.post(f"/calendar/entries/{entry.id}/report").status_code == 409
    assert "Quarterly report" in page_of(client, made.location)


def test_all_staff_read_analysts_and_administrators_keep(world, client):
    world.campaign(until=CampaignState.OPEN, applications=0)
    usual(client)
    entry = entry_of(world, "Quarterly report on recruitment")
    made = client.post(f"/calendar/entries/{entry.id}/report").location
    member = world.staff_client()
    world.sign_in(member, "member")
    for path in ("/calendar", "/calendar/groups", f"/calendar/groups/{entry.group_id}", made):
        page = page_of(member, path)
        assert not [words for words in ("Add the", "Make the report", "Mark as given", "End the group")
                    if words in page], path  # fmt: skip
    for path in (f"/calendar/entries/{entry.id}/report", f"/calendar/groups/{entry.group_id}/end",
                 f"/calendar/entries/{entry.id}/end", "/calendar/usual"):  # fmt: skip
        assert member.post(path).status_code == 404
    before = len(rows(world, TrailEvent))
    member.post(made, data={"given_on-day": "1", "given_on-month": "9", "given_on-year": "2026"})
    member.post(f"/calendar/entries/{entry.id}", data={"reason": "No"})
    assert len(rows(world, TrailEvent)) == before
    analyst = world.staff_client()
    world.sign_in(analyst, "analyst")
    assert "Mark as given" in page_of(analyst, made)
    assert analyst.post(f"/calendar/entries/{entry.id}/report").status_code == 303


def test_a_report_stays_readable_and_can_be_given_when_the_year_end_moves(world, client):
    usual(client)
    entry = entry_of(world, "Yearly report on recruitment")
    made = client.post(f"/calendar/entries/{entry.id}/report", data={"until": "2027-03-31"}).location
    assert client.post("/reporting-year", data={"month": "12"}).status_code == 303
    assert client.get(f"/calendar/entries/{entry.id}?until=2027-03-31").status_code == 404
    assert "1 January 2026 to 31 December 2026" in page_of(client, "/calendar")
    assert "Mark it as given" in page_of(client, made)
    given = {"given_on-day": "1", "given_on-month": "9", "given_on-year": "2026"}
    assert client.post(made, data=given).status_code == 303
    assert "Given on 1 September 2026" in page_of(client, made)


def test_whoever_keeps_the_calendar_is_reminded_on_the_first_screen_and_by_mail_nobody_else(world, client):
    world.campaign(until=CampaignState.OPEN, applications=0)
    usual(client)
    words = "Quarterly report on recruitment, for Recruitment sub-group"
    assert words not in page_of(client, "/")
    world.clock.now = world.clock.now.replace(month=11, day=5)
    assert words in page_of(client, "/")
    member = world.staff_client()
    world.sign_in(member, "member")
    assert words not in page_of(member, "/")
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        letters = {
            part: write_digest(
                session,
                desk=desk,
                person=session.get_one(Person, world.people[part]),
                staff_url="https://s.example",
            )
            for part in ("recruiter", "analyst", "member")
        }
    assert f"Governance calendar: {words} (was due 21 October 2026)" in letters["recruiter"].body
    assert words in letters["analyst"].body
    assert letters["member"] is None or words not in letters["member"].body


def test_the_sample_has_the_calendar_of_the_bodies_whose_plans_it_has(world, client):
    desk, actor = world.staff_desk, world.actor("recruiter")
    make_sample_plans(desk, actor)
    entries = [entry for _, _, members in CALENDAR for entry in members]
    assert make_sample_calendar(desk, actor) == len(entries) == 5
    assert make_sample_calendar(desk, actor) == 0
    assert [one.title for one in rows(world, CalendarEntry) if one.plan_id is None] == []
    calendar = page_of(client, "/calendar")
    assert [title for title, _, _, _ in entries if title not in calendar] == []
