"""What candidates may ask for by right, and by when it is answered.

Sources: UK GDPR Articles 12(3) (one month), 15 (access), 16 (rectification), 17 (erasure; 17(3)(e): not while a
claim needs it), 18 (restriction), 21(1) (objection); Data Protection Act 2018, Schedule 1, paragraph 8(5):
written notice to stop equality processing.
"""

from __future__ import annotations

from datetime import date, timedelta
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
MOST_LINES = 8
MOST_NAMES = 20


class Right(StrEnum):
    ACCESS = "access"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    STOP_EQUALITY = "stop_equality"
    RESTRICTION = "restriction"
    OBJECTION = "objection"


RESTRICTING = (Right.RESTRICTION, Right.OBJECTION)
"""Once agreed, the application is stored and not used."""
TO_DECIDE = (Right.ERASURE, *RESTRICTING)
TOLD_BEFORE = timedelta(days=3)
"""Between the letter that a restriction ends and its end (Article 18(3) asks that the letter comes first)."""


class Ground(StrEnum):
    """Article 18(1): why processing is restricted."""

    ACCURACY = "accuracy"
    UNLAWFUL = "unlawful"
    CLAIM = "claim"
    OBJECTED = "objected"


GROUND_TITLES = {
    Ground.ACCURACY: "Something you hold about me is wrong, and you have not checked it yet",
    Ground.UNLAWFUL: "You may not use it, but I do not want it erased",
    Ground.CLAIM: "You no longer need it, but I need it for a legal claim",
    Ground.OBJECTED: "I have objected, and you have not decided yet",
}
"""As the candidate says it."""
RIGHT_TITLES = {
    Right.ACCESS: "A copy of what we hold about you",
    Right.RECTIFICATION: "Correcting your details",
    Right.ERASURE: "Erasing an application",
    Right.STOP_EQUALITY: "Notice to stop using your equality answers",
    Right.RESTRICTION: "Restricting the use of an application",
    Right.OBJECTION: "Objecting to the use of an application",
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
    """The same day of the next month, or its last day where it has no such day (Article 12(3), as the ICO counts).

    A weekend or holiday could add days; they are left out, so that nobody answers late by counting on them.
    """
    return add_months(asked_on, 1)


def check_contact(contact: Contact) -> None:
    """Raise `Invalid` for corrected details that could not reach anybody, or that are too long to keep."""
    for field in ("email", "phone", "postcode"):
        if len(getattr(contact, field)) > LONGEST_DETAIL:
            raise Invalid(f"Shorten this to {LONGEST_DETAIL} characters or fewer.", field)
    if _is_too_much(contact.address_lines, MOST_LINES):
        raise Invalid(f"Enter an address of up to {MOST_LINES} short lines.", "address")
    if not contact.email and not contact.phone:
        raise Invalid("Enter an e-mail address or a telephone number.", "email")


def _is_too_much(lines: tuple[str, ...], most: int) -> bool:
    return len(lines) > most or any(len(line) > LONGEST_DETAIL for line in lines)


def check_correction(change: Correction) -> None:
    """Raise `Invalid` for a correction of nothing, of half an address, or of what is too long to keep."""
    if not any((change.full_name, change.preferred_name, change.previous_names, change.phone)) and not (
        change.address_lines or change.postcode
    ):
        raise Invalid("Enter what is to be corrected.", "full_name")
    for field in ("full_name", "preferred_name", "phone", "postcode"):
        if len(getattr(change, field)) > LONGEST_DETAIL:
            raise Invalid(f"Shorten this to {LONGEST_DETAIL} characters or fewer.", field)
    if _is_too_much(change.previous_names, MOST_NAMES):
        raise Invalid(f"Enter up to {MOST_NAMES} short lines.", "previous_names")
    if _is_too_much(change.address_lines, MOST_LINES):
        raise Invalid(f"Enter an address of up to {MOST_LINES} short lines.", "address")
    if change.address_lines and not change.postcode:
        raise Invalid("Enter the postcode of the new address.", "postcode")
    if change.postcode and not change.address_lines:
        raise Invalid("Enter the whole address, with its postcode below.", "address")


def copy_letter(body: str) -> tuple[str, str]:
    """Subject and text of the message that brings somebody the copy of what is held of them."""
    return (
        f"What {body} holds about you",
        "You asked for a copy of what we hold about you. It is attached. If you did not ask, tell us.",
    )


def check_words(words: str) -> str:
    """What is said with a request, without white space around it. `Invalid` where it is empty or too long."""
    said = words.strip()
    if not said:
        raise Invalid("Say why in your own words.", "words")
    if len(said) > LONGEST:
        raise Invalid(f"Shorten this to {LONGEST:,} characters or fewer.", "words")
    return said


_DECIDED = {
    (Right.ERASURE, True): "We have erased it.",
    (Right.ERASURE, False): "We do not erase it.",
    (Right.RESTRICTION, True): "We store it and do not use it. You can end this on the page “Your data”.",
    (Right.RESTRICTION, False): "We go on using it.",
    (
        Right.OBJECTION,
        True,
    ): "We have stopped using it. It stays stored until its time is over, or you ask us to erase it.",
    (Right.OBJECTION, False): "We go on using it.",
}
_STORED_ONLY = "We store it and do not use it. Tell us if you want us to use it again."
"""Of an agreed restriction, to somebody who cannot sign in to “Your data”."""


def answer_letter(
    body: str, kind: Right, reference: str, standing: RightStanding, reason: str, *, is_on_paper: bool = False
) -> tuple[str, str]:
    """Subject and text of the message that tells what was decided, and why."""
    is_agreed = standing is RightStanding.DONE
    decided = _DECIDED.get((kind, is_agreed), "")
    if is_on_paper and is_agreed and kind is Right.RESTRICTION:
        decided = _STORED_ONLY
    return (
        f"{body}: our answer to your request",
        f"You asked about application {reference}: {RIGHT_TITLES[kind]}.\n\n{decided}\n\n{reason}\n\n"
        "If you do not agree, you may complain to the Information Commissioner: https://ico.org.uk/make-a-complaint/",
    )


def ending_letter(body: str, reference: str, ends_on: date, reason: str) -> tuple[str, str]:
    """Subject and text of the message that comes before a restriction ends (Article 18(3))."""
    return (
        f"{body}: we will use your application again",
        f"From {ends_on:%-d %B %Y} we use application {reference} again.\n\n{reason}\n\n"
        "If you do not agree, tell us before, or complain to the Information Commissioner: "
        "https://ico.org.uk/make-a-complaint/",
    )
