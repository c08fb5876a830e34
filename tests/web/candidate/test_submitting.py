"""Applications are checked, kept as a copy, and sent exactly once."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from recruitment.services.outgoing import read_outbox
from recruitment.store.applications import Answer, Application, Draft


def rows(world, table):
    with world.public_desk.sessions.reading() as session:
        return list(session.scalars(select(table)))


def test_an_incomplete_application_says_what_is_missing_and_is_not_sent(applicant, errors_of):
    applicant.begin()
    page = applicant.page("/check")
    assert "<li>Enter your name</li>" in page.text
    assert "Accept and send" not in page.text
    refused = applicant.submit()
    assert refused.status_code == 400
    assert "Enter your name" in errors_of(refused)[0]
    assert rows(applicant.world, Application) == []


def test_the_check_page_shows_answers_with_links_that_change_them_and_come_back(applicant):
    applicant.write()
    page = applicant.page("/check")
    assert "I led change number 1 in Halifax." in page.text
    assert f'href="{applicant.at}/name?return=check"' in page.text
    saved = applicant.client.post(
        applicant.at + "/name?return=check",
        data={"version": applicant.draft().version, "full_name": "Philippa Wetherby"},
    )
    assert saved.location == applicant.at + "/check"


def test_the_copy_is_plain_text_of_everything(applicant):
    applicant.write()
    copy = applicant.page("/copy")
    assert copy.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert copy.headers["Content-Disposition"] == "attachment; filename=application.txt"
    assert "Philippa Wetherby" in copy.text
    assert "I led change number 3 in Halifax." in copy.text


def test_a_sent_application_has_a_reference_and_a_copy_by_email(world, applicant):
    applicant.write()
    sent = applicant.submit()
    assert (sent.status_code, sent.location) == (303, applicant.at + "/submitted")
    (application,) = rows(world, Application)
    assert f"<strong>{application.reference}</strong>" in applicant.client.get(sent.location).text
    assert rows(world, Draft) == []
    with world.staff_desk.sessions.reading() as session:
        letters = read_outbox(session, desk=world.staff_desk, actor=world.actor("recruiter"))
    (letter,) = [one.letter for one in letters if one.letter.to == "philippa.wetherby@example.org"]
    assert "I led change number 1 in Halifax." in letter.attachment


def test_a_double_click_a_retry_and_two_tabs_make_one_application(world, applicant):
    applicant.write()
    cookie = f"candidate:{applicant.id}:1"

    def send(_):
        client = world.public_client()
        with client.session_transaction() as kept:
            kept["_user_id"] = cookie
        return client.post(applicant.at + "/submit")

    with ThreadPoolExecutor(3) as clicks:
        sent = list(clicks.map(send, range(3)))
    sent.append(applicant.submit())
    assert {(page.status_code, page.location) for page in sent} == {(303, applicant.at + "/submitted")}
    assert len(rows(world, Application)) == 1
    assert len(rows(world, Answer)) == 3


def test_a_tab_that_was_still_open_shows_what_was_typed_and_changes_nothing(applicant):
    applicant.write()
    question = applicant.questions()[0]
    applicant.submit()
    page = applicant.save(f"/question/{question.id}", version=1, answer="Too late a thought")
    assert page.status_code == 409
    assert "Too late a thought" in page.text
    assert applicant.page("/name").location == applicant.at + "/submitted"


def test_who_has_applied_cannot_start_again(world, applicant):
    applicant.write()
    applicant.submit()
    assert applicant.begin().location == applicant.at + "/submitted"
    assert rows(world, Draft) == []


def test_after_the_deadline_nothing_is_sent(world, applicant):
    applicant.write()
    world.clock.advance(days=30)
    sent = applicant.submit()
    assert sent.location == applicant.at
    assert rows(world, Application) == []
    assert "This application was not sent" in applicant.page().text
