import re
from pathlib import Path

import pytest
from flask import Flask, render_template, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from recruitment.rules.errors import NotFound, Refusal
from recruitment.web.access import Audience, allow, init_access
from recruitment.web.errors import StalePage, init_errors
from recruitment.web.filters import init_filters
from recruitment.web.forms import init_forms
from recruitment.web.headers import init_headers
from recruitment.web.pages import pages
from recruitment.web.requests import init_requests, safe_path

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def app() -> Flask:
    app = Flask(
        __name__,
        template_folder=ROOT / "templates",
        static_folder=ROOT / "recruitment/web/static",
        static_url_path="/static",
    )
    app.secret_key = "only for this test"
    for init in (init_requests, init_forms, init_filters, init_headers):
        init(app)
    init_access(app, site_name="public", is_secure=True)
    init_errors(app)
    app.register_blueprint(pages)

    @app.get("/refused")
    @allow(Audience.EVERYONE)
    def refused() -> str:
        raise Refusal("The sift has not opened.")

    @app.get("/withheld")
    @allow(Audience.EVERYONE)
    def withheld() -> str:
        raise NotFound("There is no application KILO.")

    @app.get("/stale")
    @allow(Audience.EVERYONE)
    def stale() -> str:
        raise StalePage

    @app.get("/broken")
    @allow(Audience.EVERYONE)
    def broken() -> str:
        raise LookupError("Ada Lovelace")

    @app.get("/expired")
    @allow(Audience.EVERYONE)
    def expired() -> str:
        return render_template("errors/429.html")

    @app.post("/upload")
    @allow(Audience.EVERYONE)
    def upload() -> str:
        return type(request.files["cv"].stream).__name__

    return app


def get(app: Flask, path: str) -> TestResponse:
    return app.test_client().get(path, base_url="https://jobs.example", buffered=True)


def send(client: FlaskClient, megabytes: int) -> TestResponse:
    """Post a file; made by hand, since the test client would go through a temporary file."""
    head = b'--b\r\nContent-Disposition: form-data; name="cv"; filename="cv.pdf"\r\n\r\n'
    body = head + b"x" * megabytes * 1024 * 1024 + b"\r\n--b--\r\n"
    return client.post("/upload", data=body, content_type="multipart/form-data; boundary=b")


def without_nonce(page: TestResponse) -> str:
    return re.sub(r'nonce="[^"]+"', "", page.text)


def test_a_page_allows_no_script_but_its_own_and_is_kept_nowhere(app):
    page = get(app, "/privacy")
    nonce = re.search(r"'nonce-([^']+)'", page.headers["Content-Security-Policy"])
    assert f'nonce="{nonce[1]}"' in page.text
    assert page.headers["Content-Security-Policy"] == (
        f"default-src 'none'; script-src 'self' 'nonce-{nonce[1]}'; style-src 'self'; img-src 'self'; "
        "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; connect-src 'self'; "
        "manifest-src 'self'"
    )
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["Strict-Transport-Security"] == "max-age=31536000"


def test_two_pages_never_share_a_nonce(app):
    policies = {get(app, "/privacy").headers["Content-Security-Policy"] for _ in range(3)}
    assert len(policies) == 3


def test_no_page_has_script_or_style_that_the_policy_would_block(app):
    for path in ("/privacy", "/cookies", "/help", "/accessibility", "/nothing", "/refused", "/broken"):
        text = get(app, path).text
        scripts = re.findall(r"<script(?![^>]*\bnonce=)(?![^>]*\bsrc=)", text)
        assert (scripts, re.findall(r"<style|\sstyle=|\son[a-z]+=", text)) == ([], [])


def test_static_files_may_be_cached_and_carry_no_cookie(app):
    style = get(app, "/static/site.css")
    assert (style.headers["Cache-Control"], style.headers.getlist("Set-Cookie")) == (
        "public, max-age=3600",
        [],
    )


def test_the_style_sheet_has_neither_the_font_nor_the_crest_of_gov_uk():
    style = (ROOT / "recruitment/web/static/govuk-frontend.min.css").read_text()
    assert "govuk-button" in style
    assert ("url(" in style, "GDS Transport" in style) == (False, False)


def test_each_error_says_what_is_wrong_with_its_own_status(app):
    told = {path: get(app, path) for path in ("/refused", "/stale", "/broken", "/nothing", "/privacy")}
    assert {path: page.status_code for path, page in told.items()} == {
        "/refused": 409,
        "/stale": 409,
        "/broken": 500,
        "/nothing": 404,
        "/privacy": 200,
    }
    assert "The sift has not opened." in told["/refused"].text
    assert app.test_client().post("/privacy", base_url="https://jobs.example").status_code == 405


def test_what_is_withheld_looks_like_what_does_not_exist(app):
    assert without_nonce(get(app, "/withheld")) == without_nonce(get(app, "/nothing"))


def test_a_failure_tells_neither_the_page_nor_the_log_what_a_person_typed(app, caplog):
    page = get(app, "/broken")
    assert "LookupError at test_headers:" in caplog.text.replace("tests.web.", "")
    assert ("Lovelace" in page.text, "Lovelace" in caplog.text) == (False, False)


def test_an_upload_is_held_in_memory_and_one_too_large_is_refused_in_words(app):
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client()
    assert [send(client, megabytes).text for megabytes in (1, 10)] == ["BytesIO", "BytesIO"]
    refused = send(client, 12)
    assert (refused.status_code, "What you sent is too large" in refused.text) == (413, True)


@pytest.mark.parametrize("target", ["//evil.example", "https://evil.example", "/\\evil", "/a\nb", "", None, "a"])
def test_a_path_that_leads_elsewhere_is_not_followed(target):
    assert safe_path("/campaigns/4?page=2") == "/campaigns/4?page=2"
    assert safe_path(target) is None
