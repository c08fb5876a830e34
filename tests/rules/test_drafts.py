import json
from uuid import UUID

import pytest

from recruitment.rules.applications import Relationship, Requests
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.drafts import AskedQuestion, Draft, missing_parts
from recruitment.rules.redaction import Education

QUESTION = AskedQuestion(UUID(int=1), QuestionKind.ANSWER, "Tell us of a change you led.", "", 5)
STATEMENT = AskedQuestion(UUID(int=2), QuestionKind.STATEMENT, "Why this post?", "", 5)
CV = AskedQuestion(UUID(int=3), QuestionKind.CV, "Your CV", "", 500)
DONE = ("adjustments", "disability_confident", "relationships")


def _whole(**changes):
    parts = {
        "full_name": "Folasade Adeyemi",
        "email": "sade@mail.example",
        "answers": {str(QUESTION.id): "I led it well.", str(STATEMENT.id): "I like it."},
        "documents": (str(CV.id),),
        "done": DONE,
    }
    return Draft(**(parts | changes))


def test_a_whole_draft_lacks_nothing():
    assert missing_parts(_whole(), [QUESTION, STATEMENT, CV], 1) == []


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"full_name": " "}, "Enter your name"),
        ({"email": ""}, "Enter your contact details"),
        ({"documents": ()}, "Upload your CV"),
        ({"answers": {str(STATEMENT.id): "I like it."}}, "Answer question 1"),
        ({"answers": {str(QUESTION.id): "I led it well."}}, "Write your statement"),
        ({"done": DONE[1:]}, "Say whether you need adjustments"),
        ({"done": ("adjustments", "relationships")}, "Answer the Disability Confident question"),
        ({"done": DONE[:2]}, "Say whether you know anybody at the organisation"),
    ],
)
def test_each_part_that_is_missing_is_named(changes, sentence):
    assert missing_parts(_whole(**changes), [QUESTION, STATEMENT, CV], 1) == [sentence]


def test_an_answer_over_its_limit_is_to_be_shortened_and_one_at_the_limit_is_not():
    at_limit = _whole(answers={str(QUESTION.id): "one two three four five"})
    over = _whole(answers={str(QUESTION.id): "one two three four five six"})

    assert missing_parts(at_limit, [QUESTION], 1) == []
    assert missing_parts(over, [QUESTION], 1) == ["Shorten question 1: it has 6 words, the limit is 5"]


def test_a_vacancy_is_chosen_only_where_there_are_several():
    assert missing_parts(_whole(), [QUESTION], 1) == []
    assert missing_parts(_whole(), [QUESTION], 2) == ["Choose at least one vacancy"]
    assert missing_parts(_whole(vacancies=("north",)), [QUESTION], 2) == []


def test_a_section_is_done_once_however_often_it_is_saved():
    draft = Draft().with_section("identity", full_name="A").with_section("identity", full_name="B")

    assert (draft.full_name, draft.done) == ("B", ("identity",))


def test_a_draft_comes_back_whole_from_storage():
    draft = _whole(
        previous_names=("Sade Cole",),
        address_lines=("1 Mill Lane", "Leeds"),
        education=(Education("University of Leeds"),),
        requests=Requests(),
        relationships=(Relationship("Dev Patel", "friend"),),
        vacancies=("north", "south"),
        hidden={str(QUESTION.id): ((0, 4), (7, 9))},
    )

    assert Draft.from_fields(json.loads(json.dumps(draft.to_fields()))) == draft
