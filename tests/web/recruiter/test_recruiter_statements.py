"""The number of SQL statements of a page does not grow with applications."""

from __future__ import annotations

import pytest
from sqlalchemy import event

from recruitment.rules.campaigns import CampaignState

MOST = 15
PAGES = {
    CampaignState.OPEN: ("", "/vacancies", "/questions", "/criteria", "/people", "/clearance", "/adjustments"),
    CampaignState.SCORED: ("", "/sift", "/ranking", "/ranking?line=12"),
    CampaignState.FROZEN: ("", "/shortlist"),
}


def statements(world, client, path):
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


@pytest.mark.parametrize("state", PAGES)
def test_a_page_takes_the_same_few_statements_however_many_apply(world, as_staff, state):
    client = as_staff("recruiter")
    counts = {}
    for number in (10, 200):
        campaign = world.campaign(until=state, applications=number, seed=number)
        paths = {page: f"/campaigns/{campaign}{page}" for page in PAGES[state]} | {"home": "/"}
        counts[number] = {page: statements(world, client, path) for page, path in paths.items()}
    assert counts[10] == counts[200]
    assert max(counts[200].values()) <= MOST
