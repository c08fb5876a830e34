"""“You have written your name here”: a gentle word while writing and after saving, never in the way."""

import html
import re

import pytest

from recruitment.services.drafts import read_draft
from tests.web.candidate.test_uploading_a_cv import upload

NAMED = "I, Philippa Wetherby, rang every family."
PLAIN = "I rang every family, and complaints fell by half."


@pytest.fixture
def question(applicant):
    applicant.begin()
    applicant.save("/name", full_name="Philippa Wetherby")
    return applicant.questions()[1]


def words_of(page) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page.text).split()))


def ask(applicant, question, text):
    return applicant.client.post(f"{applicant.at}/question/{question.id}/prompts", data={"answer": text})


def test_after_saving_the_next_page_says_what_was_written_and_that_it_may_stay(applicant, question):
    saved = applicant.save(f"/question/{question.id}", answer=NAMED)
    assert saved.status_code == 303
    assert saved.location == f"{applicant.at}?written={question.id}"
    assert applicant.draft().content.answers[str(question.id)] == NAMED
    page = applicant.client.get(saved.location)
    assert "Your answer is saved You have written your name in question 2: “Philippa Wetherby”." in words_of(page)
    assert "You can leave it or change it." in words_of(page)
    assert f'href="{applicant.at}/question/{question.id}"' in page.text
    assert "govuk-error" not in page.text
    # Said once: not on the task list itself.
    assert "You have written" not in applicant.page().text


def test_an_answer_that_gives_nothing_away_is_saved_without_a_word(applicant, question):
    saved = applicant.save(f"/question/{question.id}", answer=PLAIN)
    assert saved.location == applicant.at
    assert "You have written" not in applicant.page(f"/question/{question.id}").text


def test_whoever_came_from_the_check_page_is_told_there_and_comes_back_to_it(applicant, question):
    saved = applicant.save(f"/question/{question.id}?return=check", answer=NAMED)
    assert saved.location == f"{applicant.at}/check?written={question.id}"
    page = applicant.client.get(saved.location)
    assert "You have written your name in question 2" in words_of(page)
    assert f'href="{applicant.at}/question/{question.id}?return=check"' in page.text


def test_the_page_of_the_answer_says_it_as_long_as_it_is_so(applicant, question):
    applicant.save(f"/question/{question.id}", answer=NAMED)
    assert "You have written your name here: “Philippa Wetherby”." in words_of(
        applicant.page(f"/question/{question.id}")
    )
    applicant.save(f"/question/{question.id}", answer=PLAIN)
    assert "You have written" not in applicant.page(f"/question/{question.id}").text


def test_a_refused_answer_is_shown_again_with_both_the_error_and_the_word(applicant, question, errors_of):
    page = applicant.save(f"/question/{question.id}", answer="Philippa " + "word " * 400)
    assert page.status_code == 400
    assert errors_of(page)
    assert "You have written your name here: “Philippa”." in words_of(page)


@pytest.mark.parametrize("written", ["", "nonsense", "00000000-0000-0000-0000-000000000000", "<b>", "9" * 5000])
def test_an_address_that_names_no_answer_says_nothing(applicant, question, written):
    applicant.save(f"/question/{question.id}", answer=NAMED)
    page = applicant.client.get(applicant.at, query_string={"written": written})
    assert page.status_code == 200
    assert "You have written" not in page.text


def test_what_is_being_typed_is_answered_and_not_kept(applicant, question):
    applicant.save(f"/question/{question.id}", answer=PLAIN)
    before = applicant.draft()
    told = ask(applicant, question, NAMED)
    assert told.status_code == 200
    assert "<html" not in told.text
    assert "You have written your name here: “Philippa Wetherby”." in words_of(told)
    assert (applicant.draft().version, applicant.draft().content) == (before.version, before.content)
    assert words_of(ask(applicant, question, PLAIN)) == ""


@pytest.mark.parametrize("text", ["", "\x00Philippa", "x" * 70_000, "\x00"], ids=["none", "zero", "long", "null"])
def test_whatever_is_sent_the_answer_is_a_piece_of_page(applicant, question, text):
    told = ask(applicant, question, text)
    assert told.status_code == 200
    assert words_of(told) == ""


def test_what_was_typed_is_quoted_and_never_becomes_a_part_of_the_page(applicant, question):
    applicant.save("/name", full_name="Philippa Wetherby", previous_names="<img src=x>")
    told = ask(applicant, question, "<b>Philippa</b> <script>Wetherby</script>")
    assert "Philippa" in told.text
    assert not re.search(r"<(b|script|img)\b", told.text)


def test_a_question_of_another_campaign_is_not_there(applicant, question):
    wrong = f"{applicant.at}/question/00000000-0000-0000-0000-000000000000/prompts"
    assert applicant.client.post(wrong, data={"answer": NAMED}).status_code == 404


def test_nobody_is_told_anything_about_a_draft_that_is_not_theirs(world, applicant, question):
    client = world.public_client()
    world.sign_in_candidate(client, "somebody.else@example.org")
    asked = client.post(f"{applicant.at}/question/{question.id}/prompts", data={"answer": NAMED})
    assert (asked.status_code, "Philippa" in asked.text) == (404, False)


def test_after_the_closing_time_nothing_is_said(world, applicant, question):
    world.clock.advance(days=30)
    told = ask(applicant, question, NAMED)
    assert (told.status_code, words_of(told)) == (200, "")


def test_after_an_upload_the_page_says_what_the_cv_holds_and_leads_to_the_preview(applicant, cv_question):
    applicant.begin()
    applicant.save("/name", full_name="Philippa Wetherby")
    saved = upload(applicant, cv_question, b"Philippa Wetherby\nRing 07700 900123.", "cv.txt")
    page = applicant.client.get(saved.location)
    assert "You have written in your CV: your name: “Philippa Wetherby” contact details: “07700 900123”" in (
        words_of(page)
    )
    number = len(applicant.questions())
    assert f'href="{applicant.at}/preview#answer-{number}"' in page.text


def test_asking_needs_no_write(world, applicant, question):
    ask(applicant, question, NAMED)
    with world.public_desk.sessions.reading() as session:
        draft = read_draft(
            session, actor=applicant.actor, desk=world.public_desk, campaign_id=applicant.campaign_id
        )
    assert str(question.id) not in draft.content.answers
