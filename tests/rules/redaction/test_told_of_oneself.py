"""Clubs, retirement, losses: what writers tell of themselves, and the same words where they tell of work."""

from __future__ import annotations

import pytest

from recruitment.rules.redaction import KnownValues, Passage, redact
from recruitment.rules.redaction.kinds import Kind
from recruitment.services.wordlists import load_word_lists

LISTS = load_word_lists()
KNOWN = KnownValues(full_name="Mary Smith")


def visible(text: str) -> str:
    """What a shortlister reads before anybody restores a flagged passage."""
    return redact(text, KNOWN, LISTS).visible()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I am secretary of the Old Warwickians.", "Warwickians"),
        ("President of the Old Salopians' Club", "Salopians"),
        ("I am an Old Etonian.", "Etonian"),
        ("Rotary Club of Ludlow", "Ludlow"),
        ("Member, Rotary Club of Ludlow", "Rotary"),
        ("I am treasurer of Ludlow Rotary.", "Rotary"),
        ("Soroptimist International of Ludlow, treasurer", "Soroptimist"),
        ("I am a member of Ludlow Golf Club and enjoy walking.", "Golf"),
        ("Chair, Ludlow Civic Society", "Ludlow"),
        ("I volunteer with the Lions Club of Telford.", "Telford"),
        ("I help with the Telford Girls' Brigade.", "Brigade"),
        ("I am in the Salop Choral Society as treasurer.", "Choral"),
        ("In my spare time I coach juniors at Oswestry Rugby Club.", "Oswestry"),
    ],
)
def test_clubs_of_ones_own_time_are_not_read(text, told):
    assert told in text
    assert told not in visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "I gave talks to the Rotary Club of Ludlow on road safety.",
        "I managed the bar at Ludlow Golf Club.",
        "We inspected Ludlow Cricket Club for fire safety and served a notice.",
        "I am treasurer of the Breakfast Club at the primary school where I work.",
        "I am secretary of the Local Safeguarding Board.",
        "I worked as a Staff Nurse Band 6 on the ward.",
        "I audited the accounts of the Wem Conservative Club for the council.",
    ],
)
def test_clubs_that_are_customers_or_employers_stay(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("I will retire in two years.", "retire"),
        ("I shall be retiring in 2027.", "retiring"),
        ("I hope to retire at 60.", "retire"),
        ("I plan to retire within three years, so this would be my last post.", "retire"),
        ("I'll retire soon.", "retire"),
        ("I am thinking of retiring next year.", "retiring"),
        ("Retiring in 2027.", "Retiring"),
        ("We lost a baby, and I had a miscarriage in 2019.", "baby"),
        ("We lost our baby in 2018. I had a miscarriage after that.", "baby"),
        ("We had lost a baby, and in 2019 I miscarried.", "miscarried"),
        ("I was raised by a gay couple.", "gay"),
        ("We are a lesbian couple and I work nights.", "lesbian"),
        ("My clerical collar shows.", "collar"),
    ],
)
def test_what_tells_age_loss_or_life_is_not_read(text, told):
    assert told in text
    assert told not in visible(text)


@pytest.mark.parametrize(
    "text",
    [
        "I advise members who will retire in two years.",
        "We will retire the legacy system next year.",
        "We retired the old form in 2022.",
        "I helped staff who hope to retire early.",
        "I handled a complaint from a gay couple about their landlord.",
        "I took a statement from a lesbian couple about a burglary.",
        "We rehoused a gay couple after harassment.",
        "A gay couple complained of harassment by neighbours, and I took it to the panel.",
        "I persuaded two gay men to give evidence.",
        "I listened to a gay man who had been attacked.",
        "A complaint by a trans woman about her landlord went to me.",
        "I know the Black Country well.",
    ],
)
def test_the_same_words_of_others_and_of_things_are_evidence(text):
    assert visible(text) == text


@pytest.mark.parametrize(
    "text", ["My collar number was 4471", "My collar number is PC 4471.", "Collar number: 4471"]
)
def test_a_collar_number_is_a_number_and_no_religion(text):
    assert "4471" in text
    redaction = redact(text, KNOWN, LISTS)
    assert "4471" not in redaction.visible()
    assert "ollar number" in redaction.visible()
    assert {piece.kind for piece in redaction.pieces if isinstance(piece, Passage)} == {Kind.NUMBER}


def test_a_policy_of_a_year_is_no_number_of_a_person():
    text = "I wrote the Staff Policy 2013 with two unions."
    assert visible(text) == text


def test_a_faith_post_that_somebody_else_holds_is_a_doubt_at_most():
    text = "I put Listeners on at weekends, and got the chaplain and the Imam to do evening rounds."
    redaction = redact(text, KNOWN, LISTS)
    assert "Imam" not in redaction.visible()
    assert redaction.visible(frozenset(range(9))) == text


def test_after_so_and_but_what_one_can_do_stays():
    text = "I am Punjabi myself so I could switch straight away."
    assert "Punjabi" not in visible(text)
    assert "so I could switch straight away" in visible(text)
