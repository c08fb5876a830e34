"""Somebody from outside the body who scores in one campaign, when too few inside it can."""

from __future__ import annotations

import re
from enum import StrEnum

from recruitment.rules.campaigns import CampaignState
from recruitment.rules.errors import Invalid, check_lines

LONGEST_REASON = 1_000
_EMAIL = re.compile(r"[^@\s,;<>()\"]+@[^@\s,;<>()\".]+(\.[^@\s,;<>()\".]+)+")
# Until the scores are locked; the account ends when the shortlist is frozen, or the campaign before that.
ASKED_IN = (CampaignState.DRAFT, CampaignState.OPEN, CampaignState.SIFTING)


class ScorerStanding(StrEnum):
    ASKED = "asked"
    AGREED = "agreed"
    REFUSED = "refused"
    ENDED = "ended"


STANDING_TITLES = {
    ScorerStanding.ASKED: "Waits for a second person",
    ScorerStanding.AGREED: "Scores in this campaign",
    ScorerStanding.REFUSED: "Not agreed",
    ScorerStanding.ENDED: "Account ended",
}


def check_request(name: str, email: str, reason: str) -> None:
    """`Invalid` names the entry that is missing or wrong."""
    if not name.strip():
        raise Invalid("Enter the person's name.", "name")
    if not _EMAIL.fullmatch(email.strip()):
        raise Invalid("Enter an e-mail address, like name@example.org.", "email")
    check_lines(name=name, email=email)
    check_reason(reason)


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise Invalid("Give the reason: it goes on the record.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Invalid(f"Shorten the reason to {LONGEST_REASON:,} characters or fewer.", "reason")
