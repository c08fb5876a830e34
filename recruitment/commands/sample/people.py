"""Invented candidates of the sample: varied names, contacts, requests and equality answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from recruitment.rules.applications import Contact, Identity, Requests
from recruitment.rules.equality_questions import QUESTION_SET, age_band, is_asked
from recruitment.rules.redaction import Education

_FIRST = (
    "Folasade Amara Mary James Oluwaseun Priya Rhys Siobhan Mohammed Wei Ewa Grace Will Thandiwe Aoife Harpreet "
    "Dafydd Yusuf Chloe Marek Leila Callum Nadia Hope Andrzej Kavita Tariq Megan Ifeoma Noah Zainab Owain Ruth "
    "Kwame Bronwen Imran Lucy Anil Catrin Samuel Farah Joseph Mei Gareth Shanice Adam Rukhsana Peter Nia Emmanuel"
).split()
_LAST = (
    "Adeyemi Smith Jones Patel O’Neill Khan Chen Nowak Hughes Okafor Singh Williams Murphy Begum Taylor Kowalska "
    "Mensah Evans Ahmed Brown Davies Li Hussain Wright Ncube Roberts Kaur Walker Osei Green Griffiths Ali "
    "Bell Sharma Morgan Ibrahim Clarke Zielinski Abdi Moore Lewis Rahman Young Boateng Lloyd Shah Hill Mwangi"
).split()
_TOWNS = ("Leeds", "Cardiff", "Bristol", "Croydon", "Oldham", "Swansea", "Hackney", "Derby")
_STREETS = ("Mill Lane", "Station Road", "Albert Street", "Chapel Hill", "Orchard Close", "High Street")
_COLLEGES = (
    "University of Leeds",
    "Cardiff University",
    "Manchester Metropolitan University",
    "Queen Mary University of London",
    "City College Norwich",
)


@dataclass(frozen=True)
class SampleCandidate:
    """One invented person; `ability` from 0 to 1 shapes the scores, and is tied to nothing else."""

    number: int
    first: str
    last: str
    identity: Identity
    requests: Requests
    equality: dict[str, str] | None
    ability: float
    relationships: tuple[tuple[str, str], ...] = field(default=())


def _pick_equality(random: Random) -> dict[str, str] | None:
    """Answers with the spread of a public body's applicants; some give none, some only a part."""
    if random.random() < 0.08:
        return None
    answers: dict[str, str] = {}
    if random.random() < 0.95:
        born = date(random.randint(1961, 2003), random.randint(1, 12), random.randint(1, 28))
        answers["age_band"] = age_band(born, date(2026, 11, 1))
    for page in QUESTION_SET:
        for question in page.questions:
            if question.key == "age_band" or not question.options or not is_asked(question, answers):
                continue
            if random.random() < 0.05:
                continue
            weights = [max(1, 12 - 4 * position) for position in range(len(question.options))]
            answers[question.key] = random.choices(question.options, weights)[0].code
    return answers


def make_candidate(number: int, random: Random, equality: Random) -> SampleCandidate:
    """`equality` is a random source of its own: nothing else depends on what it gives."""
    first = _FIRST[(number * 7) % len(_FIRST)]
    last = _LAST[(number * 11 + number // len(_LAST)) % len(_LAST)]
    plain = f"{first}.{last}".lower().replace("’", "")
    town = random.choice(_TOWNS)
    graduated = random.randint(1984, 2020)
    identity = Identity(
        full_name=f"{first} {last}",
        preferred_name=first[:3] if random.random() < 0.1 else "",
        contact=Contact(
            email=f"{plain}{number}@example.org",
            phone=f"07700 900{random.randint(100, 999)}",
            address_lines=(f"{random.randint(1, 180)} {random.choice(_STREETS)}", town),
            postcode=random.choice(("LS", "CF", "BS")) + f"{random.randint(1, 19)} {random.randint(1, 9)}AB",
        ),
        education=(Education(random.choice(_COLLEGES), str(graduated - 3), str(graduated)),),
    )
    adjustments: tuple[str, ...] = ()
    detail = ""
    if random.random() < 0.15:
        adjustments = (random.choice(("extra_time", "questions_in_advance", "bsl", "remote")),)
        detail = "Please send the questions a day before." if adjustments == ("questions_in_advance",) else ""
    requests = Requests(adjustments, detail, random.random() < 0.12)
    known = (("Dev Patel", "We worked in one team until 2023"),) if random.random() < 0.05 else ()
    return SampleCandidate(
        number, first, last, identity, requests, _pick_equality(equality), random.random(), known
    )
