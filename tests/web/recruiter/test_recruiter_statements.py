"""The number of SQL statements of a page does not grow with applications."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from recruitment.rules.campaigns import CampaignState
from recruitment.services.rankings import read_ranking
from recruitment.services.shortlists import freeze_shortlist, resolve_disability_confident, set_interview_line

MOST = 15
PAGES = {
    CampaignState.OPEN: ("", "/vacancies", "/questions", "/criteria", "/people", "/clearance", "/adjustments"),
    CampaignState.SCORED: ("", "/sift", "/ranking", "/ranking?line=12"),
    CampaignState.FROZEN: ("", "/shortlist"),
}


def statements(world, client, path):
    client.get("/nowhere")  # what the site is called is read once a minute: before the count
    seen: list[str] = []

    def note(connection, cursor, statement, *rest):
        seen.append(statement)

    engine = world.staff_desk.sessions.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        assert client.get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def freeze(world, campaign):
    """Bring a scored campaign on to its frozen shortlist."""
    desk, recruiter = world.staff_desk, world.actor("recruiter")
    asked = {"actor": recruiter, "desk": desk}
    with desk.sessions.writing() as session:
        ranking = read_ranking(session, actor=recruiter, campaign_id=campaign)
        able = [entry.total for entry in ranking.entries if entry.meets_minimum]
        line = able[max(3, len(ranking.entries) // 5)]
        set_interview_line(session, **asked, campaign_id=campaign, line=line, reason="Room for two days.")
    with desk.sessions.reading() as session:
        resolution = resolve_disability_confident(session, **asked, campaign_id=campaign)
    with desk.sessions.writing() as session:
        freeze_shortlist(session, **asked, resolution=resolution)


@pytest.mark.parametrize(
    "states", [[CampaignState.OPEN], [CampaignState.SCORED, CampaignState.FROZEN]], ids=["open", "scored, frozen"]
)
def test_a_page_takes_the_same_few_statements_however_many_apply(world, as_staff, states):
    """One campaign is brought on from state to state: to make one of two hundred takes long."""
    client = as_staff("recruiter")
    counts = {10: {}, 200: {}}
    for number, found in counts.items():
        campaign = world.campaign(until=states[0], applications=number, seed=number)
        for state in states:
            if state is CampaignState.FROZEN:
                freeze(world, campaign)
            paths = {page: f"/campaigns/{campaign}{page}" for page in PAGES[state]} | {"home": "/"}
            found |= {(state, page): statements(world, client, path) for page, path in paths.items()}
    # The last page of a ranking also asks who did not go past a first sift: of ten it is the first, of 200 not.
    assert {page: few for page, few in counts[10].items() if few < counts[200][page]} == {}
    assert max(counts[200].values()) <= MOST
