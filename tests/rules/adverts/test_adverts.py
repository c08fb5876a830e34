"""What an advert is told of, and what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruitment.rules.adverts import (
    RULE_TITLES,
    AdvertListError,
    Part,
    Severity,
    build_advert_lists,
    check_advert,
    line_of,
)
from recruitment.rules.adverts.patterns import read_pattern
from recruitment.services.advert_lists import load_advert_lists

LISTS = load_advert_lists()
COMPLETE = """Caseworker
Salary £30,000 to £34,000. Full time, part time or job share. Based in Leeds, hybrid working is possible.
Closing date: noon on 3 March. We are Disability Confident. We welcome applications from all backgrounds.
Ask Sam on 0113 496 0000 for adjustments. You will be assessed against the criteria below.
Interviews are on 20 March."""


def check(text, **options):
    return check_advert([Part("a", "Advert", text)], LISTS, **options)


def rules(text, **options):
    return [hit.rule for hit in check(text, **options).hits if not hit.rule.startswith("missing")]


def test_an_advert_that_tells_everything_plainly_has_no_hit():
    assert check(COMPLETE).hits == ()


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("We are a young team.", "age_wording"),
        ("A digital native, please.", "age_wording"),
        ("You have 5+ years' experience.", "years_of_experience"),
        ("At least 3 years in post.", "years_of_experience"),
        ("You must be physically fit.", "disability_wording"),
        ("Excellent attendance is a must.", "disability_wording"),
        ("A full UK driving licence is essential.", "driving"),
        ("You must drive.", "driving"),
        ("Chairman of the board", "gendered_title"),
        ("A handyman for our offices", "gendered_title"),
        ("He/she reports to the director.", "gendered_wording"),
        ("Plan the manpower.", "gendered_wording"),
        ("Native English speakers preferred.", "language_and_origin"),
        ("You must work weekends.", "work_at_weekends"),
        ("Educated to degree level.", "degree_required"),
        ("Bring it to the SLTB.", "unexplained_acronym"),
        ("You will utilise systems.", "plain_word"),
        ("Women only.", "restricted_to_a_group"),
        ("The postholder must be a woman.", "restricted_to_a_group"),
        ("Applicants must be under 35.", "restricted_to_a_group"),
        ("There is no family commitments clause.", "pregnancy_and_family"),
        ("Oxbridge candidates.", "schools_named"),
        ("A rock star who can hit the ground running.", "tired_phrase"),
        ("This is BAU.", "internal_term"),
    ],
)
def test_wording_that_may_shut_people_out_is_told_with_reason_and_suggestion(text, rule):
    hits = [hit for hit in check(text).hits if hit.rule == rule]
    assert hits
    assert all(text[hit.start : hit.end] == hit.words and hit.reason and hit.suggestion for hit in hits)


@pytest.mark.parametrize(
    "text",
    [
        "Modern Matron for surgery.",
        "Matron on the ward, with the nurses there.",
        "You work with children and young people.",
        "A full UK driving licence with category C1, since you drive the ambulance.",
        "Emergency Care Assistant. A full driving licence is essential.",
        "A degree or equivalent experience.",
        "A registered nurse (NMC) who must have a nursing degree.",
        "You will work with women and men who left prison.",
        "The alarm must be set at night.",
        "You will chair the Senior Leadership Team (SLT), and report to the SLT.",
        "The SLT (senior leadership team) meets weekly.",
        "WE ARE HIRING NOW IN LEEDS",
        "PRISON OFFICER\nDay shifts.",
        "A fixed-term contract of 2 years.",
        "You must work weekends because the rota is shared by all.",
        "Young carers need a voice.",
    ],
)
def test_what_is_an_ordinary_requirement_or_means_something_else_is_left_alone(text):
    assert rules(text) == []


def test_an_advert_restricted_by_a_characteristic_stops_and_nothing_else_does():
    found = check("Women only. Young, energetic he/she with a degree required.")
    assert [hit.rule for hit in found.stops] == ["restricted_to_a_group"]
    assert all(hit.severity is Severity.ASKS for hit in found.hits if hit not in found.stops)


def test_what_is_missing_is_told_once_for_each_item_and_not_where_the_page_tells_it():
    missing = {hit.rule for hit in check("A job.").hits}
    assert len(missing) == 9
    left = {hit.rule for hit in check("A job.", told={"missing_closing_date", "missing_how_assessed"}).hits}
    assert missing - left == {"missing_closing_date", "missing_how_assessed"}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Interviews: w/c 4 January 2027", "missing_interview_dates"),
        ("Interviews will be held from 8 to 12 February", "missing_interview_dates"),
        ("A 39 hour week", "missing_working_pattern"),
        ("£32,000", "missing_pay"),
        ("Applications close at midday", "missing_closing_date"),
        ("An assessment centre", "missing_how_assessed"),
    ],
)
def test_what_is_told_in_other_words_is_not_missing(text, rule):
    assert rule not in [hit.rule for hit in check(text).hits]
    assert rule in [hit.rule for hit in check("A job.").hits]


def test_sentences_of_more_than_25_and_more_than_40_words_are_told_apart():
    assert rules("word " * 25 + ".") == []
    assert rules("word " * 26 + ".") == ["long_sentence"]
    assert rules("word " * 40 + ".") == ["long_sentence"]
    assert rules("word " * 41 + ".") == ["very_long_sentence"]


def test_more_than_eight_essential_criteria_are_told_from_the_list_or_from_their_number():
    listed = "Essential criteria:\n" + "\n".join(f"• point {n}" for n in range(9)) + "\nDesirable criteria:\n• one"
    assert "too_many_criteria" in rules(listed)
    assert "too_many_criteria" not in rules(listed.replace("• point 8\n", ""))
    assert "too_many_criteria" in rules("A job.", criteria=9)
    assert "too_many_criteria" not in rules("A job.", criteria=8)


def test_masculine_words_are_one_prompt_for_the_whole_advert():
    (hit,) = (hit for hit in check("Ambitious leader. Competitive and assertive.").hits if "coded" in hit.rule)
    assert hit.words == "ambitious, assertive, competitive, leader"
    assert "Coded masculine: 4; coded feminine: 0; of 5 words." in hit.reason


def test_a_hit_names_its_line():
    text = "A job.\n\nA young team."
    hit = next(hit for hit in check(text).hits if hit.rule == "age_wording")
    assert line_of(text, hit.start) == 3


def test_a_hit_stays_the_same_when_other_sentences_change_and_another_when_its_own_does():
    def found(text):
        return next(hit.fingerprint for hit in check(text).hits if hit.rule == "age_wording")

    assert found("A young team. In Leeds.") == found("New words before. A young  team. In York.")
    assert found("A young team.") != found("A young team of nine.")


def test_every_rule_of_the_lists_has_a_title_and_every_title_a_rule():
    listed = {wording.rule for wording in LISTS.wordings} | {item.rule for item in LISTS.items}
    assert listed <= RULE_TITLES.keys()


@given(st.text(max_size=300))
def test_any_text_is_checked_and_every_place_lies_in_it(text):
    for hit in check(text).hits:
        assert 0 <= hit.start <= hit.end <= len(text)
        assert hit.rule in RULE_TITLES


def test_patterns_read_optional_words_gaps_numbers_and_alternatives():
    pattern = read_pattern("[at least] # years* ... (leading|managing people)")
    for text in (
        "5 years of managing people",
        "at least 3-5 years' leading",
        "10+ years in the field managing people",
    ):
        assert pattern.search(text).group() == text
    assert not pattern.search("years of leading")
    with pytest.raises(ValueError, match="holds no word"):
        read_pattern("[only] ...")


def test_a_list_that_cannot_be_read_is_refused_by_name():
    with pytest.raises(AdvertListError, match="gender_coded"):
        build_advert_lists({})
