"""An administrator sets when the reporting year ends; everything that is counted by it follows."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.publications import PublicationKind
from recruitment.services.cut_offs import last_cut_off
from recruitment.services.publication_plans import Wanted, period_of
from recruitment.store.trail import TrailEvent


@pytest.fixture
def client(world):
    found = world.staff_client()
    world.sign_in(found, "recruiter")
    return found


def checked(page):
    (found,) = re.findall(r"<input[^>]* checked[^>]*>", page)
    return re.search(r'value="(\d+)"', found).group(1)


def standing(world):
    desk = world.staff_desk
    with desk.sessions.reading() as session:
        year = period_of(session, world.organisation_id, desk, Wanted(PublicationKind.ANNUAL))
        events = session.scalars(select(TrailEvent.event)).all()
        return last_cut_off(session, world.organisation_id, desk), year.last, events.count("year_end_set")


def test_the_year_ends_on_31_march_until_it_is_set_and_then_with_the_month_that_is_set(world, client):
    world.campaign(until=CampaignState.OPEN, applications=1)
    page = client.get("/reporting-year").text
    assert checked(page) == "3"
    cut_off, last, recorded = standing(world)
    assert (cut_off.month, cut_off.day, last, recorded) == (3, 31, cut_off, 0)
    answer = client.post("/reporting-year", data={"month": "6"}, follow_redirects=True)
    assert "The end of the reporting year is saved." in answer.text
    assert checked(answer.text) == "6"
    cut_off, last, recorded = standing(world)
    assert (cut_off.month, cut_off.day, last, recorded) == (6, 30, cut_off, 1)
    client.post("/reporting-year", data={"month": "6"})
    assert standing(world)[2] == 1
    analyst = world.staff_client()
    world.sign_in(analyst, "analyst")
    assert "The year to 30 June" in analyst.get("/publications/new").text


@pytest.mark.parametrize("typed", [{}, {"month": "13"}, {"month": "x"}])
def test_no_month_is_refused_and_nothing_changes(world, client, typed):
    answer = client.post("/reporting-year", data=typed)
    assert answer.status_code == 400
    assert "There is a problem" in answer.text
    assert standing(world)[0].month == 3


def test_only_an_administrator_sets_it(world):
    other = world.staff_client()
    world.sign_in(other, "analyst")
    assert other.post("/reporting-year", data={"month": "6"}).status_code == 404
    assert isinstance(standing(world)[0], date)
