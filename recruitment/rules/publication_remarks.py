"""What must stand beside published figures: what was counted early, what was left out, and who came later.

None of it tells a characteristic: titles of campaigns are public, and an appointment is no answer of anybody's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from recruitment.rules.rounding import round_to

COUNTED_AT_CUT_OFF = "counted at the cut-off; outcomes not final"


class LeftOutFor(StrEnum):
    """Why a counted campaign of the period is not in the figures; the value ends a sentence."""

    OTHER_QUESTIONS = "asked an earlier version of the questions, whose answers cannot be added to these"
    TOO_CLOSE = (
        "is so small, or so close to what was released before, that its people could be worked out; it waits for "
        "a later publication"
    )


@dataclass(frozen=True)
class LeftOut:
    campaign: str
    why: LeftOutFor


@dataclass(frozen=True)
class Remarks:
    """`cut_off`: titles of campaigns that were counted before their outcomes were final; `carried`: of those that
    an earlier publication had to leave out; `later`: appointments of the period in campaigns counted before;
    `questions`: sentences on what not all of them asked, or not in the same words.
    """

    cut_off: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    carried: tuple[str, ...] = ()
    later: int = 0
    questions: tuple[str, ...] = ()

    def sentences(self, threshold: int, base: int) -> tuple[str, ...]:
        """Beside the figures, on the page and in every file."""
        found = []
        if self.cut_off:
            found.append(cut_off_sentence(self.cut_off))
        found += [f"Left out: {_named([one.campaign])}, which {one.why}." for one in self.left_out]
        if self.carried:
            found.append(f"Left out of an earlier year, and counted here: {_named(self.carried)}.")
        if self.later:
            found.append(later_sentence(self.later, threshold, base))
        return (*found, *self.questions)

    def kept(self) -> dict[str, Any]:
        """As a publication stores it; `remarks_from_kept` reads it back."""
        return {
            "cut_off": list(self.cut_off),
            "left_out": [{"campaign": one.campaign, "why": one.why.name} for one in self.left_out],
            "carried": list(self.carried),
            "later": self.later,
            "questions": list(self.questions),
        }


def _named(titles: Sequence[str]) -> str:
    return ", ".join(f"“{title}”" for title in titles)


def cut_off_sentence(titles: Sequence[str]) -> str:
    """The mark of every figure that a campaign is in whose outcomes were not final."""
    many = len(titles) > 1
    return (
        f"{COUNTED_AT_CUT_OFF.capitalize()}: {_named(titles)}. Who was appointed there after the last day of the "
        f"year is in no group's figure, since the answers of {'those campaigns' if many else 'that campaign'} "
        "were counted once and erased."
    )


def later_sentence(number: int, threshold: int, base: int) -> str:
    """Appointments of whom no characteristic is held any more, as one total."""
    about = f"Fewer than {threshold}" if number < threshold else f"About {round_to(number, base)}"
    return (
        f"{about} people were appointed in this period after the answers of their campaign had been counted and "
        "erased: from a reserve list, or after a count at the cut-off. They are in no group's figure."
    )


def remarks_from_kept(kept: Mapping[str, Any]) -> Remarks:
    """Read what `Remarks.kept` wrote; no remarks of a publication made before there were any."""
    return Remarks(
        tuple(kept.get("cut_off", ())),
        tuple(LeftOut(one["campaign"], LeftOutFor[one["why"]]) for one in kept.get("left_out", ())),
        tuple(kept.get("carried", ())),
        int(kept.get("later", 0)),
        tuple(kept.get("questions", ())),
    )
