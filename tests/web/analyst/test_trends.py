"""The page of a body's published years: ratios, shares, breaks, and nothing that was not published."""

from __future__ import annotations

import html
import io
import zipfile

import pytest

from recruitment.services.installation import add_organisation
from tests.support.browsers import Browsers
from tests.support.served import IN_A_BROWSER, serving
from tests.support.yearly_figures import counts_of, publish_year


def publish_years(world, *, organisation_id=None):
    """Four years of one body: the questions change before the fourth, and the third is missing."""
    body = organisation_id or world.organisation_id
    by = world.people["analyst"]
    with world.staff_desk.sessions.writing() as session:
        for first, people, question_set in (
            (2021, 900, "1"),
            (2022, 1000, "1"),
            (2024, 1000, "1"),
            (2025, 1100, "2"),
        ):
            counts = counts_of(people, first, kept=(0.5, 0.4))
            publish_year(session, body, by, first, counts, question_set=question_set)


@pytest.fixture
def client(world):
    client = world.staff_client()
    world.sign_in(client, "member")
    return client


def page_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return html.unescape(answer.text)


@pytest.mark.sqlite_only
def test_ratios_over_the_years_stand_with_counts_interval_and_their_breaks(world, client):
    assert "No year is published yet." in page_of(client, "/trend")
    publish_years(world)
    page = page_of(client, "/trend")
    for words in (
        "All other ethnic groups combined: from shortlisted to appointed",
        "Disabled people: from submitted to shortlisted",
        "2021/22", "2025/26", "Grouping wres_bme", "Current wording",
        "Nothing was published between 2022/23 and 2024/25.", "The questions changed: set 1, then set 2.",
    ):  # fmt: skip
        assert words in page
    # Two years before the first break are joined; the single ones after it are not.
    first = page.split("<svg")[1].split("</svg>")[0]
    lines = [part.split('"')[0].split() for part in first.split('<polyline points="')[1:]]
    assert [len(line) for line in lines] == [2]
    assert "break 1" in first
    assert "aria-label=" in first


@pytest.mark.sqlite_only
def test_shares_of_one_characteristic_stand_by_stage(world, client):
    publish_years(world)
    page = page_of(client, "/trend?of=ethnic_group")
    for words in (
        "Ethnic group: share of those who answered",
        "Submitted",
        "Appointed",
        "People who gave an answer",
    ):
        assert words in page
    assert "Ratios of chances</h2>" in page_of(client, "/trend?of=nothing-like-it")
    sheets = zipfile.ZipFile(io.BytesIO(client.get("/trend.ods").data)).read("content.xml").decode()
    assert "Break before 2025/26" in sheets


@pytest.mark.sqlite_only
def test_the_years_of_another_body_are_not_there(world, client):
    with world.staff_desk.sessions.writing() as session:
        other = add_organisation(session, desk=world.staff_desk, name="Another Body", slug="another-body")
    publish_years(world, organisation_id=other)
    assert "No year is published yet." in page_of(client, "/trend")


@pytest.mark.sqlite_only
def test_figures_of_a_part_or_of_another_period_are_no_year(world, client):
    with world.staff_desk.sessions.writing() as session:
        by = world.people["analyst"]
        publish_year(session, world.organisation_id, by, 2024, counts_of(400, 1), part="grade: Band 7")
        publish_year(session, world.organisation_id, by, 2025, counts_of(400, 1), kind="rolling")
    assert "No year is published yet." in page_of(client, "/trend")


class TestInABrowser:
    pytestmark = IN_A_BROWSER

    @pytest.fixture
    def browsers(self, world, open_context):
        with serving(world.staff_app) as address:
            found = Browsers(world, address, open_context)
            yield found
            found.close()

    @pytest.mark.parametrize("width", [1280, 320])
    def test_the_trend_is_read_with_its_pictures(self, world, browsers, width):
        publish_years(world)
        page = browsers.visit("member", "/trend", width)
        browsers.follow(page, "Ethnic group")
        for summary in page.get_by_text("Picture of these shares").all():
            summary.click()
        browsers.check(page)
