"""The demonstration, started once for all journeys, and the windows of a real browser on it."""

from __future__ import annotations

import pytest

from tests.support.demonstration import FLAGS, demonstration, find_chromium

DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with demonstration(tmp_path_factory.mktemp("demonstration")) as started:
        yield started


@pytest.fixture(scope="session")
def browser(demo):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def cookies():
    return {}


@pytest.fixture
def visit(demo, browser, cookies):
    """A new browser window; with a role, signed in by the link that the demonstration printed."""
    opened = []

    def open_window(role=None, **settings):
        settings = {"viewport": DESK} | settings
        if role and role not in cookies:
            first = browser.new_context()
            first.new_page().goto(demo.links[role])
            cookies[role] = first.storage_state()
            first.close()
        context = browser.new_context(storage_state=cookies.get(role), **settings)
        opened.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        return page

    yield open_window
    for context in opened:
        context.close()
