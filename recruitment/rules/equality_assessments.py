"""What an equality impact assessment of a process or a policy holds, and when it is whole.

Source: Equality Act 2010 section 149 (due regard to the three aims of the public sector equality duty); Equality
and Human Rights Commission, guidance for public authorities on equality impact assessment, with its four
outcomes. No personal detail belongs in it: it is written to be published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from recruitment.rules.errors import Invalid
from recruitment.rules.protected_characteristics import CHARACTERISTIC_TITLES, ProtectedCharacteristic

LONGEST = 10_000


class AssessedKind(StrEnum):
    PANEL_RULES = "panel_rules"
    PROCESS = "process"
    POLICY = "policy"


KIND_TITLES = {
    AssessedKind.PANEL_RULES: "Rules for panels",
    AssessedKind.PROCESS: "A process",
    AssessedKind.POLICY: "A policy",
}


class EffectKind(StrEnum):
    POSITIVE = "positive"
    NEGATIVE = "negative"
    NONE = "none"
    NOT_KNOWN = "not_known"


EFFECT_TITLES = {
    EffectKind.POSITIVE: "Positive",
    EffectKind.NEGATIVE: "Negative",
    EffectKind.NONE: "None",
    EffectKind.NOT_KNOWN: "Not known",
}


class AssessedDecision(StrEnum):
    SCREENED_OUT = "screened_out"
    GOES_AHEAD = "goes_ahead"
    ADJUSTED = "adjusted"
    JUSTIFIED = "justified"
    STOPS = "stops"


DECISION_TITLES = {
    AssessedDecision.SCREENED_OUT: "No full assessment is needed",
    AssessedDecision.GOES_AHEAD: "The change goes ahead as it is",
    AssessedDecision.ADJUSTED: "The change goes ahead, adjusted",
    AssessedDecision.JUSTIFIED: "The change goes ahead although an effect remains, which is justified",
    AssessedDecision.STOPS: "The change stops",
}


@dataclass(frozen=True)
class Effect:
    kind: EffectKind
    words: str = ""


@dataclass(frozen=True)
class Assessment:
    """`is_relevant`: whether screening found that it may touch people differently; if not, the rest may lack."""

    purpose: str
    is_relevant: bool
    screening: str
    evidence: str
    aims: str
    effects: Mapping[ProtectedCharacteristic, Effect]
    mitigation: str
    decision: AssessedDecision
    decision_reason: str
    decided_by: str
    review_on: date


def check_assessment(assessment: Assessment, *, today: date) -> None:
    """Raise `Invalid`, naming the entry, for an assessment that is not whole or contradicts itself."""
    _need(assessment.purpose, "Say what the change is for.", "purpose")
    _need(assessment.screening, "Say why screening came to this.", "screening")
    if assessment.is_relevant:
        _check_full(assessment)
    elif assessment.decision is not AssessedDecision.SCREENED_OUT:
        raise Invalid(
            "Screening found no effect, so the decision is that no full assessment is needed.", "decision"
        )
    _need(assessment.decision_reason, "Give the reason for the decision.", "decision_reason")
    _need(assessment.decided_by, "Enter who decided, by their position.", "decided_by")
    if assessment.review_on <= today:
        raise Invalid("The review date must be in the future.", "review_on")
    for field in ("purpose", "screening", "evidence", "aims", "mitigation", "decision_reason"):
        if len(getattr(assessment, field)) > LONGEST:
            raise Invalid(f"Shorten this to {LONGEST:,} characters or fewer.", field)


def _need(typed: str, sentence: str, field: str) -> None:
    if not typed.strip():
        raise Invalid(sentence, field)


def _check_full(assessment: Assessment) -> None:
    if assessment.decision is AssessedDecision.SCREENED_OUT:
        raise Invalid(
            "Screening found that it may touch people differently, so a full assessment decides.", "decision"
        )
    _need(assessment.evidence, "Say which evidence was looked at, and what is not known.", "evidence")
    _need(assessment.aims, "Say what it does for the three aims of the equality duty.", "aims")
    for each, title in CHARACTERISTIC_TITLES.items():
        effect = assessment.effects.get(each)
        if effect is None:
            raise Invalid(f"Say which effect there is for {title.lower()}.", f"effect_{each}")
        if effect.kind is not EffectKind.NONE:
            _need(
                effect.words,
                f"Say what the effect for {title.lower()} is, or why it is not known.",
                f"words_{each}",
            )
        if len(effect.words) > LONGEST:
            raise Invalid(f"Shorten this to {LONGEST:,} characters or fewer.", f"words_{each}")
    kinds = {effect.kind for effect in assessment.effects.values()}
    if EffectKind.NEGATIVE in kinds:
        _need(assessment.mitigation, "There is a negative effect: say what is done about it.", "mitigation")
        if assessment.decision is AssessedDecision.GOES_AHEAD:
            raise Invalid("There is a negative effect: adjust the change, justify it, or stop it.", "decision")


def write_assessment(assessment: Assessment) -> dict[str, Any]:
    """As plain values, to be kept."""
    return {
        "purpose": assessment.purpose,
        "is_relevant": assessment.is_relevant,
        "screening": assessment.screening,
        "evidence": assessment.evidence,
        "aims": assessment.aims,
        "effects": {
            each.value: {"kind": effect.kind.value, "words": effect.words}
            for each, effect in assessment.effects.items()
        },
        "mitigation": assessment.mitigation,
        "decision": assessment.decision.value,
        "decision_reason": assessment.decision_reason,
        "decided_by": assessment.decided_by,
        "review_on": assessment.review_on.isoformat(),
    }


def read_written(kept: Mapping[str, Any]) -> Assessment:
    effects = {
        ProtectedCharacteristic(each): Effect(EffectKind(effect["kind"]), effect["words"])
        for each, effect in kept["effects"].items()
    }
    return Assessment(
        **{
            **kept,
            "effects": effects,
            "decision": AssessedDecision(kept["decision"]),
            "review_on": date.fromisoformat(kept["review_on"]),
        }
    )
