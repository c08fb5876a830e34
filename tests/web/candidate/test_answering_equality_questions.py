"""Equality answers go from page to page in the browser, and write one sealed row and nothing else."""

import pytest
from sqlalchemy import select

from recruitment.rules.equality_questions import QUESTION_SET
from recruitment.store.equality import EqualityRow

ANSWERS = {
    "date-of-birth": {"age_band-day": "31", "age_band-month": "3", "age_band-year": "1980"},
    "health-conditions": {"health_condition": "yes"},
    "day-to-day-activities": {"activities_reduced": "a_little"},
    "ethnic-group": {"ethnic_group": "mixed"},
    "ethnic-background-mixed": {
        "ethnic_background_mixed": "mixed_other", "ethnic_background_mixed_text": "My own words",
    },
    "marital-status": {"marital_status": "PNTS"},
    "religion": {},
    "sex-and-gender-identity": {"sex": "female", "gender_identity": "same"},
    "sexual-orientation": {"sexual_orientation": "bisexual"},
}  # fmt: skip


@pytest.fixture
def sent(applicant):
    applicant.write()
    applicant.submit()
    return applicant


def at(applicant, view: str) -> str:
    return f"/campaigns/{applicant.campaign_id}/equality{view}"


def answer_all(applicant, hidden_fields, answers=ANSWERS) -> tuple[list[str], object]:
    """Go through the pages as they come; their keys, and the last response."""
    page, seen = applicant.client.get(at(applicant, "/questions")), []
    while page.status_code == 200:
        fields = hidden_fields(page)
        seen.append(fields["page"])
        page = applicant.client.post(
            at(applicant, "/questions"), data={**fields, **answers.get(fields["page"], {})}
        )
    return seen, page


def test_the_explanation_stands_before_the_questions_and_they_can_be_skipped(sent, errors_of):
    page = sent.client.get(at(sent, ""))
    for words in (
        "We have received your application</h1>",
        "Before you finish using the service, we’d like to ask some equality questions.",
        "Do you want to answer the equality questions?",
        "These questions are optional. Your answers will not affect your application.",
        "Yes, answer the equality questions (takes 2 minutes)",
        "No, skip the equality questions",
        "Why we ask equality questions",
    ):
        assert words in page.text
    assert sent.client.post(at(sent, ""), data={"wanted": "no"}).location == "/applications"
    assert sent.client.post(at(sent, ""), data={"wanted": "yes"}).location == at(sent, "/questions")
    assert errors_of(sent.client.post(at(sent, ""))) == ["Select yes if you want to answer the equality questions"]


def test_answers_given_write_one_row_and_nothing_else(sent, hidden_fields, count_rows):
    before = count_rows()
    seen, last = answer_all(sent, hidden_fields)
    assert seen == list(ANSWERS)
    assert (last.status_code, last.location) == (303, at(sent, "/done"))
    assert count_rows() == {**before, "equality_rows": before["equality_rows"] + 1}


def test_answers_replaced_and_withdrawn_write_one_row_each_and_nothing_else(sent, hidden_fields, count_rows):
    answer_all(sent, hidden_fields)
    before = count_rows()
    answer_all(sent, hidden_fields, {"sex-and-gender-identity": {"sex": "PNTS"}})
    assert count_rows() == {**before, "equality_rows": 2}
    assert "None of your equality answers" in sent.client.get(at(sent, "/withdraw")).text
    assert count_rows() == {**before, "equality_rows": 2}
    assert "withdrawn" in sent.client.post(at(sent, "/withdraw")).text
    assert count_rows() == {**before, "equality_rows": 3}


def test_no_answer_at_all_is_accepted_and_leaves_the_follow_ups_out(sent, hidden_fields, count_rows):
    seen, last = answer_all(sent, hidden_fields, {})
    follow_ups = {"day-to-day-activities", *(key for key in ANSWERS if key.startswith("ethnic-background"))}
    assert seen == [key for key in ANSWERS if key not in follow_ups]
    assert last.status_code == 303


def test_wording_and_order_are_those_of_the_question_set(sent, hidden_fields):
    page = sent.client.get(at(sent, "/questions"))
    while page.status_code == 200:
        key = hidden_fields(page)["page"]
        (shown,) = [one for one in QUESTION_SET if one.key == key]
        labels = [option.label for question in shown.questions for option in question.options]
        places = [page.text.index(label, page.text.index(shown.questions[0].text)) for label in labels[:2]]
        assert places == sorted(places)
        assert page.text.count("govuk-radios__divider") == sum(q.prefer_not_divider for q in shown.questions)
        page = sent.client.post(at(sent, "/questions"), data={**hidden_fields(page), **ANSWERS.get(key, {})})


def test_the_date_of_birth_becomes_an_age_band_before_it_is_carried(sent, hidden_fields):
    first = hidden_fields(sent.client.get(at(sent, "/questions")))
    page = sent.client.post(at(sent, "/questions"), data={**first, **ANSWERS["date-of-birth"]})
    assert hidden_fields(page)["given-age_band"] == "45-54"
    assert "1980" not in page.text
    with sent.client.session_transaction() as cookie:
        assert [key for key in cookie if not key.startswith("_")] in ([], ["csrf_token"])


def test_going_back_keeps_the_answers(sent, hidden_fields):
    first = hidden_fields(sent.client.get(at(sent, "/questions")))
    second = sent.client.post(at(sent, "/questions"), data={**first, **ANSWERS["date-of-birth"]})
    third = sent.client.post(at(sent, "/questions"), data={**hidden_fields(second), "health_condition": "no"})
    assert hidden_fields(third)["page"] == "ethnic-group"
    back = sent.client.post(at(sent, "/questions"), data={**hidden_fields(third), "go": "back"})
    assert hidden_fields(back)["page"] == "health-conditions"
    assert 'value="no" checked' in back.text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("31", "2", "1980"), "Date of birth must be a real date"),
        (("1", "1", "2030"), "Enter your date of birth or leave blank"),
        (("1", "1", "1850"), "Enter your date of birth or leave blank"),
        (("1", "", "1980"), "Date of birth must include a month"),
        (("x\x00", "1", "1980"), "What is your date of birth? contains a character that cannot be stored"),
    ],
)
def test_a_wrong_date_is_told_in_words(sent, hidden_fields, errors_of, typed, sentence):
    fields = hidden_fields(sent.client.get(at(sent, "/questions")))
    boxes = dict(zip(("age_band-day", "age_band-month", "age_band-year"), typed, strict=True))
    page = sent.client.post(at(sent, "/questions"), data={**fields, **boxes})
    assert (page.status_code, errors_of(page)) == (400, [sentence])


def test_what_is_tampered_with_starts_the_questions_afresh(sent, count_rows):
    before = count_rows()
    page = sent.client.post(
        at(sent, "/questions"), data={"page": "religion", "given-sex": "invented", "religion": "none"}
    )
    assert page.status_code == 200
    assert "given-sex" not in page.text
    assert sent.client.post(at(sent, "/questions"), data={"page": "x", "religion": "y"}).status_code == 200
    assert count_rows() == before


def test_without_an_application_there_is_nothing_to_answer(applicant):
    applicant.begin()
    for view in ("", "/questions", "/change", "/withdraw", "/done"):
        assert applicant.client.get(at(applicant, view)).status_code == 404


def test_answers_are_never_carried_through_signing_in(world, sent, count_rows):
    before = count_rows()
    page = world.public_client().post(
        at(sent, "/questions"),
        data={"page": "religion", "religion": "jewish"},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert "jewish" not in page.text
    assert count_rows() == before


def test_nothing_of_an_answer_lies_in_the_database_in_plain_text(world, sent, hidden_fields):
    answer_all(sent, hidden_fields)
    with world.public_desk.sessions.reading() as session:
        (row,) = session.scalars(select(EqualityRow))
    assert b"My own words" not in row.blob
    assert b"bisexual" not in row.blob
