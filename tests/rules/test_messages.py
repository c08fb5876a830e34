"""Texts in another language: values in their places, counts in their forms, sentences of rules found again."""

from __future__ import annotations

from recruitment.rules.messages import Catalogue, places_of

WELSH = Catalogue(
    "cy",
    {
        "Yes": "Ie",
        "Your name": "Eich enw",
        "{time} on {day}": "{time} ar {day}",
        "{noun} must be {max_words} words or fewer": "Rhaid i {noun} fod yn {max_words} gair neu lai",
    },
    {"{count} day left": ("{count} diwrnod", "{count} diwrnod", "{count} ddiwrnod", "", "", "{count} diwrnod")},
    frozenset({"{noun} must be {max_words} words or fewer"}),
    lambda number: {0: 0, 1: 1, 2: 2}.get(number, 5),
)


def test_a_text_that_a_catalogue_does_not_hold_is_said_in_english():
    assert WELSH.say("Yes") == "Ie"
    assert WELSH.say("Perhaps") == "Perhaps"
    assert WELSH.say("{time} on {day}", time="5pm", day="Llun") == "5pm ar Llun"


def test_a_count_takes_the_form_of_its_number():
    assert WELSH.say_count(2, "{count} day left", "{count} days left") == "2 ddiwrnod"
    assert WELSH.say_count(1_200, "{count} day left", "{count} days left") == "1,200 diwrnod"
    assert WELSH.say_count(1, "{count} mark", "{count} marks") == "1 mark"
    assert Catalogue().say_count(3, "{count} mark", "{count} marks") == "3 marks"


def test_a_sentence_of_a_rule_is_found_by_its_fixed_words_and_its_values_are_said_too():
    assert WELSH.say_made("Your name must be 3 words or fewer") == "Rhaid i Eich enw fod yn 3 gair neu lai"
    assert WELSH.say_made("Your name must be few words or fewer") == "Your name must be few words or fewer"


def test_a_text_with_places_that_no_rule_puts_together_is_never_taken_for_a_sentence():
    assert WELSH.say_made("Lead on policy") == "Lead on policy"


def test_a_text_that_is_a_word_between_values_is_not_found_in_what_a_body_asks():
    held = Catalogue("cy", {"{begins} to {ends}": "{begins} i {ends}"}, made=frozenset({"{begins} to {ends}"}))
    assert held.say("{begins} to {ends}", begins="9:00", ends="10:00") == "9:00 i 10:00"
    assert held.say_made("What is hard to use?") == "What is hard to use?"


def test_places_for_values_and_marks_for_tags_are_told():
    assert places_of("<1>{words}</1> is read<2/>") == ("</1>", "<1>", "<2/>", "{words}")
