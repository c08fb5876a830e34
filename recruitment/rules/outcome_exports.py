"""What another system is told of a finished campaign: how far each application came, and who starts.

Two files, since they are for two readers: outcomes have no name, new starters are the appointed alone with what
onboarding asks first (right-to-work and payroll forms begin with name, address, date of birth and National
Insurance number: Home Office, Employer's guide to right to work checks; HMRC starter checklist).
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date

from recruitment.rules.applications import Identity

FORMATS = ("csv", "jsonl")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

# The later a kind stands, the further somebody came.
_STAGES = ("submitted", "shortlisted", "tested", "interviewed", "offered", "appointed")
# The first that is recorded says how it ended: a reserve who is called up is appointed.
_ENDINGS = (
    "appointed", "declined", "withdrew", "withdrawn", "reserve", "not_appointed", "not_invited",
    "not_shortlisted", "not_past_first_sift", "not_eligible",
)  # fmt: skip


@dataclass(frozen=True)
class ExportedOutcome:
    """`stage`: the furthest that was reached; `outcome`: how it ended, "none" for an application left open."""

    external_id: str
    stage: str
    outcome: str
    vacancy: str
    decided_on: date | None


@dataclass(frozen=True)
class NewStarter:
    """Somebody who was appointed; `external_id` is empty for who applied here."""

    external_id: str
    full_name: str
    preferred_name: str
    email: str
    phone: str
    address: str
    postcode: str
    date_of_birth: str
    national_insurance_number: str
    post: str
    location: str
    grade: str
    pay: str
    working_pattern: str


def stage_of(kinds: Collection[str]) -> str:
    """The furthest stage among the kinds of an application's stage history."""
    return next((stage for stage in reversed(_STAGES) if stage in kinds), "submitted")


def outcome_of(kinds: Collection[str]) -> str:
    """How an application ended, by its stage history; "withdrawn" and "withdrew" are one to another system."""
    found = next((ending for ending in _ENDINGS if ending in kinds), "none")
    return "withdrawn" if found == "withdrew" else found


def starter(identity: Identity, external_id: str, post: Sequence[str]) -> NewStarter:
    """`post`: title, location, grade, pay and working pattern of the vacancy."""
    contact = identity.contact
    return NewStarter(
        external_id, identity.full_name, identity.preferred_name, contact.email, contact.phone,
        ", ".join(contact.address_lines), contact.postcode, identity.date_of_birth,
        identity.national_insurance_number, *post,
    )  # fmt: skip


def write_rows(rows: Iterable[ExportedOutcome | NewStarter], kind: type, ending: str) -> str:
    """CSV (RFC 4180, with a heading) or JSON Lines; the CSV keeps a spreadsheet from running a cell as a formula.

    Raise ValueError for another ending.
    """
    plain = [{key: "" if value is None else str(value) for key, value in asdict(row).items()} for row in rows]
    if ending == "jsonl":
        return "".join(json.dumps(one, ensure_ascii=False) + "\n" for one in plain)
    if ending != "csv":
        raise ValueError(f"unknown ending: {ending}")
    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(kind)])
    writer.writeheader()
    writer.writerows({key: _cell(value) for key, value in one.items()} for one in plain)
    return out.getvalue()


def _cell(value: str) -> str:
    return f"'{value}" if value.startswith(_FORMULA) else value
