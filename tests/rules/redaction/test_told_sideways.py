"""What is told sideways: by a number, a name, an idiom or a request, or beside a hidden place or year of study."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import Action, Kind, KnownValues, Redaction, Span, redact
from recruitment.rules.redaction.spans import settled
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(full_name="Mary Smith")


def read(text: str) -> Redaction:
    return redact(text, KNOWN, LISTS)


@pytest.mark.parametrize(
    ("rule", "text", "told"),
    [
        ("family: kin counted and kin by name", "My two are at the grammar school now.", "My two"),
        ("family: kin counted and kin by name", "Our Kevin is learning the bagpipes.", "Kevin"),
        ("family: kin counted and kin by name", "Bringing up four on a farm taught me patience.", "four"),
        ("family: kin counted and kin by name", "Since Harold died I can do any shift.", "Harold"),
        (
            "disability or health: what eases it and what is left of it",
            "One hearing aid, right side.",
            "right side",
        ),
        ("disability or health: what eases it and what is left of it", "I cannot touch penicillin.", "penicillin"),
        ("disability or health: what eases it and what is left of it", "Sober since 2015, thank heaven.", "2015"),
        ("age: an age in passing and old years", "Started down the pit at fifteen and loved it.", "fifteen"),
        ("age: an age in passing and old years", "I joined the water board in 1978.", "1978"),
        ("nationality: origin told sideways", "My sponsorship expires in May.", "expires"),
        ("nationality: origin told sideways", "I landed in a snowstorm from Lima.", "Lima"),
        ("nationality: origin told sideways", "I think in the tongue I was brought up in.", "tongue"),
        ("religion: faith told sideways", "Chapel every Sunday, come what may.", "Chapel"),
        ("religion: faith told sideways", "I would like Vaisakhi off, please.", "Vaisakhi"),
        ("religion: faith told sideways", "I took refuge in 2003.", "refuge"),
        ("union or politics: politics told sideways", "Remain voter and proud of it.", "Remain"),
        ("union or politics: politics told sideways", "I was in NALGO until it merged.", "NALGO"),
        ("pregnancy: births told sideways", "Expecting in June, so I could start after that.", "June"),
        ("pregnancy: births told sideways", "Born at 29 weeks, our eldest is fine now.", "29 weeks"),
        (
            "gender reassignment: names before",
            "The name on my certificate is an older one.",
            "name on my certificate",
        ),
        ("membership: fellowship told sideways", "Season ticket holder at the Rec.", "Season ticket"),
    ],
)
def test_what_is_told_sideways_is_not_read(rule, text, told):
    redaction = read(text)
    assert told in text
    assert told not in redaction.visible()
    assert rule in {span.rule for span in redaction.spans}


@pytest.mark.parametrize(
    "text",
    [
        "I raised two incidents with the supplier and closed both.",
        "The two teams are now one.",
        "I chaired the ward meeting and sent the minutes the day after.",
        "We booked the hall for Diwali and Eid events that 900 residents attended.",
        "I joined the project in 2019 and finished it under budget.",
        "A father shouted at me at the gate.",
    ],
)
def test_the_same_shapes_at_work_stay_readable(text):
    assert read(text).visible() == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("EDUCATION\nBSc Chemistry, University of Hull, 84–87", "84–87"),
        ("EDUCATION\nBA History, University of Hull, Mich. 2001 to Trin. 2004", "Trin"),
        ("EDUCATION\nMSc Hydrology, Wageningen, 2007", "Wageningen"),
        ("Schools: KES (nine GCSEs)", "KES"),
        ("BSc Mathematics, University of Hull, HT12–VT15", "VT15"),
    ],
)
def test_what_stands_beside_a_place_or_year_of_study_goes_with_it(text, told):
    assert told in text
    assert told not in read(text).visible()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("NI: QQ 65 43 21 B", "65 43 21"),
        ("Please call 07700 900461.", "900461"),
        ("I post maps as @hedgerow_lines most days.", "hedgerow_lines"),
        ("Contact\nFlat 9, Heron Court, Ashwick\n", "Heron"),
        ("Write to me at PO Box 44, Ashwick.", "Box 44"),
    ],
)
def test_numbers_handles_and_houses_without_a_street_are_hidden_for_good(text, told):
    redaction = read(text)
    assert told not in redaction.visible()
    assert all(span.action is Action.HIDE for span in redaction.spans)


def test_a_telling_word_in_a_sentence_without_work_is_flagged():
    redaction = read("I ran the depot's stock system for six years. Glaucoma's controlled nowadays, thankfully.")
    assert "Glaucoma" not in redaction.visible()
    assert "I ran the depot's stock system for six years." in redaction.visible()
    assert {span.rule for span in redaction.spans} == {"a telling word left over: disability or health"}


def test_a_doubt_beside_what_is_hidden_anyhow_is_no_doubt_to_restore():
    text = "Deaf, Welsh. I ran a depot. Retired."
    sure = Span(0, 4, Kind.DISABILITY, "sure", Action.HIDE)
    beside = Span(6, 11, Kind.NATIONALITY, "beside", Action.FLAG)
    apart = Span(28, 35, Kind.AGE, "apart", Action.FLAG)
    actions = {span.rule: span.action for span in settled(text, [sure, beside, apart])}
    assert actions == {"sure": Action.HIDE, "beside": Action.HIDE, "apart": Action.FLAG}
