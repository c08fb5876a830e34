"""The tables of a release as they are printed, and the words that explain an asterisk."""

from __future__ import annotations

from dataclasses import dataclass

STAR = "*"
EXPLANATION = (
    "An asterisk stands for a figure that is not published: it is small or nought, or it would tell what "
    "happened to everybody in a group, or another such figure could be worked out from it. Which of these is not "
    "said. Other figures are rounded to the nearest {base}, each on its own, so they may not add up."
)
EXPLANATION_EXACT = (
    "An asterisk stands for a figure that is not published: it is small or nought, or it would tell what "
    "happened to everybody in a group, or another such figure could be worked out from it. Which of these is not "
    "said. Other figures are exact."
)


@dataclass(frozen=True)
class Figure:
    """One published figure. `shown` is None where it is withheld, and `reason` then always "withheld".

    The reasons are not told apart even in a stored release: "everybody" would say what the asterisk is for.
    """

    shown: int | None
    reason: str = ""

    @property
    def text(self) -> str:
        return STAR if self.shown is None else str(self.shown)


WITHHELD = Figure(None, "withheld")


@dataclass(frozen=True)
class ReleaseRow:
    """One answer; the figures stand in the order of the table's stages."""

    label: str
    code: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True)
class ReleaseTable:
    """One characteristic; `declaration` counts those who gave an answer, the denominator of any rate."""

    characteristic: str
    title: str
    stages: tuple[str, ...]
    rows: tuple[ReleaseRow, ...]
    total: tuple[Figure, ...]
    declaration: tuple[Figure, ...]
