"""Words and numbers that several of the recruiters' pages show."""

from __future__ import annotations

from fractions import Fraction

from recruitment.rules.campaigns import CampaignKind, QuestionKind, StageKind

KIND_TITLES = {
    CampaignKind.EXTERNAL: "External: anybody may apply",
    CampaignKind.INTERNAL: "Internal",
    CampaignKind.ACTING_UP: "Acting up",
    CampaignKind.SECONDMENT: "Secondment",
}
STAGE_TITLES = {
    StageKind.FIRST_SIFT: "First sift",
    StageKind.SIFT: "Sift",
    StageKind.TEST: "Test",
    StageKind.ASSESSMENT: "Assessment",
    StageKind.INTERVIEW: "Interview",
}
QUESTION_TITLES = {
    QuestionKind.ANSWER: "Question",
    QuestionKind.STATEMENT: "Statement",
    QuestionKind.CV: "CV",
}
_PLACES = 100


def two_places(total: Fraction) -> str:
    """Return "30", "30.5" or "30.66", rounded down: a line typed as it is shown then admits what it shows."""
    hundredths = total.numerator * _PLACES // total.denominator
    return f"{hundredths // _PLACES}.{hundredths % _PLACES:02d}".rstrip("0").rstrip(".")


def percentage(share: Fraction | None) -> str:
    return "–" if share is None else f"{round(share * 100)}%"
