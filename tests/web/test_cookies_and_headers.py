"""Headers, cookies and tokens of the two sites as they run outside development."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from recruitment.app import create_public_app, create_staff_app
from recruitment.rules.campaigns import CampaignState
from recruitment.services.accounts import Site
from recruitment.vault.masters import FolderKeys, make_keys
from recruitment.web.access import Audience, allow
from tests.support.visitors import STAFF, Visitors, addresses

pytestmark = pytest.mark.sqlite_only
BASE = "https://jobs.example"
OWN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def visitors(world) -> Visitors:
    return Visitors(world, world.campaign(until=CampaignState.OPEN, applications=12))


@pytest.fixture
def sites(visitors, tmp_path) -> dict[Site, Flask]:
    """Both sites in their production settings, with session keys that are not development ones."""
    world = visitors.world
    provider = FolderKeys(tmp_path / "real-keys", allow_development=False)
    for key in make_keys(world.staff_desk.vault.installation, is_development=False).values():
        provider.store(key)
    config = replace(world.config, is_development=False, keys=tmp_path / "real-keys")
    found = {
        Site.PUBLIC: create_public_app(config, desk=world.public_desk, is_demo=True),
        Site.STAFF: create_staff_app(config, desk=world.staff_desk, is_demo=True),
    }
    for app in found.values():
        # The environment must not decide about error pages; everything else is as it runs.
        app.config["PROPAGATE_EXCEPTIONS"] = False
    return found


def check_headers(page: TestResponse, told: tuple) -> None:
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy, told
    assert "unsafe" not in policy, told
    assert "*" not in policy, told
    assert page.headers["Cache-Control"] == "no-store", told
    assert page.headers["X-Content-Type-Options"] == "nosniff", told
    assert page.headers["Referrer-Policy"] == "no-referrer", told
    assert page.headers["X-Frame-Options"] == "DENY", told
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000", told
    assert not {"Server", "X-Powered-By"} & set(page.headers.keys()), told
    for cookie in page.headers.getlist("Set-Cookie"):
        assert re.match(r"__Host-(recruitment-(public|staff)|language)=", cookie), told
        flags = {flag.strip() for flag in cookie.split(";")[1:]}
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= flags, (told, flags)
        assert not any(flag.startswith("Domain") for flag in flags), told


@pytest.mark.parametrize("site", list(Site))
def test_every_page_and_every_error_has_the_strict_headers(visitors, sites, site, monkeypatch):
    app = sites[site]
    seen, tokens = set(), visitors.tokens(site)
    for name in ("nobody", "candidate", "recruiter", "auditor", "administrator", "shortlister"):
        client = visitors.client(app, name, base_url=BASE)
        for address in addresses(app, visitors.values(), tokens):
            if "GET" in address.endpoints and address.endpoints["GET"] != "static":
                page = client.get(address.path, base_url=BASE, buffered=True)
                check_headers(page, (name, address.path, page.status_code))
                seen.add(page.status_code)
        for method, path in (("GET", "/there-is-no-such-page"), ("PUT", "/privacy"), ("POST", "/sign-in")):
            page = client.open(path, method=method, base_url=BASE)
            check_headers(page, (name, path, page.status_code))
            seen.add(page.status_code)
    assert {200, 302, 403, 404, 405} <= seen
    monkeypatch.setitem(app.view_functions, "pages.privacy", fail)
    page = app.test_client().get("/privacy", base_url=BASE)
    assert page.status_code == 500
    check_headers(page, (page.status_code,))


@allow(Audience.EVERYONE)
def fail() -> str:
    raise LookupError("only for this test")


@pytest.mark.parametrize("site", list(Site))
def test_a_session_has_a_cookie_that_only_this_site_and_no_script_reads(sites, site):
    page = sites[site].test_client().get("/sign-in", base_url=BASE)
    (cookie,) = page.headers.getlist("Set-Cookie")
    assert cookie.startswith(f"__Host-recruitment-{site}=")
    check_headers(page, (cookie,))


@pytest.mark.parametrize("site", list(Site))
def test_no_cookie_of_one_site_is_worth_anything_on_the_other(visitors, sites, site):
    other = next(one for one in Site if one is not site)
    client = visitors.client(sites[other], "recruiter", base_url=BASE)
    cookie = client.get_cookie(f"__Host-recruitment-{other}", domain="jobs.example")
    assert cookie is not None
    stranger = sites[site].test_client()
    stranger.set_cookie(f"__Host-recruitment-{site}", cookie.value, domain="jobs.example", secure=True)
    assert stranger.get("/sift" if site is Site.PUBLIC else "/", base_url=BASE).status_code == 302


# The link of a mail is its own proof, and a mail program has no form (RFC 8058, section 3.2).
ONE_CLICK = "account.stop_morning_mail"


@pytest.mark.parametrize("site", list(Site))
def test_no_post_without_a_token_is_taken(visitors, sites, site):
    app = sites[site]
    assert app.config["WTF_CSRF_ENABLED"] is True
    values, tokens, tried = visitors.values(), visitors.tokens(site), set()
    for name in (*sorted(STAFF), "candidate", "nobody"):
        for address in addresses(app, values, tokens):
            if address.endpoints.get("POST", ONE_CLICK) == ONE_CLICK:
                continue
            for headers in (OWN, {}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}):
                client = visitors.client(app, name, base_url=BASE)
                answer = client.post(address.path, base_url=BASE, headers=headers)
                if answer.status_code == 403:
                    tried.add(address.endpoints["POST"])
                    continue
                is_sign_in = name == "nobody" and answer.status_code == 200 and "Sign in" in answer.text
                told = (name, address.path, headers, answer.status_code)
                assert is_sign_in or answer.status_code == 404 or _is_nobody(name, site, answer), told
    every = {one.endpoints["POST"] for one in addresses(app, values) if "POST" in one.endpoints}
    assert tried == every - {ONE_CLICK}


def _is_nobody(name: str, site: Site, answer: TestResponse) -> bool:
    """A candidate is a stranger on the staff site, who gets the form to sign in."""
    return name == "candidate" and site is Site.STAFF and answer.status_code == 200 and "Sign in" in answer.text
