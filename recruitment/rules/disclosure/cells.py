"""The figures of a release and the sums that tie them together.

Source: Fischetti and Salazar-González (2001), "Solving the cell suppression problem on tabular data with linear
constraints": tables that are linked, nested and margined are one set of unknowns under linear equations.

The unknowns are the smallest numbers there are: how many of one answer came as far as one stage and no further.
Every figure is a sum of unknowns, so that whoever left between two stages needs no figure of their own, and
that nobody reaches a stage without the one before is already said by no unknown being below nought.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

TOTAL = "total"
DECLARED = "declared"


@dataclass(frozen=True, order=True)
class Cell:
    """The place of one figure. `scope` is a campaign or a period; the row is an answer, "declared" (the line's
    answers that are not missing), or "total" in the line "total"."""

    scope: str
    line: str
    row: str
    stage: int


@dataclass(frozen=True)
class Line:
    """One characteristic, or one crossing of two: everybody stands in exactly one row.

    `not_asked`: the row, if any, of those who were not asked; everybody knows which campaigns asked what.
    """

    name: str
    rows: tuple[str, ...]
    missing: frozenset[str] = frozenset()
    not_asked: str = ""

    @property
    def spoken(self) -> tuple[str, ...]:
        return tuple(row for row in self.rows if row not in self.missing)


@dataclass(frozen=True)
class Inside:
    """Rows of one line that lie within a row of another; all of it where `is_whole`, else at most."""

    outer: str
    group: str
    inner: str
    rows: tuple[str, ...]
    is_whole: bool = False


@dataclass(frozen=True)
class Shape:
    """What a release counts. ValueError where a name is used twice or a nesting names what is not there."""

    stages: tuple[str, ...]
    lines: tuple[Line, ...]
    inside: tuple[Inside, ...] = ()

    def __post_init__(self) -> None:
        rows = {line.name: set(line.rows) for line in self.lines}
        if not self.stages or len(rows) < len(self.lines) or TOTAL in rows:
            raise ValueError("A release needs a stage, and each characteristic once.")
        if any(len(rows[line.name]) < len(line.rows) or DECLARED in rows[line.name] for line in self.lines):
            raise ValueError("An answer stands twice in a characteristic.")
        for each in self.inside:
            if each.group not in rows.get(each.outer, ()) or not set(each.rows) <= rows.get(each.inner, set()):
                raise ValueError(f"{each.group} of {each.outer} is not counted.")

    def nodes(self) -> Iterator[tuple[str, str]]:
        """Every (line, row) that has a figure at each stage."""
        yield TOTAL, TOTAL
        for line in self.lines:
            yield from ((line.name, row) for row in line.rows)
            if line.missing:
                yield line.name, DECLARED

    def cells(self, scope: str) -> list[Cell]:
        return [Cell(scope, *node, stage) for node in self.nodes() for stage in range(len(self.stages))]


@dataclass(frozen=True)
class Period:
    """A scope that counts the people of other scopes together, over those of their stages that it has.

    Where it is not `complete` it counts others too, of whom no release tells.
    """

    scope: str
    parts: tuple[str, ...]
    complete: bool = True


def crossing(name: str, one: Line, other: Line) -> tuple[Line, tuple[Inside, ...]]:
    """The line that crosses two, and how its rows add up to theirs; where either answer is missing, a row is."""
    pairs = {(a, b): f"{a} × {b}" for a in one.rows for b in other.rows}
    sums = [Inside(one.name, a, name, tuple(pairs[a, b] for b in other.rows), is_whole=True) for a in one.rows] + [
        Inside(other.name, b, name, tuple(pairs[a, b] for a in one.rows), is_whole=True) for b in other.rows
    ]
    missing = frozenset(row for (a, b), row in pairs.items() if a in one.missing or b in other.missing)
    return Line(name, tuple(pairs.values()), missing), tuple(sums)


@dataclass(frozen=True)
class Sum:
    """A weighted sum of unknowns that lies from `low` to `high`; None: no end."""

    terms: Mapping[int, float]
    low: float | None = 0.0
    high: float | None = 0.0


@dataclass
class Unknowns:
    """The unknowns of several scopes, numbered, and the sums that hold between them.

    A complete period that asks what its parts ask has no unknowns of its own: its figures are sums of theirs.
    """

    shapes: Mapping[str, Shape]
    periods: Sequence[Period] = ()
    size: int = field(init=False, default=0)
    sums: list[Sum] = field(init=False, default_factory=list)
    _first: dict[tuple[str, str, str], int] = field(init=False, default_factory=dict)
    _lines: dict[tuple[str, str], Line] = field(init=False, default_factory=dict)
    _added_up: dict[str, Period] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._added_up = {period.scope: period for period in self.periods if self._adds_up(period)}
        for scope, shape in self.shapes.items():
            if scope in self._added_up:
                continue
            depth = len(shape.stages)
            rows = [(TOTAL, TOTAL), *((line.name, row) for line in shape.lines for row in line.rows)]
            for node in rows:
                self._first[(scope, *node)] = self.size
                self.size += depth
            self._lines |= {(scope, line.name): line for line in shape.lines}
            self._tie(scope, shape)
        for period in self.periods:
            if period.scope not in self._added_up:
                self._pool(period)

    def _adds_up(self, period: Period) -> bool:
        """Whether the parts ask the same, each of them people of its own."""
        own, others = self.shapes[period.scope], {each.scope for each in self.periods}
        parts = [self.shapes[part] for part in period.parts]
        alike = all(part.lines == own.lines and part.inside == own.inside for part in parts)
        return period.complete and bool(parts) and alike and not others.intersection(period.parts)

    def _tie(self, scope: str, shape: Shape) -> None:
        for at in range(len(shape.stages)):
            total = self._first[scope, TOTAL, TOTAL] + at
            for line in shape.lines:
                parts = {self._first[scope, line.name, row] + at: 1.0 for row in line.rows}
                self.sums.append(Sum({total: -1.0} | parts))
            for each in shape.inside:
                parts = {self._first[scope, each.inner, row] + at: -1.0 for row in each.rows}
                whole = {self._first[scope, each.outer, each.group] + at: 1.0}
                self.sums.append(Sum(whole | parts, high=0.0 if each.is_whole else None))

    def _pool(self, period: Period) -> None:
        shape = self.shapes[period.scope]
        for line, row in shape.nodes():
            if row == DECLARED or not all((part, line, row) in self._first for part in period.parts):
                continue
            for at in range(len(shape.stages)):
                terms = dict.fromkeys(self.terms(Cell(period.scope, line, row, at)), 1.0)
                for part in self._in_parts(period, Cell(period.scope, line, row, at)):
                    terms |= dict.fromkeys(self.terms(part), -1.0)
                self.sums.append(Sum(terms, high=0.0 if period.complete else None))

    def _in_parts(self, period: Period, cell: Cell) -> Iterator[Cell]:
        """What the cell of a period is the sum of."""
        stage = self.shapes[period.scope].stages[cell.stage]
        for part in period.parts:
            yield Cell(part, cell.line, cell.row, self.shapes[part].stages.index(stage))

    def atoms(self, cell: Cell) -> list[int]:
        """The first unknown of each row that the cell is the sum of."""
        rows: Iterable[str] = (cell.row,)
        if cell.row == DECLARED and cell.line != TOTAL:
            rows = self._lines[cell.scope, cell.line].spoken
        return [self._first[cell.scope, cell.line, row] for row in rows]

    def terms(self, cell: Cell) -> list[int]:
        """The unknowns whose sum the cell is: everybody who came as far or further."""
        if cell.scope in self._added_up:
            return [at for part in self._in_parts(self._added_up[cell.scope], cell) for at in self.terms(part)]
        depth = len(self.shapes[cell.scope].stages)
        return [first + at for first in self.atoms(cell) for at in range(cell.stage, depth)]

    def leavers(self, cell: Cell) -> list[int]:
        """The unknowns whose sum is how many came as far as the cell's stage and not to the next."""
        if cell.scope in self._added_up:
            further = set(self.terms(Cell(cell.scope, cell.line, cell.row, cell.stage + 1)))
            return [at for at in self.terms(cell) if at not in further]
        return [first + cell.stage for first in self.atoms(cell)]

    def point(self, numbers: Mapping[Cell, int]) -> list[float]:
        """The unknowns of known numbers. ValueError where the numbers contradict one another."""
        found = [0.0] * self.size
        for (scope, line, row), first in self._first.items():
            series = [numbers[Cell(scope, line, row, at)] for at in range(len(self.shapes[scope].stages))]
            for at, here in enumerate(series):
                further = series[at + 1] if at + 1 < len(series) else 0
                if here < further:
                    raise ValueError(f"More people of {row} reached a stage than the one before it.")
                found[first + at] = float(here - further)
        for each in self.sums:
            value = sum(factor * found[at] for at, factor in each.terms.items())
            if (each.low is not None and value < each.low) or (each.high is not None and value > each.high):
                raise ValueError("The counts contradict each other: a sum is not the sum of its parts.")
        for scope in self._added_up:
            for cell in self.shapes[scope].cells(scope):
                if numbers[cell] != sum(found[at] for at in self.terms(cell)):
                    raise ValueError("The counts contradict each other: a period is not the sum of its parts.")
        return found
