"""What candidates must meet before anybody scores them, what they declare, and what the check decides.

A check has two ends and no score. Everybody is asked the same and nobody for papers: the Home Office's code of
practice on avoiding unlawful discrimination while preventing illegal working (2022) has employers treat all
applicants alike, and look at documents of those whom they mean to employ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from recruitment.rules.errors import Invalid

LONGEST_WORDS = 300  # of a requirement
LONGEST_DETAIL = 200  # of what a candidate adds
LONGEST_REASON = 1_000


class Requirement(StrEnum):
    """At most one of each kind in a campaign; what it is in words is the campaign's own."""

    RIGHT_TO_WORK = "right_to_work"
    REGISTRATION = "registration"
    OTHER = "other"


REQUIREMENT_TITLES = {
    Requirement.RIGHT_TO_WORK: "Right to work in the UK",
    Requirement.REGISTRATION: "Registration with a professional body",
    Requirement.OTHER: "Another requirement",
}


class Declared(StrEnum):
    YES = "yes"
    BY_START = "by_start"
    NO = "no"


DECLARED_TITLES = {
    Declared.YES: "Yes",
    Declared.BY_START: "Not yet, but I will before I start",
    Declared.NO: "No",
}


class EligibilityStanding(StrEnum):
    CONFIRMED = "confirmed"
    REFUSED = "refused"


@dataclass(frozen=True)
class AskedRequirement:
    requirement: Requirement
    words: str


@dataclass(frozen=True)
class EligibilityAnswer:
    """What a candidate declares of one requirement. `detail`: for example a number in a register."""

    requirement: str
    declared: str
    detail: str = ""


@dataclass(frozen=True)
class EligibilityDecision:
    """`reason`: why somebody is refused, which they are told; or how it was confirmed."""

    standing: EligibilityStanding
    reason: str = ""


def check_requirements(words: Mapping[Requirement, str]) -> tuple[AskedRequirement, ...]:
    """The requirements in their fixed order, without the empty ones. `Invalid` names the kind that is too long."""
    found = []
    for requirement in Requirement:
        said = words.get(requirement, "").strip()
        if len(said) > LONGEST_WORDS:
            raise Invalid(f"Shorten this to {LONGEST_WORDS} characters or fewer.", requirement.value)
        if said:
            found.append(AskedRequirement(requirement, said))
    return tuple(found)


def check_decision(decision: EligibilityDecision, field: str) -> None:
    """`Invalid` for a refusal without a reason: the candidate is told why. `field` names the entry."""
    if decision.standing is EligibilityStanding.REFUSED and not decision.reason.strip():
        raise Invalid("Say why: the candidate is told.", field)
    if len(decision.reason) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON:,} characters or fewer.", field)


def is_answered(answers: Sequence[EligibilityAnswer], asked: Sequence[AskedRequirement]) -> bool:
    """Whether a candidate declared each requirement; true where nothing is asked."""
    given = {one.requirement for one in answers if one.declared}
    return all(one.requirement in given for one in asked)


def why_unchecked(waiting: int) -> str:
    """Why the sift cannot open yet, and who can do what next."""
    waits = "application waits" if waiting == 1 else "applications wait"
    return (
        f"{waiting:,} {waits} for the check of the requirements. A recruiter confirms or refuses each on the page "
        "“Check requirements”. The campaign goes on after that."
    )


def confirmation_letter(body: str, title: str, reference: str) -> tuple[str, str]:
    """Subject and text of the message to somebody who was refused before, when it is put right."""
    return (
        f"Your application {reference}",
        f"You applied to {body}: {title}. We looked again at the requirements, and your application meets them. "
        "Our earlier message was a mistake, and we are sorry. Shortlisters will read your application.\n",
    )


def refusal_letter(body: str, title: str, reference: str, reason: str) -> tuple[str, str]:
    """Subject and text of the message to somebody who does not meet the requirements."""
    return (
        f"Your application {reference}",
        f"Thank you for applying to {body}: {title}.\n\n"
        "We checked the requirements that the advertisement lists. Your application does not meet them, so nobody "
        f"will score it.\n\nReason: {reason}\n\n"
        "This says nothing about your answers: nobody scored them. If we made a mistake, tell the recruitment "
        "team now. We can put it right until the shortlisters begin.\n",
    )
