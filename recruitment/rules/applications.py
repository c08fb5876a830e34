"""The parts of an application, apart by who may ever read them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date

from recruitment.rules.redaction import Education, KnownValues


@dataclass(frozen=True)
class Contact:
    """How to reach a candidate; an e-mail address may be missing on imported applications."""

    email: str = ""
    phone: str = ""
    address_lines: tuple[str, ...] = ()
    postcode: str = ""


@dataclass(frozen=True)
class Correction:
    """Details to be corrected; what is empty stays as it is. Address lines and postcode go together."""

    full_name: str = ""
    preferred_name: str = ""
    previous_names: tuple[str, ...] = ()
    phone: str = ""
    address_lines: tuple[str, ...] = ()
    postcode: str = ""


@dataclass(frozen=True)
class Identity:
    """What identifies a candidate, with the answers as they wrote them: opened only after the reveal."""

    full_name: str
    preferred_name: str = ""
    previous_names: tuple[str, ...] = ()
    contact: Contact = field(default_factory=Contact)
    date_of_birth: str = ""
    national_insurance_number: str = ""
    education: tuple[Education, ...] = ()
    external_id: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    working_pattern: str = ""

    def corrected(self, change: Contact | Correction) -> Identity:
        """With contact details in the place of the earlier ones, or with what a `Correction` is not silent on.

        Previous names are added. A name that is corrected does not become one: it may never have been theirs.
        """
        if isinstance(change, Contact):
            return replace(self, contact=change)
        contact = replace(self.contact, phone=change.phone or self.contact.phone)
        if change.address_lines:
            contact = replace(contact, address_lines=change.address_lines, postcode=change.postcode)
        return replace(
            self,
            full_name=change.full_name or self.full_name,
            preferred_name=change.preferred_name or self.preferred_name,
            previous_names=tuple(dict.fromkeys((*self.previous_names, *change.previous_names))),
            contact=contact,
        )

    def known_values(self) -> KnownValues:
        """What the redaction rules are told of the writer."""
        return KnownValues(
            full_name=self.full_name,
            preferred_name=self.preferred_name,
            previous_names=self.previous_names,
            email=self.contact.email,
            phones=(self.contact.phone,) if self.contact.phone else (),
            address_lines=self.contact.address_lines,
            postcode=self.contact.postcode,
            date_of_birth=date.fromisoformat(self.date_of_birth) if self.date_of_birth else None,
            national_insurance_number=self.national_insurance_number,
            education=self.education,
        )


WORKING_PATTERNS = (
    ("any", "Any"),
    ("full_time", "Full time"),
    ("part_time", "Part time"),
    ("job_share", "Job share"),
)


@dataclass(frozen=True)
class Requests:
    """What the recruitment team acts on by reference: adjustments, and the Disability Confident opt-in."""

    adjustments: tuple[str, ...] = ()
    adjustments_detail: str = ""
    disability_confident: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.adjustments or self.adjustments_detail or self.disability_confident)


@dataclass(frozen=True)
class Relationship:
    """Somebody at the organisation whom the candidate knows; matched after the freeze, against the panel only."""

    person: str
    nature: str


@dataclass(frozen=True)
class Document:
    """A file as it was uploaded (sealed) with the text that was read from it."""

    content: bytes
    text: str
    kind: str


ADJUSTMENTS: tuple[tuple[str, str], ...] = (
    ("extra_time", "Extra time"),
    ("questions_in_advance", "Questions in advance"),
    ("bsl", "British Sign Language interpreter"),
    ("remote", "Remote interview"),
    ("large_print", "Large print or another format"),
    ("accessible_venue", "Accessible venue"),
)

_WORD = re.compile(r"[^\s]+")


def count_words(text: str) -> int:
    """Words as GOV.UK's character count counts them: runs of anything but white space."""
    return sum(1 for _ in _WORD.finditer(text))
