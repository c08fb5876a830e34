"""What is hidden in part is hidden whole, and stays apart from the work beside it."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import MARKER, Education, KnownValues, redact
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(full_name="Prem Gurung", education=(Education("Loyola College", "", ""),))


def visible(text: str) -> str:
    """What a shortlister reads before anybody restores a flagged passage."""
    return redact(text, KNOWN, LISTS).visible()


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("Yours,\nPrem Bdr Gurung", f"Yours,\n{MARKER}"),
        ("cheers prem x", f"cheers {MARKER}"),
        ("My file has it as O'Gurung.", f"My file has it as {MARKER}."),
        ("I studied law at Loyola, Madras.", f"I studied law at {MARKER}."),
    ],
)
def test_the_ends_of_a_name_and_of_a_place_go_with_it(text, reads):
    assert visible(text) == reads


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I look after my mum, so I would need to finish by three on Mondays.", "finish by three"),
        ("I'm deaf and I work best facing the door.", "facing the door"),
        ("I lip read, so I sit with my back to the window.", "window"),
        ("Could I have school hours at first, because of my son's operation?", "school hours"),
    ],
)
def test_a_request_goes_with_its_reason_to_the_end_of_its_sentence(text, told):
    assert told in text
    assert told not in visible(text)


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("I'm deaf. I need a budget of £4,000 for the pilot.", "I need a budget of £4,000 for the pilot."),
        ("I look after my mum, but I can travel anywhere.", "I can travel anywhere."),
        ("I have two girls and I managed 40 tenancies.", "managed 40 tenancies."),
    ],
)
def test_work_beside_a_request_stays(text, stays):
    assert visible(text).endswith(stays)


def test_a_sentence_that_begins_with_the_writers_name_keeps_its_first_word() -> None:
    text = "I, Mary Smith, led it."
    hidden = redact(text, KnownValues(full_name="Mary Smith"), LISTS)
    assert hidden.visible() == "I, [hidden], led it."
