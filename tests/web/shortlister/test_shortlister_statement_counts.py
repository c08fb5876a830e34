"""A page of two hundred applications asks the database no more than a page of ten."""

import pytest
from sqlalchemy import event

MOST = 15
pytestmark = pytest.mark.sqlite_only


def _statements(shortlister, path):
    desk, seen = shortlister.world.public_desk, []

    def note(connection, cursor, statement, parameters, context, executemany):
        if not statement.startswith(("BEGIN", "PRAGMA")):
            seen.append(statement)

    engines = (desk.sessions.engine, desk.vault.key_store.engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        assert shortlister.client.get(path).status_code == 200
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
    return len(seen)


def test_the_number_of_statements_does_not_grow_with_the_applications(arrive):
    counts = {}
    for applications in (10, 200):
        me = arrive(applications=applications)
        first, second, *_ = me.handles()
        landed = me.score(first, 5).location
        me.client.get(me.path(first))  # the working key is known from here on
        paths = {
            "home": "/sift",
            "queue": me.base,
            "answer": me.path(second),
            "after a score": landed,
            "moderation": f"{me.base}/moderation",
        }
        counts[applications] = {name: _statements(me, path) for name, path in paths.items()}
    assert counts[10] == counts[200]
    assert max(counts[200].values()) <= MOST, counts[200]
    assert min(counts[200].values()) > 0
