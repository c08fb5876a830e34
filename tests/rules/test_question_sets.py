"""A body chooses among the questions that are shipped; what a campaign did not ask is outside its figures."""

from __future__ import annotations

from fractions import Fraction

import pytest

from recruitment.rules.counts_format import counts_from_json, counts_to_json
from recruitment.rules.equality_question_set import (
    NOT_ANSWERED,
    NOT_ASKED,
    PREFER_NOT_TO_SAY,
    QUESTION_SET,
)
from recruitment.rules.equality_questions import (
    CHARACTERISTICS,
    UnknownAnswer,
    characteristics,
    check_answers,
)
from recruitment.rules.equality_questions_offered import COUNTED_AS
from recruitment.rules.errors import Invalid
from recruitment.rules.funnel import Counts, FunnelStage, pool
from recruitment.rules.question_set_versions import family_of, same_questions, versions_line
from recruitment.rules.question_sets import (
    ITEMS,
    LONGEST_REASON,
    OFF,
    SHIPPED,
    QuestionSet,
    checked_set,
    read_set,
    write_set,
)

WIDEST = checked_set(3, {item.key: item.wordings[-1].key for item in ITEMS}, {})
ROWS = {key: [code for code, _ in labels] for key, _, labels in CHARACTERISTICS}
OPTIONAL = {
    "pregnancy_maternity", "caring", "caring_children", "working_pattern", "household_earner", "school_type",
    "free_school_meals", "parental_qualification",
}  # fmt: skip


def test_the_set_that_is_shipped_is_the_pattern_page_for_page() -> None:
    assert SHIPPED.pages == QUESTION_SET
    assert {item.key for item in ITEMS} - set(SHIPPED.chosen) == OPTIONAL


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_every_answer_of_every_wording_is_counted_and_silence_is_offered(item) -> None:
    for wording in item.wordings:
        asked = QuestionSet(1, {**SHIPPED.chosen, item.key: wording.key})
        assert wording.source and set(wording.characteristics) <= set(ROWS)
        for page in wording.pages:
            for question in page.questions:
                codes = [option.code for option in question.options]
                assert len(codes) == len(set(codes))
                assert not codes or codes[-1] == PREFER_NOT_TO_SAY
                assert bool(question.write_in_label) == any(option.write_in for option in question.options)
                leads = {question.only_if[0]: next(iter(question.only_if[1]))} if question.only_if else {}
                for code in codes:
                    kept = check_answers(leads | {question.key: code}, asked)
                    found = characteristics(kept, asked)
                    assert all(value in ROWS[key] for key, value in found.items())
                    counts = Counts(asked=asked.characteristics)
                    counts.add(found, [FunnelStage.SUBMITTED])


def test_nobody_can_bring_a_question_or_a_wording_of_their_own() -> None:
    for chosen, field in (({"shoe_size": "standard"}, "shoe_size"), ({"religion": "ours"}, "religion")):
        with pytest.raises(Invalid, match="in the list") as refused:
            checked_set(1, {**SHIPPED.chosen, **chosen}, {})
        assert refused.value.field == field


@pytest.mark.parametrize("key", ["ethnic_group", "disability", "sex"])
def test_what_returns_rest_on_is_always_asked(key: str) -> None:
    with pytest.raises(Invalid, match="always asked") as refused:
        checked_set(1, {**SHIPPED.chosen, key: OFF}, {})
    assert refused.value.field == key


@pytest.mark.parametrize(
    ("key", "why", "sentence"),
    [
        ("religion", "x" * (LONGEST_REASON + 1), "500 characters"),
        ("caring", "We look at rotas.", "Nothing is asked"),
    ],
)
def test_a_reason_belongs_to_a_question_that_is_asked_and_is_short(key: str, why: str, sentence: str) -> None:
    with pytest.raises(Invalid, match=sentence) as refused:
        checked_set(1, SHIPPED.chosen, {key: why})
    assert refused.value.field == f"why_{key}"


def test_a_set_is_kept_and_read_back_with_its_reasons() -> None:
    made = checked_set(
        2, {**SHIPPED.chosen, "religion": OFF, "caring": "standard"}, {"caring": " We plan rotas. "}
    )
    again = read_set(2, write_set(made))
    assert again == made
    assert again.reasons == {"caring": "We plan rotas."}
    (page,) = [one for one in again.pages if one.key == "caring"]
    assert again.reasons_on(page) == (("Unpaid care", "We plan rotas."),)
    assert "religion" not in again.characteristics and "caring" in again.characteristics
    assert again.version.startswith("govuk-2022-en-1 set 2-") and family_of(again.version) == SHIPPED.version


def test_versions_tell_the_same_questions_whatever_a_body_numbers_them_and_whatever_reasons_it_gives() -> None:
    chosen = {**SHIPPED.chosen, "caring": "standard"}
    second, fifth = checked_set(2, chosen, {}), checked_set(5, chosen, {"caring": "We plan rotas."})
    other = checked_set(2, {**chosen, "sexual_orientation": "census"}, {})
    assert same_questions(second.version) == same_questions(fifth.version)
    assert same_questions(second.version) != same_questions(other.version) != same_questions(SHIPPED.version)
    both = versions_line([SHIPPED.version, second.version, second.version])
    assert same_questions(both) == same_questions(versions_line([fifth.version, SHIPPED.version]))
    assert len(versions_line([checked_set(number, chosen, {}).version for number in range(1, 40)])) < 200


def test_sex_and_gender_identity_share_a_page_only_where_both_are_asked() -> None:
    alone = checked_set(1, {**SHIPPED.chosen, "gender_identity": OFF}, {})
    (page,) = [one for one in alone.pages if one.key == "sex-and-gender-identity"]
    assert (page.title, [question.key for question in page.questions]) == ("What is your sex?", ["sex"])


def test_an_answer_to_a_question_that_is_not_asked_is_refused() -> None:
    with pytest.raises(UnknownAnswer):
        check_answers({"caring": "no"})
    with pytest.raises(UnknownAnswer):
        check_answers({"religion": "none"}, checked_set(1, {**SHIPPED.chosen, "religion": OFF}, {}))


def test_roma_can_be_chosen_and_counts_with_any_other_white_background() -> None:
    answers = check_answers({"ethnic_group": "white", "ethnic_background_white": "white_roma"}, WIDEST)
    assert answers["ethnic_background_white"] == "white_roma"
    assert characteristics(answers, WIDEST)["ethnic_background"] == "white_other"
    assert all(into in ROWS[key] for key, groups in COUNTED_AS.items() for into in groups.values())


def test_five_groups_alone_ask_no_background() -> None:
    five = checked_set(1, {**SHIPPED.chosen, "ethnic_group": "five"}, {})
    assert "ethnic_background" not in five.characteristics
    assert set(characteristics({"ethnic_group": "asian"}, five)) == set(five.characteristics)


def _counts(asked: QuestionSet, people: list[dict[str, str]]) -> Counts:
    counts = Counts(asked=asked.characteristics)
    for answers in people:
        counts.add(characteristics(check_answers(answers, asked), asked), [FunnelStage.SUBMITTED])
    return counts


def test_pooled_campaigns_count_who_was_not_asked_apart_and_outside_every_denominator() -> None:
    caring = checked_set(1, {**SHIPPED.chosen, "caring": "standard"}, {})
    asked = _counts(caring, [{"caring": "no"}, {"caring": "to_9"}, {}])
    before = _counts(SHIPPED, [{"sex": "female"}, {"sex": "male"}])
    whole = pool([before, asked])
    first = FunnelStage.SUBMITTED
    assert whole.total(first) == 5
    assert whole.count("caring", NOT_ASKED, first) == 2
    assert whole.count("caring", NOT_ANSWERED, first) == 1
    assert whole.declared("caring", first) == 2
    assert whole.declaration_rate("caring") == asked.declaration_rate("caring") == Fraction(2, 3)
    assert whole.declaration_rate("sex") == Fraction(2, 5)
    assert before.asked == SHIPPED.characteristics, "pooling changes nothing of the campaigns themselves"
    assert pool([before]).asked == SHIPPED.characteristics


def test_counts_are_stored_with_the_questions_that_were_asked() -> None:
    caring = checked_set(1, {**SHIPPED.chosen, "religion": OFF, "caring": "standard"}, {})
    text = counts_to_json(_counts(caring, [{"caring": "no"}]))
    assert counts_from_json(text).asked == caring.characteristics
    assert counts_to_json(counts_from_json(text)) == text
    for broken in (text.replace('"sex":', '"sax":'), text.replace('"from_50":', '"from_500":')):
        with pytest.raises(ValueError, match="another question set"):
            counts_from_json(broken)
