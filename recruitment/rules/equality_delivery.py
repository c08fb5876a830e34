"""The sheet of the Equality Delivery System (2022) that NHS bodies publish: eleven outcomes, each with a score.

Source: NHS England, Equality Delivery System 2022 (three domains, eleven outcomes, scores from 0 to 3, four
ratings by their sum). The outcomes are worded shortly here, and the limits of the ratings follow the guidance as
it is commonly told: the guidance itself holds the binding wording. No outcome is of recruitment alone; what is
found there is evidence for several, above all for inclusive leadership.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from recruitment.rules.errors import Invalid
from recruitment.rules.publications import Period
from recruitment.rules.sheets import Sheet, Value

VERSION = "2022"
LONGEST = 4000
SCORES = {0: "Undeveloped activity", 1: "Developing activity", 2: "Achieving activity", 3: "Excelling activity"}
RATINGS = ((8, "Undeveloped"), (22, "Developing"), (33, "Achieving"))
"""Below so many points together; from the last on it is excelling."""
EXCELLING = "Excelling"


@dataclass(frozen=True)
class Outcome:
    key: str
    domain: str
    text: str


_SERVICES = "Commissioned or provided services"
_WORKFORCE = "Workforce health and wellbeing"
_LEADERSHIP = "Inclusive leadership"
OUTCOMES: tuple[Outcome, ...] = (
    Outcome("1A", _SERVICES, "Patients have the access to the service that they need."),
    Outcome("1B", _SERVICES, "The health needs of each patient are met."),
    Outcome("1C", _SERVICES, "Patients are free from harm when they use the service."),
    Outcome("1D", _SERVICES, "Patients report good experiences of the service."),
    Outcome(
        "2A",
        _WORKFORCE,
        "Staff are supported at work with obesity, diabetes, asthma, lung disease and mental health.",
    ),
    Outcome("2B", _WORKFORCE, "Staff are free from abuse, harassment, bullying and violence, whoever it is from."),
    Outcome(
        "2C", _WORKFORCE, "Staff have independent support after stress, abuse, bullying, harassment or violence."
    ),
    Outcome("2D", _WORKFORCE, "Staff recommend the body as a place to work and to be treated."),
    Outcome(
        "3A",
        _LEADERSHIP,
        "Board members, senior leaders and line managers show that they understand and are committed to equality.",
    ),
    Outcome(
        "3B",
        _LEADERSHIP,
        "Papers of board and committees name effects and risks for equality, and what is done about them.",
    ),
    Outcome(
        "3C",
        _LEADERSHIP,
        "Board members and senior leaders have the means to manage performance and watch progress.",
    ),
)
BY_KEY = {one.key: one for one in OUTCOMES}
DOMAINS = tuple(dict.fromkeys(one.domain for one in OUTCOMES))


class EvidenceKind(StrEnum):
    PUBLICATION = "publication"
    PLAN = "plan"
    AUDIT = "audit"
    PACK = "pack"


EVIDENCE_KINDS = {
    EvidenceKind.PUBLICATION: "Published figures",
    EvidenceKind.PLAN: "Action plan",
    EvidenceKind.AUDIT: "Inclusion audit",
    EvidenceKind.PACK: "Evidence pack",
}


@dataclass(frozen=True)
class Evidence:
    """`key`: the id of what it points at, as text; `title`: how it was called when it was linked."""

    kind: EvidenceKind
    key: str
    title: str


@dataclass(frozen=True)
class Scored:
    """`score`: 0 to 3, None until it is given."""

    score: int | None = None
    grounds: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class EdsSheet:
    """The sheet of one period; `scored` by outcome, those that are missing are open."""

    period: Period
    scored: Mapping[str, Scored] = field(default_factory=dict)

    def of(self, outcome: str) -> Scored:
        return self.scored.get(outcome, Scored())

    @property
    def left_open(self) -> tuple[Outcome, ...]:
        return tuple(one for one in OUTCOMES if self.of(one.key).score is None)

    @property
    def total(self) -> int | None:
        """Points together; None while an outcome has no score."""
        if self.left_open:
            return None
        return sum(self.of(one.key).score or 0 for one in OUTCOMES)

    @property
    def rating(self) -> str:
        """In one word; empty while an outcome has no score."""
        total = self.total
        if total is None:
            return ""
        return next((name for below, name in RATINGS if total < below), EXCELLING)


def check_scored(outcome: str, scored: Scored) -> None:
    """`Invalid` for a score that is none, and for one without grounds."""
    if outcome not in BY_KEY:
        raise Invalid("There is no such outcome.")
    if scored.score is None or scored.score not in SCORES:
        raise Invalid("Choose a score.", "score")
    if not scored.grounds.strip():
        raise Invalid("Say what the score rests on.", "grounds")
    if len(scored.grounds) > LONGEST:
        raise Invalid(f"Shorten the grounds to {LONGEST:,} characters or fewer.", "grounds")


def keep(scored: Mapping[str, Scored]) -> dict[str, Any]:
    """As it is stored; `read_kept` reads it back."""
    return {
        key: {
            "score": one.score,
            "grounds": one.grounds,
            "evidence": [[each.kind.value, each.key, each.title] for each in one.evidence],
        }
        for key, one in scored.items()
    }


def read_kept(kept: Mapping[str, Any]) -> dict[str, Scored]:
    return {
        key: Scored(
            one["score"],
            one["grounds"],
            tuple(Evidence(EvidenceKind(kind), at, title) for kind, at, title in one["evidence"]),
        )
        for key, one in kept.items()
    }


def digest_of(kept: Mapping[str, Any]) -> bytes:
    """SHA-256 of one canonical text of the scores, grounds and evidence."""
    text = json.dumps(kept, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return hashlib.sha256(text.encode()).digest()


def eds_sheets(body: str, sheet: EdsSheet) -> Sequence[Sheet]:
    """For a spreadsheet program: one row for each outcome, then what they come to."""
    heading: tuple[Value, ...] = ("Domain", "Outcome", "What it is", "Score", "In words", "Grounds", "Evidence")
    rows: list[tuple[Value, ...]] = [heading]
    for outcome in OUTCOMES:
        one = sheet.of(outcome.key)
        told: tuple[Value, Value] = ("Not scored", "") if one.score is None else (one.score, SCORES[one.score])
        evidence = "\n".join(f"{EVIDENCE_KINDS[each.kind]}: {each.title}" for each in one.evidence)
        rows.append((outcome.domain, outcome.key, outcome.text, *told, one.grounds, evidence))
    about: list[tuple[Value, ...]] = [
        (body,),
        (f"Equality Delivery System {VERSION}",),
        (f"{sheet.period.first.isoformat()} to {sheet.period.last.isoformat()}",),
    ]
    if sheet.total is not None:
        about += [("Points", sheet.total), ("Rating", sheet.rating)]
    return (Sheet("Outcomes", tuple(rows)), Sheet("About this sheet", tuple(about)))


def check_giving(sheet: EdsSheet, given_on: date | None, today: date) -> None:
    """`Invalid` where an outcome is open, or the day lies ahead."""
    if sheet.left_open:
        named = ", ".join(one.key for one in sheet.left_open)
        raise Invalid(f"Score every outcome first. Open: {named}.", "given_to")
    if given_on is None or given_on > today:
        raise Invalid("Enter a day that is not in the future.", "given_on")
