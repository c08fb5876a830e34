"""A release: a fixed set of figures controlled together, with the proof that the attacker gains nothing.

Two modes. *Round*: every figure is rounded to the nearest `base` on its own (NHS Digital), so an asterisk seldom
needs another. *Keep totals*: figures are exact, and a stage's total is withheld only where nothing else helps.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from recruitment.rules.disclosure.attacker import Attacker, Range
from recruitment.rules.disclosure.cells import TOTAL, Cell, Period, Shape, Unknowns
from recruitment.rules.disclosure.sensitivity import Aims, companions, primary_cells
from recruitment.rules.disclosure.suppression import Programme, choose
from recruitment.rules.rounding import BASE, round_to

THRESHOLD = 8
LOWEST_THRESHOLD = 5
RULES_VERSION = 2
KEPT = 1_000.0

Intervals = Mapping[Cell, Range]


class Mode(StrEnum):
    ROUND = "round"
    KEEP_TOTALS = "keep totals"


@dataclass(frozen=True)
class Rules:
    """`threshold` is the smallest count that may be shown and may be raised, never below 5; `base` is what
    figures are rounded to, at least 5 and at most twice the threshold (a shown figure must not round to 0).
    ValueError otherwise.
    """

    threshold: int = THRESHOLD
    base: int = BASE
    mode: Mode = Mode.ROUND
    version: int = RULES_VERSION

    def __post_init__(self) -> None:
        if self.threshold < LOWEST_THRESHOLD:
            raise ValueError(f"The smallest figure shown must not be below {LOWEST_THRESHOLD}.")
        if not BASE <= self.base <= 2 * self.threshold:
            raise ValueError(
                f"Figures must be rounded to at least {BASE} and at most twice the smallest figure shown."
            )

    def figure(self, number: int) -> int:
        return number if self.mode is Mode.KEEP_TOTALS else round_to(number, self.base)

    def range_of(self, figure: int) -> Range:
        """What a shown figure tells: a nought is none; any other is of at least `threshold` people."""
        if figure == 0 or self.mode is Mode.KEEP_TOTALS:
            return Range(figure, figure)
        lowest = figure - self.base // 2
        return Range(max(self.threshold, lowest), lowest + self.base - 1)


@dataclass(frozen=True)
class Controlled:
    """One release. `figures` has None for an asterisk; `protected` are the cells that must stay unknown.

    `protected` and what `audit` tells are for the body, never for print: they say what an asterisk is for.
    `is_whole` is False where nothing could be shown.
    """

    rules: Rules
    shapes: Mapping[str, Shape]
    figures: Mapping[Cell, int | None]
    protected: frozenset[Cell]
    loss: float
    is_whole: bool = True
    periods: Sequence[Period] = ()
    earlier: Mapping[Cell, Sequence[Range]] = field(default_factory=dict)

    @property
    def published(self) -> dict[Cell, Range]:
        """What the figures tell, as the attacker reads them."""
        return {cell: self.rules.range_of(shown) for cell, shown in self.figures.items() if shown is not None}

    def audit(self, cells: Iterable[Cell] | None = None) -> Intervals:
        """The attacker's interval of each protected cell, or of the cells given."""
        attacker = Attacker(Unknowns(self.shapes, self.periods), self.published, earlier=self.earlier)
        return {cell: attacker.interval(cell) for cell in sorted(self.protected if cells is None else cells)}


def cost_of(cell: Cell, shape: Shape, rules: Rules) -> float:
    """How much information is lost with a figure: the places where it is printed; see `suppression`."""
    if cell.line != TOTAL:
        return 1.0
    return len(shape.lines) * (KEPT if rules.mode is Mode.KEEP_TOTALS else 1.0)


def control(
    shapes: Mapping[str, Shape],
    numbers: Mapping[Cell, int],
    rules: Rules | None = None,
    *,
    periods: Sequence[Period] = (),
    earlier: Mapping[Cell, Sequence[Range]] | None = None,
    new: Iterable[str] | None = None,
    lines: frozenset[str] | None = None,
    guarded: Iterable[Cell] = (),
) -> Controlled:
    """Protect the scopes of `new` (all of `shapes` unless given) together, against everything in `earlier`.

    `lines`: print and choose among these alone.

    `numbers` holds every cell of every scope, exactly. `guarded` are cells of earlier releases that must stay
    unknown as before. ValueError where the numbers contradict one another. Where no choice is safe, everything
    is withheld.
    """
    rules = rules or Rules()
    scopes = list(shapes if new is None else new)
    printed = [
        cell for scope in scopes for cell in shapes[scope].cells(scope) if lines is None or cell.line in lines
    ]
    programme = programme_of(
        shapes, numbers, rules, periods=periods, earlier=earlier, printed=printed, guarded=guarded
    )
    few = any(0 < numbers[Cell(scope, TOTAL, TOTAL, 0)] < rules.threshold for scope in scopes)
    withheld = None if few else choose(programme)
    gone = frozenset(printed) if withheld is None else withheld
    return Controlled(
        rules,
        shapes,
        {cell: None if cell in gone else rules.figure(numbers[cell]) for cell in printed},
        frozenset(cell for cell in programme.primary if numbers[cell]),
        information_lost(gone, numbers, shapes),
        withheld is not None,
        periods,
        earlier or {},
    )


def information_lost(withheld: Iterable[Cell], numbers: Mapping[Cell, int], shapes: Mapping[str, Shape]) -> float:
    """Printed places without a figure, noughts apart."""
    return float(
        sum(len(shapes[cell.scope].lines) if cell.line == TOTAL else 1 for cell in withheld if numbers[cell])
    )


def programme_of(
    shapes: Mapping[str, Shape],
    numbers: Mapping[Cell, int],
    rules: Rules,
    *,
    periods: Sequence[Period] = (),
    earlier: Mapping[Cell, Sequence[Range]] | None = None,
    printed: Sequence[Cell] | None = None,
    guarded: Iterable[Cell] = (),
) -> Programme:
    """What there is to choose in a release, for `suppression` or for a second opinion; as for `control`."""
    unknowns = Unknowns(shapes, periods)
    if printed is None:
        printed = [cell for scope, shape in shapes.items() for cell in shape.cells(scope)]
    aims = Aims(unknowns, numbers, rules.threshold, is_exact=rules.mode is Mode.KEEP_TOTALS)
    primary = primary_cells(printed, numbers, rules.threshold)
    asked = aims.of(unknowns.shapes, printed, primary)
    costs = {cell: cost_of(cell, unknowns.shapes[cell.scope], rules) for cell in printed}
    old = set(guarded) - set(costs)
    asked += [aim for cell in sorted(old) for aim in aims.of_cell(cell)]
    told = {
        cell: Range(1, rules.threshold - 1)
        for cell in sorted(primary | old)
        if 0 < numbers[cell] < rules.threshold
    }
    return Programme(
        unknowns,
        numbers,
        primary,
        costs,
        lambda cell: rules.range_of(rules.figure(numbers[cell])),
        asked,
        told,
        companions(unknowns.shapes, primary, numbers, rules.threshold),
        earlier or {},
    )
