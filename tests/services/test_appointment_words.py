"""What a candidate reads about a time, in English and in Welsh."""

from __future__ import annotations

from datetime import date

import pytest

from recruitment.rules.slots import Span
from recruitment.services.appointment_words import (
    AppointmentFacts,
    booking_in_words,
    cancellation_in_words,
    time_in_words,
)
from recruitment.services.catalogues import load_catalogue

SPAN = Span(date(2026, 12, 8), "10:00", 45)
FACTS = AppointmentFacts(
    "Casework officer", "Office", "Interview", SPAN, "Room 4", "The room is free.", True, "https://jobs.example/x"
)
ENGLISH, WELSH = load_catalogue("en"), load_catalogue("cy")


def test_a_booked_time_is_told_in_both_languages():
    subject, body = booking_in_words(FACTS, ENGLISH)
    assert subject == "Booked: Interview, Casework officer"
    assert body == (
        "Your time is booked: interview.\n\nTuesday 8 December 2026, 10:00 to 10:45 (UK time)\nRoom 4\n\n"
        "Why: The room is free.\n\nSee it, or change it, here:\nhttps://jobs.example/x\n\n"
        "The attached file puts it into your calendar.\n\nOffice\n"
    )
    subject, body = booking_in_words(FACTS, WELSH)
    assert subject == "Wedi'i drefnu: Interview, Casework officer"
    assert "Dydd Mawrth 8 Rhagfyr 2026, 10:00 i 10:45 (amser y DU)\nRoom 4" in body
    assert "Mae'r ffeil sydd ynghlwm yn ei roi yn eich calendr." in body
    assert "Your" not in body and "here" not in body


@pytest.mark.parametrize("said", [ENGLISH, WELSH])
def test_a_cancelled_time_has_no_word_of_a_calendar_to_put_it_into(said):
    _, body = cancellation_in_words(FACTS, said)
    assert "calend" not in body
    assert "2026" in body and "https://jobs.example/x" in body


def test_a_time_without_a_length_has_no_end_and_none_is_empty():
    assert time_in_words(Span(SPAN.day, "10:00", 0), ENGLISH) == "Tuesday 8 December 2026, 10:00 (UK time)"
    assert time_in_words(None, WELSH) == ""
