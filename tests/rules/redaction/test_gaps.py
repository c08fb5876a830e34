"""What is left between hidden passages of a line, and the end of a time whose beginning is hidden."""

from __future__ import annotations

from recruitment.rules.redaction import KnownValues, redact
from recruitment.rules.redaction.gaps import find_gaps
from recruitment.rules.redaction.kinds import Kind
from recruitment.rules.redaction.spans import Action, Span
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()


def found(text: str, *hidden: tuple[str, Kind]) -> list[str]:
    spans = [
        Span(text.index(words), text.index(words) + len(words), kind, "", Action.HIDE) for words, kind in hidden
    ]
    return [text[span.start : span.end].strip() for span in find_gaps(text, spans, LISTS)]


def test_an_answer_between_two_conditions_goes_with_them():
    text = "Asthma? yes. Migraine too."
    assert found(text, ("Asthma", Kind.DISABILITY), ("Migraine", Kind.DISABILITY)) == ["? yes."]


def test_work_a_name_or_a_line_between_them_stays():
    conditions = (("Asthma", Kind.DISABILITY), ("Migraine", Kind.DISABILITY))
    for text in ("Asthma led Migraine", "Asthma Leeds Migraine", "Asthma no\nMigraine", "Asthma 40 Migraine"):
        assert found(text, *conditions) == [], text
    assert found("Asthma and led it Migraine", *conditions) == []


def test_words_between_a_name_and_a_number_stay():
    assert found("Jo Bell, or 12345", ("Jo Bell", Kind.NAME), ("12345", Kind.NUMBER)) == []


def test_words_between_pronouns_that_are_replaced_stay():
    they = [Span(0, 3, Kind.GENDER, "", Action.HIDE, "They"), Span(12, 15, Kind.GENDER, "", Action.HIDE, "They")]
    assert list(find_gaps("She helped. She", they, LISTS)) == []


def test_the_end_of_a_leave_goes_with_its_beginning():
    text = "Leave 06/2020 - 03/2021. Team leader 2014 - 2016."
    assert found(text, ("Leave 06/2020", Kind.FAMILY)) == ["- 03/2021"]
    assert found("Leave May 2020 to June 2021", ("Leave May 2020", Kind.FAMILY)) == ["to June 2021"]
    assert found("Bell 2014 - 2016", ("Bell 2014", Kind.NAME)) == []


def test_a_text_that_tells_nothing_has_no_gaps():
    assert redact("Team leader, 2014 - 2016: no complaints.", KnownValues(full_name=""), LISTS).spans == ()
