"""What is agreed on an adjustment that somebody asked for, and whether it was made.

Source: Equality Act 2010, section 20 (the duty to make reasonable adjustments) and section 39(5) (applicants).
What was asked for is never scored, and whoever scores never reads it: the panel hears only what to do.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from recruitment.rules.errors import Invalid

LONGEST = 1_000


class Answer(StrEnum):
    AGREED = "agreed"
    OTHERWISE = "otherwise"
    REFUSED = "refused"


class Made(StrEnum):
    """`NOT_NEEDED`: the person did not come to the stage for which it was asked."""

    MADE = "made"
    NOT_NEEDED = "not_needed"
    NOT_MADE = "not_made"


@dataclass(frozen=True)
class Agreed:
    """`words`: what is done, or why nothing is; None where nobody answered, or said whether it was made."""

    answer: Answer | None = None
    words: str = ""
    made: Made | None = None

    @property
    def is_answered(self) -> bool:
        return self.answer is not None

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to do: refused with its reason, or made, or not needed."""
        return self.answer is Answer.REFUSED or (self.is_answered and self.made in (Made.MADE, Made.NOT_NEEDED))


@dataclass(frozen=True)
class AdjustmentStanding:
    """How far the adjustments of a campaign are; never who asked, or for what.

    `covers_all`: no application came after they were last opened.
    """

    covers_all: bool
    is_answered: bool
    is_made: bool


def check_agreed(agreed: Agreed, place: str = "") -> None:
    """`Invalid` where an answer lacks the words that the law asks for; fields are named with `place`."""
    if agreed.answer in (Answer.OTHERWISE, Answer.REFUSED) and not agreed.words.strip():
        sentence = "Say what is done instead." if agreed.answer is Answer.OTHERWISE else "Say why not."
        raise Invalid(sentence, f"words{place}")
    if len(agreed.words) > LONGEST:
        raise Invalid(f"Shorten this to {LONGEST:,} characters or fewer.", f"words{place}")
    if agreed.made is not None and agreed.answer is None:
        raise Invalid("Say first what is agreed.", f"answer{place}")


def standing_of(agreed: Iterable[Agreed]) -> tuple[bool, bool]:
    """Whether everything asked for is answered, and whether nothing is left to do."""
    found = list(agreed)
    return all(one.is_answered for one in found), all(one.is_settled for one in found)
