"""Which figures must be protected, and what an attacker may not find out about them.

Sources: Hundepool et al., "Statistical Disclosure Control" (2012), chapter 5 (threshold rule, group disclosure,
protection levels); NHS Digital (1 to 7 withheld); Office for National Statistics (a zero or a hundred per cent
tells the outcome of everybody in a group).

T is the threshold. The attacker knows the rules, every figure ever published and every sum between them. He
*narrows a figure below the threshold* where he can shut out, for

(a) a small count, 1 to T-1: that it is 1 or less, or that it is T-1 or more. Every small number must remain
    possible. An asterisk may also stand for a nought, a whole group, or a figure withheld for another's sake,
    so before any arithmetic he knows nothing of it. A second attacker has guessed rightly which asterisks are
    small, and so knows them to be 1 to T-1: of each, two numbers must remain possible to him.
(b) the outcome of a whole group, everybody or nobody, that is not the whole campaign's: that T-1 of the group
    (all, of a smaller one) did otherwise. It must look to him like any number up to there.
(c) a nought beside an asterisk, in the same line at the same stage: it is withheld too, so that an asterisk is
    never known to be above nought because noughts are shown. One that tells an outcome is held to (b); of any
    other he may find out that it is nought, where that tells nothing of anybody.

Those who leave between two stages are counts as well. With exact figures (a) holds for them; with rounded ones,
that two numbers remain possible, since a figure's rounding is itself all the protection it has.

Not promised. Which figures were withheld for another's sake follows from the exact counts, so whoever could run
this over every set of counts that he thinks possible would shut out some of them ("minimality attack", Wong et
al. 2007). Against that work: the reasons of asterisks are never told, small figures and noughts look alike, and
an everybody of T or more never stands as the only large asterisk of its line and stage where another row can
join it. What somebody knows from elsewhere (their own answers, a colleague's) can be subtracted. And where earlier
releases have narrowed a figure of a later one already, the later one promises only not to narrow it further.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recruitment.rules.disclosure.cells import DECLARED, TOTAL, Cell, Shape, Unknowns


@dataclass(frozen=True)
class End:
    """A number that must remain possible: `sign` times the sum of the unknowns is at least `least`."""

    terms: tuple[int, ...]
    sign: int
    least: int


@dataclass(frozen=True)
class Aim:
    """What must remain possible of one cell: any one of the ends; `is_told`: also to the second attacker."""

    cell: Cell
    ends: tuple[End, ...]
    is_told: bool = False


def _tells_everybody(cell: Cell, numbers: Mapping[Cell, int]) -> bool:
    """Whether all of a group came from the stage before, though not all of the campaign did."""
    if cell.stage == 0:
        return False
    before = numbers[Cell(cell.scope, cell.line, cell.row, cell.stage - 1)]
    everyone = numbers[Cell(cell.scope, TOTAL, TOTAL, cell.stage - 1)]
    all_here = numbers[Cell(cell.scope, TOTAL, TOTAL, cell.stage)]
    return 0 < before == numbers[cell] and all_here < everyone


def _tells_nobody(cell: Cell, numbers: Mapping[Cell, int]) -> bool:
    """Whether some of a group applied and none reached the stage, though others did."""
    applied = numbers[Cell(cell.scope, cell.line, cell.row, 0)]
    return numbers[cell] == 0 < applied and numbers[Cell(cell.scope, TOTAL, TOTAL, cell.stage)] > 0


def _is_everybody(cell: Cell, numbers: Mapping[Cell, int]) -> bool:
    """As `_tells_everybody`, from any earlier stage to this one."""
    here, all_here = numbers[cell], numbers[Cell(cell.scope, TOTAL, TOTAL, cell.stage)]
    return here > 0 and any(
        numbers[Cell(cell.scope, cell.line, cell.row, earlier)] == here
        and numbers[Cell(cell.scope, TOTAL, TOTAL, earlier)] > all_here
        for earlier in range(cell.stage)
    )


def primary_cells(cells: Iterable[Cell], numbers: Mapping[Cell, int], threshold: int) -> frozenset[Cell]:
    """The figures that are withheld for their own sake: small ones, and outcomes of whole groups."""
    found = set()
    for cell in cells:
        is_small = 0 < numbers[cell] < threshold
        if is_small or (cell.line != TOTAL and (_is_everybody(cell, numbers) or _tells_nobody(cell, numbers))):
            found.add(cell)
    return frozenset(found)


def companions(
    shapes: Mapping[str, Shape], primary: Iterable[Cell], numbers: Mapping[Cell, int], threshold: int
) -> list[set[Cell]]:
    """Of each set one at least must be withheld, so that a large everybody is not the only large asterisk."""
    rows = {(scope, line.name): line.rows for scope, shape in shapes.items() for line in shape.lines}
    large: dict[tuple[str, str, int], set[Cell]] = {}
    for cell in primary:
        if numbers[cell] >= threshold and cell.row != DECLARED:
            large.setdefault((cell.scope, cell.line, cell.stage), set()).add(cell)
    found = []
    for (scope, line, stage), alone in large.items():
        others = {Cell(scope, line, row, stage) for row in rows[scope, line]} - alone
        others = {cell for cell in others if numbers[cell] >= threshold}
        if len(alone) == 1 and others:
            found.append(others)
    return found


class Aims:
    """What must remain possible, from the true numbers."""

    def __init__(self, unknowns: Unknowns, numbers: Mapping[Cell, int], threshold: int, *, is_exact: bool) -> None:
        self.unknowns, self.numbers = unknowns, numbers
        self.threshold, self.is_exact = threshold, is_exact

    def of(self, shapes: Mapping[str, Shape], printed: Iterable[Cell], primary: frozenset[Cell]) -> list[Aim]:
        aims: list[Aim] = []
        for cell in printed:
            if cell in primary:
                aims += self.of_cell(cell)
            if cell.line != TOTAL and cell.stage + 1 < len(shapes[cell.scope].stages):
                aims += self._of_leavers(cell)
        return aims

    def of_cell(self, cell: Cell) -> list[Aim]:
        terms, number, top = tuple(self.unknowns.terms(cell)), self.numbers[cell], self.threshold - 1
        if number == 0:
            before = self.numbers[Cell(cell.scope, cell.line, cell.row, cell.stage - 1)]
            return [Aim(cell, (End(terms, 1, min(top, before) if before else 1),))] if before else []
        if number > top:
            return []
        two = [End(terms, 1, number + 1)] * (number < top) + [End(terms, -1, 1 - number)] * (number > 1)
        return [
            Aim(cell, (End(terms, -1, -1),)),
            Aim(cell, (End(terms, 1, top),)),
            Aim(cell, tuple(two), is_told=True),
        ]

    def _of_leavers(self, cell: Cell) -> list[Aim]:
        after = Cell(cell.scope, cell.line, cell.row, cell.stage + 1)
        before, top = self.numbers[cell], self.threshold - 1
        number = before - self.numbers[after]
        terms = tuple(self.unknowns.leavers(cell))
        if number == 0:
            return (
                [Aim(after, (End(terms, 1, min(top, before)),))] if _tells_everybody(after, self.numbers) else []
            )
        if number > top:
            return []
        if self.is_exact:
            return [Aim(after, (End(terms, -1, -1),)), Aim(after, (End(terms, 1, top),))]
        return [Aim(after, (End(terms, 1, number + 1), End(terms, -1, 1 - number)))]
