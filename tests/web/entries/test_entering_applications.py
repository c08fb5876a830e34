"""An application is typed page by page, kept, read back, sent, and its reference read out."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select

from recruitment.rules.eligibility import Requirement
from recruitment.services.worker import run_due_jobs
from recruitment.store.applications import Application, Draft
from recruitment.store.campaigns import Campaign, list_questions
from recruitment.store.eligibility import EligibilityRequirement
from recruitment.store.people import Person
from tests.support.entering import add_colleague, begin, enter, fill
from tests.web.test_statements import MOST, counted

TEXT = "At Mill House we put every late letter right. Ann Lee’s idea, they said. Complaints fell by a third."


def begun(client, campaign_id, entry_format="phone"):
    answer = client.post("/entries", data={"campaign": campaign_id.hex, "format": entry_format, "known": "no"})
    assert answer.status_code == 303, answer.text
    return answer.location


def version_on(page):
    return re.search(r'name="version"[^>]*value="(\d+)"', page.text)[1]


def type_in(client, path, **typed):
    """Open a page, send what is typed on it, and give the answer."""
    page = client.get(path)
    assert page.status_code == 200, page.text
    return client.post(path, data={"version": version_on(page), **typed})


def type_everything(client, at, questions, email=""):
    done = [
        ("name", {"full_name": "Ann Lee", "previous_names": "Ann Roy"}),
        ("contact", {"address": "1 Mill Lane\nLeeds", "postcode": "LS1 1AA", "email": email, "language": "en"}),
        ("education", {"places": "University of Leeds, 2011 to 2014"}),
        ("adjustments", {"adjustments": "extra_time"}),
        ("disability-confident", {"wanted": "no"}),
        ("people-they-know", {"knows": "yes", "people": "Bo Chen: a former manager"}),
    ]
    for part, typed in done:
        answer = type_in(client, f"{at}/{part}", **typed)
        assert (answer.status_code, answer.location) == (303, at), (part, answer.text)
    for question in questions:
        assert type_in(client, f"{at}/questions/{question}", answer=TEXT).status_code == 303


@pytest.fixture
def questions(world, opened):
    with world.staff_desk.sessions.reading() as session:
        return [one.id for one in list_questions(session, opened)]


def references(world):
    with world.staff_desk.sessions.reading() as session:
        return set(session.scalars(select(Application.reference)))


def words_of(page):
    return unescape(re.sub(r"<[^>]+>", " ", page.text))


def test_an_application_is_typed_read_back_and_sent(world, opened, client, questions):
    assert "Enter an application for somebody" in client.get("/").text
    at = begun(client, opened)
    page = client.get(at)
    assert "Do not ask the equality questions" in page.text
    type_everything(client, at, questions)
    preview = client.get(f"{at}/preview")
    shown = preview.text.partition('class="govuk-body site-answer')[2].partition("</div>")[0]
    assert "Ann" not in shown and "Mill House" in shown
    question = questions[0]
    hiding = {"answer-1-version": version_on(preview), "answer-1-passage": "Mill House"}
    assert client.post(f"{at}/questions/{question}/hide", data=hiding).status_code == 303
    preview = client.get(f"{at}/preview")
    assert "What the candidate has had hidden" in preview.text
    asking = {"version": version_on(preview), "again": "Mill House"}
    assert client.post(f"{at}/questions/{question}/marks", data=asking).status_code == 303
    check = client.get(f"{at}/check")
    for words in ("Ann Roy", "University of Leeds (2011 to 2014)", "Bo Chen: a former manager", "Extra time"):
        assert words in words_of(check)
    before = references(world)
    answer = client.post(f"{at}/send")
    assert (answer.status_code, answer.location) == (303, f"{at}/sent")
    (reference,) = references(world) - before
    assert reference in client.get(answer.location).text
    assert reference in client.get("/entries").text
    assert client.post(f"{at}/send").location == f"{at}/sent", "a second click leads to the same"
    assert client.get(f"{at}/name").location == f"{at}/sent"


def test_the_candidate_can_say_that_words_were_hidden_wrongly(client, opened, questions):
    at = begun(client, opened)
    type_everything(client, at, questions)
    preview = client.get(f"{at}/preview")
    mark = re.search(r'name="ask" value="(\d+)"', preview.text)[1]
    for name in ("ask", "leave"):
        sent = {"version": version_on(client.get(f"{at}/preview")), name: mark}
        assert client.post(f"{at}/questions/{questions[0]}/marks", data=sent).status_code == 303
        assert ("asks to have this shown" in client.get(f"{at}/preview").text) == (name == "ask")
    sent = {"version": version_on(client.get(f"{at}/preview")), "ask": "999"}
    answer = client.post(f"{at}/questions/{questions[0]}/marks", data=sent)
    assert (answer.status_code, "There is a problem" in answer.text) == (400, True)


def test_what_is_wrong_is_told_at_the_top_and_what_was_typed_stays(client, opened, questions):
    at = begun(client, opened)
    for path, typed, told, kept in (
        ("contact", {"address": "1 Mill Lane", "language": "en"}, "Enter the postcode, or", "1 Mill Lane"),
        ("contact", {"postcode": "LS1 1AA", "language": "en"}, "Enter the postal address, or an email", "LS1 1AA"),
        ("contact", {"email": "ann at home", "language": "en"}, "Enter an email address in", "ann at home"),
        ("name", {"preferred_name": "Annie"}, "Enter the candidate’s full name", "Annie"),
        ("adjustments", {"adjustments": "none", "detail": "A quiet room"}, "clear what you wrote", "A quiet room"),
        ("disability-confident", {}, "Select yes if they want", ""),
        ("people-they-know", {"knows": "yes"}, "Enter the name of the person they know", ""),
        (f"questions/{questions[0]}", {"answer": "word " * 900}, "words or fewer", "word word"),
    ):  # fmt: skip
        answer = type_in(client, f"{at}/{path}", **typed)
        assert answer.status_code == 400, path
        assert "There is a problem" in answer.text and told in words_of(answer), path
        assert kept in words_of(answer) or kept in answer.text
        assert "<title>Error: " in answer.text
    answer = client.post("/entries", data={})
    assert (answer.status_code, "Select the campaign" in answer.text) == (400, True)


def test_an_old_page_saves_nothing_and_keeps_what_was_typed(client, opened):
    at = begun(client, opened)
    old = version_on(client.get(f"{at}/name"))
    assert type_in(client, f"{at}/name", full_name="Ann Lee").status_code == 303
    for version in (old, "", "abc"):
        answer = client.post(f"{at}/name", data={"version": version, "full_name": "Bo Chen"})
        assert (answer.status_code, "Bo Chen" in answer.text) == (409, True)
    assert "Ann Lee" in client.get(f"{at}/check").text


def test_after_the_closing_time_what_is_typed_stays_on_the_page_and_more_time_is_asked_for(world, client, opened):
    at = begun(client, opened)
    version = version_on(client.get(f"{at}/name"))
    with world.staff_desk.sessions.reading() as session:
        world.clock.now = session.get_one(Campaign, opened).closes_at
    answer = client.post(f"{at}/name", data={"version": version, "full_name": "Ann Lee"})
    assert (answer.status_code, "Ann Lee" in answer.text) == (409, True)
    assert "closing time has passed" in client.get(at).text
    assert client.post(f"{at}/more-time").location == at
    code = re.search(r"The code is <strong>([^<]+)</strong>", client.get(at).text)[1]
    recruiter = world.staff_client()
    world.sign_in(recruiter, "recruiter")
    page = recruiter.get(f"/campaigns/{opened}/closing-times")
    assert code in page.text and "Ann" not in page.text
    late = begun(client, opened, "post")
    assert "cannot be typed yet" in words_of(client.get(late))
    assert client.get(f"{late}/name").location == late


def test_requirements_are_asked_where_the_job_has_any(world, client, opened):
    at = begun(client, opened)
    assert client.get(f"{at}/requirements").status_code == 404
    with world.staff_desk.sessions.writing() as session:
        session.add(
            EligibilityRequirement(
                campaign_id=opened, requirement=Requirement.REGISTRATION, words="Are they registered?"
            )
        )
    assert type_in(client, f"{at}/requirements").status_code == 400
    answer = type_in(client, f"{at}/requirements", registration="yes", registration_detail="18Q4417")
    assert answer.status_code == 303
    assert "18Q4417" in client.get(f"{at}/check").text


def test_what_is_incomplete_cannot_be_sent_and_says_what_is_missing(client, opened):
    at = begun(client, opened)
    assert "You cannot send it yet" in client.get(f"{at}/check").text
    answer = client.post(f"{at}/send")
    assert answer.status_code == 400
    assert "Enter the candidate’s name" in words_of(answer)


def test_it_is_thrown_away_once_that_is_confirmed(world, client, opened):
    at = begun(client, opened)
    assert client.get(f"{at}/throw-away").status_code == 200
    assert client.post(f"{at}/throw-away").location == "/entries"
    assert client.get(at).status_code == 404
    with world.staff_desk.sessions.reading() as session:
        assert list(session.scalars(select(Draft))) == []


@pytest.mark.parametrize("part", ["recruiter", "member", "shortlister_one", "analyst", "auditor"])
def test_whoever_has_a_part_is_offered_nothing_and_refused(world, opened, part):
    client = world.staff_client()
    world.sign_in(client, part)
    page = client.get("/entries")
    assert page.status_code == 200 and "Enquiries assistant" not in page.text
    answer = client.post("/entries", data={"campaign": opened.hex, "format": "phone", "known": "no"})
    assert answer.status_code == 400


def test_another_colleagues_entry_looks_like_none(world, opened, client, questions, sign_in_as):
    entry_id = begin(world, opened, add_colleague(world, "Other"))
    absent = client.get("/entries/00000000-0000-4000-8000-000000000000")
    for path in ("", "/name", "/check", "/preview", "/sent", "/throw-away", f"/questions/{questions[0]}"):
        answer = client.get(f"/entries/{entry_id}{path}")
        assert answer.status_code == absent.status_code == 404, path


def test_on_the_public_site_there_is_no_such_page(world, opened, colleague):
    client = world.public_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = f"staff:{colleague.id}:1", True
    assert client.get("/entries").status_code == 404
    assert client.get("/letters-to-post").status_code == 404


def test_a_recruiter_reads_who_can_enter_one_for_a_candidate(world, opened, colleague):
    client = world.staff_client()
    world.sign_in(client, "recruiter")
    page = client.get(f"/campaigns/{opened}")
    assert "Somebody cannot apply on the site" in page.text
    way = f"/campaigns/{opened}/closing-times"
    assert f'href="{way}"' in page.text
    assert "For example: Colleague." in words_of(client.get(way))


def test_a_letter_is_shown_on_a_press_printed_and_marked_as_posted(world, opened, client, sign_in_as):
    enter(world, opened, add_colleague(world, "Typist"))
    run_due_jobs(world.staff_desk, None)
    path = re.search(r'href="(/letters-to-post/[^"]+)"', client.get("/letters-to-post").text)[1]
    assert "Quenbyla" not in client.get(path).text
    letter = client.post(path)
    assert "93 Thistlecanary Row" in letter.text and letter.headers["Cache-Control"].startswith("no-store")
    assert client.post(f"{path}/posted").location == "/letters-to-post"
    assert "No letter waits for you" in client.get("/letters-to-post").text
    assert client.post(f"{path}/posted").status_code == 404
    assert client.get(path).status_code == 404


def test_an_administrator_is_told_that_letters_wait(world, opened):
    enter(world, opened, add_colleague(world, "Typist"))
    run_due_jobs(world.staff_desk, None)
    administrator = add_colleague(world, "Boss")
    with world.staff_desk.sessions.writing() as session:
        session.get_one(Person, administrator.id).is_administrator = True
    client = world.staff_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"], cookie["_fresh"] = f"staff:{administrator.id}:1", True
    assert "1 letter to candidates without an email address" in words_of(client.get("/"))


def test_the_same_texts_are_read_by_shortlisters_as_if_sent_on_the_site(world, opened, client, colleague):
    entry_id = begin(world, opened, colleague)
    fill(world, entry_id, colleague)
    shown = client.get(f"/entries/{entry_id}/preview").text
    assert "complaints fell by 30" in shown
    read = re.findall(r'class="govuk-body site-answer.*?</div>', shown, re.DOTALL)
    assert len(read) == 3 and not any("Quenbyla" in one or "Varnheskold" in one for one in read)


@pytest.mark.sqlite_only
def test_each_page_takes_few_statements(world, opened, client, questions):
    at = begun(client, opened)
    type_everything(client, at, questions)
    found = {}
    for path in ("/entries", at, f"{at}/name", f"{at}/check", f"{at}/preview", f"{at}/questions/{questions[0]}"):
        with counted(world.staff_desk.sessions.engine) as seen:
            assert client.get(path).status_code == 200
        found[path.removeprefix(at)] = len(seen)
    assert {path: number for path, number in found.items() if number > MOST} == {}
