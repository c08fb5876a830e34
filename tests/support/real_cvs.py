"""Real CVs with the identities and equality answers they lack, and the names that may not stay readable."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from recruitment.rules.equality_questions import AGE, AGE_BANDS, QUESTION_SET, is_asked
from recruitment.rules.import_mapping import read_mapping

CVS = Path(__file__).resolve().parents[3] / "shared" / "real" / "cvs.jsonl"
FIRST = ("Folasade", "Rhys", "Priya", "Marek", "Aoife", "Kwame", "Zainab", "Gareth", "Ewa", "Yusuf")
LAST = ("Adeyemi", "Hughes", "Kowalska", "Mensah", "Griffiths", "Begum", "Okafor", "Zielinski", "Ncube", "Khan")

EQUALITY_KEYS = tuple(question.key for page in QUESTION_SET for question in page.questions)
MAPPING = read_mapping(
    {
        "external_id": "id",
        "identity": {
            "full_name": "known.full_name",
            "preferred_name": "known.preferred_name",
            "previous_names": "known.previous_names",
            "email": "known.email",
            "phone": "known.phone",
            "address_lines": ["known.address_lines"],
            "postcode": "known.postcode",
            "education": "known.education",
        },
        "texts": {"cv": "text"},
        "equality": {key: f"equality.{key}" for key in EQUALITY_KEYS},
        "requests": {"disability_confident": "opted_in"},
    }
)


def seeded(record: dict[str, Any], number: int, random: Random) -> dict[str, Any]:
    """A record with the identity it lacks, and equality answers."""
    known = dict(record["known"])
    if not known["full_name"]:
        known["full_name"] = f"{FIRST[number % 10]} {LAST[number // 10 % 10]}"
    if not known["email"] and number % 5:
        known["email"] = f"candidate{number}@example.org"
    answers: dict[str, str] = dict.fromkeys(EQUALITY_KEYS, "")
    if random.random() > 0.06:
        answers[AGE] = random.choice(AGE_BANDS[1:6])
        for page in QUESTION_SET:
            for question in page.questions:
                if question.options and is_asked(question, answers) and random.random() > 0.05:
                    weights = [max(1, 10 - 3 * place) for place in range(len(question.options))]
                    answers[question.key] = random.choices(question.options, weights)[0].code
    return {
        "id": record["id"],
        "text": record["text"],
        "known": known,
        "equality": answers,
        "opted_in": random.random() < 0.1,
    }


def names_left(visible: str, names: list[str], ordinary: frozenset[str]) -> list[str]:
    """Words of the names, of three letters or more, that can still be read.

    One of six letters or more counts inside another word too. One that is an ordinary word as well counts only
    with a capital, and away from the start of a sentence, a line or an entry.
    """
    found, low = [], visible.lower()
    for word in {word for name in names for word in re.findall(r"[^\W\d_]{3,}", name)}:
        is_ordinary = word.lower() in ordinary
        whole = rf"(?<![^\W\d_]){re.escape(word if is_ordinary else word.lower())}(?![^\W\d_])"
        for hit in re.finditer(whole, visible if is_ordinary else low):
            if not is_ordinary or not re.search(r"(^|[.!?:•\n]\s*)$", visible[: hit.start()]):
                found.append(word)
                break
        else:
            if len(word) >= 6 and not is_ordinary and word.lower() in low:
                found.append(word)
    return found


def judged(text: str, criterion: str, part: str) -> int:
    """A score by what was read; each shortlister is a little stricter or kinder than the next."""
    ability = crc32(f"{text}{criterion}".encode()) % 1000 / 1000
    own = (crc32(f"{part}{text}{criterion}".encode()) % 1000 / 1000 - 0.5) * 1.4
    return max(1, min(7, round(2.6 + 4.4 * ability + own)))
