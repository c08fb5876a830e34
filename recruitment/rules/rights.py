"""What candidates may ask for by right, and by when it is answered.

Sources: UK GDPR Articles 12(3) (one month), 15 (access), 16 (rectification), 17 (erasure; 17(3)(e): not while a
claim needs it); Data Protection Act 2018, Schedule 1, paragraph 8(5): written notice to stop equality processing.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from recruitment.rules.applications import Contact, Correction
from recruitment.rules.errors import Invalid
from recruitment.rules.retention import add_months

COPY_AGREED = "copy_agreed"
"""The trail's event without which no copy of what is held is made."""
COPY_FILE = "what-we-hold.txt"
"""The file in which somebody gets what is held of them."""
LONGEST = 2_000
LONGEST_DETAIL = 200


class Right(StrEnum):
    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    STOP_EQUALITY = "stop_equality"


RIGHT_TITLES = {
    Right.ACCESS: "A copy of what we hold about you",
    Right.RECTIFICATION: "Correcting your contact details",
    Right.ERASURE: "Erasing an application",
    Right.STOP_EQUALITY: "Notice to stop using your equality answers",
}


class RightStanding(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


STANDING_WORDS = {
    RightStanding.WAITING: "We are working on it",
    RightStanding.DONE: "Done",
    RightStanding.REFUSED: "Refused",
}


def answered_by(asked_on: date) -> date:
    """The last day of the month that the law gives."""
    return add_months(asked_on, 1)


def check_contact(contact: Contact) -> None:
    """Raise `Invalid` for corrected details that could not reach anybody, or that are too long to keep."""
    for field in ("email", "phone", "postcode"):
        if len(getattr(contact, field)) > LONGEST_DETAIL:
            raise Invalid(f"Shorten this to {LONGEST_DETAIL} characters or fewer.", field)
    if any(len(line) > LONGEST_DETAIL for line in contact.address_lines) or len(contact.address_lines) > 8:
        raise Invalid("Enter an address of up to 8 short lines.", "address")
    if not contact.email and not contact.phone:
        raise Invalid("Enter an e-mail address or a telephone number.", "email")


def check_correction(correction: Correction) -> None:
    """The same for a correction by letter or telephone, of which what is empty stays."""
    for field in ("full_name", "phone", "postcode"):
        if len(getattr(correction, field)) > LONGEST_DETAIL:
            raise Invalid(f"Shorten this to {LONGEST_DETAIL} characters or fewer.", field)
    if any(len(line) > LONGEST_DETAIL for line in correction.address_lines) or len(correction.address_lines) > 8:
        raise Invalid("Enter an address of up to 8 short lines.", "address")
    if correction.address_lines and not correction.postcode:
        raise Invalid("Enter the postcode of the new address.", "postcode")
    if correction.postcode and not correction.address_lines:
        raise Invalid("Enter the whole address, with its postcode below.", "address")
    if not (correction.full_name or correction.phone or correction.address_lines):
        raise Invalid("Enter what is to be corrected.", "full_name")


def copy_letter(body: str) -> tuple[str, str]:
    """Subject and text of the message that brings somebody the copy of what is held of them."""
    return (
        f"What {body} holds about you",
        "You asked for a copy of what we hold about you. It is attached. If you did not ask, tell us.",
    )
