"""The demonstration, started once for all journeys, and the windows of a real browser on it."""

from __future__ import annotations

import pytest

from tests.support.demonstration import demonstration

DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with demonstration(tmp_path_factory.mktemp("demonstration")) as started:
        yield started


@pytest.fixture(scope="session")
def cookies():
    return {}


@pytest.fixture
def visit(demo, open_context, cookies):
    """A new browser window; with a role, signed in by the link that the demonstration printed."""

    def open_window(role=None, **settings):
        settings = {"viewport": DESK} | settings
        if role and role not in cookies:
            first = open_context()
            first.new_page().goto(demo.links[role])
            cookies[role] = first.storage_state()
            first.close()
        context = open_context(storage_state=cookies.get(role), **settings)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    return open_window
