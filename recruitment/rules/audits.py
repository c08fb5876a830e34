"""The inclusion audit: once a year somebody from outside reads how some campaigns were run, by one template.

Source: West Midlands Ambulance Service, Equality Objectives 2017-2020 (annual audits of the recruitment process by
a member of staff outside the workforce directorate); the items after the Recruitment Principles, the
Equality Act 2010 and the Data Protection Act 2018, Schedule 1 paragraph 8.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random
from typing import TypeVar

from recruitment.rules.errors import Invalid

TEMPLATE_VERSION = 1
LONGEST_NOTE = 4000
_Key = TypeVar("_Key")


class Method(StrEnum):
    RANDOM = "random"
    TARGETED = "targeted"


class Judgement(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True)
class AuditItem:
    """`look`: where an auditor finds it; `source`: who asks for it."""

    key: str
    section: str
    text: str
    look: str
    source: str


_PRINCIPLES = "Recruitment Principles"
_EQUALITY_ACT = "Equality Act 2010"
_DATA_PROTECTION = "Data Protection Act 2018"
_OBJECTIVES = "Body's equality objectives"

ITEMS: tuple[AuditItem, ...] = (
    AuditItem(
        "criteria",
        "Before applications",
        "The criteria are what the post needs, and no more.",
        "Rules in force",
        _PRINCIPLES,
    ),
    AuditItem(
        "guide",
        "Before applications",
        "The scoring guide tells two scorers the same thing.",
        "Rules in force",
        _PRINCIPLES,
    ),
    AuditItem(
        "advert",
        "Before applications",
        "The advert shuts nobody out by its words or its demands.",
        "The advert and its check",
        _EQUALITY_ACT,
    ),
    AuditItem(
        "scores", "Sift", "Every answer was scored alone by two people or more.", "Sift scores", _PRINCIPLES
    ),
    AuditItem(
        "agreement",
        "Sift",
        "Where scores differed, the agreed one has a ground in the guide.",
        "Moderation",
        _PRINCIPLES,
    ),
    AuditItem(
        "line",
        "Sift",
        "The interview line was drawn after all scores, for the reason that stands there.",
        "Rules in force, trail",
        _PRINCIPLES,
    ),
    AuditItem("openings", "Sift", "Nothing withheld was opened without a ground.", "Trail", _DATA_PROTECTION),
    AuditItem("reveal", "Interview", "Names were revealed after the freeze, by two people.", "Trail", _PRINCIPLES),
    AuditItem(
        "panel",
        "Interview",
        "The panel met the body's rules, or a waiver says why not.",
        "Findings, waivers",
        _OBJECTIVES,
    ),
    AuditItem(
        "training", "Interview", "Everybody on the panel had their training in date.", "Findings", _OBJECTIVES
    ),
    AuditItem(
        "inclusion",
        "Interview",
        "Every candidate was asked the question on inclusion.",
        "Rules in force, interview scores",
        _OBJECTIVES,
    ),
    AuditItem(
        "adjustments", "Interview", "Adjustments that were asked for were agreed and made.", "Trail", _EQUALITY_ACT
    ),
    AuditItem("merit", "Decision", "Appointments follow the order of merit.", "Outcomes", _PRINCIPLES),
    AuditItem("monitoring", "Decision", "Equality answers touched no decision.", "Trail", _DATA_PROTECTION),
    AuditItem(
        "lessons",
        "Afterwards",
        "What the team found is written down and followed up.",
        "Checklist, actions",
        _OBJECTIVES,
    ),
)
SECTIONS = tuple(dict.fromkeys(item.section for item in ITEMS))


@dataclass(frozen=True)
class Judged:
    judgement: Judgement
    note: str


def check_judgement(item: str, judged: Judged) -> None:
    """`Invalid` for an item that the template lacks, and for a "no" or "not applicable" that says nothing more."""
    if item not in {each.key for each in ITEMS}:
        raise Invalid("The template has no such item.")
    if judged.judgement is not Judgement.YES and not judged.note.strip():
        raise Invalid("Say what you found, and where.", f"note_{item}")
    if len(judged.note) > LONGEST_NOTE:
        raise Invalid(f"Shorten the note to {LONGEST_NOTE:,} characters or fewer.", f"note_{item}")


def left_open(judged: Mapping[str, Judged]) -> tuple[AuditItem, ...]:
    return tuple(item for item in ITEMS if item.key not in judged)


def is_outside(own: str, recruiting: str) -> bool:
    """Whether an auditor's directorate is another than the recruiting one; a campaign without one shuts nobody
    out, and is found fault with instead."""
    return " ".join(own.split()).casefold() != " ".join(recruiting.split()).casefold() or not recruiting.strip()


def draw(population: Collection[_Key], size: int, random: Random) -> list[_Key]:
    """A random sample without repetition, each of the same size as likely; `Invalid` for a size that cannot be."""
    if not 1 <= size <= len(population):
        raise Invalid(f"Choose from 1 to {len(population)} campaigns.", "size")
    return random.sample(list(population), size)


def check_targets(wanted: Sequence[_Key], population: Collection[_Key], reason: str) -> None:
    """A targeted sample is of the population, and says why these."""
    if not wanted:
        raise Invalid("Choose one campaign or more.", "campaigns")
    if not set(wanted) <= set(population):
        raise Invalid("Choose from the campaigns of the audit.", "campaigns")
    if not reason.strip():
        raise Invalid("Say why you chose these campaigns.", "reason")


def next_due(completed: date) -> date:
    """A year after the last audit was completed; the 28th of February after a leap day."""
    try:
        return completed.replace(year=completed.year + 1)
    except ValueError:
        return completed.replace(year=completed.year + 1, day=28)
