"""How what is sealed is written down: canonical JSON of plain dataclasses."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from recruitment.rules.applications import Contact, Correction, Document, Identity, Relationship
from recruitment.rules.clearance import WaitingPassage
from recruitment.rules.eligibility import EligibilityAnswer, EligibilityDecision, EligibilityStanding
from recruitment.rules.redaction import Education, Kind


def dump(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode(
        "utf-8", "surrogatepass"
    )


def load(raw: bytes) -> Any:
    return json.loads(raw.decode("utf-8", "surrogatepass"))


def dump_identity(identity: Identity) -> bytes:
    return dump(asdict(identity))


def load_identity(raw: bytes) -> Identity:
    fields = load(raw)
    contact = fields.pop("contact")
    return Identity(
        **{
            **fields,
            "previous_names": tuple(fields["previous_names"]),
            "education": tuple(Education(**entry) for entry in fields["education"]),
            "contact": Contact(**{**contact, "address_lines": tuple(contact["address_lines"])}),
        }
    )


def load_correction(raw: bytes) -> Contact | Correction:
    """Whichever of the two was sealed: an address for e-mail stands in whole contact details alone."""
    fields = load(raw)
    several = {key: tuple(fields[key]) for key in ("address_lines", "previous_names") if key in fields}
    return Contact(**fields | several) if "email" in fields else Correction(**fields | several)


def pad(raw: bytes, block: int) -> bytes:
    """Fill up to whole blocks with white space, which JSON ignores: lengths tell nothing below a block."""
    return raw + b" " * (-len(raw) % block)


def dump_relationships(relationships: tuple[Relationship, ...]) -> bytes:
    return pad(dump([asdict(relationship) for relationship in relationships]), 4096)


def load_relationships(raw: bytes) -> tuple[Relationship, ...]:
    return tuple(Relationship(**fields) for fields in load(raw))


def load_eligibility(raw: bytes) -> tuple[EligibilityAnswer, ...]:
    return tuple(EligibilityAnswer(**fields) for fields in load(raw))


def load_decision(raw: bytes) -> EligibilityDecision:
    fields = load(raw)
    return EligibilityDecision(EligibilityStanding(fields["standing"]), fields["reason"])


def dump_document(document: Document) -> bytes:
    return dump(
        {
            "content": base64.b64encode(document.content).decode(),
            "text": document.text,
            "kind": document.kind,
        }
    )


def load_document(raw: bytes) -> Document:
    fields = load(raw)
    return Document(base64.b64decode(fields["content"]), fields["text"], fields["kind"])


def dump_passages(passages: Mapping[int, WaitingPassage]) -> bytes:
    return dump({str(ordinal): [each.text, each.kind, each.is_disputed] for ordinal, each in passages.items()})


def load_passages(raw: bytes) -> dict[int, WaitingPassage]:
    return {
        int(ordinal): WaitingPassage(text, Kind(kind), is_disputed)
        for ordinal, (text, kind, is_disputed) in load(raw).items()
    }
