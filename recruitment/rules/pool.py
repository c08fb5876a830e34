"""The panel pool: what somebody may tell of themselves, the consents apart, and what each means.

No more is asked than the rules on composition need: special category data given by explicit consent, for a purpose
of its own (UK GDPR Article 9(2)(a)), never taken from equality answers or personnel records.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from recruitment.rules.errors import Invalid
from recruitment.rules.panel_members import Characteristic, Composition, Counts

NOT_SAID = ""

OPTIONS: dict[Characteristic, tuple[tuple[str, str], ...]] = {
    Characteristic.SEX: (("female", "Female"), ("male", "Male")),
    Characteristic.ETHNIC_GROUP: (
        ("white_british", "White: English, Welsh, Scottish, Northern Irish or British"),
        ("white_other", "White: Irish, Gypsy or Irish Traveller, Roma, or any other White background"),
        ("mixed", "Mixed or multiple ethnic groups"),
        ("asian", "Asian or Asian British"),
        ("black", "Black, African, Caribbean or Black British"),
        ("other", "Another ethnic group"),
    ),
    Characteristic.DISABILITY: (("yes", "Yes, I am disabled"), ("no", "No")),
}

TITLES = {
    Characteristic.SEX: "What is your sex?",
    Characteristic.ETHNIC_GROUP: "What is your ethnic group?",
    Characteristic.DISABILITY: "Are you disabled?",
}

CONSENT_TO_CHECK = (
    "My answers may be counted, with those of the others, to check the panels I am on.",
    "Nobody reads them, administrators included: only a verdict on the whole panel is given, to the recruitment "
    "team. On a small panel a verdict can still tell something: that a panel has no member of a group says so of "
    "each of its members, and those who know the others may work out the rest.",
)
CONSENT_TO_PROPOSE = (
    "My answers may also be used when panels are proposed.",
    "A proposal shares panels out so that nobody sits too often, and only then looks at what people chose to say. "
    "Nobody is left out for saying or not saying anything.",
)


@dataclass(frozen=True)
class PoolAnswers:
    """What somebody told of themselves; empty where they did not say. Without consent nothing is kept."""

    sex: str = NOT_SAID
    ethnic_group: str = NOT_SAID
    disability: str = NOT_SAID
    may_check: bool = False
    may_propose: bool = False

    def of(self, characteristic: Characteristic) -> str:
        """The answer as far as it may be counted."""
        return str(getattr(self, characteristic)) if self.may_check else NOT_SAID


def check_answers(answers: PoolAnswers) -> PoolAnswers:
    """The answers as they are kept: none without consent to the check; `Invalid` for one that was not offered."""
    for characteristic, options in OPTIONS.items():
        told = str(getattr(answers, characteristic))
        if told != NOT_SAID and told not in dict(options):
            raise Invalid("Choose one of the answers.", str(characteristic))
    if not answers.may_check:
        if answers.may_propose:
            raise Invalid("Answers can only be used for proposals if they may be used for checks.", "may_propose")
        return PoolAnswers()
    return answers


def composition_of(answers: Iterable[PoolAnswers]) -> Composition:
    """Counts over a panel; a member outside the pool is one of `PoolAnswers()`, who chose not to say."""
    held = list(answers)
    counts = {}
    for characteristic in Characteristic:
        told = Counter(each.of(characteristic) for each in held)
        not_said = told.pop(NOT_SAID, 0)
        counts[characteristic] = Counts(dict(told), not_said)
    return Composition(counts)


def groups_for_proposals(answers: PoolAnswers) -> frozenset[str] | None:
    """What a proposal may look at: "ethnic_group:asian" and the like; None without consent."""
    if not answers.may_propose:
        return None
    return frozenset(f"{each}:{answers.of(each)}" for each in Characteristic if answers.of(each) != NOT_SAID)
