"""Who telephones is recognised by what stands on a letter, however they say it, and by nothing less."""

from datetime import UTC, date, datetime

import pytest

from recruitment.rules.recognition import Told, is_recognised, letter_days

ENVELOPE = ("Siân Marie O’Brien", "1 Mill Lane", "Leeds", "LS1 1AA")
DAY = date(2026, 11, 27)


@pytest.mark.parametrize("name", ["Siân Marie O’Brien", "sian obrien", "S. O'Brien", "Siân O’Brien"])
@pytest.mark.parametrize("postcode", ["LS1 1AA", "ls11aa"])
def test_a_name_and_a_postcode_are_taken_as_people_say_them(name, postcode):
    assert is_recognised(Told(name, postcode, DAY), ENVELOPE, {DAY})


@pytest.mark.parametrize(
    "told",
    [
        Told("", "LS1 1AA", DAY),
        Told("O’Brien", "LS1 1AA", DAY),
        Told("Marie Lee", "LS1 1AA", DAY),
        Told("Ann O’Brien", "LS1 1AA", DAY),
        Told("Siân O’Brien", "", DAY),
        Told("Siân O’Brien", "LS1 1AB", DAY),
        Told("Siân O’Brien", "LS1 1AA", date(2026, 11, 26)),
    ],
)
def test_anything_else_is_nobody(told):
    assert not is_recognised(told, ENVELOPE, {DAY})


def test_nobody_is_recognised_by_an_empty_envelope():
    assert not is_recognised(Told("", "", DAY), (), {DAY})
    assert not is_recognised(Told("", "", DAY), ("", ""), {DAY})


def test_somebody_of_one_name_is_recognised_by_it():
    assert is_recognised(Told("sukarno", "LS1 1AA", DAY), ("Sukarno", "LS1 1AA"), {DAY})


def test_a_letter_bears_the_day_in_the_uk_or_one_soon_after():
    days = letter_days([datetime(2026, 7, 1, 23, 30, tzinfo=UTC).replace(tzinfo=None)])
    assert (min(days), max(days)) == (date(2026, 7, 2), date(2026, 7, 5)), "in summer it is an hour later here"
