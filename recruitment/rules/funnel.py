"""How many people of each answer reached each stage: the exact counts, which only disclosure control may turn
into figures.

Source: NHS Workforce Race and Disability Equality Standards, indicator and metric 2 (appointment from
shortlisting), widened to every stage because those start at the shortlist and say nothing of the sift.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from recruitment.rules.equality_questions import CHARACTERISTICS, MISSING, NOT_ANSWERED, NOT_ASKED
from recruitment.rules.question_sets import SHIPPED

CODES = {key: tuple(code for code, _ in labels) for key, _, labels in CHARACTERISTICS}
SHIPPED_CHARACTERISTICS = SHIPPED.characteristics
NO_ANSWERS = dict.fromkeys(SHIPPED_CHARACTERISTICS, NOT_ANSWERED)
MISSING_CODES = frozenset(code for code, _ in MISSING)


class FunnelStage(StrEnum):
    """The stages in order; whoever reached one had reached those before it that the campaign has.

    Where a first sift was held, whoever was read in it reached that stage, and whoever was past it was sifted: so
    what it did to a group is a step of its own.
    """

    SUBMITTED = "submitted"
    FIRST_SIFTED = "first sift"
    SIFTED = "sifted"
    SHORTLISTED = "shortlisted"
    TESTED = "tested"
    INTERVIEWED = "interviewed"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    APPOINTED = "appointed"


class Exit(StrEnum):
    """How somebody left of their own accord: counted apart, since it is no decision of the body's."""

    WITHDRAWN = "withdrawn"
    DECLINED = "declined"


EVERY_STAGE = tuple(FunnelStage)
EXITS = tuple(Exit)
STAGES = (
    FunnelStage.SUBMITTED,
    FunnelStage.SHORTLISTED,
    FunnelStage.INTERVIEWED,
    FunnelStage.OFFERED,
    FunnelStage.APPOINTED,
)
"""The stages that every campaign has; a campaign's own list may have more."""

CROSSINGS = (("ethnic_group", "sex"), ("ethnic_group", "disability"), ("disability", "sex"))
"""The only pairs of characteristics that are ever counted together, fixed before anything is counted."""


@dataclass(frozen=True)
class Journey:
    """How far one application came: the stages that are recorded of it, how it ended of the candidate's own
    accord, and the vacancy that was offered."""

    reached: frozenset[FunnelStage]
    left: Exit | None = None
    vacancy: str = ""


def stages_of(journeys: Iterable[Journey], *, extra: Iterable[FunnelStage] = ()) -> tuple[FunnelStage, ...]:
    """A campaign's own list: what every campaign has, `extra`, and whatever anybody reached."""
    wanted = {*STAGES, *extra}
    for journey in journeys:
        wanted |= journey.reached
    return tuple(stage for stage in EVERY_STAGE if stage in wanted)


class Counts:
    """Counts by characteristic, answer and stage; its size depends on the questions, not on the people.

    `asked`: the characteristics that were asked about, and so are counted (`cells` has no other).
    `unfinished`: applications begun and never submitted, of which nothing else is known; None where nobody
    counted them. `crossings` lacks a pair that was not counted, in an earlier version.
    """

    def __init__(
        self, stages: Sequence[FunnelStage] = STAGES, asked: Collection[str] = SHIPPED_CHARACTERISTICS
    ) -> None:
        self.stages = tuple(stages)
        self.asked = tuple(key for key in CODES if key in asked)
        self.unfinished: int | None = None
        self.vacancies: dict[str, Counts] = {}
        self.totals = [0] * len(self.stages)
        codes = {key: CODES[key] for key in self.asked}
        self.cells = {key: {code: [0] * len(self.stages) for code in own} for key, own in codes.items()}
        self.exit_totals = [0] * len(EXITS)
        self.exits = {key: {code: [0] * len(EXITS) for code in own} for key, own in codes.items()}
        self.crossings: dict[tuple[str, str], dict[tuple[str, str], list[int]]] = {
            pair: {(one, other): [0] * len(self.stages) for one in CODES[pair[0]] for other in CODES[pair[1]]}
            for pair in CROSSINGS
            if set(pair) <= set(self.asked)
        }

    def add(
        self, characteristics: Mapping[str, str], reached: Iterable[FunnelStage], *, left: Exit | None = None
    ) -> None:
        """Count one application; the furthest stage reached counts for all before it.

        A characteristic that is absent from the mapping was not asked of this person. Raises ValueError for an
        answer that is unknown or to a question not asked, and where no stage was reached; nothing is counted then.
        """
        depth = max((self.stages.index(stage) + 1 for stage in reached if stage in self.stages), default=0)
        if depth == 0:
            raise ValueError("An application that was never submitted cannot be counted.")
        codes = checked_codes(characteristics, self.asked)
        rows = [self.cells[key][code] for key, code in codes.items()]
        rows += [cells[codes[one], codes[two]] for (one, two), cells in self.crossings.items()]
        for row in (self.totals, *rows):
            for position in range(depth):
                row[position] += 1
        if left is not None:
            at = EXITS.index(left)
            for row in (self.exit_totals, *(self.exits[key][code] for key, code in codes.items())):
                row[at] += 1

    def add_journey(self, characteristics: Mapping[str, str], journey: Journey) -> None:
        """Count one application with how it ended, and once more under the vacancy that was offered."""
        self.add(characteristics, journey.reached, left=journey.left)
        later = self._offered()
        if journey.vacancy and (own := journey.reached & set(later)):
            part = self.vacancies.setdefault(journey.vacancy, Counts(later, self.asked))
            part.add(characteristics, own, left=journey.left)

    def _offered(self) -> tuple[FunnelStage, ...]:
        first = EVERY_STAGE.index(FunnelStage.OFFERED)
        return tuple(stage for stage in self.stages if EVERY_STAGE.index(stage) >= first)

    def add_missing(self, reached: Iterable[FunnelStage]) -> None:
        """Count one application whose candidate gave no equality answers."""
        self.add(dict.fromkeys(self.asked, NOT_ANSWERED), reached)

    def merge(self, other: Counts) -> None:
        """Add another campaign's counts of the same stages and questions; ValueError where they differ."""
        if other.asked != self.asked:
            raise ValueError("These counts are of other questions.")
        if other.stages != self.stages:
            raise ValueError("These counts are of other stages.")
        self.crossings = {pair: cells for pair, cells in self.crossings.items() if pair in other.crossings}
        other = other.over(self.stages, pairs=self.crossings, asked=self.asked)
        for row, more in zip(self._every_row(), other._every_row(), strict=True):
            for position, number in enumerate(more):
                row[position] += number
        known = self.unfinished is not None and other.unfinished is not None
        self.unfinished = (self.unfinished or 0) + (other.unfinished or 0) if known else None

    def _every_row(self) -> Iterator[list[int]]:
        yield self.totals
        yield self.exit_totals
        for cells in (*self.cells.values(), *self.exits.values()):
            yield from cells.values()
        for crossed in self.crossings.values():
            yield from crossed.values()

    def over(
        self,
        stages: Sequence[FunnelStage],
        *,
        pairs: Collection[tuple[str, str]] = CROSSINGS,
        asked: Collection[str] | None = None,
    ) -> Counts:
        """The same people over fewer stages and crossings, and over the questions in `asked`.

        Where a question is among those and not among their own, they stand as not asked.

        ValueError where a stage was never counted.
        """
        places = [self.stages.index(stage) for stage in stages]

        def fewer(row: list[int]) -> list[int]:
            return [row[place] for place in places]

        other = Counts(stages, self.asked if asked is None else asked)
        other.totals = fewer(self.totals)
        other.exit_totals = list(self.exit_totals)
        for key in other.asked:
            if key not in self.cells:
                other.cells[key][NOT_ASKED] = list(other.totals)
                other.exits[key][NOT_ASKED] = list(other.exit_totals)
                continue
            other.cells[key] = {code: fewer(row) for code, row in self.cells[key].items()}
            other.exits[key] = {code: list(row) for code, row in self.exits[key].items()}
        other.crossings = {
            pair: {codes: fewer(row) for codes, row in cells.items()}
            for pair, cells in self.crossings.items()
            if pair in pairs
        }
        other.unfinished = self.unfinished
        return other

    def total(self, stage: FunnelStage) -> int:
        return self.totals[self.stages.index(stage)]

    def count(self, characteristic: str, code: str, stage: FunnelStage) -> int:
        return self.cells[characteristic][code][self.stages.index(stage)]

    def crossed(self, pair: tuple[str, str], codes: tuple[str, str], stage: FunnelStage) -> int:
        """How many gave both answers; KeyError for a pair that was not counted."""
        return self.crossings[pair][codes][self.stages.index(stage)]

    def left(self, exit_: Exit, characteristic: str = "", code: str = "") -> int:
        """How many left so: of everybody, or of those who gave one answer."""
        row = self.exits[characteristic][code] if characteristic else self.exit_totals
        return row[EXITS.index(exit_)]

    def declared(self, characteristic: str, stage: FunnelStage) -> int:
        """Those who gave an answer other than silence: the denominator of every rate of the
        characteristic.
        """
        position = self.stages.index(stage)
        cells = self.cells[characteristic]
        return sum(row[position] for code, row in cells.items() if code not in MISSING_CODES)

    def declaration_rate(self, characteristic: str, stage: FunnelStage = FunnelStage.SUBMITTED) -> Fraction | None:
        """Declared among all at the stage who were asked, exactly; None where nobody was. Not for publication
        as it is.
        """
        total = self.total(stage) - self.count(characteristic, NOT_ASKED, stage)
        return Fraction(self.declared(characteristic, stage), total) if total else None


def checked_codes(
    characteristics: Mapping[str, str], asked: Sequence[str] = SHIPPED_CHARACTERISTICS
) -> dict[str, str]:
    """An answer for every characteristic asked; ValueError for what is not among them."""
    unknown = set(characteristics) - set(asked)
    if unknown:
        raise ValueError(f"Unknown characteristic: {', '.join(sorted(unknown))}.")
    codes = {key: characteristics.get(key, NOT_ASKED) for key in asked}
    for key, code in codes.items():
        if code not in CODES[key]:
            raise ValueError(f"Unknown answer on {key}: {code}.")
    return codes


def pool(campaigns: Sequence[Counts]) -> Counts:
    """Several campaigns counted together, over the stages that all of them have and the questions that any asked.

    ValueError without any campaign. Vacancies are left out: they are of one campaign.
    """
    if not campaigns:
        raise ValueError("There is no campaign to count.")
    shared = [stage for stage in EVERY_STAGE if all(stage in counts.stages for counts in campaigns)]
    asked = {key for counts in campaigns for key in counts.asked}
    first, *rest = (counts.over(shared, asked=asked) for counts in campaigns)
    for counts in rest:
        first.merge(counts)
    return first
