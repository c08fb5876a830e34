"""The first sift: where very many apply, answers on one lead criterion are scored first, and whoever is below its
minimum goes no further.

Sources: Civil Service Success Profiles (an initial sift on a lead behaviour, said in the advert); Civil Service
Commission, Recruitment Principles (what is needed is published and fixed before anybody is assessed).

Its line **is** the minimum of the lead criterion, and nobody can raise it. Disability Confident owes an interview
to whoever chose the scheme and meets the minimum of every criterion, and who chose it stays sealed until the
interview line is drawn. A higher line, drawn blind, could cut one of them. The minimum cannot: whoever is below it
does not meet every minimum, and would be on no shortlist after the full sift either. So a first sift saves work,
and decides nothing that the full sift would not have decided.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import TypeVar

from recruitment.rules.errors import Invalid

K = TypeVar("K")

STAGE_POSITION = 0
"""Before the sift, which is the first of the stages that every campaign has."""
STAGE_NAME = "First sift"
LONGEST_REASON = 1_000


@dataclass(frozen=True)
class LeadStanding:
    """How far the scoring of the answers on the lead criterion has come, of the applications in the first sift.

    `missing`: answers that lack a shortlister or a score; `differing`: scores that differ and are not agreed.
    """

    applications: int
    missing: int
    differing: int


@dataclass(frozen=True)
class FirstSiftFacts:
    """What the records say of a planned first sift. Numbers of events are their places in the trail.

    `named` and `closed` last; `last_change` of the lead criterion; `still`: applications in it; `short`: answers
    on the lead criterion with too few scorers.
    """

    was_held: bool
    minimum: int
    named: int | None
    opened: int | None
    closed: int | None
    first_score: int | None
    last_change: int | None
    still: int
    short: int


def check_lead(lead_questions: Collection[K], questions: Collection[K], field: str = "criterion") -> None:
    """`Invalid` for a criterion that no question is scored on, or that leaves nothing to the full sift."""
    if not lead_questions:
        raise Invalid("No question is scored on this criterion, so nothing could be read for it first.", field)
    if set(lead_questions) == set(questions):
        raise Invalid(
            "Every question is scored on this criterion, so a first sift would be the whole sift. Choose a "
            "criterion that is scored on some of the questions.",
            field,
        )


def check_decision(reason: str) -> str:
    """The reason without spaces around it; `Invalid` where there is none, or too much of it."""
    if not reason.strip():
        raise Invalid("Say why the first sift is held, or why not.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON:,} characters or fewer.", "reason")
    return reason.strip()


def is_decided(decided_at: datetime | None, closes_at: datetime) -> bool:
    """Whether the decision stands: one that was taken before applications opened again does not."""
    return decided_at is not None and decided_at >= closes_at


def is_past(finals: Iterable[Fraction], minimum: int) -> bool:
    """Whether an application goes on: each final score on the lead criterion reaches the minimum.

    Without any score on it there is nothing that could be below, and the full sift decides.
    """
    return all(final >= minimum for final in finals)


def why_not_settled(standing: LeadStanding) -> str:
    """Why the first sift cannot be closed yet, as a sentence; empty where it can."""
    if not standing.applications:
        return "No application is in the first sift."
    if standing.missing:
        return "Some answers on the lead criterion are not scored by all of their shortlisters yet."
    if standing.differing:
        return f"{standing.differing} differing scores are not agreed yet: arrange moderation and wait for it."
    return ""
