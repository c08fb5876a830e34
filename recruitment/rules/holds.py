"""Holds: one application's papers kept for a claim beyond its period, by two people, with a reason and a review.

Source: UK GDPR Article 17(3)(e) and 18(1)(c): what is needed to establish, exercise or defend a claim is kept,
and only that; Data Protection Act 2018 section 45 and the Information Commissioner's right to information.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from recruitment.rules.errors import Invalid
from recruitment.rules.retention import add_months

LONGEST = 2_000
MOST_MONTHS = 12
"""A hold is looked at again within a year."""


class HoldKind(StrEnum):
    TRIBUNAL = "tribunal"
    COMPLAINT = "complaint"
    COMMISSIONER = "commissioner"
    ORDER = "order"


KIND_TITLES = {
    HoldKind.TRIBUNAL: "A claim to an employment tribunal, or conciliation before one",
    HoldKind.COMPLAINT: "A complaint",
    HoldKind.COMMISSIONER: "A request of the Information Commissioner",
    HoldKind.ORDER: "An order of a court, or another legal duty",
}


class HoldStanding(StrEnum):
    """In order: asked, then placed (or refused), release asked, released, and at night erased."""

    ASKED = "asked"
    REFUSED = "refused"
    PLACED = "placed"
    RELEASE_ASKED = "release_asked"
    RELEASED = "released"
    ERASED = "erased"


STANDING_TITLES = {
    HoldStanding.ASKED: "Waits for a second person",
    HoldStanding.REFUSED: "Refused",
    HoldStanding.PLACED: "In force",
    HoldStanding.RELEASE_ASKED: "In force; its release waits for a second person",
    HoldStanding.RELEASED: "Released; erased tonight",
    HoldStanding.ERASED: "Released and erased",
}
IN_FORCE = frozenset({HoldStanding.PLACED, HoldStanding.RELEASE_ASKED})


def check_hold(reason: str, review_on: date | None, today: date) -> None:
    """Raise `Invalid` for a missing or long reason, or a review that is not within the next year."""
    if not reason.strip():
        raise Invalid("Say why the papers must be kept.", "reason")
    if len(reason) > LONGEST:
        raise Invalid(f"Shorten the reason to {LONGEST:,} characters or fewer.", "reason")
    if review_on is None or not today < review_on <= add_months(today, MOST_MONTHS):
        raise Invalid("Enter a day within the next 12 months on which the hold is looked at again.", "review_on")
