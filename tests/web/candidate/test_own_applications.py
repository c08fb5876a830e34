"""Candidates see where their own applications stand, and take them back."""

from recruitment.store.applications import Application


def test_without_applications_the_page_leads_to_the_vacancies(applicant):
    assert "You have no applications yet" in applicant.client.get("/applications").text


def test_a_draft_and_then_an_application_are_listed_in_plain_words(applicant):
    applicant.begin()
    assert "Not sent yet" in applicant.client.get("/applications").text
    applicant.write()
    applicant.submit()
    page = applicant.client.get("/applications")
    assert "We have received your application." in page.text
    assert "Reference:" in page.text


def test_a_draft_that_was_not_sent_in_time_stays_readable(world, applicant):
    applicant.begin()
    world.clock.advance(days=30)
    assert (
        "The closing time passed before you sent this application." in applicant.client.get("/applications").text
    )


def test_withdrawing_asks_first_and_then_takes_the_application_back(world, applicant):
    applicant.write()
    applicant.submit()
    assert "You cannot undo this" in applicant.page("/withdraw").text
    with world.public_desk.sessions.reading() as session:
        assert session.query(Application).one().withdrawn_at is None
    assert applicant.client.post(applicant.at + "/withdraw").location == "/applications?withdrawn=1"
    assert "You took this application back" in applicant.client.get("/applications?withdrawn=1").text
    assert applicant.page("/withdraw").location == "/applications"


def test_a_draft_cannot_be_withdrawn_as_an_application(applicant):
    applicant.begin()
    assert applicant.page("/withdraw").status_code == 404
