"""The floor that controlled releases are measured against: the smallest figure of a line is withheld, and again,
until interval propagation finds nothing more. It rounds, and knows nothing of other releases.
"""

from __future__ import annotations

from collections.abc import Mapping

from recruitment.commands.bench.greedy_reading import (
    ANY,
    DECLARED,
    ROWS,
    TOTAL,
    Cell,
    Range,
    read_ranges,
    true_counts,
)
from recruitment.rules.funnel import STAGES, Counts
from recruitment.rules.rounding import round_to


def _tells_everybody(cell: Cell, numbers: Mapping[Cell, int]) -> bool:
    """Whether the number says that all, or none, of a group came from some earlier stage to this one.

    Not so where it is true of the whole campaign (everybody shortlisted was interviewed; nobody was
    appointed): that tells nothing of a group. A group nobody belongs to has no outcome to tell.
    """
    for earlier in range(cell.stage):
        before = numbers[Cell(cell.line, cell.row, earlier)]
        everyone = numbers[Cell(TOTAL, TOTAL, earlier)]
        here, all_here = numbers[cell], numbers[Cell(TOTAL, TOTAL, cell.stage)]
        if before and ((here == before and all_here < everyone) or (here == 0 and all_here > 0)):
            return True
    return False


class Greedy:
    """A release in the making: what is withheld grows until a reader gains nothing by arithmetic."""

    def __init__(self, counts: Counts, threshold: int, base: int) -> None:
        self.numbers = true_counts(counts)
        self.threshold, self.base = threshold, base
        self.small = {cell for cell, number in self.numbers.items() if 0 < number < threshold}
        telling = {cell for cell in self.numbers if cell.line != TOTAL and _tells_everybody(cell, self.numbers)}
        self.guarded = self.small | telling
        # A nought beside an asterisk would tell, by leaving it out, whose the asterisk is.
        starred = {(cell.line, cell.stage) for cell in self.guarded if cell.row != DECLARED}
        noughts = {
            cell for cell, number in self.numbers.items() if number == 0 and (cell.line, cell.stage) in starred
        }
        self.withheld = self.guarded | noughts

    def _range(self, cell: Cell) -> Range:
        number = self.numbers[cell]
        if cell in self.withheld:
            return ANY
        if number == 0:
            return Range(0, 0)
        lowest = round_to(number, self.base) - self.base // 2
        return Range(max(self.threshold, lowest), lowest + self.base - 1)

    def given_away(self) -> set[Cell]:
        """The guarded cells that a reader would learn something about.

        Two readers: one who knows no more than that an asterisk is some number, and one who has guessed
        rightly which asterisks stand for small figures. For the first, every small figure must remain
        possible (0 may be left out); for the second, at least two.
        """
        published = {cell: self._range(cell) for cell in self.numbers}
        plain = read_ranges(published)
        found = {
            cell
            for cell in self.guarded
            if (plain[cell].low > 1 or plain[cell].high < self.threshold - 1) and not self._is_buried(cell)
        }
        told = read_ranges(published | dict.fromkeys(self.small, Range(1, self.threshold - 1)))
        return found | {cell for cell in self.small if told[cell].low == told[cell].high}

    def _is_buried(self, cell: Cell) -> bool:
        # A large "everybody" can be told from a small figure by its size alone. Once its whole line is
        # withheld it may as well be withheld for another's sake, and hiding other tables would cost more
        # than it protects.
        return self.numbers[cell] >= self.threshold and not self._shown(cell.line, cell.stage)

    def _shown(self, line: str, stage: int) -> list[Cell]:
        """Cells of a line that could still be withheld: the declaration first (it costs least), then
        the smallest.
        """
        rows = [Cell(line, row, stage) for row in ROWS[line]]
        rows.sort(key=lambda cell: round_to(self.numbers[cell], self.base))
        cells = [Cell(line, DECLARED, stage), *rows]
        return [cell for cell in cells if self.numbers[cell] and cell not in self.withheld]

    def _sacrifice(self, line: str, stage: int) -> set[Cell]:
        """What to withhold for the sake of a line: from itself; then the total; then from every line.

        Once the stage has nothing left to give, the stages around it do, the nearest first: who reached them
        bounds who reached this one.
        """
        for nearby in sorted(range(len(STAGES)), key=lambda other: abs(other - stage)):
            own = self._shown(line, nearby) if line != TOTAL else []
            total = Cell(TOTAL, TOTAL, nearby)
            if own:
                return {own[0]}
            if self.numbers[total] and total not in self.withheld:
                return {total}
            others = {shown[0] for other in ROWS if (shown := self._shown(other, nearby))}
            if others:
                return others
        return set()

    def protect(self) -> None:
        """Withhold more until nothing is given away; ends because every round withholds at least one cell
        more.

        Where no number is left to withhold (seven applicants of seven age bands: the noughts beside seven
        asterisks tell that each is one), the whole release is withheld, noughts as well.
        """
        # With so few people no number could be shown, and the noughts alone would tell the rest: of one applicant,
        # every answer.
        if 0 < self.numbers[Cell(TOTAL, TOTAL, 0)] < self.threshold:
            self.withheld = set(self.numbers)
            return
        while found := self.given_away():
            sacrificed: set[Cell] = set()
            for line, stage in sorted({(cell.line, cell.stage) for cell in found}):
                sacrificed |= self._sacrifice(line, stage)
            if not sacrificed:
                self.withheld = set(self.numbers)
                return
            self.withheld |= sacrificed
