from uuid import UUID

from recruitment.rules.application_copies import written_copy
from recruitment.rules.applications import Relationship, Requests
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.drafts import AskedQuestion, Draft
from recruitment.rules.redaction import Education

QUESTION = AskedQuestion(UUID(int=1), QuestionKind.ANSWER, "Tell us of a change", "", 250)
CV = AskedQuestion(UUID(int=2), QuestionKind.CV, "Your CV", "", 250)


def copy_of(draft: Draft) -> str:
    return written_copy(
        organisation="Office", title="Caseworker", draft=draft, questions=[QUESTION, CV], vacancies=["Caseworker"],
        cv_texts={str(CV.id): "What the file said"},
    )  # fmt: skip


def test_a_copy_holds_everything_that_was_entered():
    draft = Draft(
        full_name="Ada Bell",
        email="ada@example.org",
        education=(Education("Calder College", "2001", "2004"),),
        answers={str(QUESTION.id): "I moved the files."},
        requests=Requests(("extra_time",), "A quiet room", True),
        relationships=(Relationship("Jo Smith", "a cousin"),),
        done=("disability_confident",),
    )
    written = copy_of(draft)
    for words in (
        "Application to Office: Caseworker", "Ada Bell", "ada@example.org", "Calder College (2001 to 2004)",
        "I moved the files.", "What the file said", "Extra time\nA quiet room", "Jo Smith: a cousin",
        "Apply under Disability Confident\n--------------------------------\nYes",
    ):  # fmt: skip
        assert words in written


def test_what_was_left_out_is_said_to_be():
    assert copy_of(Draft()).count("Not provided") == 11
