"""Applications that a member of staff enters for somebody who cannot use the site.

Sources: Equality Act 2010, sections 20 and 29 (another way in, as a reasonable adjustment); Civil Service
Commission, Recruitment Principles (the same asked of everybody). Equality questions are not among what is typed:
Data Protection Act 2018, Schedule 1, paragraph 8 lets answers serve monitoring alone, and a colleague who typed
them would know them of a person whose name they have just typed. Who has an e-mail address answers them alone, on
the site; who has none is not asked, and counts as not having answered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from enum import StrEnum

from recruitment.rules.applications import Relationship, count_words
from recruitment.rules.campaigns import QuestionKind
from recruitment.rules.drafts import AskedQuestion, Draft
from recruitment.rules.eligibility import AskedRequirement, is_answered
from recruitment.rules.redaction import Education

SENT_KEPT = timedelta(days=1)
"""For so long whoever entered an application can read its reference again; then nothing links the two."""


LEFT_ALONE = timedelta(hours=1)
"""After so long without anything saved, a colleague may go on with what somebody types."""


class EntryFormat(StrEnum):
    PHONE = "phone"
    PAPER = "paper"
    POST = "post"


FORMAT_TITLES: Mapping[EntryFormat, str] = {
    EntryFormat.PHONE: "By telephone",
    EntryFormat.PAPER: "On paper, handed in",
    EntryFormat.POST: "By post",
}


class Acquaintance(StrEnum):
    """Whether whoever types knows the candidate. ALONE: they do, and no colleague can do it instead."""

    NO = "no"
    YES = "yes"
    ALONE = "alone"


def refuse_acquaintance(known: Acquaintance, colleagues: Sequence[str]) -> str:
    """What to do instead, for whoever is related to the candidate or knows them; empty where they may go on.

    `colleagues`: those with no part in the campaign either. Nobody is turned away because there are none.
    """
    if known is Acquaintance.NO or (known is Acquaintance.ALONE and not colleagues):
        return ""
    if colleagues:
        return f"Pass this on to a colleague who does not know them: {', '.join(colleagues)}"
    return "Ask an administrator for a colleague who can do this. If there is none, say so here and go on"


# What whoever enters applications, or prints letters, leaves in a campaign's trail: no other part in it.
OUTSIDE_EVENTS = (
    "entry_begun",
    "entry_dropped",
    "application_entered",
    "entry_left",
    "entry_taken_over",
    "paper_letter_read",
    "paper_letter_posted",
    "paper_letter_taken_over",
    "paper_letter_released",
    "candidate_recognised",
    "changed_for_candidate",
)

WHY_NO_PART = (
    "They entered an application for this campaign, posted a letter of it or changed something for somebody, and "
    "know who stands behind a reference. So they can have no other part in it."
)


def can_be_reached(draft: Draft) -> bool:
    """Whether letters reach the candidate: by e-mail, or by post at an address with its postcode."""
    return bool(draft.email.strip() or (draft.address_lines and draft.postcode.strip()))


def missing_in_entry(
    draft: Draft,
    questions: Sequence[AskedQuestion],
    vacancies: int,
    requirements: Sequence[AskedRequirement] = (),
) -> list[str]:
    """Sentences naming what is still to be typed: what the site asks, but for e-mail address and file."""
    missing = []
    if not draft.full_name.strip():
        missing.append("Enter the candidate’s name")
    if not can_be_reached(draft):
        missing.append("Enter an email address, or a postal address with its postcode")
    if not is_answered(draft.eligibility, requirements):
        missing.append("Say whether the candidate meets the requirements")
    if vacancies > 1 and not draft.vacancies:
        missing.append("Choose at least one vacancy")
    for number, question in enumerate(questions, 1):
        words = count_words(draft.answers.get(str(question.id), ""))
        what = "the CV" if question.kind is QuestionKind.CV else f"the answer to question {number}"
        if not words:
            missing.append(f"Enter {what}")
        elif question.kind is not QuestionKind.CV and words > question.word_limit:
            missing.append(f"Shorten {what}: it has {words} words, the limit is {question.word_limit}")
    sections = {
        "adjustments": "Ask whether adjustments are needed",
        "disability_confident": "Ask about the Disability Confident scheme",
        "relationships": "Ask whether the candidate knows anybody at the organisation",
    }
    missing += [sentence for section, sentence in sections.items() if section not in draft.done]
    return missing


_YEARS = re.compile(r"[,(\s]*([0-9]{4})\s*(?:(?:to|until|[-–])\s*([0-9]{4}))?\s*\)?$")
_KNOWN = re.compile(r"\s*[:–]\s*|\s+-\s+")


def education_from(lines: Sequence[str]) -> tuple[Education, ...]:
    """A place of study for each line, as in “University of Leeds, 2011 to 2014”; years may be missing."""
    found = []
    for line in lines:
        years = _YEARS.search(line)
        place = (line[: years.start()] if years else line).strip(" ,(")
        if place:
            found.append(Education(place, years[1] or "" if years else "", years[2] or "" if years else ""))
    return tuple(found)


def relationships_from(lines: Sequence[str]) -> tuple[Relationship, ...]:
    """A person for each line, as in “Ann Lee: a former manager”."""
    parted = [(*_KNOWN.split(line.strip(), maxsplit=1), "")[:2] for line in lines if line.strip()]
    return tuple(Relationship(person.strip(), nature.strip()) for person, nature in parted)
