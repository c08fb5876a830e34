"""Candidates save section by section and come back; nothing typed is lost."""

import pytest


def test_a_draft_is_saved_and_resumed_from_another_browser(world, applicant):
    applicant.begin()
    saved = applicant.save("/name", full_name="Philippa Wetherby", previous_names="Philippa Ash\nPip Ash")
    assert (saved.status_code, saved.location) == (303, applicant.at)
    elsewhere = world.public_client()
    with elsewhere.session_transaction() as cookie:
        cookie["_user_id"] = f"candidate:{applicant.id}:1"
    page = elsewhere.get(applicant.at + "/name")
    assert 'value="Philippa Wetherby"' in page.text
    assert "Philippa Ash\nPip Ash</textarea>" in page.text


def test_the_task_list_counts_what_is_done(applicant):
    applicant.begin()
    assert "You have completed 0 of 8 parts" in applicant.page().text
    applicant.save("/name", full_name="Philippa Wetherby")
    assert "You have completed 1 of 8 parts" in applicant.page().text


def test_every_section_shows_again_what_was_saved(applicant):
    applicant.write()
    applicant.save("/education", institution_1="Calder College", from_1="2001", to_1="2004")
    applicant.save("/adjustments", adjustments=["extra_time", "bsl"], detail="A quiet room")
    applicant.save("/people-you-know", knows="yes", person_1="Jo Smith", nature_1="My cousin")
    content = applicant.draft().content
    assert content.requests.adjustments == ("extra_time", "bsl")
    assert 'value="Calder College"' in applicant.page("/education").text
    assert "A quiet room</textarea>" in applicant.page("/adjustments").text
    assert 'value="My cousin"' in applicant.page("/people-you-know").text


def test_one_more_place_of_study_can_be_added(applicant):
    applicant.begin()
    saved = applicant.save("/education", institution_1="Calder College", institution_2="Ryburn High", add="yes")
    assert 'name="institution_3"' in applicant.client.get(saved.location).text


def test_an_answer_over_the_limit_is_not_saved_and_stays_on_the_page(applicant, errors_of):
    applicant.begin()
    question = applicant.questions()[0]
    long = "word " * (question.word_limit + 1)
    page = applicant.save(f"/question/{question.id}", answer=long)
    assert errors_of(page) == [f"Your answer must be {question.word_limit} words or fewer"]
    assert long.strip() in page.text
    assert applicant.draft().content.answers == {}


@pytest.mark.parametrize(
    ("section", "fields", "sentence"),
    [
        ("/name", {"full_name": " "}, "Enter your full name"),
        ("/name", {"full_name": "A\x00da"}, "Full name contains a character that cannot be stored"),
        ("/name", {"full_name": "A" * 201}, "Full name must be 200 characters or fewer"),
        ("/contact", {"email": "nobody"}, "Enter an email address in the correct format, like name@example.com"),
        ("/education", {"institution_1": "X", "from_1": "04"}, "A year must be 4 numbers, like 2014"),
        ("/education", {"from_1": "2004"}, "Enter the school, college or university of these years"),
        ("/adjustments", {}, "Select what would help you, or ‘I do not need any adjustments’"),
        ("/adjustments", {"adjustments": "steal"}, "Select an option from the list"),
        ("/disability-confident", {}, "Select yes if you want to apply under the Disability Confident scheme"),
        ("/people-you-know", {"knows": "yes"}, "Enter the name of the person you know"),
    ],
)
def test_a_page_that_cannot_be_taken_says_why_and_saves_nothing(applicant, errors_of, section, fields, sentence):
    applicant.begin()
    page = applicant.save(section, **fields)
    assert (page.status_code, errors_of(page)) == (400, [sentence])
    assert applicant.draft().version == 1


def test_in_two_tabs_the_older_one_keeps_what_was_typed_and_may_save_again(applicant, errors_of, hidden_fields):
    applicant.begin()
    old = applicant.draft().version
    applicant.save("/name", full_name="From the first tab")
    page = applicant.save("/name", version=old, full_name="From the second tab")
    assert page.status_code == 409
    assert "in another window" in errors_of(page)[0]
    assert 'value="From the second tab"' in page.text
    assert applicant.draft().content.full_name == "From the first tab"
    version = int(page.text.split('name="version"')[1].split('value="')[1].split('"')[0])
    assert applicant.save("/name", version=version, full_name="From the second tab").status_code == 303
    assert applicant.draft().content.full_name == "From the second tab"


def test_a_deadline_that_passes_while_typing_shows_what_was_typed(world, applicant):
    applicant.begin()
    question = applicant.questions()[0]
    world.clock.advance(days=30)
    page = applicant.save(f"/question/{question.id}", answer="My words, finished too late")
    assert page.status_code == 409
    assert "My words, finished too late" in page.text
    assert "The closing time has passed" in page.text
    assert applicant.draft().content.answers == {}


def test_after_the_deadline_the_draft_can_be_read_and_not_changed(world, applicant):
    applicant.begin()
    applicant.save("/name", full_name="Philippa Wetherby")
    world.clock.advance(days=20)
    page = applicant.page()
    assert "This application was not sent" in page.text
    assert "Philippa Wetherby" in page.text
    assert "Change" not in page.text
    assert applicant.page("/name").location == applicant.at


def test_another_candidates_draft_is_not_there(world, applicant):
    applicant.write()
    assert applicant.page("/check").status_code == 200
    other = world.public_client()
    world.sign_in_candidate(other, "other@example.org")
    for section in ("", "/name", "/check", "/preview", "/copy", "/submitted", "/withdraw"):
        assert other.get(applicant.at + section).status_code == 404
    assert other.post(applicant.at + "/name", data={"version": 1, "full_name": "X"}).status_code == 404


def test_a_question_of_no_campaign_is_not_there(applicant):
    applicant.begin()
    assert applicant.page(f"/question/{applicant.campaign_id}").status_code == 404


def test_an_expired_form_shows_what_was_typed(applicant):
    applicant.begin()
    app = applicant.world.public_app
    app.config["WTF_CSRF_ENABLED"] = True
    page = applicant.client.post(
        applicant.at + "/name",
        data={"version": 1, "full_name": "Kept for me", "csrf_token": "old"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert page.status_code == 403
    assert "Kept for me" in page.text
