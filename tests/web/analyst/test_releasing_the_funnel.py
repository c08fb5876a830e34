import csv
import io
import re

import pytest
from sqlalchemy import event

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.counts_format import counts_from_json
from recruitment.rules.disclosure import THRESHOLD
from recruitment.rules.funnel import STAGES
from recruitment.services.openings import record_opening
from recruitment.store.campaigns import Campaign
from recruitment.store.releases import Tally
from recruitment.vault.compartments import Compartment
from recruitment.vault.opening.counts import open_counts
from recruitment.web.analyst.files import slug


@pytest.fixture
def tallied(world):
    return world.campaign(until=CampaignState.TALLIED, applications=30)


def _client(world, part):
    client = world.staff_client()
    world.sign_in(client, part)
    return client


def _state(world, campaign_id):
    with world.staff_desk.sessions.reading() as session:
        return session.get_one(Campaign, campaign_id).state


def _exact_counts(world, campaign_id):
    desk = world.staff_desk
    receipt = record_opening(
        desk,
        actor=world.actor("analyst"),
        compartment=Compartment.COUNTS,
        scope_id=world.organisation_id,
        records=[campaign_id],
        ground="test",
        chain_id=campaign_id,
    )
    with desk.sessions.reading() as session:
        blob = session.get_one(Tally, campaign_id).blob
    return counts_from_json(open_counts(desk.vault, receipt, campaign_id, blob))


def _figures(page):
    return re.findall(
        r'<td class="govuk-table__cell govuk-table__cell--numeric govuk-!-font-size-16">([^<]*)</td>', page
    )


def test_before_the_tally_the_page_says_that_nothing_is_shown_before_it_is_safe(world):
    campaign_id = world.campaign(until=CampaignState.DECIDED, applications=8)
    client = _client(world, "analyst")

    page = client.get(f"/campaigns/{campaign_id}/release").text

    assert "The worker counts the answers; nothing is shown before it is safe." in page
    assert "<table" not in page
    assert client.get(f"/campaigns/{campaign_id}/release/confirm").status_code == 409
    assert client.post(f"/campaigns/{campaign_id}/release/confirm").status_code == 409


def test_an_analyst_confirms_once_and_the_figures_are_frozen(world, tallied):
    client = _client(world, "analyst")
    assert "A campaign is released once." in client.get(f"/campaigns/{tallied}/release/confirm").text

    answer = client.post(f"/campaigns/{tallied}/release/confirm")

    assert (answer.status_code, answer.location) == (303, f"/campaigns/{tallied}/release")
    first = client.get(answer.location).text
    assert _figures(first)
    assert client.post(f"/campaigns/{tallied}/release/confirm").status_code == 409
    assert _figures(client.get(answer.location).text) == _figures(first)


def test_a_release_page_never_shows_a_count_of_one_to_seven(world, tallied):
    counts = _exact_counts(world, tallied)
    everybody = {counts.total(stage) for stage in STAGES}
    assert [number for number in everybody if 0 < number < THRESHOLD]
    client = _client(world, "analyst")
    client.post(f"/campaigns/{tallied}/release/confirm")

    page = client.get(f"/campaigns/{tallied}/release").text
    sheet = client.get(f"/campaigns/{tallied}/release.csv").text

    figures = _figures(page)
    assert "*" in figures
    assert {figure for figure in figures if figure != "*" and int(figure) in range(1, THRESHOLD)} == set()
    cells = [cell for row in csv.reader(io.StringIO(sheet)) for cell in row[2:]]
    assert {cell for cell in cells if cell.isdigit() and int(cell) in range(1, THRESHOLD)} == set()


def test_the_page_names_its_method_and_what_the_asterisk_means(world, tallied):
    client = _client(world, "analyst")
    client.post(f"/campaigns/{tallied}/release/confirm")

    page = client.get(f"/campaigns/{tallied}/release").text

    assert "An asterisk stands for a figure that is not published" in page
    assert "Figures below 8 are withheld. Others are rounded to the nearest 5." in page


def test_the_spreadsheet_is_named_after_the_campaign(world, tallied):
    client = _client(world, "analyst")
    client.post(f"/campaigns/{tallied}/release/confirm")

    answer = client.get(f"/campaigns/{tallied}/release.csv")

    assert answer.headers["Content-Disposition"] == "attachment; filename=casework-officer-funnel.csv"
    assert answer.content_type == "text/csv; charset=utf-8"
    assert next(csv.reader(io.StringIO(answer.text)))[:3] == ["Characteristic", "Answer", "submitted"]


def test_a_title_becomes_a_file_name_of_plain_letters():
    assert slug("Clár – Officer (Grade 7)/../x") == "clar-officer-grade-7-x"
    assert slug("文書") == "campaign"


@pytest.mark.parametrize("part", ["recruiter", "auditor"])
def test_recruiters_and_auditors_read_a_release_but_do_not_make_it(world, tallied, part):
    client = _client(world, part)

    assert client.get(f"/campaigns/{tallied}/release/confirm").status_code == 404
    assert client.post(f"/campaigns/{tallied}/release/confirm").status_code == 404
    assert _state(world, tallied) == CampaignState.TALLIED
    assert client.get(f"/campaigns/{tallied}/release").status_code == 200
    _client(world, "analyst").post(f"/campaigns/{tallied}/release/confirm")
    assert _figures(client.get(f"/campaigns/{tallied}/release").text)


@pytest.mark.parametrize("part", ["shortlister_one", "member", "deputy"])
def test_the_panel_does_not_read_a_release_on_this_page(world, tallied, part):
    client = _client(world, part)

    assert client.get(f"/campaigns/{tallied}/release").status_code == 404
    assert client.get(f"/campaigns/{tallied}/release.csv").status_code == 404


def test_an_analyst_reaches_no_page_with_names_scores_or_the_trail(world):
    campaign_id = world.campaign(until=CampaignState.REVEALED, applications=6)
    client = _client(world, "analyst")

    answers = [
        client.get(f"/campaigns/{campaign_id}/interviews"),
        client.post(f"/campaigns/{campaign_id}/interviews/names"),
        client.post(f"/campaigns/{campaign_id}/interviews/merit"),
        client.get(f"/campaigns/{campaign_id}/trail"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert _client(world, "member").post(f"/campaigns/{campaign_id}/interviews/names").status_code == 200


def test_the_list_holds_my_campaigns_and_no_others(world, tallied):
    _client(world, "analyst").post(f"/campaigns/{tallied}/release/confirm")

    assert f"/campaigns/{tallied}/release" in _client(world, "analyst").get("/releases").text
    assert f"/campaigns/{tallied}/release" not in _client(world, "member").get("/releases").text
    assert "There are no campaigns whose figures you can read." in _client(world, "member").get("/releases").text


def test_the_pages_ask_the_database_a_bounded_number_of_times(world, tallied):
    client = _client(world, "analyst")
    client.post(f"/campaigns/{tallied}/release/confirm")
    seen = []
    event.listen(world.staff_desk.sessions.engine, "before_cursor_execute", lambda *args: seen.append(args[2]))

    for path in ("/releases", f"/campaigns/{tallied}/release"):
        seen.clear()
        client.get(path)
        assert 0 < len(seen) <= 15


def test_the_release_states_what_was_found_of_its_texts_on_the_page_and_in_the_file(world, tallied):
    client = _client(world, "analyst")
    assert "how many texts had a second look" in client.get(f"/campaigns/{tallied}/release/confirm").text
    client.post(f"/campaigns/{tallied}/release/confirm")
    page = client.get(f"/campaigns/{tallied}/release").text
    (sentence,) = re.findall(r"Second look: clearers, who scored nothing, read \d+ texts again[^<]*", page)
    assert "about 90 texts" in sentence
    lines = [
        line[0] for line in csv.reader(io.StringIO(client.get(f"/campaigns/{tallied}/release.csv").text)) if line
    ]
    assert sentence in lines
    assert any("95% confidence" in line for line in lines)
    assert any(line.startswith("Shortlisters reported") for line in lines)
    assert "Aisha Khan" not in page


def test_a_release_of_few_people_states_no_figure_of_their_texts(world):
    campaign_id = world.campaign(until=CampaignState.TALLIED, applications=7)
    client = _client(world, "analyst")
    client.post(f"/campaigns/{campaign_id}/release/confirm")
    page = client.get(f"/campaigns/{campaign_id}/release").text
    assert "No figure is published about the texts" in page
    assert "Second look:" not in page
