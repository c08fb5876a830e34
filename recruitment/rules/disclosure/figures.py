"""The tables of a release as they are printed, and the words that explain an asterisk."""

from __future__ import annotations

from dataclasses import dataclass

from recruitment.rules.equality_question_set import NOT_ASKED

STAR = "*"
CROSSED = " × "
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
    """One characteristic, or two crossed; `declaration` counts those who answered, the denominator of any rate.

    `is_all_asked`: whether everybody in `total` was asked; where not, a row with the code of `NOT_ASKED` counts
    who was not. In releases made before questions could be chosen that row is there all the same, saying nothing.
    """

    characteristic: str
    title: str
    stages: tuple[str, ...]
    rows: tuple[ReleaseRow, ...]
    total: tuple[Figure, ...]
    declaration: tuple[Figure, ...]
    is_all_asked: bool = True

    @property
    def is_crossing(self) -> bool:
        return CROSSED in self.characteristic

    @property
    def answered(self) -> str:
        """What `declaration` is called."""
        return "Gave both answers" if self.is_crossing else "Gave an answer"

    @property
    def asked(self) -> tuple[Figure, ...]:
        """Those who were asked, at each stage: the denominator of a declaration rate; from published figures."""
        if self.is_all_asked:
            return self.total
        (unasked,) = [row.figures for row in self.rows if row.code == NOT_ASKED]
        found = []
        for whole, without, spoken in zip(self.total, unasked, self.declaration, strict=True):
            if whole.shown is None or without.shown is None:
                found.append(WITHHELD)
                continue
            # Each is rounded on its own, so that the rest can come to less than those who answered.
            found.append(Figure(max(whole.shown - without.shown, spoken.shown or 0)))
        return tuple(found)
