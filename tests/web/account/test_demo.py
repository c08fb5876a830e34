"""Demonstration links and the outbox exist in a demonstration on a development key, and nowhere else."""

import subprocess
import sys
from dataclasses import replace

import pytest
from flask import Flask
from flask_wtf.csrf import CSRFProtect

from recruitment.app import create_public_app, create_staff_app
from recruitment.services.accounts import Site
from recruitment.services.demo_links import make_demo_candidate_link, make_demo_link
from recruitment.services.sign_in_links import ask_for_link
from recruitment.web.account.views import public_account, staff_account

PATHS = {"/demo/sign-in/<token>", "/outbox"}


def demo_paths(app) -> set[str]:
    return {rule.rule for rule in app.url_map.iter_rules()} & PATHS


@pytest.fixture
def demo(world):
    """The two sites of a demonstration."""
    public = create_public_app(world.config, desk=world.public_desk, is_demo=True)
    staff = create_staff_app(world.config, desk=world.staff_desk, is_demo=True)
    for app in (public, staff):
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    return public, staff


def staff_link(world, site, part="shortlister_one") -> str:
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        return "/demo/sign-in/" + make_demo_link(session, desk=desk, person_id=world.people[part], site=site)


def test_the_demo_routes_are_absent_outside_a_demo(world, demo):
    assert [demo_paths(app) for app in demo] == [{"/demo/sign-in/<token>"}, PATHS]
    assert (demo_paths(world.public_app), demo_paths(world.staff_app)) == (set(), set())
    token = staff_link(world, Site.PUBLIC)
    assert world.public_client().get(token).status_code == 404
    world.sign_in(client := world.staff_client(), "recruiter")
    assert client.get("/outbox").status_code == 404


def test_the_demo_routes_are_absent_on_real_keys_even_when_asked_for(world):
    config = replace(world.config, is_development=False)
    for make in (public_account, staff_account):
        app = Flask("only for this test")
        CSRFProtect(app)
        app.register_blueprint(make(is_demo=True and config.is_development))
        assert (demo_paths(app), "account.sign_in" in app.view_functions) == (set(), True)


def test_a_demo_link_signs_a_role_in_once_on_its_site(world, demo):
    public, staff = demo
    token = staff_link(world, Site.PUBLIC)
    assert staff.test_client().get(token).status_code == 404
    client = public.test_client()
    assert client.get(token).location == "/sift"
    assert client.get("/sift").status_code == 200
    assert public.test_client().get(token).status_code == 404
    assert staff.test_client().get(staff_link(world, Site.STAFF)).location == "/"


def test_a_demo_link_signs_a_candidate_in_on_the_public_site_only(world, demo):
    public, staff = demo
    desk = world.staff_desk
    with desk.sessions.writing() as session:
        token = make_demo_candidate_link(
            session, desk=desk, organisation_id=world.organisation_id, address="demo@example.org"
        )
    assert staff.test_client().get("/demo/sign-in/" + token).status_code == 404
    client = public.test_client()
    assert client.get("/demo/sign-in/" + token).location == "/applications"
    assert client.get("/applications").status_code == 200


def test_the_outbox_is_for_staff_and_its_links_can_be_clicked(world, demo):
    _, staff = demo
    desk = world.public_desk
    with desk.sessions.writing() as session:
        ask_for_link(
            session, desk=desk, organisation_id=world.organisation_id, address="<ada>@example.org",
            campaign_id=None, make_url=lambda token: f"http://127.0.0.1:8000/sign-in/{token}",
        )  # fmt: skip
    client = staff.test_client()
    assert client.get("/outbox").status_code == 302
    client.get(staff_link(world, Site.STAFF, "recruiter"))
    page = client.get("/outbox")
    assert '<a class="govuk-link" href="http://127.0.0.1:8000/sign-in/' in page.text
    assert "&lt;ada&gt;@example.org" in page.text
    assert 'href="/outbox"' in client.get("/outbox").text


def test_the_modules_that_open_letters_are_no_part_of_the_public_account():
    code = (
        "import sys, recruitment.web.candidate; from recruitment.web.account.views import public_account;"
        "public_account(is_demo=True); print([m for m in sys.modules if '.opening' in m or 'private' in m])"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "[]"
