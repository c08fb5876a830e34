import re
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Blueprint, Flask, render_template, render_template_string, request

from recruitment.rules.permissions import Permission, Role
from recruitment.web import access
from recruitment.web.access import Audience, SignedIn, UnmarkedView, allow, reading, writing
from recruitment.web.carry import carried_through
from recruitment.web.errors import init_errors
from recruitment.web.forms import init_forms
from recruitment.web.headers import init_headers
from recruitment.web.pages import pages

ROOT = Path(__file__).resolve().parents[2]
OWN = {"Sec-Fetch-Site": "same-origin"}
SIGN_IN = (
    '<form method="post" action="/sign-in"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}">'
    '{% include "account/carry.html" %}</form>'
)


class SmallSite:
    """People and roles in memory, and a diary of what was opened and closed."""

    def __init__(self) -> None:
        self.people = {
            "staff:1": SignedIn("staff", 1, 1, "Pat", 1),
            "candidate:2": SignedIn("candidate", 2, 1, "Sam", 1),
        }
        self.roles = {("staff", 4): frozenset({Role.RECRUITER}), ("staff", None): frozenset()}
        self.diary: list[str] = []

    @contextmanager
    def reader(self):
        self.diary.append("read")
        yield "reader"
        self.diary.append("closed")

    @contextmanager
    def writer(self):
        self.diary.append("begin")
        try:
            yield "writer"
        except Exception:
            self.diary.append("rollback")
            raise
        self.diary.append("commit")

    def load_signed_in(self, session, user_id):
        return self.people.get(user_id)

    def roles_in(self, session, signed_in, campaign_id):
        return self.roles.get((signed_in.kind, campaign_id), frozenset())

    def sign_in_page(self, carried, next):
        return render_template_string(SIGN_IN, carried=carried)


@pytest.fixture
def app():
    app = Flask(__name__, template_folder=ROOT / "templates", static_folder=ROOT / "recruitment/web/static")
    app.secret_key = "only for this test"
    app.extensions["site"] = SmallSite()
    init_forms(app)
    init_headers(app)
    access.init_access(app, site_name="staff", is_secure=False)
    init_errors(app)
    account = Blueprint("account", __name__)

    @account.route("/sign-in", methods=["GET", "POST"])
    @allow(Audience.EVERYONE)
    def sign_in():
        if request.method == "GET":
            return render_template_string(SIGN_IN, carried=None)
        carried = carried_through(request)
        access.sign_in(app.extensions["site"].people["staff:1"])
        return render_template("account/resume.html", carried=carried) if carried else "signed in"

    @account.post("/sign-out")
    @allow(Audience.SIGNED_IN)
    def sign_out():
        access.sign_out()
        return "signed out"

    @app.get("/campaigns/<int:campaign_id>")
    @allow(Permission.SEE_CAMPAIGN)
    def campaign(campaign_id):
        return f"campaign {campaign_id}"

    @app.post("/campaigns/<int:campaign_id>/note")
    @allow(Permission.EDIT_CAMPAIGN)
    def note(campaign_id):
        reading()
        with writing() as session:
            if request.form["note"] == "fail":
                raise LookupError
            return f"{session} {request.form['note']}"

    @app.get("/campaigns/<int:campaign_id>/scores")
    @allow(Permission.SCORE_ANSWERS)
    def scores(campaign_id):
        return "scores"

    @app.get("/mine")
    @allow(Audience.CANDIDATE)
    def mine():
        return "mine"

    @app.get("/writes-on-get")
    @allow(Audience.STAFF)
    def writes_on_get():
        with writing():
            return "written"

    @app.get("/writes-as-marked")
    @allow(Audience.STAFF, write=True)
    def writes_as_marked():
        with writing():
            return "written"

    @app.get("/unmarked")
    def unmarked():
        return "open to all"

    app.register_blueprint(account)
    app.register_blueprint(pages)
    return app


def token(page):
    return re.search(r'name="csrf_token" value="([^"]+)"', page.text)[1]


@pytest.fixture
def signed_in(app):
    client = app.test_client()
    sent = client.post("/sign-in", data={"csrf_token": token(client.get("/sign-in"))}, headers=OWN)
    assert sent.text == "signed in"
    app.extensions["site"].diary.clear()
    return client


def test_a_view_that_says_nothing_stops_the_start_and_is_not_there(app, signed_in):
    with pytest.raises(UnmarkedView, match=r"unmarked$"):
        access.check_every_view_is_marked(app)
    assert signed_in.get("/unmarked").status_code == 404


def test_a_stranger_is_led_to_signing_in_and_back(app):
    answer = app.test_client().get("/campaigns/4?page=2")
    assert (answer.status_code, answer.location) == (302, "/sign-in?next=/campaigns/4?page%3D2")


def test_another_persons_campaign_looks_like_one_that_does_not_exist(app, signed_in):
    assert signed_in.get("/campaigns/4").text == "campaign 4"
    refused, absent = signed_in.get("/campaigns/5"), signed_in.get("/no-such-page")
    assert [refused.status_code, absent.status_code] == [404, 404]
    unlike = [re.sub(r'(nonce|value)="[^"]+"', "", page.text) for page in (refused, absent)]
    assert unlike[0] == unlike[1]


def test_a_permission_of_another_role_and_a_candidates_page_are_not_there_for_a_recruiter(signed_in):
    assert [signed_in.get(path).status_code for path in ("/campaigns/4/scores", "/mine")] == [404, 404]


def test_a_raised_session_version_ends_the_session(app, signed_in):
    assert signed_in.get("/campaigns/4").status_code == 200
    app.extensions["site"].people["staff:1"] = SignedIn("staff", 1, 1, "Pat", 2)
    assert signed_in.get("/campaigns/4").status_code == 302


def test_the_reader_is_closed_before_a_writer_begins_and_errors_roll_back(app, signed_in):
    diary = app.extensions["site"].diary
    sent = {"csrf_token": token(signed_in.get("/privacy")), "note": "kept"}
    diary.clear()
    assert signed_in.post("/campaigns/4/note", data=sent, headers=OWN).text == "writer kept"
    assert diary == ["read", "closed", "begin", "commit"]
    diary.clear()
    assert signed_in.post("/campaigns/4/note", data={**sent, "note": "fail"}, headers=OWN).status_code == 500
    assert diary[:4] == ["read", "closed", "begin", "rollback"]


def test_a_page_that_is_read_cannot_write_unless_it_says_so(app, signed_in):
    assert signed_in.get("/writes-as-marked").text == "written"
    app.extensions["site"].diary.clear()
    assert signed_in.get("/writes-on-get").status_code == 500
    assert "begin" not in app.extensions["site"].diary


def test_what_was_typed_survives_the_end_of_the_session(app):
    client = app.test_client()
    typed = {"note": 'Long "thoughts"', "csrf_token": "old", "new_password": "hunter2", "token": "t"}
    page = client.post("/campaigns/4/note?a=1", data=typed, headers=OWN)
    assert re.findall(r'name="carried_(\w+)" value="([^"]*)"', page.text) == [
        ("action", "/campaigns/4/note?a=1"),
        ("name", "note"),
        ("value", "Long &#34;thoughts&#34;"),
    ]
    through = {
        "csrf_token": token(page),
        "carried_action": "/campaigns/4/note?a=1",
        "carried_name": "note",
        "carried_value": 'Long "thoughts"',
    }
    resumed = client.post("/sign-in", data=through, headers=OWN)
    assert 'action="/campaigns/4/note?a=1"' in resumed.text
    main = resumed.text[resumed.text.index("<main") :]
    fresh = re.search(r'name="csrf_token" value="([^"]+)"', main)[1]
    saved = client.post("/campaigns/4/note", data={"csrf_token": fresh, "note": 'Long "thoughts"'}, headers=OWN)
    assert saved.text == 'writer Long "thoughts"'


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {}])
def test_nothing_that_another_site_posted_is_carried(app, signed_in, headers):
    stranger = app.test_client().post("/campaigns/4/note", data={"note": "planted"}, headers=headers)
    expired = signed_in.post("/campaigns/4/note", data={"note": "planted"}, headers=headers)
    assert [stranger.status_code, expired.status_code] == [200, 403]
    assert ("planted" in stranger.text, "planted" in expired.text) == (False, False)


def test_an_expired_page_offers_to_send_again_what_was_typed(signed_in):
    expired = signed_in.post("/campaigns/4/note", data={"note": "my long note"}, headers=OWN)
    main = expired.text[expired.text.index("<main") :]
    assert (expired.status_code, 'name="note" value="my long note"' in main) == (403, True)
    fresh = re.search(r'name="csrf_token" value="([^"]+)"', main)[1]
    sent = {"csrf_token": fresh, "note": "my long note"}
    assert signed_in.post("/campaigns/4/note", data=sent, headers=OWN).text == "writer my long note"


def test_more_than_can_be_carried_is_left_out_and_said(app):
    page = app.test_client().post("/campaigns/4/note", data={"note": "x" * 204_900}, headers=OWN)
    assert "carried_name" not in page.text
    page = app.test_client().post("/campaigns/4/note", data={"note": "x" * 204_700}, headers=OWN)
    assert "carried_name" in page.text


def test_the_cookie_is_out_of_reach_of_scripts_and_of_the_other_site(app):
    plain = app.test_client().get("/sign-in").headers["Set-Cookie"]
    assert re.sub(r"=[^;]+;", "=…;", plain, count=1) == "staff=…; HttpOnly; Path=/; SameSite=Lax"
    secure = Flask("secure")
    secure.secret_key = "only for this test"
    access.init_access(secure, site_name="staff", is_secure=True)
    assert (secure.config["SESSION_COOKIE_NAME"], secure.config["SESSION_COOKIE_SECURE"]) == (
        "__Host-staff",
        True,
    )


def test_a_site_without_a_secret_key_does_not_start():
    with pytest.raises(ValueError, match="secret key"):
        access.init_access(Flask("keyless"), site_name="staff", is_secure=True)


def test_signing_out_ends_the_session(signed_in):
    sent = {"csrf_token": token(signed_in.get("/privacy"))}
    assert signed_in.post("/sign-out", data=sent, headers=OWN).text == "signed out"
    assert signed_in.get("/campaigns/4").status_code == 302
