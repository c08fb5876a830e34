"""Every text that a candidate can read has a translation, with the same places; the catalogue is up to date."""

from __future__ import annotations

import pytest

from recruitment.commands.messages import as_file, is_translated, updated, wanted_texts
from recruitment.rules.messages import places_of
from recruitment.services.catalogues import LANGUAGES, catalogue_file, load_catalogue, read_messages

OTHERS = LANGUAGES[1:]


@pytest.fixture(scope="module")
def wanted():
    return wanted_texts()


def test_texts_of_templates_of_forms_and_of_rules_are_found(wanted):
    assert "This is what shortlisters will read" in wanted.noted.texts
    assert "Enter your full name" in wanted.noted.texts
    assert "There is a problem" in wanted.noted.texts
    assert "or" in wanted.noted.texts
    assert "{noun} must be {max_words} words or fewer" in wanted.made.texts
    assert "We have received your application: {reference}" in wanted.made.texts
    assert ("{count} day left", "{count} days left") in (wanted.noted.counts | wanted.made.counts).items()


def test_names_keys_and_docstrings_are_no_texts(wanted):
    texts = wanted.noted.texts | wanted.made.texts
    assert [text for text in texts if text.startswith(("candidate.", "govuk-")) or "csrf" in text] == []
    assert not any('="' in text or "__" in text for text in texts)


@pytest.mark.parametrize("language", OTHERS)
def test_every_text_of_candidates_pages_is_translated_with_the_same_places(language, wanted):
    held = updated(read_messages(catalogue_file(language)), wanted)
    messages = [message for message in held if message.id]
    assert len(messages) > 600
    advice = "run `recruitment messages`, and translate what is new in the .po file"
    assert [message.id for message in messages if not is_translated(message.string)] == [], advice
    for message in messages:
        if isinstance(message.id, str):
            assert places_of(message.id) == places_of(message.string), message.id
        else:
            assert {places_of(form) for form in message.string} == {places_of(message.id[0])}, message.id


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_is_as_the_command_writes_it(language, wanted):
    path = catalogue_file(language)
    assert path.read_bytes() == as_file(updated(read_messages(path), wanted)), "run `recruitment messages`"


def test_every_form_of_a_welsh_count_is_chosen_by_its_number():
    welsh = load_catalogue("cy")
    said = [welsh.say_count(number, "{count} day left", "{count} days left") for number in (0, 1, 2, 3, 6, 11)]
    assert said[2] == "2 ddiwrnod ar ôl"
    assert said[3] == "3 diwrnod ar ôl"
    assert said[5] == "11 diwrnod ar ôl"
