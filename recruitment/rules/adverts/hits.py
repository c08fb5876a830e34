"""What the check finds: where, in which words, by which rule, why, and what could stand there instead."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum


class PartKind(StrEnum):
    """`GUIDANCE` goes with a question: its words are looked at, and it need ask nothing."""

    ADVERT = "advert"
    QUESTION = "question"
    GUIDANCE = "guidance"


@dataclass(frozen=True)
class Part:
    """A text that is checked; `key` names it among the parts of one advert and stays when it is edited."""

    key: str
    title: str
    text: str
    kind: PartKind = PartKind.ADVERT


class Severity(StrEnum):
    """`ASKS` is answered by a person; `STOPS` keeps the advert back until HR confirms it with a reason."""

    ASKS = "asks"
    STOPS = "stops"


@dataclass(frozen=True)
class Hit:
    """`start` to `end` in the part's text, both 0 for what is missing; `context` the sentence around it."""

    part: str
    start: int
    end: int
    words: str
    rule: str
    reason: str
    suggestion: str
    severity: Severity = Severity.ASKS
    context: str = ""

    @property
    def fingerprint(self) -> str:
        """32 hexadecimal figures, the same until the words, their sentence or the rule change."""
        told = "\x1f".join((self.part, self.rule, _plain(self.words), _plain(self.context)))
        return hashlib.blake2b(told.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def is_missing(self) -> bool:
        return not self.words


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def line_of(text: str, place: int) -> int:
    """The number of the line, from 1, on which a place of a text lies."""
    return text.count("\n", 0, place) + 1


RULE_TITLES = {
    "masculine_coded": "Words coded masculine outweigh",
    "age_wording": "Wording about age",
    "years_of_experience": "A number of years of experience",
    "disability_wording": "Wording about bodies and health",
    "driving": "Driving",
    "gendered_title": "A title of one sex",
    "gendered_wording": "Wording of one sex",
    "pregnancy_and_family": "Wording about family",
    "language_and_origin": "Wording about language or origin",
    "work_at_weekends": "Working on given days",
    "degree_required": "A degree without a reason",
    "schools_named": "Schools named",
    "tired_phrase": "A phrase that says little",
    "internal_term": "An internal term",
    "restricted_to_a_group": "Restricted by a protected characteristic",
    "health_question": "A question about health",
    "family_question": "A question about a person, not the work",
    "missing_pay": "Pay is missing",
    "missing_working_pattern": "Working pattern is missing",
    "missing_location": "Location is missing",
    "missing_closing_date": "Closing date and time are missing",
    "missing_adjustments_contact": "Whom to ask for adjustments is missing",
    "missing_disability_confident": "Disability Confident is not mentioned",
    "missing_equality_statement": "An equality statement is missing",
    "missing_how_assessed": "How candidates are assessed is missing",
    "missing_interview_dates": "Dates of interviews are missing",
    "too_many_criteria": "More than 8 essential criteria",
    "unexplained_acronym": "An acronym that is not explained",
    "long_sentence": "A sentence of more than 25 words",
    "very_long_sentence": "A sentence of more than 40 words",
    "plain_word": "A plainer word would do",
    "several_things_asked": "More than one thing asked",
    "ambiguous_question": "Could be read in two ways",
    "leading_question": "The question suggests its answer",
    "closed_question": "Can be answered with yes or no",
    "nothing_asked": "Does not say what is wanted",
}
"""Rule → its title, for a person."""
